"""Rows bounded by another figure: 比邮电费还多的科目, 比会议费和培训费之和高的, 比A里的B多的."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.query import Comparison, Condition, Query, Select, Sum
from assistant.reading.clauses import Clause
from assistant.reading.piece import Piece
from assistant.reading.selects import name_of

_MORE: Final[dict[str, Comparison]] = {"more": "gt", "less": "lt"}
_THAN: Final = ("比", "较")
_EVEN: Final = ("还", "还要", "要", "更", "都", "也", "都要", "的", "金额", "数")


def compares_rows(clause: Clause) -> bool:
    """Whether rows are bounded by another figure."""
    return any(compared(clause.pieces[place:]) is not None for place in range(len(clause.pieces)))


def compared(pieces: Sequence[Piece]) -> Condition | None:
    """The bound that pieces begin with; None where they begin with none."""
    if pieces[0].text not in _THAN:
        return None
    place = next((n for n, p in enumerate(pieces) if p.kind == "op" and p.name in _MORE), 0)
    told = [p for p in pieces[1:place] if p.text not in _EVEN and p.kind != "framing"]
    of = pieces[place + 1].text if 0 < place < len(pieces) - 1 else ""
    than = _figure(told)
    if of != "的" or than is None:
        return None
    return Condition(comparison=_MORE[pieces[place].name], than=than)


def _figure(pieces: Sequence[Piece]) -> Query | None:
    """What rows are compared with: one item, what stands before 里 around it, or the sum of several."""
    inside = next((n for n in range(len(pieces) - 1, -1, -1) if pieces[n].kind == "within"), -1)
    adds = bool(pieces) and pieces[-1].kind == "op" and pieces[-1].name == "sum"
    around, rest = pieces[: max(inside, 0)], [p for p in pieces[inside + 1 :] if p.kind != "op" or p.name != "sum"]
    if not rest or any(p.kind not in ("name", "joint") for p in rest) or any(p.kind != "name" for p in around):
        return None
    within = tuple(map(name_of, around))
    groups: list[list[Piece]] = [[]]
    for piece in rest:
        groups = [*groups, []] if piece.kind == "joint" else [*groups[:-1], [*groups[-1], piece]]
    each = tuple(Select(names=tuple(map(name_of, group)), within=within) for group in groups if group)
    if len(each) > 1:
        return Sum(of=each) if adds else None
    return each[0] if each else None
