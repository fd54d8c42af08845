"""Which of two answers to one question is given: the rules', or the one by way of the query algebra."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.lookup import VERDICTS
from assistant.answering.notes import add_notes
from assistant.answering.refuse import refusal, units_missing
from assistant.compose import Outcome, bare_part, joined_drafts, sources_of
from assistant.core import BEYOND, Core, CoreAnswer, Reading
from assistant.ground import Ungrounded, check_grounded
from assistant.plan.forms import tells_of_another
from assistant.plan.goal_projects import of_goal_projects
from assistant.plan.row_cells import names_fund
from assistant.query import (
    Ask,
    BaseOf,
    Breakdown,
    Change,
    Counted,
    Difference,
    Each,
    Except,
    Exists,
    Filter,
    FromDocument,
    Mean,
    Moves,
    PaidFrom,
    Places,
    Purchased,
    Query,
    Rank,
    Rest,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Staffing,
    Sum,
    names_of,
    nodes_of,
)
from assistant.reader import ReadQuestion
from assistant.reading.patterns import pattern
from assistant.reading.rows import ALL_ROWS
from assistant.reading.selects import is_table
from assistant.reading.winners import ranges_units
from assistant.reply.claims import add_claims
from assistant.reply.coverage import (
    adds_parts,
    asks_for_units,
    bounds_units,
    figures_within,
    is_open,
    lacks_changes,
    lacks_columns,
    lacks_computation,
    lacks_last_year,
    lacks_names,
    lacks_number,
    lacks_sum,
    lacks_terms,
    lacks_units,
    left_out_units,
    measures_all,
    measures_more,
    measures_others,
    reckons_otherwise,
    tells_beyond,
    tells_blanks,
    tells_left_out,
    tells_more,
    tells_no_meaning,
    tells_no_share,
    tells_no_unit,
    tells_of_others,
    tells_one_part,
    tells_other_table,
    tells_share_of_change,
    tells_unfilled,
    tells_units,
    untold_descriptions,
    untold_names,
)
from assistant.reply.purchases import tells_part_of_lines
from assistant.reply.quote import REASON
from assistant.reply.wanted import unmet_clauses
from assistant.run.evaluate import forms_of
from assistant.understand.dates import TERM
from assistant.understand.tokenize import chinese_number
from assistant.understand.wording import normalise

_NO_TARGET: Final = "问到的项目的绩效目标里没有这个指标。"
_PARTS: Final = 2
"""A whole and the one part that it is told without."""

_BARE: Final = 2
"""Nodes of a query of one operation on one selection."""

_MEAN_OF: Final = re.compile(r"平均每项.*?（共 (?P<k>\d+) 项")
_MEAN_SAID: Final = re.compile("(?P<k>[两二三四五六七八九十]+)[个项类款家][^,，。;；?？]{0,6}(?:平均|均值)")
_SEVERAL: Final = 2
_SAME: Final = 0.7
"""How alike two texts of one clause are, as it is said and as it is read."""

_KINDS_OF_ROWS: Final = ("unit", "project", "purchase", "goal")
"""Kinds of rows that no other row of the table is of."""

_ASKS: Final = pattern("ask")
_AS_TOTAL: Final = re.compile("(?:预算|支出)?(?:总额|总数|总量|合计|总计)$")
_REST_OF_ALL: Final = re.compile("中，[^。]{0,12}(?:总计|总表合计)除[^。]+外还有")
_IN_WORDS: Final = re.compile("包括|包含|含(?:有|了)?(?:哪|什么)|指|[是算](?:什么|啥)|定义")
"""What asks for words and no figure (定义里的人员支出包括什么)."""

_OF_ITS_OWN: Final = re.compile("占了?(其(?!中|他|它|余)|它|自己|自身|本身)")
"""What says that a whole is the part's own (占其采购的比重), which the algebra doesn't narrow to it."""


def instead_of(
    other: Draft | None, core: Core, question: str, history: Sequence[str], *, asks_back: bool
) -> CoreAnswer | None:
    """The answer by way of the algebra, where it is given instead of the rules'; None where theirs stands.

    ``other``: the rules' answer, None where they refuse. ``asks_back``: they would ask which of several things is
    meant. Of another unit than the one named their figures answer nothing: then a refusal is given, if no answer.
    """
    if other is not None and ungrounded(other, question):
        return None
    readings = core.read(question, history)
    if other is not None and tells_of_another(question, other):
        answer = _answered(core, readings, question)
        return answer if _stands(answer, asks_back=False) else _refused(_NO_TARGET, other)
    if other is None:
        answer = _of_refused(core, readings, question)
        return answer if _stands(answer, asks_back=asks_back) else None
    if len(readings) == 1 and readings[0].of_everyone:
        return _of_more_units(core, readings[0], other)
    if len(readings) != 1:
        return None
    add_claims(readings[0].asks, other)
    if _is_rest_of_another(readings[0], other):
        answer = _answered(core, readings, question)
        return answer if answer and answer.answered else _refused("没有读懂要从哪个数里去掉它。", other)
    lists_rows = _asks_for_rows(readings[0]) and _tells_one_figure(other)
    may_do_better, reckons = lists_rows or _may_do_better(readings[0], other), _reckons(readings[0])
    if not may_do_better and not reckons:
        return None
    answer = _answered(core, readings, question)
    is_whole = answer is not None and answer.is_whole
    if answer and is_whole and reckons and reckons_otherwise(readings[0].asks, answer.draft, other):
        return answer
    if not may_do_better:
        return None
    lacks_units = asks_for_units(readings[0].asks) and not tells_units(other)
    if lacks_units or (bounds_units(readings[0].asks) and tells_no_unit(other)):
        return answer if is_whole else _refused("文件里没有按单位分列的这个数。", other)
    if is_whole and (_is_of_units(readings[0]) or tells_beyond(readings[0].asks, other)):
        return answer
    if is_whole and lists_rows:
        return answer
    if readings[0].of_kinds and answer is not None and answer.answered and _adds_units(other):
        return answer  # the rules know units of a kind by some of their short names alone
    units = left_out_units(readings[0].asks, other)
    if units and (answer is None or not answer.answered):
        return _refused(units_missing(unit.text for unit in units), other)
    described = untold_descriptions(readings[0].asks, other)
    if described and (answer is None or not answer.answered):
        said = "、".join(f"“{text}”" for text in described)
        return _refused(f"文件里没有找到与{said}相符的项目。", other)
    stands = answer is not None and _stands(answer, asks_back=asks_back)
    if answer and stands and (units or _does_better(readings[0], answer, other)):
        return answer
    if answer and stands and _opens_less(readings[0], answer, other):
        return answer
    if answer and answer.unanswered and stands and all(is_open(ask, other) for ask in readings[0].asks):
        return answer  # the rules leave all of it open
    return _refusal_of(readings[0], answer, other) or _in_part(readings[0], other)


def _of_refused(core: Core, readings: Sequence[Reading], question: str) -> CoreAnswer | None:
    """The answer to what the rules refuse: of a plain question they understood it, unless it is composed."""
    is_understood = all(r.is_plain and not r.of_everyone and not _is_composed(r) for r in readings)
    answer = None if is_understood else _answered(core, readings, question)
    return answer or _not_read_by_rules(core, readings)


def _refusal_of(reading: Reading, answer: CoreAnswer | None, other: Draft) -> CoreAnswer | None:
    """What is said instead of the rules' answer where it tells of other money, of another whole, or of no share."""
    if _leaves_out_funds(reading):  # the rules take anything that bears the name of the money
        is_told = answer is not None and answer.answered
        return answer if is_told else _refused("文件里没有把这个数按资金来源分开列。", other)
    if (whole := _whole_untold(reading, other)) is not None:
        return _refused(f"文件里没有找到它在“{whole}”里的数，算不出占比。", other)
    if (counts := _miscounted(reading, other)) is not None:
        return _refused(f"问题里说的是 {counts[0]} 项，文件里列出的是 {counts[1]} 项，算不出它们的平均数。", other)
    if tells_share_of_change(reading.asks, other):
        return _refused("没有读懂要算的是谁比上年增减百分之几。", other)
    if tells_no_share(reading.asks, other):
        return _refused("没有读懂要算的是谁占谁的比重。", other)
    return None


def _miscounted(reading: Reading, draft: Draft) -> tuple[int, int] | None:
    """Of how many rows a mean is asked for, and of how many others it is told (四个类平均 of five)."""
    said, told = _MEAN_SAID.search(reading.question), _MEAN_OF.search("".join(draft.lines))
    counts = (int(chinese_number(said["k"]) or 0), int(told["k"])) if said and told else None
    return counts if counts and counts[0] != counts[1] else None


def _not_read_by_rules(core: Core, readings: Sequence[Reading]) -> CoreAnswer | None:
    """The answer to several asks, or to one for parts that a sentence lists, which the rules don't read.

    None where an ask isn't read to its last word or has no answer.
    """
    if len(readings) != 1 or not _is_read(readings[0]):
        return None
    asks = readings[0].asks
    answer = core.answer(readings)
    if answer is None or not answer.is_whole or not answer.draft.figures:
        return None
    of_rows = all(isinstance(ask.query, Rank | Rows) for ask in asks)
    is_told = of_rows and all(citation.kind == "text" for citation in answer.draft.citations.listed)
    return answer if is_told or len(asks) >= _SEVERAL else None


def _answered(core: Core, readings: Sequence[Reading], question: str) -> CoreAnswer | None:
    """The answer by way of the algebra; None where it tells of another project's form than of the one named."""
    answer = core.answer(readings)
    return None if answer is not None and tells_of_another(question, answer.draft) else answer


def _of_more_units(core: Core, reading: Reading, other: Draft) -> CoreAnswer | None:
    """The answer over all units where it leaves nothing open and tells of changes, or of more units than the other.

    So it is where the other tells no figure.
    """
    tells_more = not other.figures or any(isinstance(n, Change) for ask in reading.asks for n in nodes_of(ask.query))
    if not _is_read(reading) or (not tells_more and _units_cited(other) >= len(reading.targets)):
        return None  # the wide views tell all of them without a look at each document
    answer = core.answer([reading])
    is_more = answer is not None and (tells_more or _units_cited(answer.draft) > _units_cited(other))
    return answer if answer is not None and answer.is_whole and is_more else None


def _units_cited(draft: Draft) -> int:
    return len({citation.unit_name for citation in draft.citations.listed})


def _is_composed(reading: Reading) -> bool:
    """Whether every ask is read to its last word, as operations on what is linked, at least one upon another.

    A plain sum of what is named isn't, unless it is said how much that is: the rules know better which unit's rows it
    is of.
    """
    if (
        _is_borne_out(reading)
        or _is_of_goals(reading)
        or _is_told_only(reading)
        or (_bounds_columns(reading) and _is_read(reading))
    ):
        return True
    if all(ask.adds_up and isinstance(ask.query, Select) for ask in reading.asks) and _is_read(reading):
        return True  # what things of one name come to
    if any(TERM.fullmatch(name.text) for ask in reading.asks for name in names_of(ask.query)) and _is_read(reading):
        return True  # of which item the terms are, the rules don't know
    if all(_is_total_of_units(ask.query) for ask in reading.asks) and _is_read(reading):
        return True  # the rules look for the total's printed name beside the unit's
    if any(isinstance(ask.query, Sum) and all(isinstance(q, Select) for q in ask.query.of) for ask in reading.asks):
        return any(isinstance(ask.query, Sum) and ask.claims for ask in reading.asks) and _is_read(reading)
    return _is_read(reading) and (reading.of_kinds or all(_is_upon_another(ask.query) for ask in reading.asks))


def _is_total_of_units(query: Query) -> bool:
    return isinstance(query, Select) and bool(query.side and query.names) and all(name.is_unit for name in query.names)


def _is_told_only(reading: Reading) -> bool:
    """Whether anything is asked for that was taken as such because the document bears it out."""
    return any(isinstance(node, FromDocument) for ask in reading.asks for node in nodes_of(ask.query))


def _is_borne_out(reading: Reading) -> bool:
    """Whether it is asked for what the rules don't read.

    All places that state one thing, rows by how far they changed, projects without a goal, where a gap sits, people
    against posts, things bought, kinds that a sentence counts, what two tables print of one thing, what a share is
    of, what is pointed at, a sum or what is left of something set against another figure, a whole without several
    parts, one item in two tables, two places of several documents, a share of rows or of a change, whether something
    moved as far as is claimed.
    """
    nodes = [node for ask in reading.asks for node in nodes_of(ask.query)]
    return _claims_change(reading) or any(
        isinstance(node, Places | Moves | Rest | BaseOf | Staffing | Purchased | Counted)
        or (isinstance(node, Select) and (node.refers or node.place == "table" or (node.described and node.names)))
        or (isinstance(node, Rows) and node.without_goal)
        or (isinstance(node, Difference) and (_is_of_rest(node) or _is_of_tables(node) or _is_of_places(node)))
        or (isinstance(node, Difference) and any(isinstance(term, Sum) for term in node.of))
        or (isinstance(node, Share) and isinstance(node.whole, Rows | Change))
        for node in nodes
    )


def _claims_change(reading: Reading) -> bool:
    """Whether something is said to have moved by a number."""
    return any(isinstance(ask.query, Change) and any(claim.way for claim in ask.claims) for ask in reading.asks)


def _is_of_rest(query: Difference) -> bool:
    """Whether a whole is told without several parts, or what is left of one is set against another figure."""
    return (query.rest and len(query.of) > _PARTS) or any(isinstance(term, Difference) for term in query.of)


def _is_of_tables(query: Difference) -> bool:
    """Whether items in tables are set against each other, of which the rules take a table for all that it holds."""
    return all(isinstance(term, Select) and any(map(is_table, term.within)) for term in query.of)


def _is_of_places(query: Difference) -> bool:
    """Whether two places of a ranking of documents are set against each other; the rules rank the rows of each."""
    return all(isinstance(term, Rank) and isinstance(term.rows, Each) for term in query.of)


def _is_of_goals(reading: Reading) -> bool:
    """Whether the projects with a performance goal are asked about, which the rules take for rows."""
    nodes = (node for ask in reading.asks for node in nodes_of(ask.query))
    return any(isinstance(node, Select) and of_goal_projects(node) for node in nodes)


def _asks_of_first(reading: Reading) -> bool:
    """Whether columns are asked for of the row that is put first: what else bears their names is another figure."""
    nodes = (node for ask in reading.asks for node in nodes_of(ask.query))
    return any(isinstance(node, Select) and node.winner is not None and node.names for node in nodes)


def _bounds_columns(reading: Reading) -> bool:
    """Whether rows are bounded by columns that they fill or leave empty, which the rules don't read."""
    nodes = (node for ask in reading.asks for node in nodes_of(ask.query))
    return any(isinstance(node, Filter) and node.columns for node in nodes)


def _asks_for_rows(reading: Reading) -> bool:
    """Whether it is asked which rows meet a bound, and what they come to, read to its last word."""
    queries = [ask.query for ask in reading.asks]
    rows = [query.of[0] if isinstance(query, Sum) and len(query.of) == 1 else query for query in queries]
    return _is_read(reading) and bool(queries) and isinstance(rows[0], Filter) and {*rows} == {rows[0]}


def _tells_one_figure(draft: Draft) -> bool:
    """Whether an answer tells one figure: what rows come to, or whether that meets a bound."""
    is_verdict = bool(draft.lines) and any(f"，{verdict}：" in draft.lines[0] for verdict in VERDICTS)
    return is_verdict or (len({figure.value for figure in draft.figures}) == 1 and len(draft.lines) == 1)


def _only_sorts(reading: Reading) -> bool:
    """Whether rows are to be put in an order, in which the rules don't list them."""
    nodes = (node for ask in reading.asks for node in nodes_of(ask.query))
    sorts = (n for n in nodes if isinstance(n, Rank) and n.k == ALL_ROWS)
    return any(isinstance(n.rows, Rows | Filter | Except | Several) for n in sorts) and _is_read(reading)


def _asks_funds(reading: Reading) -> bool:
    """Whether it is asked what money something is paid from, of which the rules list what a whole unit has."""
    return any(isinstance(node, PaidFrom) for ask in reading.asks for node in nodes_of(ask.query))


def _leaves_out_funds(reading: Reading) -> bool:
    """Whether it is asked what is left of something without one kind of money (不是财政拨款出的有多少)."""
    rests = [n for ask in reading.asks for n in nodes_of(ask.query) if isinstance(n, Difference) and n.rest]
    return any(isinstance(part, Select) and any(map(names_fund, part.names)) for n in rests for part in n.of[1:])


def _is_upon_another(query: Query) -> bool:
    """Whether an operation is upon another one, or ranks the rows of a whole side, where no name can be mistaken."""
    nodes = list(nodes_of(query))
    ranks_all = isinstance(query, Rank) and isinstance(query.rows, Rows) and query.rows.within.side is not None
    is_of_kind = len(nodes) == _BARE and isinstance(nodes[-1], Rows) and nodes[-1].kind in _KINDS_OF_ROWS
    is_of_level = isinstance(query, Rank | Mean | Sum) and isinstance(nodes[-1], Rows) and nodes[-1].level is not None
    return len(nodes) > _BARE or (ranks_all and not list(names_of(query))) or is_of_kind or is_of_level


def _is_crossed(reading: Reading) -> bool:
    """Whether the one ask is for several figures side by side, read to its last word (items by columns).

    So are several asks, each for one column of the same items.
    """
    queries = {ask.query for ask in reading.asks}
    crossed = [q.of for q in queries if isinstance(q, Several) and all(isinstance(each, Select) for each in q.of)]
    of_columns = all(len({each.names for each in of if isinstance(each, Select)}) == 1 for of in crossed)
    return len(crossed) == len(queries) and (len(queries) == 1 or of_columns) and _is_read(reading)


def _tells_share(reading: Reading, other: Draft) -> bool:
    """Whether every ask is read to its last word and one of several is for a share of something named.

    So is a single one of one part, where its whole is said or another answer adds parts up.
    """
    nodes = [node for ask in reading.asks for node in nodes_of(ask.query)]
    shares = [node for node in nodes if isinstance(node, Share)]
    wholes = [share.whole or share.around for share in shares]
    are_named = bool(wholes) and all(isinstance(whole, Select) and (whole.names or whole.side) for whole in wholes)
    are_sums = all(isinstance(part, Sum) for share in shares for part in share.parts)
    is_ranked = any(isinstance(node, Rank) for node in nodes) and not are_sums
    is_of_same = any(_is_of_same(share) for share in shares)
    is_of_one = all(len(share.parts) == 1 for share in shares)
    are_said = all(isinstance(share.whole, Select) for share in shares) and not _OF_ITS_OWN.search(reading.question)
    is_alone = len(reading.asks) == 1 and (is_of_same or (is_of_one and (adds_parts(other) or are_said)))
    return (len(reading.asks) > 1 or is_alone) and are_named and not is_ranked and _is_read(reading)


def _whole_untold(reading: Reading, other: Draft) -> str | None:
    """What was spoken of before and a part is asked as a share of, where an answer takes it of something else."""
    shares = [node for ask in reading.asks for node in nodes_of(ask.query) if isinstance(node, Share)]
    inside = [share for share in shares if all(isinstance(p, Select) and p.is_inside for p in share.parts)]
    wholes = [share.whole for share in inside if isinstance(share.whole, Select) and share.whole.names]
    told = normalise("".join(other.lines))
    before = (whole.names[-1] for whole in wholes if not whole.names[-1].is_unit)
    names = (name for name in before if name.text not in reading.question)
    untold = (
        name.text
        for name in names
        if _AS_TOTAL.sub("", normalise(name.text)) not in told
        and not any(form in told for form in forms_of(name, other))
    )
    return next(untold, None) if "占" in told else None


def _is_of_same(share: Share) -> bool:
    """Whether a share is of the part's own item in a larger whole (占全部门这一类支出的)."""
    whole = {name.text for name in share.whole.names} if isinstance(share.whole, Select) else set()
    parts = [{name.text for name in part.names} for part in share.parts if isinstance(part, Select)]
    return bool(whole) and len(parts) == len(share.parts) and all(whole <= names for names in parts)


def _is_of_units(reading: Reading) -> bool:
    """Whether units are ranked or meant by their kind, one is spoken of then, or its total broken down, all read."""
    nodes = [node for ask in reading.asks for node in nodes_of(ask.query)]
    is_found = any(isinstance(node, Select) and node.winner and ranges_units(node.winner) for node in nodes)
    is_broken_down = any(isinstance(node, Breakdown) for node in nodes)
    is_asked = asks_for_units(reading.asks) or bounds_units(reading.asks) or any(map(_lists_wholes, nodes))
    return (is_asked or is_found or is_broken_down or reading.of_kinds) and _is_read(reading)


def _lists_wholes(query: Query) -> bool:
    """Whether units are listed by all that each has."""
    return isinstance(query, Rows) and query.kind == "unit" and query.within.side is not None


def _adds_units(draft: Draft) -> bool:
    """Whether an answer adds up the figures of units that it takes for all of a kind."""
    return any("合计 **" in line and "，其中：" in line for line in draft.lines)


def _is_read(reading: Reading) -> bool:
    names = [name for ask in reading.asks for name in names_of(ask.query)]
    return all(name.is_linked for name in names) and not any(ask.unread for ask in reading.asks)


def _in_part(reading: Reading, other: Draft) -> CoreAnswer | None:
    """The rules' answer, with what it leaves open; None where nothing is."""
    left_open = tuple(_open_texts(reading.asks, other))
    return CoreAnswer(other, left_open, 1) if left_open else None


def open_asks(core: Core, question: str, history: Sequence[str], draft: Draft, known: Sequence[str]) -> Iterator[str]:
    """The asks that an answer put together from its parts leaves open, beside those that are known to be."""
    readings = core.read(question, history)
    asks = readings[0].asks if len(readings) == 1 and not readings[0].of_everyone else ()
    told = [text.split("（")[0] for text in known]
    open_texts = _open_texts(asks, draft)
    yield from (text for text in open_texts if all(_common(text, each) < _SAME for each in told))


def _open_texts(asks: Sequence[Ask], draft: Draft) -> Iterator[str]:
    yield from (ask.text for ask in asks if is_open(ask, draft))


def _common(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def the_rest(outcomes: Sequence[Outcome]) -> tuple[Draft, tuple[str, ...]] | None:
    """The drafts of the parts that have an answer as one, and what the others ask and why they have none.

    None where no part has one, or where one that has none asks nothing by itself and so may change what another asks,
    or asks for more than a budget tells (opinions, forecasts).
    """
    missing = [o for n, o in enumerate(outcomes) if not _is_told(o) or _hangs_on(o, outcomes[:n])]
    drafts = [outcome.draft for outcome in outcomes if outcome.draft and outcome not in missing]
    if not drafts or not all(map(_may_be_left_open, missing)):
        return None
    return joined_drafts(drafts), tuple(f"{bare_part(o.part.question)}（{_first_line(o.refusal)}）" for o in missing)


def _hangs_on(outcome: Outcome, before: Sequence[Outcome]) -> bool:
    """Whether a part names nothing by itself and goes on about what is not loaded (实际花了多少，有没有超8.6万).

    So it does about what isn't in the document, where only passages were found to it (高龄津贴领多少？按什么标准算的).
    """
    reading = outcome.part.reading
    if not isinstance(reading, ReadQuestion) or not before:
        return False
    last = before[-1]
    if not last.problem and (_is_told(last) or not _only_quotes(outcome)):
        return False
    return not any(t.group in ("term", "total", "classes", "scope", "year") for t in reading.asked.tokens)


def _only_quotes(outcome: Outcome) -> bool:
    """Whether an answer is nothing but passages under its heading."""
    lines = outcome.draft.lines if outcome.draft else []
    return any(line.startswith(">") for line in lines) and all(
        line.startswith(">") or line.endswith("：") for line in lines
    )


def _is_told(outcome: Outcome) -> bool:
    """Whether a part has an answer, and one in money where money is asked for."""
    lines = outcome.draft.lines if outcome.draft else []
    return outcome.is_answered and ("多少钱" not in outcome.part.question or "元" in "".join(lines))


def _first_line(refusal: str) -> str:
    return next(iter(refusal.split("\n")), "").removesuffix("。")


def _may_be_left_open(outcome: Outcome) -> bool:
    question, reading = outcome.part.question, outcome.part.reading
    is_query = not isinstance(reading, ReadQuestion) or reading.asked.intent != "instruction"
    return is_query and bool(_ASKS.search(question)) and (outcome.problem is not None or not BEYOND.search(question))


def verified(draft: Draft, question: str) -> Draft:
    """The draft with its notes; a refusal where one of its numbers has no source."""
    add_notes(draft)
    error = ungrounded(draft, question)
    return refusal(draft, str(error)) if error else draft


def ungrounded(draft: Draft, question: str) -> Ungrounded | None:
    """The first number of a draft that has no source, None where each has one."""
    try:
        check_grounded("\n".join(draft.lines), sources_of(draft, question))
    except Ungrounded as error:
        return error
    return None


def _stands(answer: CoreAnswer | None, *, asks_back: bool) -> bool:
    """Whether anything is answered, and all of it where the rules would ask back."""
    return answer is not None and answer.answered > 0 and (answer.is_whole or not asks_back)


def _refused(line: str, other: Draft) -> CoreAnswer:
    return CoreAnswer(refusal(other, line), (), 0)


def _may_do_better(reading: Reading, draft: Draft) -> bool:
    """Whether another answer is worth a look: several things are asked, or this one leaves something open.

    So is one where figures are said to differ and this one tells but one.
    """
    is_one_figure = reading.checks and len({figure.value for figure in draft.figures}) == 1
    is_more = len(reading.asks) > 1 or _is_crossed(reading) or _tells_share(reading, draft)
    is_more = (
        is_more
        or _leaves_out_funds(reading)
        or _is_borne_out(reading)
        or _is_of_goals(reading)
        or _asks_of_first(reading)
        or _bounds_columns(reading)
        or _picks_project(reading)
        or _only_sorts(reading)
        or _miscounted(reading, draft) is not None
    )
    is_more = (
        is_more
        or _tells_no_figure(reading, draft)
        or _is_of_units(reading)
        or _is_told_only(reading)
        or tells_beyond(reading.asks, draft)
    )
    leaves = leaves_open(reading, draft) or bool(unmet_clauses(reading.question, draft))
    return is_more or asks_for_units(reading.asks) or is_one_figure or leaves


def _tells_no_figure(reading: Reading, draft: Draft) -> bool:
    """Whether figures, changes and their reasons, or parts of what was spoken of, are asked for and none is told."""
    queries = [ask.query for ask in reading.asks]
    of_change = [isinstance(query, Change) or (isinstance(query, Say) and query.intent == "why") for query in queries]
    explains = (
        all(of_change) and any(isinstance(q, Change) for q in queries) and any(a.wants_reason for a in reading.asks)
    )
    is_part = any(_is_part_inside(ask.query) and not _IN_WORDS.search(ask.text) for ask in reading.asks)
    is_asserted = bool(reading.asserted) or any(ask.claims for ask in reading.asks)
    are_figures = is_asserted and all(isinstance(ask.query, Select | Exists) for ask in reading.asks)
    return not draft.figures and (explains or is_part or are_figures)


def _is_part_inside(query: Query) -> bool:
    """Whether money is asked for of something within what was spoken of (其中培训那块呢)."""
    is_inside = isinstance(query, Select) and query.is_inside and not query.counted
    return is_inside and all(name.is_linked for name in names_of(query))


def _does_better(reading: Reading, answer: CoreAnswer, draft: Draft) -> bool:
    """Whether an answer leaves nothing open and tells what the draft leaves open, or all of its numbers and more."""
    if answer.is_whole and (_claims_change(reading) or any(isinstance(ask.query, Counted) for ask in reading.asks)):
        return True  # what else tells of vehicles tells of their costs
    if _only_sorts(reading) and answer.is_whole:
        return True
    if _is_borne_out(reading) and answer.answered:
        return not measures_all(draft, answer.draft)
    if _is_of_goals(reading) and answer.is_whole:
        return not draft.figures or not measures_all(draft, answer.draft)
    if _asks_of_first(reading) or (answer.is_whole and (_bounds_columns(reading) or _asks_funds(reading))):
        return True
    if _is_told_only(reading) and not (leaves_open(reading, draft) or unmet_clauses(reading.question, draft)):
        return False
    if not answer.is_whole or leaves_open(reading, answer.draft):
        return False
    if _tells_no_figure(reading, draft) and answer.draft.figures:
        return True
    if _picks_project(reading):
        return True
    if (_is_crossed(reading) or _tells_share(reading, draft)) and measures_others(answer.draft, draft):
        return True
    if tells_part_of_lines(reading.asks, draft):
        return True
    own, others = (figures_within(reading.asks, each) for each in (answer.draft, draft))
    if own != others:
        return own > others
    if len(unmet_clauses(reading.question, answer.draft)) < len(unmet_clauses(reading.question, draft)):
        return True
    more = measures_more if reading.checks else tells_more
    return leaves_open(reading, draft) or (bool(draft.figures) and more(answer.draft, draft))


def _picks_project(reading: Reading) -> bool:
    """Whether no more is asked than which project takes a place; the rules rank units where its unit is asked too."""
    query = reading.asks[0].query
    if len(reading.asks) > 1 or not isinstance(query, Rank) or len(query.places) != 1:
        return False
    return any(isinstance(node, Rows) and node.kind == "project" for node in nodes_of(query))


def _is_rest_of_another(reading: Reading, draft: Draft) -> bool:
    """Whether it is asked what is left of an item, and an answer takes it off the total of all income or spending."""
    differences = (node for ask in reading.asks for node in nodes_of(ask.query) if isinstance(node, Difference))
    bases = [node.of[0] for node in differences if node.rest]
    is_of_item = any(isinstance(base, Select) and base.names and not base.side for base in bases)
    return is_of_item and any(_REST_OF_ALL.search(line) for line in draft.lines)


def _reckons(reading: Reading) -> bool:
    """Whether a sum or a share over several documents is asked for, or a share of what was put first, all of it read.

    Otherwise the rules know better which rows of one document a figure is of.
    """
    nodes = [node for ask in reading.asks for node in nodes_of(ask.query)]
    is_over_several = len(reading.targets) > 1 and any(isinstance(node, Sum | Share) for node in nodes)
    return _is_read(reading) and (is_over_several or any(map(_is_of_first, nodes)))


def _is_of_first(query: Query) -> bool:
    """Whether a share is asked for, in what was named before them, of rows that are put first (A，哪项最多、占几成)."""
    ranks = [part for part in query.parts if isinstance(part, Rank)] if isinstance(query, Share) else []
    of_rows = bool(ranks) and all(isinstance(rank.rows, Rows) and rank.rows.kind != "indicator" for rank in ranks)
    return of_rows and isinstance(query, Share) and isinstance(query.whole, Select)


def _opens_less(reading: Reading, answer: CoreAnswer, other: Draft) -> bool:
    """Whether an answer in words leaves fewer asks open than another one in words."""
    opened = sum(is_open(ask, other) for ask in reading.asks)
    return not (answer.draft.figures or other.figures) and len(answer.unanswered) < opened


def _lacks_reason(reading: Reading, draft: Draft) -> bool:
    """Whether the reason of a change is asked for, and an answer gives none."""
    explains = any(ask.wants_reason and isinstance(ask.query, Change) for ask in reading.asks)
    return explains and not any(REASON.search(line) for line in draft.lines)


def leaves_open(reading: Reading, draft: Draft) -> bool:
    """Whether an answer leaves a name untold, lacks the number or the computation, or tells of other units."""
    lacks = lacks_computation(reading.asks, draft) or lacks_number(reading.asks, draft)
    lacks = lacks or tells_left_out(reading.asks, draft) or lacks_names(reading.asks, draft)
    lacks = lacks or lacks_units(reading.asks, draft) or lacks_columns(reading.asks, draft)
    lacks = lacks or tells_blanks(draft) or tells_unfilled(reading.asks, draft)
    lacks = lacks or lacks_sum(reading.asks, draft) or lacks_terms(reading.asks, draft)
    lacks = lacks or any(tells_no_meaning(ask, draft) or tells_one_part(ask, draft) for ask in reading.asks)
    lacks = lacks or bool(untold_descriptions(reading.asks, draft)) or tells_other_table(reading.asks, draft)
    lacks = lacks or tells_part_of_lines(reading.asks, draft) or _lacks_reason(reading, draft)
    lacks = lacks or lacks_last_year(reading.asks, draft) or lacks_changes(reading.asks, draft)
    return lacks or bool(untold_names(reading.asks, draft)) or tells_of_others(reading.asks, draft)
