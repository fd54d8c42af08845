"""Blocks of a document as a workbook, .xlsx, .xls or XML: amounts are numbers with a format, merged cells merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from index.document import Block
from tests.writers.sheets import Placed, lay_out, number_of

_RULES = Border(*[Side("thin")] * 4)
_SIDES = "".join(f'<Border ss:Position="{side}" ss:LineStyle="Continuous"/>' for side in ("Top", "Left"))
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


def write_xml2003(blocks: Sequence[Block], path: Path) -> None:
    """The same in the XML that Excel wrote in 2003."""
    sheets = lay_out(blocks)
    codes = sorted({number[1] for sheet in sheets for placed in sheet.cells if (number := number_of(placed.cell.text))})
    ruled = {"r": _SIDES, "b": ""}
    styles = "".join(
        f'<Style ss:ID="{border}{at}"><Borders>{sides}</Borders><NumberFormat ss:Format={quoteattr(code)}/></Style>'
        for at, code in enumerate(["@", *codes])
        for border, sides in ruled.items()
    )
    tables = "".join(
        f'<Worksheet ss:Name="{sheet.name}"><Table>{"".join(_xml_rows(sheet.cells, codes))}</Table></Worksheet>'
        for sheet in sheets
    )
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Workbook xmlns="{namespace}" xmlns:ss="{namespace}">'
        f"<Styles>{styles}</Styles>{tables}</Workbook>",
        encoding="utf-8",
    )


def _xml_rows(cells: Sequence[Placed], codes: Sequence[str]) -> Iterator[str]:
    for row, line in groupby(cells, key=lambda placed: placed.row):
        yield f'<Row ss:Index="{row + 1}">{"".join(_xml_cell(placed, codes) for placed in line)}</Row>'


def _xml_cell(placed: Placed, codes: Sequence[str]) -> str:
    cell, number = placed.cell, number_of(placed.cell.text)
    style = f"{'r' if placed.ruled else 'b'}{codes.index(number[1]) + 1 if number else 0}"
    kind, value = ("Number", str(number[0])) if number else ("String", escape(cell.text))
    return (
        f'<Cell ss:Index="{placed.column + 1}" ss:StyleID="{style}" ss:MergeAcross="{cell.column_span - 1}" '
        f'ss:MergeDown="{cell.row_span - 1}"><Data ss:Type="{kind}">{value}</Data></Cell>'
    )
