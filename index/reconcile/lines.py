"""What a sum within one line reads: the line's amounts by measure, however the table is laid out.

A line is a printed row with one figure per measure, or, where a table prints its measures as rows (公务接待费 | 6.10),
a printed column. Where a table prints several years, or budget beside final account, each of them is a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from index.clean.periods import without_period
from index.clean.table import CleanRow, Column
from index.kinds import KINDS, KindSpec
from index.reconcile.ledger import TableView, Term


@dataclass(frozen=True, slots=True)
class Line:
    """The amounts of one line by measure, blank ones as zero; ``printed`` are the measures of which one is not blank.

    ``unknown`` are amounts in columns that no measure is known for: they may belong to a sum, or may not.
    """

    terms: Mapping[str, tuple[Term, ...]]
    printed: frozenset[str]
    unknown: tuple[Term, ...] = ()


def lines_of(view: TableView) -> Iterator[Line]:
    """The table's lines, of each year and each basis that it prints."""
    kind = KINDS[view.table.kind]
    if prints_measures_as_rows(view):
        yield from (_column_line(view, column.number) for column in view.table.columns if column.role == "measure")
        return
    series = _series(view, kind)
    known = {column.number for columns in series for group in columns.values() for column in group}
    for row in view.rows():
        for at, columns in enumerate(series):
            line = _line(view, row, columns)
            yield line if at else replace(line, unknown=_unknown(view, row, known))


def _series(view: TableView, kind: KindSpec) -> list[dict[str, list[Column]]]:
    """Columns by measure: first the document's own, then those of each other year or basis."""
    own: dict[str, list[Column]] = {}
    others: dict[tuple[str, ...], dict[str, list[Column]]] = {}
    for column in view.table.columns:
        if column.role != "measure":
            continue
        if column.measure:
            own.setdefault(column.measure, []).append(column)
            continue
        plain = without_period(column.path)
        measure = _measure_named(kind, plain)
        period = tuple(part for part in column.path.split("/") if part not in plain.split("/"))
        if measure and period:
            others.setdefault(period, {}).setdefault(measure, []).append(column)
    return [own, *others.values()]


def _measure_named(kind: KindSpec, path: str) -> str | None:
    """The kind's measure of amounts that a column path, or a row's label, names."""
    amounts = (spec for spec in kind.measures if spec.type == "amount")
    return next((spec.name for spec in amounts if any(re.search(header, path) for header in spec.headers)), None)


def _unknown(view: TableView, row: CleanRow, known: Collection[int]) -> tuple[Term, ...]:
    amounts = view.terms_by_column(row)
    return tuple(term for number, term in amounts.items() if number not in known and term.amount)


def _line(view: TableView, row: CleanRow, columns: Mapping[str, list[Column]]) -> Line:
    amounts = view.terms_by_column(row)
    terms: dict[str, tuple[Term, ...]] = {}
    printed: set[str] = set()
    for measure, group in columns.items():
        numbers = [column.number for column in group if column.side in (None, row.side) and column.number in amounts]
        if numbers:
            terms[measure] = tuple(amounts[number] for number in numbers)
            if not all(view.is_blank(row, number) for number in numbers):
                printed.add(measure)
    return Line(terms, frozenset(printed))


def prints_measures_as_rows(view: TableView) -> bool:
    """Whether the table's rows are named after the kind's measures."""
    return any(column.by_row for column in view.table.columns)


def rows_as_line(view: TableView) -> Mapping[str, tuple[Term, ...]]:
    """In such a table, the amounts of the document's own column."""
    own = next(column.number for column in view.table.columns if column.by_row)
    return _column_line(view, own).terms


def _column_line(view: TableView, column: int) -> Line:
    rows: dict[str, list[CleanRow]] = {}
    for row in view.rows():
        if row.measure:
            rows.setdefault(row.measure, []).append(row)
    found = {
        measure: tuple(term for row in group if (term := view.terms_by_column(row).get(column)))
        for measure, group in rows.items()
    }
    terms = {measure: each for measure, each in found.items() if each}
    printed = [measure for measure in terms if not all(view.is_blank(row, column) for row in rows[measure])]
    return Line(terms, frozenset(printed))
