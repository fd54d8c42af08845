"""Coverage: which names of a question an answer tells. What decides between two answers to one question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from assistant.answer import Citation, Figure, TableCitation
from assistant.answering.draft import Draft
from assistant.catalog import DocumentCatalog, Row
from assistant.catalog.linking import linked
from assistant.citations import MARK
from assistant.plan.titles import project_table_of
from assistant.query import (
    ACTUAL,
    Ask,
    Change,
    Coded,
    Count,
    Difference,
    Each,
    Except,
    Filter,
    MadeUp,
    Mean,
    Name,
    Office,
    Origin,
    PaidFrom,
    Query,
    Rank,
    Ratio,
    Rest,
    Rows,
    Say,
    Select,
    Share,
    Sum,
    Travel,
    UnitsOf,
    adds_changes,
    names_of,
    nodes_of,
)
from assistant.reading.patterns import pattern
from assistant.reading.rows import asked_count
from assistant.reply.changes import adds_last_year
from assistant.reply.claims import exact_of, repeats_claim
from assistant.reply.offices import VERDICT
from assistant.reply.quote import defined_in
from assistant.understand.kinds import forms_of_whole, parts_of
from assistant.understand.wording import near_forms, normalise

_COMPUTED: Final = (Difference, Rest, Share, Ratio, Mean)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_PLACE: Final = re.compile(r"^\d+\. ")
_MEASURED: Final = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?=\**\s*[万亿元%％台辆个人名项家件套户次])")
_SUM: Final = "合计"
_ALL: Final = Decimal(100)
_YEAR: Final = re.compile(r"\d{4}年")
_NOTHING: Final = re.compile(r"-?0*(?:\.0*)?")
"""A value that is blank or nought; others may be words."""

_ASKS_NUMBER: Final = re.compile("多少|几")
_ADDED: Final = re.compile("合计|共|总|之和")
_ADDED_UP: Final = re.compile(r"的合计[比为]|合计为? \*\*|之和")
_SHARE_OF_SUM: Final = re.compile(r"合计[^，。；]*，?占|以上合计")
_ONLY_LISTED: Final = re.compile("”有 \\d+ 项与之相符")
_THERE: Final = ("实有", "在职", "在编", "现有")
_NET: Final = re.compile("净[增减变]|合计(?:比|较|与)|相差")
_BETWEEN: Final = re.compile("差|(?<![升提])高|(?<![下降])低|(?<!增)多|(?<!减)少|相同|一致|相符|不符|持平|还有|剩")
_SHARE_TOLD: Final = re.compile(r"占[^，。；]{1,30}的 \*\*[\d.]+ %")
_CHANGE_TOLD: Final = re.compile(r"(?:增加|减少|增长|下降) \*\*")
_COMPARED: Final = "(?:年初)?(?:预算|执行|决算)?数?(?:相?比|增|减|上升|下降|持平)"
"""What makes of a year one that another is set against."""

_LAST_YEARS: Final = re.compile("上年合计")
_PURPOSE: Final = re.compile("用于|用途|旨在|目的|用来|目标|为了|反映|保障|支持")
_DUTIES: Final = re.compile("职责|职能|任务|负责|承担|贯彻|目标写道")
_OFFICE_NAMED: Final = re.compile(r"\*\*([^*]{2,24}(?:处|室|科|股|局|办|队|部|中心))(?:[（(][^*]*[）)])?\*\*")
_COUNTRY: Final = pattern("foreign_country")
_TWO: Final = 2
_MADE_UP: Final = re.compile("编制范围|预算单位|汇总预算")
_SAID: Final[dict[type, re.Pattern[str]]] = {
    Change: re.compile("增加|减少|增长|下降|持平|相同|一致|未发生变化|[比较]上年|[多少]了"),
    Difference: re.compile("差|高|低|多|少|相同|一致|(?<!与之)相符|不符|持平|还有|剩"),
    Rest: re.compile("相差"),
    Mean: re.compile("平均|均"),
    Ratio: re.compile("倍|平均|每|均|单价|%"),
    Share: re.compile("%"),
    PaidFrom: re.compile(r"(公共预算|基金|资金|拨款|专户|结转|结余|收入|来源|性质)[^，。；]{0,4}为 \*\*"),
}
"""How an answer says what was computed."""


def untold_names(asks: Sequence[Ask], draft: Draft) -> tuple[Name, ...]:
    """The names of items and units that neither the text of an answer nor what it cites tells."""
    told = normalise("".join((*draft.lines, *_cited(draft), *draft.queries)))
    names = dict.fromkeys(name for ask in asks for name in names_of(ask.query) if name.is_linked)
    return tuple(name for name in names if not any(form in told for form in _forms(name, draft.catalog)))


def untold_descriptions(asks: Sequence[Ask], draft: Draft) -> tuple[str, ...]:
    """The descriptions of items that neither the text of an answer nor what it cites holds."""
    told = normalise("".join((*draft.lines, *_cited(draft)))).replace(" ", "")
    said = [n.described for ask in asks for n in nodes_of(ask.query) if isinstance(n, Select) and n.described]
    return tuple(text for text in said if not all(normalise(word) in told for word in text.split()))


def tells_other_table(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether rows of the projects' table that is named are asked for, and an answer rests on other tables' rows."""
    rows = [node for ask in asks for node in nodes_of(ask.query) if isinstance(node, Rows)]
    named = {
        table.table_id
        for each in rows
        for name in each.within.names
        if (table := project_table_of(name.text, draft.catalog)) is not None
    }
    told = {row.table_id for row in _rows(draft)}
    return bool(named) and bool(told) and not named & told


def lacks_computation(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether something has to be computed and the answer only quotes, or tells no change, or too few of a ranking."""
    nodes = [node for ask in asks for node in nodes_of(ask.query)]
    if any(isinstance(node, _COMPUTED) for node in nodes) and not draft.figures:
        return True
    if any(isinstance(node, Rank) and len(draft.figures) < node.k for node in nodes):
        return True
    return tells_no_share(asks, draft) or tells_share_of_change(asks, draft) or not _says_computed(nodes, draft)


def lacks_sum(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether it is asked what things of one name come to, and an answer only lists them."""
    adds = any(ask.adds_up and isinstance(ask.query, Select) for ask in asks)
    told = "\n".join(draft.lines)
    return adds and _ONLY_LISTED.search(told) is not None and not _ADDED_UP.search(told)


def lacks_terms(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether something is computed of several items, and an answer has no figure of one of them."""
    labels = [normalise(figure.label) for figure in draft.figures]
    computed = [n for ask in asks for n in nodes_of(ask.query) if isinstance(n, Ratio | Share | Sum | Difference)]
    terms = [select for node in computed for select in nodes_of(node) if isinstance(select, Select)]
    items = dict.fromkeys(item for select in terms if (item := _item(select)) is not None)
    if not labels or len(items) < 3:
        return False
    return not all(any(form in label for form in _forms(i, draft.catalog) for label in labels) for i in items)


def _item(select: Select) -> Name | None:
    """The one item that a selection names, of the whole department."""
    names = select.names
    return names[0] if len(names) == 1 and names[0].is_linked and not names[0].is_unit else None


def tells_one_part(ask: Ask, draft: Draft) -> bool:
    """Whether something is asked for that has known parts (用车这头), and an answer tells some of these alone."""
    told = normalise("".join(draft.lines))
    selects = (node for node in nodes_of(ask.query) if isinstance(node, Select))
    for name in (name for select in selects for name in select.names if name.is_linked):
        parts = [sorted(near_forms(part), key=len, reverse=True) for part in parts_of([name.text])]
        is_told = [any(form in told for form in forms) for forms in parts]
        shorter = [form for forms in parts for form in forms]
        rest = re.sub("|".join(map(re.escape, shorter)), "", told) if parts else told
        wholes = forms_of_whole(name.text)
        tells_whole = any(w in rest or (w in told and not any(w in form for form in shorter)) for w in wholes)
        if any(is_told) and not all(is_told) and not tells_whole:
            return True
    return False


def is_open(ask: Ask, draft: Draft) -> bool:
    """Whether an answer plainly leaves an ask open: it quotes where something has to be computed or listed.

    So does one that doesn't say what was computed, and one that tells one figure where two places are asked for.
    """
    if isinstance(ask.query, Say):
        return _is_unsaid(ask, ask.query, draft)
    if _lacks_units(ask.query, draft) or untold_descriptions((ask,), draft) or tells_other_table((ask,), draft):
        return True
    if tells_one_part(ask, draft):
        return True
    nodes = list(nodes_of(ask.query))
    places = {node.place for node in nodes if isinstance(node, Select)} - {None}
    if len(places) > 1 and len({figure.value for figure in draft.figures}) < len(places):
        return True
    if not draft.figures:
        is_computed = any(isinstance(node, (*_COMPUTED, Rank, Filter, Sum, Count)) for node in nodes)
        is_moved = any(isinstance(node, Change) for node in nodes)
        return is_computed or (is_moved and not _says_computed(nodes, draft)) or lacks_last_year((ask,), draft)
    return not _says_computed(nodes, draft) or lacks_last_year((ask,), draft)


def _is_unsaid(ask: Ask, say: Say, draft: Draft) -> bool:
    """Whether an answer tells nothing of the duties that are asked for, or nothing of words that are all that is."""
    told = normalise("".join((*draft.lines, *_cited(draft))))
    if say.intent == "duty":
        return _DUTIES.search(told) is None
    return bool(ask.heads) and not say.topic and not any(normalise(head) in told for head in ask.heads)


def tells_no_meaning(ask: Ask, draft: Draft) -> bool:
    """Whether it is asked what something is for, or what several things are, and an answer doesn't say."""
    query = ask.query
    if not isinstance(query, Say):
        return False
    told = normalise("".join(draft.lines))
    if query.intent == "goal":
        return not draft.figures and _PURPOSE.search(told) is None
    if query.intent != "what_is":
        return False
    if len(query.topic) < _TWO:
        entries = [normalise(paragraph.text) for paragraph in defined_in(query.topic, draft)]
        is_beside = bool(ask.heads and draft.figures)  # 退休的有没有: the amount of something else tells nothing of it
        return bool(entries) and (is_beside or not any(entry in told for entry in entries))
    explained = (re.search(re.escape(normalise(name.text)) + r".{0,8}(?:指|反映|是)", told) for name in query.topic)
    return not all(explained)


def _says_computed(nodes: Sequence[Query], draft: Draft) -> bool:
    told = "".join(draft.lines)
    adds_rows = any(isinstance(node, Sum) and isinstance(node.of[0], Rows | Filter | Except | Rank) for node in nodes)
    adds_each = any(isinstance(node, Each) and isinstance(node.of, Sum) for node in nodes)
    sets_sum = any(isinstance(n, Difference) and any(isinstance(term, Sum) for term in n.of) for n in nodes)
    shares_sum = any(isinstance(n, Share) and any(map(_is_of_several, n.parts)) for n in nodes)
    if shares_sum and not _SHARE_OF_SUM.search(told):
        return False
    adds_each = adds_each or sets_sum
    if (adds_rows and not _ADDED.search(told)) or (adds_each and not _ADDED_UP.search(told)):
        return False
    if any(map(adds_changes, nodes)) and not _NET.search(told):
        return False
    if any(map(adds_last_year, nodes)) and not _LAST_YEARS.search(told):
        return False
    between = any(isinstance(node, Difference) and not isinstance(node.of[0], Each) for node in nodes)
    if between and not _BETWEEN.search(told):
        return False
    return all(type(node) not in _SAID or _SAID[type(node)].search(told) for node in nodes)


def _is_of_several(part: Query) -> bool:
    """Whether the part of a share is several figures together."""
    return isinstance(part, Sum) or (isinstance(part, Rank) and part.k > 1)


def lacks_last_year(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether last year's figure of something is asked for, and an answer has none."""
    years = {"上年", "去年", *(f"{year - 1}年" for year in [draft.catalog.year] if year is not None)}
    told = MARK.sub("", "".join(draft.lines)).replace("*", "")
    figure = rf"(?<![比较与跟和同])(?:{'|'.join(sorted(years))})(?!{_COMPARED}|\d)[^，。；（]{{0,24}}?\d"
    is_told = re.search(figure, told) is not None or (bool(draft.figures) and _is_of_year_before(draft))
    return not is_told and any(isinstance(ask.query, Select) and ask.query.period == "last" for ask in asks)


def _is_of_year_before(draft: Draft) -> bool:
    """Whether an answer is about a document of a unit of which the next year's is loaded too."""
    own = draft.catalog
    units = (d for d in draft.library.documents.values() if d.unit_name == own.unit_name)
    return any(own.year is not None and d.year == own.year + 1 for d in units)


def lacks_changes(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether the changes of several items are asked for, and an answer tells of one of them no change."""
    changes = [node.of for ask in asks for node in nodes_of(ask.query) if isinstance(node, Change)]
    items = dict.fromkeys(i for of in changes if isinstance(of, Select) and (i := _item(of)) is not None)
    moved = [normalise(line) for line in draft.lines if _SAID[Change].search(line)]
    told = (any(form in line for form in _forms(item, draft.catalog) for line in moved) for item in items)
    return len(items) > 1 and not all(told)


def tells_no_share(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether a share is asked for and the answer tells one of more than all."""
    is_share = any(isinstance(node, Share) for ask in asks for node in nodes_of(ask.query))
    return is_share and any(map(_is_no_share, draft.figures))


def tells_share_of_change(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether it is asked by how many per cent something changed, and an answer tells what share of another it is."""
    nodes = [node for ask in asks for node in nodes_of(ask.query)]
    moved = any(isinstance(n, Change) or (isinstance(n, Each) and n.over == "years") for n in nodes)
    is_share = any(isinstance(node, Share) for node in nodes)
    is_told = any(map(_CHANGE_TOLD.search, draft.lines))
    return moved and not is_share and not is_told and any(map(_SHARE_TOLD.search, draft.lines))


def adds_parts(draft: Draft) -> bool:
    """Whether a share is of several parts together."""
    return any(line.startswith("- 以上合计") for line in draft.lines)


def _is_no_share(figure: Figure) -> bool:
    """Whether a figure in per cent is more than all."""
    return figure.unit == "%" and Decimal(figure.value.replace(",", "")) > _ALL


def tells_left_out(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether an answer tells rows of what was to be left out."""
    left_out = (name for ask in asks for node in nodes_of(ask.query) if isinstance(node, Except) for name in node.items)
    units = {row.unit for row in _rows(draft)} | {row.stored_unit for row in _rows(draft)}
    told = normalise("".join(draft.lines))
    return any(
        _means(name, {unit for unit in units if unit}, draft.catalog) if name.is_unit else normalise(name.text) in told
        for name in left_out
    )


def lacks_number(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether a number is asked for and the answer prints only words and years, or so many and it prints fewer."""
    if sum(map(_counts_things, asks)) > len({(figure.label, figure.value) for figure in draft.figures}):
        return True
    if any(asked_count(ask.text) > len({(figure.label, figure.value) for figure in draft.figures}) for ask in asks):
        return True
    told = _YEAR.sub("", MARK.sub("", "".join(draft.lines)))
    return any(_ASKS_NUMBER.search(ask.text) for ask in asks) and not _NUMBER.search(told)


def _counts_things(ask: Ask) -> bool:
    """Whether a number of things is asked for."""
    query = ask.query
    return isinstance(query, Count) or (isinstance(query, Say | Select) and query.counted is not None)


def lacks_columns(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether rows are bounded by a column of theirs, and an answer tells nothing of that column."""
    filters = (node for ask in asks for node in nodes_of(ask.query) if isinstance(node, Filter))
    told = normalise("".join((*draft.lines, *_cited(draft))))
    return any(normalise(column.text) not in told for each in filters for column in each.columns)


def lacks_names(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether the names of what is counted are asked for, and an answer doesn't say that it tells them."""
    told = normalise("".join(draft.lines))
    return any(
        isinstance(ask.query, Say) and ask.query.intent == "which_units" and any(head not in told for head in ask.heads)
        for ask in asks
    )


def lacks_units(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether an office or the units of a budget are asked for, and an answer names none."""
    return any(_lacks_units(ask.query, draft) for ask in asks)


def _lacks_units(query: Query, draft: Draft) -> bool:
    told = "\n".join(draft.lines)
    match query:
        case Office():
            names = _OFFICE_NAMED.findall(told)
            return not any(name not in draft.catalog.unit_name for name in names) and "的职责：“" not in told
        case MadeUp():
            if query.members and VERDICT not in told:
                return True
            return not _MADE_UP.search(told) and not (tells_units(draft) and len(draft.figures) >= _TWO)
        case Coded():
            return any(f"“{figure}”" not in told for figure in set(query.code))
        case Travel():
            return not _COUNTRY.search(told)
        case Origin():
            return "资金来源" not in told
        case UnitsOf():
            return normalise(f"所列的{query.kind}有") not in normalise(told)
        case _:
            return False


def tells_more(draft: Draft, other: Draft) -> bool:
    """Whether a draft prints every number that another one prints, and others."""
    return _numbers(other) < _numbers(draft)


def measures_more(draft: Draft, other: Draft) -> bool:
    """Whether a draft prints every amount, rate and count that another one prints, and others; codes don't matter."""
    return _measured(other) < _measured(draft)


def tells_blanks(draft: Draft) -> bool:
    """Whether a draft tells of nothing but cells that are left blank."""
    return bool(draft.figures) and not any(figure.value for figure in draft.figures)


def tells_unfilled(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether rows are asked for that hold anything at all, and an answer tells some that hold nothing."""
    conditions = (c for ask in asks for n in nodes_of(ask.query) if isinstance(n, Filter) for c in n.conditions)
    is_asked = any(c.comparison == "ne" and c.values == (Decimal(0),) and c.column is None for c in conditions)
    return is_asked and any(_NOTHING.fullmatch(figure.value) for figure in draft.figures)


def measures_all(draft: Draft, other: Draft) -> bool:
    """Whether a draft prints every amount, rate and count that another one prints."""
    return _measured(other) <= _measured(draft)


def measures_others(draft: Draft, other: Draft) -> bool:
    """Whether each of two drafts prints amounts, rates or counts that the other one doesn't."""
    mine, theirs = _measured(draft), _measured(other)
    return bool(mine - theirs) and bool(theirs - mine)


def _numbers(draft: Draft) -> set[str]:
    lines = (_PLACE.sub("", line) for line in draft.lines)
    return set(_NUMBER.findall(MARK.sub("", "\n".join(lines)).replace(",", "")))


def _measured(draft: Draft) -> set[str]:
    lines = "\n".join(line for line in draft.lines if not repeats_claim(line))
    return set(_MEASURED.findall(MARK.sub("", lines).replace(",", "")))


def reckons_otherwise(asks: Sequence[Ask], draft: Draft, other: Draft) -> bool:
    """Whether a sum or a share is asked for, and another answer tells none of the figures that it comes to here."""
    kinds = {type(node) for ask in asks for node in nodes_of(ask.query)}
    is_result: list[Callable[[Figure], bool]] = [
        *((lambda figure: figure.label == _SUM,) if Sum in kinds else ()),
        *((lambda figure: figure.unit == "%",) if Share in kinds else ()),
    ]
    told = {exact_of(figure) for figure in other.figures}
    results = ({exact_of(figure) for figure in draft.figures if is_meant(figure)} for is_meant in is_result)
    return any(each and not each & told for each in results)


def figures_within(asks: Sequence[Ask], draft: Draft) -> int:
    """How many figures of an answer rest on the one row that every ask says it is within (2080505这一行：…)."""
    selects = [node for ask in asks for node in nodes_of(ask.query) if isinstance(node, Select) and node.names]
    named = [_rows_meant(select.within, draft.catalog) for select in selects]
    if len(named) < _TWO or not all(named):
        return 0
    meant = filter(None, map(draft.catalog.rows.get, set.union(*named)))
    rows = {(row.table_id, row.number) for row in meant}
    cited = {c.n for c in draft.citations.listed if c.kind == "table" and (c.table_id, c.row) in rows}
    return sum(bool(cited & set(figure.citations)) for figure in draft.figures)


def _rows_meant(names: Sequence[Name], catalog: DocumentCatalog) -> set[str]:
    """The rows that one of some names names."""
    tokens = filter(None, (linked(name, catalog) for name in names if not name.is_unit))
    return {link.key for token in tokens for link in token.links if link.role == "row"}


def tells_of_others(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether every ask names a unit and the answer rests on rows of one that none names."""
    named = [tuple(name for name in names_of(ask.query) if name.is_unit) for ask in asks]
    if not named or not all(named):
        return False
    meant = {link.key for names in named for name in names if (t := linked(name, draft.catalog)) for link in t.links}
    return any(row.unit and row.unit not in meant and row.stored_unit not in meant for row in _rows(draft))


def tells_beyond(asks: Sequence[Ask], draft: Draft) -> bool:
    """Whether every ask is about one subordinate unit, and figures of an answer rest on what is of others too."""
    units = {key for ask in asks for key in _units_meant(ask, draft.catalog)}
    if not asks or not all(_units_meant(ask, draft.catalog) for ask in asks):
        return False
    own = {normalise(unit).removeprefix(draft.catalog.region or "") for unit in units}
    rows = {(row.table_id, row.number): row for row in draft.catalog.rows.values()}
    return any(
        figure.citations and not any(_is_of(draft.citations.listed[n - 1], own, rows) for n in figure.citations)
        for figure in draft.figures
    )


def _is_of(citation: Citation, units: set[str], rows: Mapping[tuple[str, int], Row]) -> bool:
    """Whether a citation names one of some units, or is a cell of its rows."""
    row = rows.get((citation.table_id, citation.row)) if isinstance(citation, TableCitation) else None
    told = [row.unit or "", row.stored_unit or ""] if row else []
    said = normalise("".join((*told, *(str(value) for value in citation.model_dump().values()))))
    return any(unit in said for unit in units)


def _units_meant(ask: Ask, catalog: DocumentCatalog) -> set[str]:
    """The one subordinate unit that an ask names; empty where it names none, several or the department itself."""
    names = {name for name in names_of(ask.query) if name.is_unit}
    links = [link for name in names if (t := linked(name, catalog)) for link in t.links if link.role == "unit"]
    is_one = len({link.key for link in links}) == 1 and not any(map(catalog.is_whole, links))
    return {link.key for link in links} if is_one else set()


def tells_of_units(units: set[str], draft: Draft) -> bool:
    """Whether what a draft's own lines cite is a row of one of several units, or names one."""
    marked = {int(number) for line in draft.lines for number in MARK.findall(line)}
    cited = [c for number, c in enumerate(draft.citations.listed, 1) if number in marked]
    places = {(c.table_id, c.row) for c in cited if c.kind == "table"}
    rows = (row for row in draft.catalog.rows.values() if (row.table_id, row.number) in places)
    said = normalise("".join(str(value) for c in cited for value in c.model_dump().values()))
    named = any(normalise(unit) in said for unit in units)
    return named or any(row.unit in units or row.stored_unit in units for row in rows)


def asks_for_units(asks: Sequence[Ask]) -> bool:
    """Whether it is asked which unit is first (哪个单位…最高)."""
    ranks = [node for ask in asks for node in nodes_of(ask.query) if isinstance(node, Rank)]
    return any(isinstance(node, Rows) and node.kind == "unit" for rank in ranks for node in nodes_of(rank))


def tells_units(draft: Draft) -> bool:
    """Whether an answer rests on rows of units, on sentences or on several units' documents, not only on other rows."""
    rows = list(_rows(draft))
    is_of_several = len({citation.unit_name for citation in draft.citations.listed}) > 1
    return is_of_several or not rows or any(row.unit or row.code_system == "单位" for row in rows)


def bounds_units(asks: Sequence[Ask]) -> bool:
    """Whether it is asked which units meet a bound (哪几家没有三公)."""
    bounds = [node for ask in asks for node in nodes_of(ask.query) if isinstance(node, Filter)]
    return any(isinstance(node, Rows) and node.kind == "unit" for bound in bounds for node in nodes_of(bound))


def tells_no_unit(draft: Draft) -> bool:
    """Whether an answer has figures, none of which is of a unit below the department."""
    told = normalise("".join(draft.lines))
    own = (draft.catalog.main_unit, draft.catalog.unit_name)
    others = [
        normalise(unit).removeprefix(draft.catalog.region or "") for unit in draft.catalog.units if unit not in own
    ]
    is_of_unit = any(row.unit or row.code_system == "单位" for row in _rows(draft))
    return bool(draft.figures) and not is_of_unit and not any(unit in told for unit in others)


def left_out_units(asks: Sequence[Ask], draft: Draft) -> tuple[Name, ...]:
    """The units that are named and that neither the answer nor the rows it rests on are of."""
    own = {unit for row in _rows(draft) for unit in (row.unit, row.stored_unit) if unit}
    missing = [name for name in untold_names(asks, draft) if name.is_unit]
    return tuple(name for name in missing if not _means(name, own, draft.catalog))


def _rows(draft: Draft) -> Iterator[Row]:
    """The rows that an answer rests on."""
    yield from filter(None, map(draft.catalog.row_of, draft.figure_ids))


def _means(name: Name, units: set[str], catalog: DocumentCatalog) -> bool:
    token = linked(name, catalog)
    return token is not None and any(link.key in units for link in token.links if link.role == "unit")


def _cited(draft: Draft) -> Iterator[str]:
    for citation in draft.citations.listed:
        yield from (str(value) for value in citation.model_dump().values())


def _forms(name: Name, catalog: DocumentCatalog) -> set[str]:
    """The forms in which a document prints a name; of people that are there each word for that."""
    if name.text == ACTUAL:
        return {*_THERE}
    token = linked(name, catalog)
    printed = [normalise(link.name) for link in token.links] if token else []
    own = normalise(name.text)
    texts = (own, own.removesuffix("类"), *printed)  # 工程类: of each line it is told that it is 工程
    return {form for text in texts for form in near_forms(text) if len(form) > 1}
