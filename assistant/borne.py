"""Asks taken for what a document bears out: what performance forms set, offices, the units of a budget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.answering.dated import dates_asked, is_of_date
from assistant.answering.draft import Draft
from assistant.catalog.linking import linked
from assistant.catalog.types import OWN
from assistant.plan.bought_rows import bought_lines
from assistant.plan.described import described_items
from assistant.plan.row_cells import columns_of, names_fund
from assistant.query import (
    Aim,
    Ask,
    Breakdown,
    Change,
    Counted,
    Difference,
    Filter,
    FormsOf,
    Funds,
    MadeUp,
    Name,
    Origin,
    PaidFrom,
    Purchased,
    Query,
    Rank,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Staffing,
    Stated,
    Sum,
    Target,
    Targets,
    Travel,
    UnitsOf,
    mapped,
    names_of,
    nodes_of,
)
from assistant.reading.bought import bought_asked
from assistant.reading.forms import form_queries
from assistant.reading.patterns import CLAUSE_BREAK, pattern
from assistant.reading.prose_asks import COUNTRIES, number_stated, prose_queries
from assistant.reading.staff import staff_asked
from assistant.reading.units import office_asked, unit_queries
from assistant.reading.winners import ranges_units
from assistant.reply.answers import answer_ask
from assistant.reply.quote import REASON
from assistant.reply.untold import untold_words
from assistant.run.evaluate import evaluate, forms_of
from assistant.understand.tokenize import normalised_question
from assistant.understand.wording import normalise
from assistant.words import content_of
from index.naming import stands_in_order

_OF_FORM: Final = pattern("form_words")
_YEAR: Final = re.compile(r"(20\d\d)年?")
_OTHER_TIME: Final = pattern("other_time")
_SURE: Final = 0.75
"""Score from which an item bears a name."""

_OF_THINGS: Final = (Target, Targets, Funds, FormsOf, Aim, Stated)
"""What a form sets or a sentence counts of something that the question names."""

_OF_BASIC: Final = pattern("of_basic")
_OF_WHOM: Final = re.compile("^.+(?=满意[度率]$)")
"""Whose satisfaction is asked about: forms call them otherwise (受益对象满意度)."""

_THE_FEW: Final = pattern("the_few")
_OF_PROJECT: Final = pattern("money_of_described")
_SHARED: Final = pattern("shared_by_funds")
_WORDED: Final = pattern("worded_column")
_PURCHASED_HOW: Final = pattern("purchased_how")
_ORGANISED: Final = "采购组织形式"


def as_borne_out(asks: Sequence[Ask], question: str, history: Sequence[str], draft: Draft) -> tuple[Ask, ...]:
    """The asks, each as what the document was found to tell of it, where it is read as nothing that is told."""
    made: list[Ask] = []
    for own in asks:
        ask = _going_on(own, asks[: len(made)], made)
        if isinstance(ask.query, Staffing | Purchased):
            made.append(ask)  # borne out before
            continue
        before = [each.query for each in made]
        if (office := office_asked(ask.text, question, history)) is not None:
            made.append(_with(ask, office))  # only an office answers it
            continue
        if COUNTRIES.search(normalise(ask.text)):
            made.append(_with(ask, Travel()))
            continue
        formed = _of_units_or_sentences(ask, before, question, history, draft)
        if formed is None and not _is_of_other_time(ask.text, question, draft):
            formed = _of_form_or_sentence(ask, before, question, history, draft)
        if formed is not None and isinstance(formed.query, Target) and ask.adds_up and _THE_FEW.search(ask.text):
            formed = None  # 三样加起来: no single one of them
        made.append(formed or _as_described(ask, draft) or ask)
    return tuple(made)


def _as_described(ask: Ask, draft: Draft) -> Ask | None:
    """An ask for the money of what is only described, as the one project whose goal or purchase says all of it.

    渡船日常运行维护列了多少: no item is called so, and one project's goal is 保障渡船日常运行维护.
    """
    nodes = [node for node in nodes_of(ask.query) if isinstance(node, Select)]
    asks_of_number = any(node.quantity == "count" or node.counted or node.described or node.winner for node in nodes)
    if (
        asks_of_number
        or not _OF_PROJECT.search(ask.text)
        or not isinstance(ask.query, Select | Rows | Filter | Several)
    ):
        return None
    names = tuple(dict.fromkeys((*names_of(ask.query), *(n for node in nodes for n in node.names))))
    items = [name for name in names if not name.is_unit]
    if not any(not name.is_linked for name in items) or _is_answered(ask, draft):
        return None
    words = dict.fromkeys(word for name in items for word in content_of(normalise(name.text)))
    if any(len(word) == 1 for word in words):
        return None  # 国家非遗保护资金 is not all that holds 国家, 保护 and 资金
    described = " ".join(words)
    units = tuple(name for name in names if name.is_unit)
    before = draft.state()
    is_told = bool(described_items(described, units, draft))
    draft.restore(before)
    return _borne_out(ask, Select(names=units, described=described), draft) if is_told else None


def _going_on(ask: Ask, read: Sequence[Ask], made: Sequence[Ask]) -> Ask:
    """An ask, what it takes up of those before it as that was borne out (车哪一类最多，占百分之几).

    The share of the first of some kinds is one of them all.
    """
    query = ask.query
    for before, borne in zip(read, made, strict=True):
        if before.query == borne.query or before.query == ask.query:
            continue
        query = mapped(query, lambda q, old=before.query, new=borne.query: new if q == old else q)  # type: ignore[misc]
        kinds = borne.query.rows if isinstance(borne.query, Rank) and isinstance(borne.query.rows, Counted) else None
        if query != ask.query and isinstance(query, Share) and query.whole is None and kinds is not None:
            return _with(ask, query.model_copy(update={"whole": Sum(of=(kinds,))}))
    return ask if query == ask.query else _with(ask, query)


def against_posts(asks: Sequence[Ask], question: str, history: Sequence[str], draft: Draft) -> tuple[Ask, ...]:
    """The asks, those about people and posts as how far these are apart, where the document tells it of all of them.

    Of units they are that in any case: what the whole department has is no answer.
    """
    read = staff_asked(asks, question, history)
    if read is None:
        return tuple(asks)
    staff = [ask for ask in read if isinstance(ask.query, Staffing)]
    of_all = _with(staff[0], Staffing(of_all=True))  # a table says of no date, beside the sentence that does
    is_told = _is_told_of_date(of_all, question, draft) and all(_is_answered(ask, draft) for ask in staff)
    are_of_units = all(isinstance(ask.query, Staffing) and (ask.query.by_unit or ask.query.units) for ask in staff)
    return read if is_told or are_of_units else tuple(asks)


def of_things_bought(asks: Sequence[Ask], question: str, draft: Draft) -> tuple[Ask, ...]:
    """The asks, those for numbers and prices of things bought as what purchases tell of them."""
    read = bought_asked(asks, question)
    if read is None:
        return tuple(asks)
    bought = next(ask for ask in read if isinstance(ask.query, Purchased))
    return read if _is_answered(bought, draft) else tuple(asks)


def of_row_before(asks: Sequence[Ask], draft: Draft) -> tuple[Ask, ...]:
    """The asks, those for nothing but columns as those of the row asked for before (财政拨款和其他资金各承担多少).

    Columns that are to be inside it (其中小微多少) are so where nothing else answers them.
    """
    made: list[Ask] = []
    for ask in asks:
        before = next((row for each in reversed(made) if (row := _row_asked(each.query)) is not None), None)
        columns = _words_asked(ask) or _columns_asked(ask)
        is_of_row = before is not None and columns and _has_columns(before, columns, draft, ask.text)
        says_more = before is None or not all(map(_is_of_any_row, columns)) or _names_row(ask, before)
        if not is_of_row or (says_more and _is_answered(ask, draft)):
            made.append(_of_row(ask, before) if before is not None else ask)
            continue
        each = tuple(Select(names=(name,), winner=before) for name in columns)
        made.append(_with(ask, each[0] if len(each) == 1 else Several(of=each)))
    return tuple(made)


def of_defined_parts(asks: Sequence[Ask], draft: Draft) -> tuple[Ask, ...]:
    """The asks, each that nothing answers without the whole that its items are inside, where that is but defined.

    机关运行经费里物业费多少: one sentence states the whole, and its definition lists 物业管理费 as a part. Where a
    document is of several units its rows are of all of them, and the whole may be of some.
    """
    record = draft.contents.record
    is_of_one = record.unit_level == "单位" or OWN in record.unit_name
    return tuple(_of_defined_part(ask, draft) for ask in asks) if is_of_one else tuple(asks)


def _of_defined_part(ask: Ask, draft: Draft) -> Ask:
    inside = [node for node in nodes_of(ask.query) if isinstance(node, Select) and node.is_inside and node.within]
    if not inside or _is_answered(ask, draft):
        return ask

    def change(query: Query) -> Query:
        if not isinstance(query, Select) or query not in inside:
            return query
        defined = [name for name in query.within if not name.is_unit and _defines(name, query.names, draft)]
        is_basic = any(_OF_BASIC.search(name.text) for name in defined)
        kept = tuple(name for name in query.within if name not in defined)
        return query.model_copy(update={"within": (*kept, *((Name(text="基本支出"),) if is_basic else ()))})

    made = ask.model_copy(update={"query": mapped(ask.query, change)})
    return made if made.query != ask.query and _is_answered(made, draft) else ask


def _defines(whole: Name, parts: Sequence[Name], draft: Draft) -> bool:
    """Whether the definition of a whole lists all of some items."""
    says = re.compile(rf"{re.escape(normalise(whole.text))}[)）]?[,:：]?(?:是|主要)?指(?P<told>.*)", re.DOTALL)
    found = (says.search(normalise(each.text)) for each in draft.contents.paragraphs.values())
    forms = [_forms_of(part, draft) for part in parts]
    return any(all(any(form in m["told"] for form in each) for each in forms) for m in found if m is not None)


def _row_asked(query: Query) -> Select | None:
    """The one row that a query asks of."""
    of = query.of if isinstance(query, Several) else ()
    named = [each for each in of if any("采购" not in name.text for name in names_of(each))]  # A采购的是什么品目
    one = named[0] if len(named) == 1 and len(of) > 1 else query
    one = one.parts[0] if isinstance(one, Share) and len(one.parts) == 1 else one
    return one if isinstance(one, Select) and one.names and one.winner is None else None


def _columns_asked(ask: Ask) -> tuple[Name, ...]:
    """The names of an ask that may be columns of what was asked for before; () where it names something of its own."""
    selects = ask.query.of if isinstance(ask.query, Several) else (ask.query,)
    plain = [s for s in selects if isinstance(s, Select) and s.winner is None and s.period == "this" and not s.side]
    names = tuple(name for select in plain for name in select.names)
    are_funds = all(map(names_fund, names)) and not any(s.within for s in plain) and _SHARED.search(ask.text)
    is_one_each = len(plain) == len(selects) == len(names)
    return names if is_one_each and (are_funds or all(s.is_inside for s in plain)) else ()


def _words_asked(ask: Ask) -> tuple[Name, ...]:
    """The columns of words that an ask is for and names nothing beside (组织形式填的啥, 谁来采)."""
    if _PURCHASED_HOW.search(normalise(ask.text)) and not isinstance(ask.query, Filter | Rank):
        return (Name(text=_ORGANISED),)
    selects = ask.query.of if isinstance(ask.query, Several) else (ask.query,)
    are_words = all(isinstance(each, Select) and _names_words(each) for each in selects)
    return tuple(names_of(ask.query)) if are_words else ()


def _of_row(ask: Ask, before: Select) -> Ask:
    """The ask, what it asks of a column of words alone as of the row before (组织形式是啥？占总额多少)."""
    query = mapped(ask.query, lambda q: before if isinstance(q, Select) and _names_words(q) else q)
    return ask if isinstance(ask.query, Select) else ask.model_copy(update={"query": query})


def _names_row(ask: Ask, before: Select) -> bool:
    """Whether an ask names itself what the row before is of, besides that it is bought."""
    own, of = ({n.text for n in names_of(q) if "采购" not in n.text} for q in (ask.query, before))
    return bool(own & of)


def _names_words(select: Select) -> bool:
    return bool(select.names) and select.winner is None and all(_WORDED.fullmatch(n.text) for n in select.names)


def _is_of_any_row(column: Name) -> bool:
    """Whether a column is one that every row of its kind has, so that it is the row's just spoken of that is meant."""
    return names_fund(column) or bool(_WORDED.fullmatch(column.text))


def _has_columns(before: Select, columns: Sequence[Name], draft: Draft, text: str) -> bool:
    """Whether the row that was asked for has all of some columns."""
    state = draft.state()
    are_words = all(_WORDED.fullmatch(column.text) for column in columns)
    lines = bought_lines(before, draft) if are_words else ()
    found = lines or evaluate(before, draft.beside(draft.catalog), text).quantities
    has_all = (bool(lines) or len(found) == 1) and all(columns_of(each, columns, draft) for each in found)
    draft.restore(state)
    return has_all


def _of_units_or_sentences(
    ask: Ask, before: Sequence[Query], question: str, history: Sequence[str], draft: Draft
) -> Ask | None:
    """An ask as what is told of units, funds or reasons; None where nothing is, or what it was restricts or tells it.

    The list of all units answers none that asks for those of some name or with some column, and what a row prints of
    its funds is no answer where they are its condition, or where they are told already.
    """
    nodes = list(nodes_of(ask.query))
    conditions = [condition for node in nodes if isinstance(node, Filter) for condition in node.conditions]
    of_some = any(condition.is_of_label or condition.column for condition in conditions)
    of_some = of_some or (not ask.unread and any(isinstance(node, Rank) and ranges_units(node) for node in nodes))
    is_left = any(isinstance(node, Difference) and node.rest for node in nodes)
    explains = ask.wants_reason and any(isinstance(n, Change) for n in nodes)  # 多出来的那部分从哪来
    tells_funds = (
        is_left or explains or (any(isinstance(n, PaidFrom | Breakdown) for n in nodes) and _is_answered(ask, draft))
    )
    of_units = () if of_some else unit_queries(ask.text, before, question, history)
    of_words = prose_queries(ask, before, question)
    queries = [*of_units, *(q for q in of_words if not (isinstance(q, Origin) and (conditions or tells_funds)))]
    if _is_of_other_time(ask.text, question, draft):
        queries = [query for query in queries if not isinstance(query, MadeUp | UnitsOf)]
    return next((new for query in queries if (new := _borne_out(ask, query, draft))), None)


def _of_form_or_sentence(
    ask: Ask, before: Sequence[Query], question: str, history: Sequence[str], draft: Draft
) -> Ask | None:
    """An ask as what a form sets or a sentence counts; None where neither does, or a figure answers what it was."""
    stated = number_stated(ask.text)
    if not draft.contents.forms and stated is None:
        return None
    own = _is_answered(ask, draft, by_figure=not isinstance(ask.query, Say))
    if draft.contents.forms and (not own or _OF_FORM.search(ask.text)):
        told = _told_before(ask.text, question)
        of_forms = form_queries(ask.text, before, question, history, told)
        if (formed := next((new for query in of_forms if (new := _borne_out(ask, query, draft))), None)) is not None:
            return formed
    counted = _borne_out(ask, stated, draft) if stated is not None and not own else None
    return counted if counted is not None and _is_told_of_date(counted, question, draft) else None


def _is_told_of_date(ask: Ask, question: str, draft: Draft) -> bool:
    """Whether the sentences that answer an ask tell of the date that the question says, if it says one."""
    if not dates_asked(draft, question):
        return True
    before, sources = draft.state(), len(draft.citations.listed)
    answer_ask(ask, [draft.beside(draft.catalog)])
    is_told = is_of_date(draft, question, sources)
    draft.restore(before)
    return is_told


def _is_of_other_time(text: str, question: str, draft: Draft) -> bool:
    """Whether a clause asks for another year, or for what came of it: forms and tasks set this year's.

    Of a clause that says no year it is the question's.
    """
    own, said = ({int(year) for year in _YEAR.findall(each)} for each in (text, question))
    is_other = own != {draft.catalog.year} if own else bool(said) and draft.catalog.year not in said
    return is_other or bool(_OTHER_TIME.search(text))


def _told_before(clause: str, question: str) -> list[str]:
    """The clauses of a question before one."""
    clauses = [part for part in CLAUSE_BREAK.split(normalised_question(question)) if part]
    plain = normalise(clause)
    place = next((n for n, part in enumerate(clauses) if plain in normalise(part) or normalise(part) in plain), 0)
    return clauses[:place]


def _with(ask: Ask, query: Query) -> Ask:
    """An ask for something else; what it was not read of is read now."""
    return ask.model_copy(update={"query": query, "unread": (), "heads": (), "keywords": ()})


def _borne_out(ask: Ask, query: Query, draft: Draft) -> Ask | None:
    """An ask as another query; None where the document doesn't answer that, or not for the units named."""
    made = _with(ask, query)
    if isinstance(query, Say):
        return made if _is_answered(made, draft, query.topic[:1]) else None
    return made if _is_answered(made, draft, tuple(name for name in names_of(ask.query) if name.is_unit)) else None


def _is_answered(ask: Ask, draft: Draft, names: Sequence[Name] = (), *, by_figure: bool = False) -> bool:
    """Whether an ask has its answer, and that tells of the names; ``by_figure``: a quotation is none."""
    before = draft.state()
    reply = answer_ask(ask, [draft.beside(draft.catalog)])
    own = {normalise(row.unit) for i in draft.figure_ids if (row := draft.catalog.row_of(i)) and row.unit}
    things = tuple(_OF_WHOM.sub("", thing) for thing in ask.things)
    labels = [normalise(figure.label) for figure in draft.figures]
    things = tuple(t for t in things if not any(stands_in_order(normalise(t), label) for label in labels))
    untold = untold_words(things, reply.lines, [draft]) if _is_of_things(ask.query) else ()
    told = [normalise(line) for line in reply.lines]
    if isinstance(ask.query, Say):
        told = [line for line in told if REASON.search(line)]  # the reason stands with what it is of
    draft.restore(before)
    are_told = all(
        any(form in own or any(form in line for line in told) for form in _forms_of(n, draft)) for n in names
    )
    quotes = by_figure and any(line.startswith(">") for line in reply.lines)
    return bool(reply.lines) and not reply.missing and are_told and not quotes and not untold


def _is_of_things(query: Query) -> bool:
    return any(isinstance(node, _OF_THINGS) for node in nodes_of(query))


def _forms_of(name: Name, draft: Draft) -> set[str]:
    """The forms in which a name may be told: as it is said, its unit's, what its items are called."""
    token = linked(name, draft.catalog)
    links = token.links if token else ()
    printed = {normalise(link.name) for link in links if link.score >= _SURE and link.role in ("row", "unit")}
    return {*forms_of(name, draft), *printed} - {""}
