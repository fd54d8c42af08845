"""Blocks of a document as a workbook, .xlsx or old .xls: amounts are numbers with a format, merged cells merged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from index.document import Block
from tests.writers.sheets import Placed, lay_out, number_of

_RULES = Border(*[Side("thin")] * 4)
_OLD_RULES = "borders: left thin, right thin, top thin, bottom thin"


def write_xlsx(blocks: Sequence[Block], path: Path) -> None:
    """Write ``blocks``, a table a sheet."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in lay_out(blocks):
        worksheet = workbook.create_sheet(sheet.name)
        for placed in sheet.cells:
            _write_cell(worksheet, placed)
    workbook.save(path)


def _write_cell(worksheet: Worksheet, placed: Placed) -> None:
    row, column, cell = placed.row + 1, placed.column + 1, placed.cell
    number = number_of(cell.text)
    target = worksheet.cell(row, column)
    target.value = number[0] if number else (cell.text or None)
    target.number_format = number[1] if number else "@"
    if placed.ruled:
        target.border = _RULES
    if cell.row_span > 1 or cell.column_span > 1:
        worksheet.merge_cells(
            start_row=row,
            start_column=column,
            end_row=row + cell.row_span - 1,
            end_column=column + cell.column_span - 1,
        )


def write_xls(blocks: Sequence[Block], path: Path) -> None:
    """The same in the format that Excel wrote before 2007."""
    workbook = xlwt.Workbook(encoding="utf-8", style_compression=2)
    for sheet in lay_out(blocks):
        worksheet = workbook.add_sheet(sheet.name)
        for placed in sheet.cells:
            _write_old_cell(worksheet, placed)
    workbook.save(str(path))


def _write_old_cell(worksheet: xlwt.Worksheet, placed: Placed) -> None:
    row, column, cell = placed.row, placed.column, placed.cell
    number = number_of(cell.text)
    value = number[0] if number else (cell.text or None)
    style = xlwt.easyxf(_OLD_RULES if placed.ruled else "", num_format_str=number[1] if number else "@")
    if cell.row_span > 1 or cell.column_span > 1:
        end = (row + cell.row_span - 1, column + cell.column_span - 1)
        worksheet.write_merge(row, end[0], column, end[1], value, style)
    else:
        worksheet.write(row, column, value, style)
