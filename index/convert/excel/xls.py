"""Worksheets out of the .xls files that Excel wrote before 2007, with their number formats."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import xlrd

from index.convert.excel.number_format import BUILT_IN, shown_number, shown_text
from index.convert.excel.sheet import RULED_SIDES, Area, Sheet

_VISIBLE: Final = 0
_BLANK: Final = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def read_xls(content: bytes) -> Iterator[Sheet]:
    """The visible worksheets. Raises whatever xlrd does for content that breaks the rules of the format."""
    # Its remarks on oddities are for programmers, so they are written nowhere.
    options = {"formatting_info": True, "ragged_rows": True, "logfile": io.StringIO()}
    with xlrd.open_workbook(file_contents=content, **options) as book:
        for sheet in book.sheets():
            if sheet.visibility == _VISIBLE:
                yield _read_sheet(book, sheet)


def _read_sheet(book: Any, worksheet: Any) -> Sheet:
    sheet = Sheet(worksheet.name)
    sheet.merged += (Area(low, left, high - 1, right - 1) for low, high, left, right in worksheet.merged_cells)
    sheet.hidden_rows |= {row for row, info in worksheet.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns |= {column for column, info in worksheet.colinfo_map.items() if info.hidden}
    for row in range(worksheet.nrows):
        for column in (column for column, kind in enumerate(worksheet.row_types(row)) if kind not in _BLANK):
            cell = worksheet.cell(row, column)
            text = _shown(book, cell)
            if text.strip():
                sheet.texts[row, column] = text
                if _is_ruled(book, cell.xf_index):
                    sheet.ruled_rows.add(row)
    return sheet


def _shown(book: Any, cell: Any) -> str:
    """What the cell shows of its value."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    code = _format(book, cell.xf_index)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return shown_text(cell.value, code)
    # The shortest decimal that is the same binary number: exactly what was typed.
    return shown_number(Decimal(repr(cell.value)), code, bool(book.datemode))


def _is_ruled(book: Any, style: int | None) -> bool:
    if style is None or style >= len(book.xf_list):
        return False
    border = book.xf_list[style].border
    sides = (border.top_line_style, border.bottom_line_style, border.left_line_style, border.right_line_style)
    return len([side for side in sides if side]) >= RULED_SIDES


def _format(book: Any, style: int | None) -> str:
    key = book.xf_list[style].format_key if style is not None and style < len(book.xf_list) else 0
    known = book.format_map.get(key)
    return BUILT_IN.get(key) or (known.format_str if known else "General")
