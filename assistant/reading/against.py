"""Figures set against each other, and those that come to something together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.query import Change, Difference, Query, Rank, Select, Several, Sum
from assistant.reading.asserted import is_suspected
from assistant.reading.clauses import joins_by_adding
from assistant.reading.computed import several
from assistant.reading.patterns import pattern
from assistant.reading.said import Said
from assistant.reading.settled import ADDS_TOO

_NUMBER_OR_GAP: Final = pattern("number_or_gap")
_THAN_IT: Final = pattern("than_it")
_APART: Final = re.compile("各|分别|每")
_TOTALS: Final = ("合计", "总计", "总和", "总额", "共计")
_AGAINST_OTHERS: Final = frozenset({"share", "gap", "ratio", "versus", "mean", "max", "min", "top"})
_TWO: Final = 2


def conflict(said: Said) -> Query | None:
    """Whether two figures agree: their difference, or how each changed."""
    if not said.has_intent("conflict") or _NUMBER_OR_GAP.search(said.text):
        return None
    if (against := against_before(said)) is not None:
        return against
    return several(tuple(Change(of=s) for s in said.selects)) if "change" in said.ops else Difference(of=said.selects)


def against_before(said: Said) -> Query | None:
    """``和A差多少``: what was spoken of against what is named."""
    is_against = bool(said.ops & {"gap", "more", "less"}) or said.has_intent("conflict")
    first, *rest = said.clause.pieces
    if is_against and len(said.selects) == 1 and said.state.context.selects and _THAN_IT.search(said.text):
        return Difference(of=(said.selects[0], said.state.context.selects[0]))  # B比它少多少
    adds = first.kind == "op" and first.name == "sum" and bool(rest)  # 有哪几笔，合计跟B差多少
    if not is_against or len(said.selects) != 1 or (rest[0] if adds else first).kind != "joint":
        return None
    context = said.state.context
    earlier = context.query if isinstance(context.query, Sum | Rank) else None
    if adds and earlier is None and context.query is not None:
        earlier = Sum(of=context.query.of if isinstance(context.query, Several) else (context.query,))
    before = earlier or (context.selects[0] if context.selects else None)
    return Difference(of=(before, said.selects[0].model_copy(update={"within": ()}))) if before is not None else None


def against_end(said: Said) -> Query | None:
    """``最大的是哪个，跟最小的差多少``, ``哪家最高、哪家最低，差多少``: one end of a ranking against the other."""
    before, ends = said.state.context.query, said.ops & {"max", "min"}
    if "gap" not in said.ops or said.selects:
        return None
    if isinstance(before, Several) and not ends and _are_both_ends(before.of):
        return Difference(of=before.of)
    if len(ends) != 1 or not isinstance(before, Rank):
        return None
    other = before.model_copy(update={"descending": "max" in ends, "k": 1, "places": ()})
    return Difference(of=(before, other)) if other.descending != before.descending else None


def _are_both_ends(queries: Sequence[Query]) -> bool:
    """Whether queries are the two ends of one ranking."""
    ends = [query for query in queries if isinstance(query, Rank) and query.k == 1 and not query.places]
    return len(ends) == len(queries) == _TWO and len({end.descending for end in ends}) == _TWO


def between_asked(said: Said) -> Query | None:
    """``差多少``, ``两个数对得上吗``, of the two figures asked for last."""
    asks = "gap" in said.ops or said.has_intent("conflict")
    if said.selects or not asks or len(said.topic) > 1 or len(said.state.figures) < 2:
        return None
    return Difference(of=tuple(said.state.figures[-2:]))


def sum_against(said: Said) -> Query | None:
    """``A和B合计跟C比哪个多``, ``A比B加C少多少``: what several things come to, against what is named beside."""
    is_last = any(p.name == "last" for p in said.clause.of("period"))
    if not said.ops & {"versus", "which", "more", "less"} or is_last:
        return None
    before = _before_sum(said, 0)
    if len(before) >= _TWO and len(said.selects) == len(before) + 1:
        return Difference(of=(Sum(of=tuple(before)), said.selects[-1]))
    sides = [_side(said, start, end) for start, end in _sides(said)]
    is_sum = any(isinstance(side, Sum) for side in sides)
    return Difference(of=tuple(side for side in sides if side)) if is_sum and all(sides) else None


def _sides(said: Said) -> list[tuple[int, int]]:
    """The stretches before and behind the one 比 of a clause; none where there are no two."""
    marks = [p for p in said.clause.of("op") if p.name == "versus" and p.text.startswith("比")]
    first, last = said.clause.start, said.clause.pieces[-1].end
    return [(first, marks[0].start), (marks[0].end, last)] if len(marks) == 1 else []


def _side(said: Said, start: int, end: int) -> Query | None:
    """What is named in a stretch: one thing, or several that are joined by 加; else None."""
    named = tuple(s for s in said.selects if s.spans and start <= s.spans[-1][0] < end)
    adds = any(p.text.startswith(("加", "+")) and start <= p.start < end for p in said.clause.of("joint"))
    if len(named) > 1:
        return Sum(of=named) if adds else None
    return named[0] if named else None


def named_sum(said: Said) -> Query | None:
    """``A加B``, ``A和B合计``."""
    if len(said.selects) < 2 or said.ops & {"share", "gap", "ratio"} or heads_one(said):
        return None
    adds = joins_by_adding(said.clause) or said.state.adds or _is_total_of_units(said)
    return Sum(of=said.selects) if adds or ("sum" in said.ops and not said.ops & {"more", "less"}) else None


def heads_one(said: Said) -> bool:
    """Whether the word for a sum only says what column the first of two figures is in (甲合计(各类都算)跟乙的资金)."""
    return len(_before_sum(said, -1)) == 1 and len(said.selects) > 1


def _before_sum(said: Said, place: int) -> list[Select]:
    """What is named before one of the words for a sum; nothing where there is none."""
    ends = [p.end for p in said.clause.of("op") if p.name == "sum"]
    return [s for s in said.selects if ends and s.spans and s.spans[-1][1] <= ends[place]]


def _is_total_of_units(said: Said) -> bool:
    """``本级和中心收入合计多少``: what several units have in all, where not each of them is asked for."""
    is_each = "list" in said.ops or _APART.search(said.text)
    totals = any(p.text.endswith(_TOTALS) for p in said.clause.of("total"))
    return totals and not is_each and all(any(name.is_unit for name in s.names) for s in said.selects)


def added_to_before(said: Said) -> Query | None:
    """``跟B并一块儿多少``, ``再把B、C也算上``: what was spoken of and what is named, together."""
    joins = "sum" in said.ops and said.clause.pieces[0].kind == "joint" and len(said.selects) == 1
    if not (joins or ADDS_TOO.search(said.text)) or not said.selects or said.clause.of("class"):
        return None
    if said.ops & _AGAINST_OTHERS or said.has_intent("conflict") or is_suspected(said):
        return None
    context = said.state.context
    if len(said.selects) > 1 and context.query is None:
        return None  # 把A和B都算上: together, and with nothing that was only named before
    before = context.query.of if isinstance(context.query, Sum) else context.selects
    added = tuple(
        each.model_copy(update={"within": tuple(n for n in each.within if n.is_unit), "is_inside": False})
        for each in said.selects
    )
    return Sum(of=(*before, *added)) if before and all(each.names for each in added) else None
