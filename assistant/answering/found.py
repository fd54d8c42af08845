"""Readings run through SQL: each with its exact value and the cells it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from sqlglot import exp

from assistant.answering.draft import Draft
from assistant.answering.values import Value, ValueKind, added
from assistant.catalog import Column, DocumentCatalog, Row, Table
from assistant.library import Library
from assistant.resolve import Reading
from assistant.sql.compile import ALL_FIGURES, cells_query
from assistant.sql.run import ResultSet, evidence_cells
from index.records import FigureRecord

Entry = TypeVar("Entry")

_READINGS_A_QUERY: Final = 12
"""Branches of one statement; the guard's limit is 16 relations."""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """One row's value in a reading's column, with its cell and its row's other cells."""

    row: Row
    value: Value
    cell: FigureRecord
    siblings: tuple[FigureRecord, ...]

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


def batched(entries: Sequence[Entry], size: int) -> Iterator[Sequence[Entry]]:
    """The entries in runs of ``size``."""
    return (entries[start : start + size] for start in range(0, len(entries), size))


def find(draft: Draft, operands: Sequence[Sequence[Reading]]) -> list[list[Found]]:
    """The values of every operand's readings, in the operands' order."""
    numbered = [(o, r, reading) for o, readings in enumerate(operands) for r, reading in enumerate(readings)]
    found: dict[tuple[int, int], Found] = {}
    for is_text in (False, True):
        chosen = [entry for entry in numbered if entry[2].is_text == is_text]
        for batch in batched(chosen, _READINGS_A_QUERY):
            found |= _run(draft, batch)
    return [[found[o, r] for r in range(len(readings)) if (o, r) in found] for o, readings in enumerate(operands)]


def _run(draft: Draft, readings: Sequence[tuple[int, int, Reading]]) -> dict[tuple[int, int], Found]:
    result = run_query(draft, cells_query(readings, draft.catalog))
    cells: dict[tuple[int, int], list[FigureRecord]] = {}
    records = cell_records(draft.library, result, "数值")
    for row, record in zip(result.rows, records, strict=True):
        cells.setdefault((int(str(row.values[0])), int(str(row.values[1]))), []).extend(record)
    siblings = draft.library.figures({r.row_id for records in cells.values() for r in records})
    made = {}
    for operand, number, reading in readings:
        found = tuple(_found_cell(c, siblings[c.row_id], draft) for c in cells.get((operand, number), ()))
        if found:
            made[operand, number] = Found(reading.table, reading.column, found, reading.literal, reading.bearing)
    return made


def _found_cell(record: FigureRecord, siblings: Iterable[FigureRecord], draft: Draft) -> FoundCell:
    return FoundCell(draft.catalog.rows[record.row_id], value_of(record), record, tuple(siblings))


def value_of(record: FigureRecord) -> Value:
    """A cell's exact value."""
    if record.value_type == "text":
        return Value("text", text=record.printed)
    if record.number is None:
        return Value("blank")
    kind: ValueKind = "amount" if record.amount_yuan is not None else "quantity"
    exact: Decimal = record.amount_yuan if record.amount_yuan is not None else record.number
    return Value(kind, exact, unit=(record.unit or "") if kind == "amount" else "")


def run_query(draft: Draft, query: exp.Query) -> ResultSet:
    """Runs a query and keeps its text and, of the last one, its rows for the answer."""
    result = draft.library.run(query)
    draft.queries.append(query.sql(dialect="duckdb", pretty=True))
    draft.columns[:] = [column.name for column in result.columns]
    draft.rows[:] = [["" if v is None else str(v) for v in row.values] for row in result.rows]
    return result


def cell_records(library: Library, result: ResultSet, column: str) -> list[list[FigureRecord]]:
    """For each result row the printed cells its value in ``column`` was made from."""
    at = [output.name for output in result.columns].index(column)
    sources = [evidence_cells(result, number, at) for number in range(len(result.rows))]
    row_ids = {_row_id(view, row_id) for cells in sources for row_id, view, _ in cells}
    rows = library.figures(row_ids)
    return [
        [record for row_id, view, name in cells if (record := _record(rows, row_id, view, name))] for cells in sources
    ]


def _row_id(view: str, row_id: str) -> str:
    return row_id.rsplit(".c", 1)[0] if view == ALL_FIGURES else row_id


def _record(rows: dict[str, list[FigureRecord]], row_id: str, view: str, column: str | None) -> FigureRecord | None:
    figures = rows[_row_id(view, row_id)]
    if view == ALL_FIGURES:
        return next((f for f in figures if f.figure_id == row_id), None)
    return next((f for f in figures if f.measure == column), None)
