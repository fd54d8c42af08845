"""One basis for figures that are set against each other: those of one table, where each may be read in several."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import comes_to
from assistant.plan.quantity import Quantity
from assistant.query import Query, Select
from assistant.run.evaluate import bound_of
from assistant.understand.wording import normalise

_MOST: Final = 6
"""Readings of one figure that are looked at."""


def on_one_basis(queries: Sequence[Query], draft: Draft, text: str) -> tuple[Quantity, ...]:
    """The figures of selections where their first readings are of different tables and others are of one.

    Empty where any of them is no selection, has no reading that all of its names account for, or nothing is gained.
    Raises Unsound where readings with different figures stand in no common table.
    """
    if not all(isinstance(query, Select) for query in queries):
        return ()
    bound = [bound_of(query, draft, text) for query in queries if isinstance(query, Select)]
    if any(b.missing or not b.readings for b in bound) or all(len(b.readings) == 1 for b in bound):
        return ()
    readings = [
        [q for q in b.readings[:_MOST] if _is_alike(q, b.readings[0]) or _is_column_of(q, query)]
        for b, query in zip(bound, queries, strict=True)
    ]
    if _share_table([each[0] for each in readings]):
        return ()
    pairs = [chosen for chosen in product(*readings) if len({q.name for q in chosen}) == len(chosen)]
    together = next((chosen for chosen in pairs if _share_table(chosen)), ())
    return together or next((chosen for chosen in pairs if _is_of_whole(chosen, draft)), ())


def _is_of_whole(figures: Sequence[Quantity], draft: Draft) -> bool:
    """Whether a figure stands in a table that comes to what it is set against, under any name."""
    first, *others = figures
    return all(one.exact is not None and comes_to(first.cells, one.exact, draft) for one in others)


def _is_alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of one item: by the name that they are told by, or by their rows."""
    return one.name == other.name or _are_of_one_row(one, other)


def _are_of_one_row(one: Quantity, other: Quantity) -> bool:
    """Whether figures are of rows that are called the same: another row would be another item."""
    return {cell.row_label for cell in one.cells} == {cell.row_label for cell in other.cells}


def _is_column_of(quantity: Quantity, query: Query) -> bool:
    """Whether the header of a figure tells all that is selected, so that no other item is meant."""
    headers = normalise("".join(cell.column_path for cell in quantity.cells[:1]))
    names = [normalise(name.text) for name in query.names] if isinstance(query, Select) else []
    return bool(names) and all(name in headers for name in names)


def each_table(queries: Sequence[Query], draft: Draft, text: str) -> tuple[tuple[Quantity, ...], ...]:
    """The figures of selections by each table that prints all of them, the largest first.

    Tables whose figures are the same are one; none where all first readings stand in the only one.
    """
    if len(queries) < 2 or not all(isinstance(query, Select) and query.winner is None for query in queries):
        return ()
    bound = [bound_of(query, draft, text) for query in queries if isinstance(query, Select)]
    if any(b.missing or not b.readings for b in bound):
        return ()
    readings = [[q for q in b.readings[:_MOST] if _are_of_one_row(q, b.readings[0])] for b in bound]
    found: dict[tuple[Decimal | None, ...], tuple[Quantity, ...]] = {}
    for chosen in product(*readings):
        if _share_table(chosen):
            found.setdefault(tuple(q.exact for q in chosen), chosen)
    sums = {key: sum((q.exact or Decimal(0) for q in chosen), Decimal(0)) for key, chosen in found.items()}
    ordered = sorted(found, key=lambda key: -sums[key])
    is_first = tuple(b.readings[0].exact for b in bound) in found
    return tuple(found[key] for key in ordered) if len(set(sums.values())) > 1 or not is_first else ()


def _share_table(figures: Sequence[Quantity]) -> bool:
    tables = [{cell.table_id for cell in figure.cells} for figure in figures]
    return bool(set.intersection(*tables))
