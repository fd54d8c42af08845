"""Find the cells that a rule speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.clean.table import CleanRow
from index.reconcile.ledger import TableView, Term
from index.reconcile.rules import Place


def terms_at(place: Place, views: Iterable[TableView]) -> Iterator[Term]:
    """The amounts at a place, one per table that has it."""
    for view in views:
        if view.table.kind != place.kind or (place.title and not re.search(place.title, view.table.title)):
            continue
        row = _row(place, view)
        term = _term(place, view, row) if row else None
        if term:
            yield term


def _term(place: Place, view: TableView, row: CleanRow) -> Term | None:
    if place.measure:
        return view.term(row, place.measure)
    return view.term_in_column(row, place.column or "", place.nth)


def _row(place: Place, view: TableView) -> CleanRow | None:
    if place.code:
        return next((row for row in view.rows(place.side) if row.code == place.code), None)
    if place.row == "total":
        return view.total(place.side)
    if place.row == "only":
        rows = [row for row in view.rows() if row.cells]
        return rows[0] if len(rows) == 1 else view.total()
    return next((row for row in view.rows(place.side) if re.search(place.row or "", row.label)), None)
