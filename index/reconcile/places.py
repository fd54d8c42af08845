"""Find the cells that a rule speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.clean.table import CleanRow
from index.reconcile.ledger import TableView, Term
from index.reconcile.lines import prints_measures_as_rows, rows_as_line
from index.reconcile.rules import Place, rules


def tables_at(place: Place, views: Iterable[TableView]) -> Iterator[TableView]:
    """The tables in which a place may be."""
    for view in views:
        if view.table.kind == place.kind and (not place.title or re.search(place.title, view.table.title)):
            yield view


def terms_at(place: Place, views: Iterable[TableView]) -> Iterator[Term]:
    """The amounts at a place, one per table that has it."""
    for view in tables_at(place, views):
        yield from candidates_at(place, view)[:1]


def candidates_at(place: Place, view: TableView) -> list[Term]:
    """All that a place may mean in a table, the likeliest first: a table may print several totals."""
    if place.row == "only" and place.measure and prints_measures_as_rows(view):
        return list(rows_as_line(view).get(place.measure, ())[:1])
    found = (term for row in _rows(place, view) for term in _terms(place, view, row))
    return [term for term in found if term]


def _terms(place: Place, view: TableView, row: CleanRow) -> list[Term | None]:
    measures = place.measures or ((place.measure,) if place.measure else ())
    if measures:
        return [view.term(row, measure) for measure in measures]
    return [view.term_in_column(row, place.column or "", place.nth)]


def _rows(place: Place, view: TableView) -> list[CleanRow]:
    if place.code:
        return [row for row in view.rows(place.side) if row.code == place.code][:1]
    if place.row == "total":
        return view.totals(place.side)
    if place.row == "only":
        rows = [row for row in view.rows() if row.cells and row.is_own]
        return rows if len(rows) == 1 else view.totals()[:1]
    labels = {row.key: row.label for row in view.rows()}
    own = [row for row in view.rows(place.side) if row.is_own and re.search(place.row or "", row.label)]
    return [row for row in own if not rules().carried_over.search(labels.get(row.parent or "", ""))]
