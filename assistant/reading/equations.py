"""Clauses that are equations: what comes to what (A是否等于B加C, A、B两项相加等不等于C)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.query import Difference, Query, Select, Sum
from assistant.reading.clauses import joins_by_adding
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.said import Said

_EQUALS: Final = pattern("equals")
_IS_SAME: Final = pattern("is_the_sum")
_OTHER_OPS: Final = frozenset({"share", "ratio", "mean", "change", "versus", "more", "less"})
_INCLUDING: Final = ("含", "包")
_TWO: Final = 2


def equation(said: Said) -> Query | None:
    """``A是否等于B加C``, ``A、B、C相加等不等于D``, ``A加B和C是否一致``: both sides and how far they are apart.

    What a side names is added up; where nothing stands before the sign, it is what was spoken of.
    """
    if said.ops & _OTHER_OPS or said.clause.of("class"):
        return None
    mark = next((p for p in said.clause.pieces if _EQUALS.fullmatch(p.text)), None) or _as_sum(said)
    if mark is None:
        return None
    named = [select for select in said.selects if select.spans]
    if len(named) != len(said.selects):
        return None
    left = _side([s for s in named if s.spans[-1][1] <= mark.start]) or (
        _spoken(said) if mark.kind != "joint" else None
    )
    right = _side([s for s in named if s.spans[0][0] >= mark.end])
    if left is None or right is None or (len(named) < _TWO and left == right):
        return None
    return Difference(of=(left, right))


def _as_sum(said: Said) -> Piece | None:
    """What stands between a sum and the one thing that it is said to be (甲加乙是不是丙, 甲乙之和与丙是否一致)."""
    ends = [p.end for p in said.clause.of("op") if p.name == "sum"]
    if not ends and not joins_by_adding(said.clause):
        return None
    last = said.selects[-1].spans[0][0] if said.selects and said.selects[-1].spans else 0
    before = [p for p in said.clause.pieces if p.end <= last and (not ends or p.start >= ends[-1])]
    is_joint = bool(ends) and said.has_intent("conflict")
    signs = (p for p in before if _IS_SAME.fullmatch(p.text) or (is_joint and p.kind == "joint"))
    sign = next(signs, None)
    return None if sign and _asks_what_is_in_it(said, sign) else sign


def _asks_what_is_in_it(said: Said, sign: Piece) -> bool:
    """Whether it is asked what a sum includes, not what it comes to (合计是否含会议费)."""
    behind = next((p.text for p in said.clause.pieces if p.start >= sign.end), "")
    return behind.startswith(_INCLUDING)


def _side(selects: Sequence[Select]) -> Query | None:
    """One thing, or what several come to."""
    if len(selects) < _TWO:
        return selects[0] if selects else None
    return Sum(of=tuple(selects))


def _spoken(said: Said) -> Query | None:
    """What was spoken of before: a sum, or the things that come to one."""
    before = said.state.context.query
    return before if isinstance(before, Sum) else _side(said.state.context.selects)
