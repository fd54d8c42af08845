"""The tree of rows that neither codes nor ordinals show, read off the amounts: a line heads those it is the sum of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce
from itertools import chain, combinations
from typing import Final

from index.clean.table import CleanRow

Amounts = dict[int, Decimal]

_DEEPEST: Final = 6
_MOST_STEPS: Final = 200_000
"""How much looking one table is worth."""


def parents_under_total(rows: Sequence[CleanRow], total: CleanRow) -> dict[str, str] | None:
    """Parent by row key, where the rows can be read as trees whose tops add up to ``total``; None where they can't.

    Every head is, in every column, the sum of its children; one equal row below is a child exactly where the total
    needs it to be.
    """
    return _Trees(rows).under(_amounts(total))


def parents_by_sums(rows: Sequence[CleanRow]) -> dict[str, str]:
    """Parent by row key, where a row's amounts are, in every column, the sums of those of the rows right below it.

    Rows are taken from the last to the first; those that already have a parent don't count again. One equal row below
    shows something only if it heads rows itself or the row above is a unit's, and rows without amounts show nothing.
    """
    parents: dict[str, str] = {}
    heads: set[str] = set()
    below: list[tuple[str, Amounts]] = []
    for row in reversed(rows):
        amounts = _amounts(row)
        count = _covered(amounts, [each for _, each in below])
        if count == 1 and row.code_system != "单位" and below[0][0] not in heads:
            count = 0
        if not count and row.code_system == "单位":
            count, chance = _unfolded(amounts, below, heads)
            parents |= {key: row.key for key, head in parents.items() if head in chance}
            heads -= set(chance)
        parents |= {key: row.key for key, _ in below[:count]}
        heads |= {row.key} if count else set()
        below = [(row.key, amounts), *below[count:]]
    return parents


def _unfolded(whole: Amounts, parts: Sequence[tuple[str, Amounts]], heads: set[str]) -> tuple[int, tuple[str, ...]]:
    """How many parts add up to a unit's amounts if one or two heads are the sums of the rows below them by chance.

    What such heads were thought to head counts once more: it stands beside them.
    """
    total: Amounts = {}
    for count, (_, part) in enumerate(parts, start=1):
        total = _sum(total, part)
        if (left := _less(whole, total)) is None:
            break
        known = [(key, amounts) for key, amounts in parts[:count] if key in heads]
        for chosen in chain(combinations(known, 1), combinations(known, 2)):
            if whole and reduce(_sum, (amounts for _, amounts in chosen)) == left:
                return count, tuple(key for key, _ in chosen)
    return 0, ()


def _sum(one: Amounts, other: Amounts) -> Amounts:
    return {column: one.get(column, Decimal(0)) + other.get(column, Decimal(0)) for column in {*one, *other}}


def _amounts(row: CleanRow) -> Amounts:
    return {cell.column: cell.number for cell in row.cells if cell.value_type == "amount" and cell.number}


def _covered(whole: Amounts, parts: Sequence[Amounts]) -> int:
    """How many of the first ``parts`` add up to ``whole``; 0 where no number of them does."""
    total: Amounts = {}
    for count, part in enumerate(parts, start=1):
        total = _sum(total, part)
        if total == whole and whole:
            return count
        if any(abs(amount) > abs(whole.get(column, Decimal(0))) for column, amount in total.items()):
            return 0
    return 0


class _Trees:
    """Rows in the order of printing, read as trees in which every head is the sum of its children."""

    def __init__(self, rows: Sequence[CleanRow]) -> None:
        self._rows = rows
        self._amounts = [_amounts(row) for row in rows]
        self._below: list[list[dict[int, tuple[int, ...]]]] = []
        self._steps = 0

    def under(self, whole: Amounts) -> dict[str, str] | None:
        """Parents of all rows but the tops; None where no tops add up to ``whole`` or it takes too long to tell.

        Trees whose leaves all stand equally deep are looked for first: equal amounts one below the other leave open
        which of them are heads.
        """
        if not whole or any(amount < 0 for each in self._amounts for amount in each.values()):
            return None
        for levels in (*range(2, _DEEPEST + 1), 1):
            self._fill(levels)
            if tops := self._run(0, whole, 0, until=len(self._rows)):
                return dict(self._parents(*tops, 0))
        return None

    def _fill(self, levels: int) -> None:
        """What each row may head at each level, by where its tree ends; with one level a tree may be of any depth."""
        self._steps = 0
        self._below = [[{} for _ in self._rows] for _ in range(levels)]
        for place in reversed(range(len(self._rows))):
            for level in reversed(range(levels)):
                is_last = level == levels - 1
                heads = bool(self._amounts[place]) and not (is_last and levels > 1)
                run = self._run(place + 1, self._amounts[place], self._under(level)) if heads else None
                below = {run[0]: run[1]} if run else {}
                if is_last or not self._amounts[place]:
                    below.setdefault(place + 1, ())
                self._below[level][place] = below

    def _under(self, level: int) -> int:
        return min(level + 1, len(self._below) - 1)

    def _run(
        self, start: int, whole: Amounts, level: int, until: int | None = None
    ) -> tuple[int, tuple[int, ...]] | None:
        """The first run of trees from ``start`` that adds up to ``whole``: its end, and where its trees begin."""
        waiting: list[tuple[int, Amounts, tuple[int, ...]]] = [(start, whole, ())]
        while waiting and self._steps < _MOST_STEPS:
            self._steps += 1
            place, rest, heads = waiting.pop()
            if not rest and heads and until in (None, place):
                return place, heads
            if place == len(self._rows) or (left := _less(rest, self._amounts[place])) is None:
                continue
            waiting += [(end, left, (*heads, place)) for end in sorted(self._below[level][place])]
        return None

    def _parents(self, end: int, heads: tuple[int, ...], level: int) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        for head, stop in zip(heads, (*heads[1:], end), strict=True):
            children = self._below[level][head][stop]
            pairs += [(self._rows[child].key, self._rows[head].key) for child in children]
            pairs += self._parents(stop, children, self._under(level)) if children else []
        return pairs


def _less(whole: Amounts, part: Amounts) -> Amounts | None:
    """What is left of amounts without others; None where that is less than nothing."""
    left = {column: whole.get(column, Decimal(0)) - part.get(column, Decimal(0)) for column in {*whole, *part}}
    return None if any(amount < 0 for amount in left.values()) else {c: amount for c, amount in left.items() if amount}
