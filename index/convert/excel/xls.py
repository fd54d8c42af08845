"""Worksheets out of the .xls files that Excel wrote before 2007, with their number formats."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

import xlrd

from index.convert.excel.number_format import BUILT_IN, shown_number, shown_text
from index.convert.excel.sheet import RULED_SIDES, Area, Sheet
from index.convert.raised import raised

_VISIBLE: Final = 0
_WHITE: Final = (255, 255, 255)
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
            runs = worksheet.rich_text_runlist_map.get((row, column), ())
            text = _shown(book, cell, _read_runs(book, str(cell.value), cell.xf_index, runs) if runs else cell.value)
            if text.strip() and not _is_unread(book, cell.xf_index, is_rich=bool(runs)):
                sheet.texts[row, column] = text
                if _is_ruled(book, cell.xf_index):
                    sheet.ruled_rows.add(row)
    return sheet


def _read_runs(book: Any, text: str, style: int | None, runs: Sequence[tuple[int, int]]) -> str:
    """A text without what is struck out in it, raised digits as marks; a run begins at its place with its font.

    What stands before the first run has the font of the cell.
    """
    if runs[0][0] and style is not None:
        runs = [(0, book.xf_list[style].font_index), *runs]
    read = text[: runs[0][0]]
    for (start, font), end in zip(runs, [*(start for start, _ in runs[1:]), len(text)], strict=True):
        if not book.font_list[font].struck_out:
            read += raised(text[start:end], read) if book.font_list[font].escapement else text[start:end]
    return read


def _is_unread(book: Any, style: int | None, *, is_rich: bool) -> bool:
    """Whether a cell is struck out, which is told run by run where it has some, or as white as its ground."""
    if style is None or style >= len(book.xf_list):
        return False
    font, ground = book.font_list[book.xf_list[style].font_index], book.xf_list[style].background
    is_bare = not ground.fill_pattern or book.colour_map.get(ground.pattern_colour_index) == _WHITE
    is_struck = font.struck_out and not is_rich
    return bool(is_struck or (is_bare and book.colour_map.get(font.colour_index) == _WHITE))


def _shown(book: Any, cell: Any, value: Any) -> str:
    """What the cell shows of its value."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    code = _format(book, cell.xf_index)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return shown_text(value, code)
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
