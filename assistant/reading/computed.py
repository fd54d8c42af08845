"""Queries that compute: shares, comparisons, money for each of something, ranks among what is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.query import (
    GOAL_PROJECTS,
    Change,
    Count,
    Difference,
    Each,
    Filter,
    Name,
    Query,
    Rank,
    Ratio,
    Rows,
    Select,
    Several,
    Share,
    Side,
    Sum,
    mapped,
    names_of,
    nodes_of,
    rows_within,
)
from assistant.reading.clauses import Clause, joins_by_adding
from assistant.reading.compared import compares_rows
from assistant.reading.fractions import is_fraction
from assistant.reading.further import figure_before
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.pieces import restricts
from assistant.reading.references import ONE_OF_TWO
from assistant.reading.rows import class_kind, limit_of, rows_query
from assistant.reading.selects import (
    COUNT,
    MONEY,
    NATURES,
    PLAIN,
    in_each_table,
    is_of_units,
    merged,
    name_of,
    selects_in,
    side_of,
)
from assistant.reading.spread import with_head_of
from assistant.reading.state import State
from assistant.reading.winners import ranges_units, with_winner
from assistant.understand.kinds import parts_of
from assistant.words import content_of

POINTS: Final = pattern("points")


def one_of_query(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """``甲、乙、丙，这三家里哪家最高``: a rank among the units named before."""
    units = tuple(s for s in state.context.selects if is_of_units(s))
    ranks = clause.ops() & {"max", "min", "top"}
    if len(units) < 2 or not ranks or not _THESE.search(clause.text) or clause.of("class"):
        return None
    items = tuple(
        name for s in selects for name in s.names if not name.is_unit and name.is_linked and name.text not in PLAIN
    )
    side = next((s.side for s in selects if s.side), None)
    ranged = tuple(
        unit.model_copy(update={"names": (*unit.names, *items), "side": side or (None if items else "支出")})
        for unit in units
    )
    return Rank(rows=Several(of=ranged), k=limit_of(clause) or 1, descending="min" not in ranks)


_THESE: Final = pattern("these")


def parts_of_select(select: Select) -> tuple[Select, ...]:
    """The parts that everybody knows an item to have (三公经费), each selected like the item itself."""
    parts = parts_of(name.text for name in select.names)
    return tuple(select.model_copy(update={"names": (Name(text=part),)}) for part in parts)


def several(queries: tuple[Query, ...]) -> Query:
    return queries[0] if len(queries) == 1 else Several(of=queries)


_MOVED: Final = pattern("moved")
"""How much something moved: against last year, where nothing else is named beside it."""


def is_change(clause: Clause, selects: tuple[Select, ...], state: State) -> bool:
    ops = clause.ops()
    last = (
        any(p.name == "last" for p in clause.of("period"))
        or len(clause.of("year")) > 1
        or (bool(clause.of("year")) and "versus" in ops)
    )
    if not last and isinstance(state.context.query, Difference) and not selects and "change" not in ops:
        return False  # 谁多，多出来多少: between the two
    if ops & {"change"} or (
        _MOVED.search(clause.text)
        and not ops & {"versus", "gap", "ratio"}
        and (state.documents == 1 or not clause.of("scope"))
    ):
        return True
    if state.documents == 1 and selects and _GREW.search(clause.text) and not ops & {"versus", "gap", "which"}:
        return True
    is_across = state.documents > 1 and len(clause.of("scope")) > 1  # 甲2026年的比乙2025年的多多少
    return last and not is_across and bool(ops & {"versus", "more", "less", "gap", "share"})


_GREW: Final = re.compile("(?<![不差至])[多少]了(?:吗|没有?)?$")
"""That something grew or fell, with nothing that it is set against: 钱反倒多了."""

_INSIDE: Final = re.compile("(里头?|里面|当中|之中)$")
_FALLS_ON: Final = re.compile("(的钱|资金)?(是|被|都)?(出|落|花|用|列|投|放|安排|来自|给)(在|到|给|了|于)?")
_BASIS: Final = pattern("basis_said")
_OF_REST: Final = re.compile("了?(这|那)?(余下|剩下|剩余|其余|剩)(的|部分)")
_EACH: Final = re.compile("各|分别")
_TOGETHER: Final = pattern("these_together")
_GAP_OF_TWO: Final = re.compile("^(这个?|那个?|两者|中间)?(的)?(差额|差距|相差的|差的)(部分|钱|数)?(又)?(大概|大约)?占")
_PROPORTION: Final = pattern("proportion")
TIMES_MORE: Final = re.compile("[多高大出].{0,2}((几|多少)倍|倍数)")
_DIVIDES: Final = ("除以", "/", "÷")
_IN_PER_CENT: Final = re.compile("[多少高低大小出].{0,2}(百分之|%)(多少|几)")
_POINTS_EARLIER: Final = pattern("points_earlier")
_LATTER: Final = pattern("latter")
_SOURCE: Final = pattern("income_source")
_SAYS_INSIDE: Final = re.compile("里头?|里面|当中|其中")
_OF_BUDGET: Final = pattern("all_the_budget")
_GRANT: Final = "财政拨款收入"
_ONE_ALONE: Final = pattern("one_unit_alone")
_OF_ALL: Final = pattern("of_all")
_OF_OWN_TOTAL: Final = re.compile("(它|其|那家|自己|人家|自家)+的?(总数|总额|总量|总的|总盘子|全部|总计|合计)")
_POINTS_INSIDE: Final = pattern("in_it")
_IN_TOTAL: Final = pattern("in_total")
_TOTAL_SAID: Final = re.compile("(?P<side>收入|支出)(?:合计|总计|总额)")
_OF_SAME: Final = pattern("of_same")
_PART_OF_CHANGE: Final = pattern("part_of_change")
_CHANGES_SHARED: Final = pattern("changes_shared")
_OF_OWN_ITEM: Final = pattern("of_own_item")
"""What stands for the part's own item in a larger whole (占全部门这一类支出的)."""


def _of_same_unit(whole: Select, part: Query) -> Select:
    """The whole of a part of a unit is that unit's (里面…占它基本支出的), named or found before."""
    if not isinstance(part, Select | Rank) or any(name.is_unit for name in whole.names):
        return whole
    if isinstance(part, Select):
        whole = with_winner(whole, part.winner)
    units = tuple(name for name in names_of(part) if name.is_unit)
    return whole.model_copy(update={"names": (*units, *whole.names)})


def _of_unit_of(whole: Select, part: Query) -> Query:
    """A part that names no unit is of the unit whose whole was spoken of (某院的项目支出…物业费占几成)."""
    units = tuple(name for name in (*whole.within, *whole.names) if name.is_unit)
    if not isinstance(part, Select) or any(name.is_unit for name in (*part.within, *part.names)):
        return part
    return part.model_copy(update={"within": (*part.within, *units)}) if units else part


def _part_said(clause: Clause, selects: tuple[Select, ...], state: State, mark: Piece | None) -> Query | None:
    """What a share is of: what stands before 占, what a clause points at, what was just added up."""
    before = _part_query(clause, state, until=mark.start) if mark else _several_or_none(selects)
    if (
        mark
        and state.head
        and (points := POINTS.search(clause.text))
        and clause.start + points.start() < mark.start
        and not any(p.kind == "name" and p.start < mark.start for p in clause.pieces)
    ):
        before = state.head
    if mark and before is None and (unknown := _unknown_inside(mark, clause, state)) is not None:
        before = unknown  # 里头存肉占百分之几: it has to be found by its own words
    if mark and before is None and len(state.context.selects) > 1 and _adds_up(clause, mark):
        before = Sum(of=state.context.selects)  # 各多少，合计占…
    if mark and before is None and _adds_up(clause, mark) and (rows := _rows_before(state)) is not None:
        before = Sum(of=(rows,))  # 超过1000万的有几个，合起来占…
    return _pointed_at(clause, mark, selects, state) or _of_rank_before(before, state)


def _found_inside(clause: Clause, state: State) -> Share | None:
    """``预留部分里又有百分之几出在A``: the whole stands before 里, its part behind the word that asks for a share."""
    asked = next((p for p in clause.of("op") if p.name == "share" and not p.text.startswith("占")), None)
    inside = next((p for p in clause.pieces if asked and p.end <= asked.start and _ends_inside(p)), None)
    if asked is None or inside is None or not _FALLS_ON.match(clause.behind(asked.end)):
        return None
    whole = _part_query(clause, state, until=inside.start)
    part = _part_query(clause, state, after=asked.end, alone=True)
    if not isinstance(whole, Select) or not isinstance(part, Select):
        return None
    within = {"within": (*whole.within, *whole.names), "is_inside": True}
    return Share(parts=(part.model_copy(update=within),), whole=whole)


def _ends_inside(piece: Piece) -> bool:
    return piece.kind == "within" or (piece.kind == "filler" and _INSIDE.search(piece.text) is not None)


def _with_whole(before: Query | None, clause: Clause, state: State, mark: Piece) -> tuple[Query | None, Query | None]:
    """The part of a share and its whole: what stands behind 占, what it points at, or what was spoken of."""
    whole = _all_of_them(before, clause, mark) or _part_query(clause, state, after=mark.end, alone=True)
    whole = whole or _unknown_whole(clause, mark)
    before_that = state.context.query
    if (
        whole is None
        and isinstance(before_that, Difference)
        and before_that.rest
        and _OF_REST.match(clause.behind(mark.end))
    ):
        whole = before_that  # 余下多少，其中A占余下的百分之几
    if whole is None and len(state.earlier) == 1 and _POINTS_EARLIER.search(clause.text):
        whole = state.earlier[0]  # 占刚才那个数的
    if whole is None and _OF_OWN_TOTAL.match(clause.behind(mark.end)) and (own := _own_total(before)) is not None:
        whole = own  # 那家政府性基金占它自己总数的
    if whole is None and _OF_BUDGET.match(clause.behind(mark.end)):
        whole = Select(side="支出")  # 占到全部预算的
    gives_amount = any(p.start >= mark.end and not is_fraction(p) for p in clause.of("number"))
    if gives_amount and whole is None and state.head:
        whole = state.head  # 占这10亿的: of what the question gave that amount for
    spoken = state.context.selects or isinstance(state.context.query, Sum | Rank)
    if whole is None and spoken and _ends_within(clause, mark) and not _says_whole(before):
        if _POINTS_INSIDE.search(clause.before(mark.start)) and before is not None:
            whole = figure_before(state)  # 出国那块在里头占几成
        elif isinstance(before, Select) and _is_term_of(before, state.context.query):
            whole = state.context.query  # 两项合起来多少，项目里占了多少
        elif isinstance(before, Rank):  # 最大的一块在里头占多大比例
            rows = state.context.query
            whole = rows.within if isinstance(rows, Rows) and rows.within.names else None
        else:
            before, whole = None, before  # 在总收入里占百分之几
    return before, whole


_PAIR: Final = 2


def _unknown_whole(clause: Clause, mark: Piece) -> Select | None:
    """The unknown word right behind 占 (占基本支出的): no share of what the part is known to be a part of."""
    around = pairwise(clause.pieces)
    words = [p for p, then in around if p.start == mark.end and p.kind == "word" and then.kind in ("filler", "ask")]
    return Select(names=tuple(map(name_of, words))) if words and restricts(words[0].text) else None


def _all_of_them(part: Query | None, clause: Clause, mark: Piece) -> Query | None:
    """All of the rows of which the first few are a part, where their class is said again (占全部项目的)."""
    rows = next((node for node in nodes_of(part) if isinstance(node, Rank)), None) if part else None
    told = tuple(p for p in clause.pieces if p.start >= mark.end)
    behind = Clause("".join(p.text for p in told), told) if told else None
    if rows is None or behind is None or not behind.of("class") or behind.of("name", "total") or rows.by != "value":
        return None
    within = rows_within(rows)
    return within if isinstance(within, Rows) and class_kind(behind) == within.kind else None


def _own_total(part: Query | None) -> Select | None:
    """All that the unit has which a ranking put first, of that by which it was ranked."""
    winner = part.winner if isinstance(part, Select) else None
    rows = next((node for node in nodes_of(winner) if isinstance(node, Rows)), None) if winner else None
    side = rows.within.side if rows and ranges_units(rows) else None
    return Select(side=side, winner=winner) if side else None


def _of_change(clause: Clause, selects: tuple[Select, ...], state: State) -> Share | None:
    """``多出来的部分里A占几成``: how far a part changed, of how far the whole did that is said to have moved."""
    if len(selects) == _PAIR and _CHANGES_SHARED.search(clause.text):
        return _changes(*selects)
    if len(selects) != 1 or not _PART_OF_CHANGE.search(state.whole_text):
        return None
    before, around = state.context.query, selects[0].within
    whole = before.of if isinstance(before, Change) else state.moved[0] if len(state.moved) == 1 else None
    whole = whole or (Select(names=around) if around else None)
    return _changes(selects[0], whole) if isinstance(whole, Select) else None


def _changes(part: Select, whole: Select) -> Share:
    own = part.model_copy(update={"period": "this", "within": (), "is_inside": False})
    return Share(parts=(Change(of=own),), whole=Change(of=whole.model_copy(update={"period": "this"})))


def share_query(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """``A占B的百分之几``, ``B里A占几成``, ``A占比``: the whole is behind 占, before 里, or spoken of before."""
    if (order := _LATTER.search(clause.text)) and len(state.spoken) >= 2:
        first, second = state.spoken[-2:]
        one, all_of = (second, first) if order["part"] == "后" else (first, second)
        return Share(parts=(one,), whole=all_of.model_copy(update={"within": ()}))
    if (of_change := _of_change(clause, selects, state)) is not None:
        return of_change
    if (inside := _found_inside(clause, state)) is not None:
        return inside
    mark = next((p for p in clause.pieces if p.kind == "op" and p.name == "share" and p.text.startswith("占")), None)
    if mark is None and len(selects) == _PAIR and _PROPORTION.search(clause.text):
        return Ratio(part=selects[0], base=selects[1])  # A和B的比例
    before = _part_said(clause, selects, state, mark)
    if mark and isinstance(state.context.query, Difference) and _GAP_OF_TWO.search(clause.text):
        before = state.context.query  # 差额占…几成
    before, whole = _with_whole(before, clause, state, mark) if mark else (before, None)
    if mark and before is None and isinstance(state.context.query, Difference) and state.context.query.rest:
        before, whole = state.context.query, whole or state.context.query.of[0]  # 财政拨款以外的多少，占这一类几成
    whole = _as_total(whole) if mark else whole
    if mark and whole is None and isinstance(before, Select) and (side := _total_around(clause, state)) is not None:
        whole = Select(side=side)
    earlier = (
        state.context.query if isinstance(state.context.query, Sum | Rank) else _several_or_none(state.context.selects)
    )
    if state.summed and isinstance(earlier, Select):
        earlier = Sum(of=(earlier.model_copy(update={"quantity": "any", "counted": None}),))  # 三笔加起来多少，占…
    if before is None and whole is None and not selects and (pair := _last_two(clause, state)) is not None:
        return pair
    if (of_one := _of_one_document(clause, earlier)) is not None:
        return of_one
    part = before or earlier
    adds_rows = mark is not None and before is None and isinstance(part, Select) and _adds_up(clause, mark)
    if part is None or adds_rows:
        return None  # 那两家单位，预算加起来占全部门几成: of no single figure
    parts = part.of if isinstance(part, Several) else (part,)
    together = mark is not None and (whole is not None or _TOGETHER.search(clause.before(mark.start)))
    if len(parts) > 1 and mark and together and _adds_before(mark, clause):
        parts = (Sum(of=parts),)  # 两样合起来占总额的百分之几
    if isinstance(whole, Select) and whole.quantity != "count":
        parts = tuple(map(_uncounted, parts))
        whole = _counted_too(whole, parts[0])
    if mark and isinstance(parts[0], Select) and _OF_SAME.search(clause.behind(mark.end)):
        whole = Select(names=tuple(name for name in parts[0].names if not name.is_unit))
    if mark and isinstance(parts[0], Select) and _OF_OWN_ITEM.search(clause.behind(mark.end)):
        item = (*parts[0].within, *parts[0].names)  # 项目支出占这个款总数的几成
        whole = Select(names=tuple(n for n in item if not n.is_unit and n.text not in NATURES.values()))
    if mark and isinstance(whole, Select):
        is_of_all = _OF_ALL.search(clause.behind(mark.start))
        whole = whole.model_copy(update={"winner": None}) if is_of_all else _of_same_unit(whole, parts[0])
    whole = whole or _ranked_within(parts)
    if whole is None and isinstance(parts[0], Select) and parts[0].is_inside:
        told = Select(names=parts[0].within, side=_side_before_within(clause), winner=parts[0].winner)
        if (total := _as_total(told)) != told:  # 支出总计里A占多大比例: every item is within that
            return Share(parts=tuple(mapped(each, _without_within) for each in parts), whole=total)
        is_side = not (told.names or told.side or told.winner) and len(state.earlier) == 1
        whole = state.earlier[0] if is_side else told  # 收入多少 → 里面财政拨款的占多少
    if each := _of_each_unit(parts, whole, clause, state):
        return each
    if mark and whole is None and (department := _of_whole_department(parts, clause, mark)):
        return Share(parts=parts, whole=department)
    if whole is None and (alone := _of_all_units(parts, clause)) is not None:
        return alone
    around = None if whole else _whole_meant(parts[0], state)
    goes_on = len(state.earlier) == 1 and state.earlier[0] not in parts and not _SAYS_INSIDE.search(state.whole_text)
    if whole is None and around is None and goes_on:
        around = state.earlier[0]  # 政府采购多少 → 货物才多少，占比
    if isinstance(around, Select):
        parts = tuple(_of_unit_of(around, each) for each in parts)
    if isinstance(around, Select) and around.names and _are_sources(parts):
        parts, whole, around = tuple(_paid_of(each, around) for each in parts), around, None
    if whole is None and around is None and _are_sources(parts):
        parts = tuple(mapped(each, _as_income) for each in parts)
        whole = _of_same_unit(Select(side="收入"), parts[0])
    if isinstance(around, Select) and any(p.name == "this" for p in clause.of("period")):
        around = around.model_copy(update={"period": "this"})
    return Share(parts=parts, whole=whole, around=around)


def _counted_too(whole: Select, part: Query) -> Select:
    """Vehicles as a number where their part is one (执法执勤车几辆、占全部车辆的几成)."""
    is_number = isinstance(part, Select) and part.quantity == "count" and part.counted in _OF_VEHICLES
    are_vehicles = [name.text for name in whole.names] == ["车辆"]
    return whole.model_copy(update={"quantity": "count"}) if is_number and are_vehicles else whole


_OF_VEHICLES: Final = ("辆", "台")


def _uncounted(part: Query) -> Query:
    """The projects with a goal by what they cost, where their number was asked before (有几个，占项目支出的几成)."""
    if not isinstance(part, Select) or GOAL_PROJECTS not in (name.text for name in part.names):
        return part
    return part.model_copy(update={"quantity": "any", "counted": None})


def _are_sources(parts: Sequence[Query]) -> bool:
    """Whether the parts are sources of income, of which nothing says otherwise what they are a share of."""
    names = [name.text for part in parts for name in names_of(part) if not name.is_unit]
    return bool(names) and all(map(_SOURCE.fullmatch, names))


def _paid_of(part: Query, item: Select) -> Query:
    """What a source pays of an item that was spoken of (项目支出多少，财政拨款占几成), and not all that is from it."""
    if not isinstance(part, Select) or part.within:
        return part
    return part.model_copy(update={"within": (*item.within, *item.names), "is_inside": True})


def _as_income(query: Query) -> Query:
    """A source of income by the name that the tables of income have for it: others say how it is spent."""
    if not isinstance(query, Select):
        return query
    names = (n.model_copy(update={"text": _GRANT}) if _GRANT.startswith(n.text) else n for n in query.names)
    return query.model_copy(update={"names": tuple(names)})


def _last_two(clause: Clause, state: State) -> Share | None:
    """``A多少、B一共多少、算下来百分之几``: the two figures asked for last, of which the smaller is the part."""
    asked, before = state.figures[-2:], state.context.query
    are_plain = len(asked) > 1 and isinstance(before, Select) and before == asked[-1] and not before.is_inside
    if not are_plain or len(state.figures) > len(asked) or _EACH.search(clause.text):
        return None
    if set(_told(asked[1])) <= set(_told(asked[0])):
        return None  # 采购基本就是服务类吧，服务类多少，占到几成: one thing
    return Share(parts=(asked[0],), around=asked[1])


def _pointed_at(clause: Clause, mark: Piece | None, selects: Sequence[Select], state: State) -> Select | None:
    """``前者占总支出…``: the one meant of the two things that clauses before named last."""
    said = ONE_OF_TWO.search(clause.before(mark.start)) if mark else None
    spoken = state.spoken[: len(state.spoken) - len(selects)]
    return (spoken[-2] if said["former"] else spoken[-1]) if said and len(spoken) > 1 else None


def _ranked_within(parts: Sequence[Query]) -> Query | None:
    """What the rows that are put first are rows of (项目支出里最大的两个加起来占几成), else all of their class."""
    only = parts[0] if len(parts) == 1 else None
    first = only.of[0] if isinstance(only, Sum) and len(only.of) == 1 else only
    rows = rows_within(first) if isinstance(first, Rank) else None
    if not isinstance(rows, Rows):
        return None
    names = tuple(n for n in rows.within.names if not n.is_unit)
    return Select(names=names) if names else rows if rows.kind in ("project", "purchase") else None


def _all_ranked(query: Query) -> Select:
    """What the whole department has of that by which units are ranked: an item, else all of a side."""
    rows = rows_within(query)
    within = rows.within if isinstance(rows, Rows) else Select()
    items = tuple(name for name in within.names if not name.is_unit)
    return Select(names=items, side=within.side or (None if items else "支出"))


def _of_whole_department(parts: Sequence[Query], clause: Clause, mark: Piece) -> Query | None:
    """The whole of units' items is the department's (两家合起来占全部门的百分之几)."""
    if not any(p.name == "whole" and p.start >= mark.end for p in clause.of("filler")):
        return None
    terms = parts[0].of if len(parts) == 1 and isinstance(parts[0], Sum) else tuple(parts)
    if all(isinstance(term, Rank) and ranges_units(term) for term in terms):
        return _all_ranked(terms[0])  # 最大的两家占全局多少
    items = {tuple(n for n in t.names if not n.is_unit and n.text not in PLAIN) for t in terms if isinstance(t, Select)}
    of_units = all(isinstance(t, Select) and any(n.is_unit for n in t.names) for t in terms)
    if not of_units or len(items) != 1:
        return None
    (names,) = items
    side = next((t.side for t in terms if isinstance(t, Select)), None)
    return Select(names=names, side=side or (None if names else "支出"))


def _of_one_document(clause: Clause, before: Query | None) -> Share | None:
    """What one of several documents has in what they all come to (三家一共多少，其中水务局占几成)."""
    each = before.of[0] if isinstance(before, Sum) and len(before.of) == 1 else None
    units = clause.of("scope")
    if not isinstance(each, Each) or len(units) != 1 or clause.of("name", "total", "class"):
        return None
    return Share(parts=(each.model_copy(update={"unit": units[0].text}),), whole=before)


def _rows_before(state: State) -> Query | None:
    """The rows that were asked for just before, where they were counted, bounded or ranked."""
    before = state.context.query
    if isinstance(before, Rank):
        return before
    return rows_within(before) if isinstance(before, Count | Filter) else None


def _adds_up(clause: Clause, mark: Piece) -> bool:
    """Whether a sum is said right before what it is a share of."""
    return any(p.kind == "op" and p.name == "sum" and p.end <= mark.start for p in clause.pieces)


def _is_term_of(select: Select, query: Query | None) -> bool:
    """Whether a selection is one of those that were just added up."""
    terms = query.of if isinstance(query, Sum) and len(query.of) > 1 else ()
    names = {name.text for name in select.names}
    return any(isinstance(term, Select) and {name.text for name in term.names} == names for term in terms)


def _adds_before(mark: Piece, clause: Clause) -> bool:
    """Whether a word for a sum or for all of them (这两项占…), or 加 between names, stands before 占, and no 各."""
    before = clause.before(mark.start)
    adds = _adds_up(clause, mark) or joins_by_adding(clause, mark.start) or _TOGETHER.search(before)
    return bool(adds) and not _EACH.search(clause.text)


def _of_all_units(parts: Sequence[Query], clause: Clause) -> Query | None:
    """One unit's item of the department's (行政执法队一家出的购车费占了几成)."""
    part = parts[0] if len(parts) == 1 else None
    if not isinstance(part, Select) or not _ONE_ALONE.search(clause.text):
        return None
    items = tuple(name for name in part.names if not name.is_unit)
    if not items or len(items) == len(part.names):
        return None
    return Share(parts=(part.model_copy(update={"within": ()}),), whole=Select(names=items))


def _of_rank_before(part: Query | None, state: State) -> Query | None:
    """One end of rows that aren't named (最多那家占…) is of the rows that were ranked just before."""
    if not isinstance(part, Rank) or not isinstance(part.rows, Rows) or list(names_of(part)) or part.rows.within.side:
        return part
    ranked = (
        next((node for node in nodes_of(state.context.query) if isinstance(node, Rank)), None)
        if (state.context.query)
        else None
    )
    return part.model_copy(update={"rows": ranked.rows}) if ranked else part


def _as_total(whole: Query | None) -> Query | None:
    """占收入合计的 is of the total that the whole budget has, not of any table's row of that name."""
    names = whole.names if isinstance(whole, Select) and not whole.within else ()
    said = _TOTAL_SAID.fullmatch(names[0].text) if len(names) == 1 else None
    return Select(side=side_of(said["side"]), spans=names[0].spans) if said else whole


def _without_within(query: Query) -> Query:
    """A selection by its own names alone."""
    return query.model_copy(update={"within": (), "is_inside": False}) if isinstance(query, Select) else query


def _total_around(clause: Clause, state: State) -> Side | None:
    """The side of the total that a share is said to be in, in its clause or before (总收入当中，A占多大比重)."""
    if (side := _side_before_within(clause)) is not None:
        return side
    said = _IN_TOTAL.search(state.whole_text)
    return side_of(said["side"]) if said else None


def _side_before_within(clause: Clause) -> Side | None:
    """The side that what is before 里 names (全年收入里)."""
    inside = next((p.start for p in clause.pieces if p.kind == "within"), 0)
    return next((side_of(p.name) for p in clause.of("total") if p.end <= inside), None)


def _of_each_unit(parts: Sequence[Query], whole: Query | None, clause: Clause, state: State) -> Query | None:
    """One item's share of each of several units spoken of before (甲和乙的全年收入里，财政拨款各占几成)."""
    units = state.context.selects
    is_each = len(units) > 1 and all(map(is_of_units, units)) and bool(_EACH.search(clause.text))
    if whole is not None or not is_each or len(parts) != 1 or not isinstance(parts[0], Select):
        return None
    part = parts[0]
    if any(name.is_unit for name in part.names):
        return None
    shares = [Share(parts=(part.model_copy(update={"within": unit.names}),), around=unit) for unit in units]
    return Several(of=tuple(shares))


def _ends_within(clause: Clause, mark: Piece) -> bool:
    """Whether all that a clause names before 占 is what something is in."""
    before = [p for p in clause.pieces if p.end <= mark.start and p.kind != "filler"]
    return bool(before) and before[-1].kind == "within"


def _says_whole(part: Query | None) -> bool:
    """Whether the clause itself says what a part that it names is in (委托业务费在基本支出中占几成)."""
    return isinstance(part, Select) and part.is_inside and bool(part.names and part.within)


def versus_query(clause: Clause, state: State) -> Query | None:
    """``A比B多多少``, ``A除以B``: two sides, each of which may be computed (前三名, 之和)."""
    by = next((p for p in clause.of("op") if p.text in _DIVIDES), None)
    if by is not None:
        part, base = _part_query(clause, state, until=by.start), _part_query(clause, state, after=by.end, alone=True)
        return Ratio(part=part, base=base) if part and base else None
    mark = next((p for p in clause.pieces if p.kind == "op" and p.name == "versus" and p.text in ("比", "较")), None)
    if mark is None or not clause.ops() & {"more", "less", "gap", "which", "ratio"} or clause.of("bound"):
        return None
    if compares_rows(clause):
        return None
    if (bases := _on_two_bases(clause, mark, state)) is not None:
        return bases
    second = _part_query(clause, state, after=mark.end, alone=True)
    first = (
        _part_query(clause, state, until=mark.start)
        or _unknown_before(mark, clause, state)
        or (
            state.context.query
            if isinstance(state.context.query, Sum | Rank)
            else _several_or_none(state.context.selects)
        )
    )
    if isinstance(first, Rank) and isinstance(second, Rank):
        second = first.model_copy(update={"descending": second.descending, "k": second.k})
    marks = (p.start for p in clause.pieces if p.kind == "op" and p.start >= mark.end)
    second = with_head_of(first, second, clause, next(marks, clause.pieces[-1].end))
    if isinstance(second, Select) and is_of_units(second):
        first, second = _with_item_of(first, second, state)
    if isinstance(first, Select) and isinstance(second, Select):
        first, second = in_each_table((first, second))
    if first is None or second is None or isinstance(first, Several) or isinstance(second, Several):
        return None
    if state.documents > 1 and list(names_of(first)) and _told(first) == _told(second):
        return Difference(of=(Each(of=first), Each(of=first)))
    if "ratio" in clause.ops() and TIMES_MORE.search(clause.text):
        return Ratio(part=first, base=second)  # A比B高几倍
    return Difference(of=(first, second), in_per_cent=bool(_IN_PER_CENT.search(clause.text)))


def _on_two_bases(clause: Clause, mark: Piece, state: State) -> Difference | None:
    """``A的项目支出，全口径比一般公共预算口径多多少``: one item of all money and of one kind, or of two kinds."""
    sides = (clause.before(mark.start), clause.behind(mark.end))
    said = [_BASIS.search(side) for side in sides]
    item = state.context.selects[0] if len(state.context.selects) == 1 else _named_first(clause, mark, state)
    if item is None or not (item.names or item.side) or None in said:
        return None
    figures = tuple(_on_basis(item, one["fund"]) for one in said if one)
    return Difference(of=figures) if figures[0] != figures[1] else None


def _named_first(clause: Clause, mark: Piece, state: State) -> Select | None:
    """The item named before a basis of it (教育支出全口径比…)."""
    first = _part_query(clause, state, until=mark.start)
    if not isinstance(first, Select):
        return None
    names = tuple(name for name in first.names if not _BASIS.search(f"{name.text}口径"))
    return first.model_copy(update={"names": names}) if names or first.side else None


def _on_basis(item: Select, fund: str | None) -> Select:
    return item.model_copy(update={"names": (*item.names, Name(text=fund))}) if fund else item


def _unknown_before(mark: Piece, clause: Clause, state: State) -> Select | None:
    """What only unknown words name before 比 (买服务的钱): nothing spoken of before stands for it."""
    words = [p for p in clause.of("word") if p.end <= mark.start and restricts(p.text)]
    return Select(names=tuple(map(name_of, words)), within=tuple(state.within), is_inside=True) if words else None


def _told(query: Query) -> list[str]:
    return [name.text for name in names_of(query)]


def _unknown_inside(mark: Piece, clause: Clause, state: State) -> Select | None:
    """An unknown word between what says that something is within what was spoken of, and what asks for its share."""
    around = zip(clause.pieces, clause.pieces[1:], clause.pieces[2:], strict=False)
    words = [word for inside, word, behind in around if inside.kind == "within" and behind is mark]
    within = state.context.selects[0] if len(state.context.selects) == 1 else None
    if within is None or not words or words[0].kind != "word" or not content_of(words[0].text):
        return None
    return Select(names=(name_of(words[0]),), within=(*within.within, *within.names), is_inside=True)


def _with_item_of(first: Query | None, second: Select, state: State) -> tuple[Query | None, Query]:
    """A unit compared with another has the item that the other has, or that was spoken of (A的公积金比B多多少)."""
    if not isinstance(first, Select):
        return first, second
    source = first if not is_of_units(first) else next((s for s in state.context.selects if not is_of_units(s)), first)
    items = tuple(name for name in source.names if not name.is_unit)
    whole = first if source is first else first.model_copy(update={"names": (*first.names, *items)})
    return whole, second.model_copy(update={"names": (*second.names, *items), "side": source.side})


def _whole_meant(first: Query, state: State) -> Query | None:
    """What a share of nothing named is of: what the part is said to be within, or the whole spoken of before."""
    if isinstance(state.context.query, Share):
        return state.context.query.whole or state.context.query.around
    if isinstance(first, Sum) and len({one.within for one in first.of if isinstance(one, Select)}) == 1:
        first = first.of[0]
    if isinstance(first, Select) and first.within:
        spoken = {s.side for s in state.context.selects if s.names == first.within}
        return Select(names=first.within, side=spoken.pop() if len(spoken) == 1 else None)
    before = state.context.query
    before = before.within if isinstance(before, Rows) and before.within.names else before  # 拆开看，A、B各占几成
    if isinstance(before, Select) and isinstance(first, Select) and before.names != first.names:
        return before
    return None


def _several_or_none(selects: tuple[Select, ...]) -> Query | None:
    return several(selects) if selects else None


def _part_query(
    clause: Clause, state: State, *, after: int = 0, until: int | None = None, alone: bool = False
) -> Query | None:
    """What a stretch of a clause names, as a query of its own; ``alone``: nothing said before narrows it."""
    pieces = tuple(p for p in clause.pieces if p.start >= after and (until is None or p.end <= until))
    if not pieces:
        return None
    part = Clause("".join(p.text for p in pieces), pieces)
    inner = replace(state, within=[], claims=[]) if alone else state
    selects = tuple(selects_in(part, inner))
    if part.of("class") and COUNT.search(clause.text) and not MONEY.search(clause.text):
        return Count(of=Rows(within=merged(selects), kind=class_kind(part)))
    has_rows = part.of("class") and not (selects and not part.ops())
    if (has_rows or part.ops() & {"max", "min", "top"}) and (rows := rows_query(part, selects, inner)) is not None:
        return rows
    if len(selects) > 1 and "sum" in part.ops():
        return Sum(of=selects)
    return _several_or_none(selects)
