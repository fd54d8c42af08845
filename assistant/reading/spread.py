"""Named once, meant of each: the item behind or before several that are told apart by whose money they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assistant.query import Name, Query, Select
from assistant.reading.clauses import Clause
from assistant.reading.piece import Piece

_SEVERAL: Final = 2


def with_sides(groups: list[list[Piece]]) -> list[list[Piece]]:
    """What only says whose money it is goes with the item beside another one (机关和事业单位的工会经费).

    So it is with the classes of the other classification that a table prints beside its rows (501, 505).
    """
    mixed = next((group for group in groups if _has_side(group) and not _is_side(group)), None)
    if mixed is None or not any(map(_is_side, groups)):
        return groups
    item = [piece for piece in mixed if not says_whose(piece)]
    return [[*group, *item] if _is_side(group) else group for group in groups]


def with_lead(groups: list[list[Piece]], is_column: Callable[[Piece], bool]) -> list[list[Piece]]:
    """A column before the first of several items is of all of them (基本支出的水费、电费和取暖费)."""
    if len(groups) < _SEVERAL or len(groups[0]) < _SEVERAL or not is_column(groups[0][0]):
        return groups
    lead = groups[0][0]
    items = [groups[0][1:], *groups[1:]]
    if any(is_column(piece) for item in items for piece in item) or not any(p.kind == "name" for p in items[0]):
        return groups
    return [groups[0], *([lead, *group] for group in groups[1:])]


def with_head_of(first: Query | None, second: Query | None, clause: Clause, end: int) -> Query | None:
    """A side of a comparison that ends in 的 has the head of the other one (机关的基本工资比事业单位的多).

    ``end``: where that side ends.
    """
    if not isinstance(first, Select) or not isinstance(second, Select) or len(first.names) < 2:
        return second
    told = [p for p in clause.pieces if p.end <= end and p.kind != "framing"]
    head: Name = first.names[-1]
    if not told or told[-1].text != "的" or head in second.names or len(second.names) != 1:
        return second
    return second.model_copy(update={"names": (*second.names, head)})


def says_whose(piece: Piece) -> bool:
    """Whether a piece only says whose money it is: what it links to best is printed beside rows."""
    links = piece.token.links if piece.token else ()
    best = max((link.score for link in links), default=0.0)
    return bool(links) and all(link.role == "attribute" for link in links if link.score == best)


def _has_side(group: list[Piece]) -> bool:
    return any(map(says_whose, group))


def _is_side(group: list[Piece]) -> bool:
    return bool(group) and all(map(says_whose, group))
