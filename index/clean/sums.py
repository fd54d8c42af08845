"""The tree of rows that neither codes nor ordinals show, read off the amounts: a line heads those it is the sum of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from index.clean.table import CleanRow

Amounts = dict[int, Decimal]


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
        parents |= {key: row.key for key, _ in below[:count]}
        heads |= {row.key} if count else set()
        below = [(row.key, amounts), *below[count:]]
    return parents


def _amounts(row: CleanRow) -> Amounts:
    return {cell.column: cell.number for cell in row.cells if cell.value_type == "amount" and cell.number}


def _covered(whole: Amounts, parts: Sequence[Amounts]) -> int:
    """How many of the first ``parts`` add up to ``whole``; 0 where no number of them does."""
    total: Amounts = {}
    for count, part in enumerate(parts, start=1):
        total = {column: total.get(column, Decimal(0)) + part.get(column, Decimal(0)) for column in {*total, *part}}
        if total == whole and whole:
            return count
        if any(abs(amount) > abs(whole.get(column, Decimal(0))) for column, amount in total.items()):
            return 0
    return 0
