"""Clean tables to rows of the warehouse: one row per table, one per cell of a measure column."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from index.clean.table import CleanCell, CleanRow, CleanTable, Column
from index.money import YUAN_PER_UNIT, to_yuan
from index.records import FigureRecord, TableRecord

_WHOLE_DIGITS: Final = 22
_PLACES: Final = 6
"""What DECIMAL(28, 6) holds."""


def table_id(document_id: str, number: int) -> str:
    """The identifier of a document's table."""
    return f"{document_id}.t{number}"


def row_id(table: str, key: str) -> str:
    """The identifier of a table's row."""
    return f"{table}.r{key}"


def figure_id(row: str, column: int) -> str:
    """The identifier of a row's cell."""
    return f"{row}.c{column}"


def table_records(document_id: str, tables: Sequence[CleanTable], file: str) -> list[TableRecord]:
    """One row per table, with the printed grid; ``file`` is where those stand that name no other."""
    return [
        TableRecord(
            table_id=table_id(document_id, table.number),
            document_id=document_id,
            position=table.number,
            table_no=table.table_no,
            title=table.title,
            kind=table.kind,
            confidence=table.confidence,
            unit=table.unit,
            state=table.state,
            note=table.note,
            subject=table.subject,
            section=table.section,
            page_first=table.page_first,
            page_last=table.page_last,
            line=table.line,
            file=table.file or file,
            header_rows=table.header_rows,
            grid=table.grid,
        )
        for table in tables
    ]


def figure_records(document_id: str, tables: Sequence[CleanTable]) -> list[FigureRecord]:
    """One row per cell of each measure column, blank and textual ones too."""
    return [record for table in tables for row in table.rows for record in _row_records(document_id, table, row)]


def _row_records(document_id: str, table: CleanTable, row: CleanRow) -> list[FigureRecord]:
    columns = {column.number: column for column in table.columns if column.role == "measure"}
    cells = sorted((cell for cell in row.cells if cell.column in columns), key=lambda cell: cell.column)
    taken: set[str] = set()
    records = []
    for cell in cells:
        column = columns[cell.column]
        # A measure that a row prints twice (two years side by side) means the first column wherever it is asked for.
        named = row.measure if column.by_row else column.measure
        measure = named if row.is_own and named not in taken else None
        taken.update([measure] if measure else [])
        records.append(_record(document_id, table, row, column, cell, measure))
    return records


def _record(
    document_id: str, table: CleanTable, row: CleanRow, column: Column, cell: CleanCell, measure: str | None
) -> FigureRecord:
    table_key = table_id(document_id, table.number)
    row_key = row_id(table_key, row.key)
    # A table's unit is that of its amounts: a quantity beside them has its own or none.
    unit = column.unit or (table.unit if cell.value_type == "amount" else None)
    return FigureRecord(
        figure_id=figure_id(row_key, column.number),
        row_id=row_key,
        table_id=table_key,
        document_id=document_id,
        kind=table.kind,
        row_no=row.number,
        side=row.side,
        row_label=row.label,
        printed_label=row.printed_label,
        code=row.code,
        code_system=row.code_system,
        level=row.level,
        parent_row_id=row_id(table_key, row.parent) if row.parent else None,
        is_leaf=row.is_leaf,
        is_total=row.is_total,
        subordinate_unit=row.subordinate_unit,
        page=row.page,
        column_no=column.number,
        column_path=column.path,
        measure=measure,
        printed=cell.printed,
        unit=unit,
        value_type=cell.value_type,
        number=_storable(cell.number),
        amount_yuan=_amount(cell, unit),
    )


def _amount(cell: CleanCell, unit: str | None) -> Decimal | None:
    """The cell in 元; without a known unit an amount stays a bare number: guessing could be wrong by 10,000."""
    if cell.value_type != "amount" or cell.number is None or unit not in YUAN_PER_UNIT:
        return None
    return _storable(to_yuan(cell.number, unit))


def _storable(number: Decimal | None) -> Decimal | None:
    """``number`` if the warehouse can hold it exactly; otherwise only its printed form is kept.

    >>> _storable(Decimal("735.66")), _storable(Decimal("1E+30")), _storable(Decimal("0.1234567"))
    (Decimal('735.66'), None, None)
    """
    if number is None or not number.is_finite():
        return None
    exponent = int(number.normalize().as_tuple().exponent)
    return number if exponent >= -_PLACES and number.adjusted() < _WHOLE_DIGITS else None
