"""Readings run through SQL: each with its exact value and the cells it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlglot import exp

from assistant.answering.draft import Draft
from assistant.answering.values import Value, ValueKind, added
from assistant.catalog import Column, DocumentCatalog, Row, Table
from assistant.catalog.types import row_of_figure
from assistant.resolve import Reading
from assistant.sql import SOURCES, cells_query
from index.records import FigureRecord


@dataclass(frozen=True, slots=True)
class FoundCell:
    """One row's value in a reading's column, with its cell and its row's other cells.

    ``part``: the header of its column, where the reading's is the sum of several.
    """

    row: Row
    value: Value
    cell: FigureRecord
    siblings: tuple[FigureRecord, ...]
    part: str = ""

    def sibling(self, measure: str) -> str:
        """What the same row prints under another measure."""
        return next((s.printed for s in self.siblings if s.measure == measure), "")


@dataclass(frozen=True, slots=True)
class Found:
    """One reading with its figures."""

    table: Table
    column: Column
    cells: tuple[FoundCell, ...]
    literal: bool = True
    bearing: str = ""

    @property
    def value(self) -> Value:
        """The reading's value; of several rows, their sum."""
        if len(self.cells) == 1 or self.cells[0].value.kind == "text":
            return self.cells[0].value
        return added(cell.value for cell in self.cells)

    @property
    def records(self) -> list[FigureRecord]:
        """The cells to cite."""
        return [cell.cell for cell in self.cells]


def cell_reading(row: Row, cell: FigureRecord, catalog: DocumentCatalog) -> Reading:
    """The reading that points at one cell of a row."""
    return Reading(catalog.tables[row.table_id], (row,), catalog.column(row.table_id, str(cell.column_no)))


def show_query(draft: Draft, cells: Iterable[tuple[Row, FigureRecord]]) -> None:
    """Makes the query for cells, each with its row, one of those that an answer shows."""
    find(draft, [[cell_reading(row, cell, draft.catalog)] for row, cell in cells])


def comes_to(cells: Iterable[FigureRecord], amount: Decimal, draft: Draft) -> bool:
    """Whether a total of a table that cells stand in is an amount."""
    tables = {cell.table_id for cell in cells}
    rows = {row.row_id for table_id in tables for row in draft.catalog.tables[table_id].rows if row.is_total}
    return any(cell.amount_yuan == amount for printed in draft.library.figures(rows).values() for cell in printed)


def find(draft: Draft, operands: Sequence[Sequence[Reading]]) -> list[list[Found]]:
    """The values of every operand's readings, in the operands' order."""
    numbered = [(o, r, reading) for o, readings in enumerate(operands) for r, reading in enumerate(readings)]
    found: dict[tuple[int, int], Found] = {}
    for is_text in (False, True):
        chosen = [entry for entry in numbered if entry[2].is_text == is_text]
        found |= _run(draft, chosen) if chosen else {}
    return [[found[o, r] for r in range(len(readings)) if (o, r) in found] for o, readings in enumerate(operands)]


def _run(draft: Draft, readings: Sequence[tuple[int, int, Reading]]) -> dict[tuple[int, int], Found]:
    cells: dict[tuple[int, int], list[FigureRecord]] = {}
    for (operand, number, *_), record in run_query(draft, cells_query(readings, draft.catalog)):
        cells.setdefault((operand, number), []).append(record)
    siblings = draft.library.figures({r.row_id for records in cells.values() for r in records})
    made = {}
    for operand, number, reading in readings:
        own = cells.get((operand, number), [])
        if reading.column.parts:
            own.sort(key=lambda cell: (cell.row_no, cell.column_no))
        found = tuple(_found_cell(c, siblings[c.row_id], reading.column, draft) for c in own)
        if found:
            made[operand, number] = Found(reading.table, reading.column, found, reading.literal, reading.bearing)
    return made


def _found_cell(record: FigureRecord, siblings: Iterable[FigureRecord], column: Column, draft: Draft) -> FoundCell:
    part = record.column_path.rpartition("/")[2] if column.parts else ""
    return FoundCell(draft.catalog.rows[record.row_id], value_of(record), record, tuple(siblings), part)


def value_of(record: FigureRecord) -> Value:
    """A cell's exact value."""
    if record.value_type == "text":
        return Value("text", text=record.printed)
    if record.number is None:
        return Value("blank")
    kind: ValueKind = "amount" if record.amount_yuan is not None else "quantity"
    exact: Decimal = record.amount_yuan if record.amount_yuan is not None else record.number
    return Value(kind, exact, unit=(record.unit or "") if kind == "amount" else "")


def run_query(
    draft: Draft, query: exp.Query, document_ids: Collection[str] = ()
) -> list[tuple[tuple[Any, ...], FigureRecord]]:
    """The rows of a query, each with the cell that its value stands in.

    ``document_ids``: those that it asks about, where that is not the draft's document alone.

    The query's text and, of the last one, its rows are kept for the answer. Raises QueryError.
    """
    sql = query.sql(dialect="duckdb", pretty=True)
    columns, rows = draft.library.query(sql, document_ids or [draft.catalog.document_id])
    draft.queries.append(sql)
    draft.columns[:] = columns[:-SOURCES]
    draft.rows[:] = [["" if v is None else str(v) for v in row[:-SOURCES]] for row in rows]
    figures = draft.library.figures({_row_id(row) for row in rows})
    found = ((row[:-SOURCES], _record(figures[_row_id(row)], row)) for row in rows)
    return [(values, record) for values, record in found if record]


def _row_id(row: tuple[Any, ...]) -> str:
    *_, key, measure = row
    return str(key) if measure else row_of_figure(str(key))


def _record(cells: Iterable[FigureRecord], row: tuple[Any, ...]) -> FigureRecord | None:
    *_, key, measure = row
    return next((cell for cell in cells if (cell.measure == measure if measure else cell.figure_id == key)), None)
