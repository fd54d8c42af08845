"""Worksheets out of .xlsx files, part by part.

Read as a stream, since sheets carry formatted blank cells by the million; and without the parts of the format that a
reader of figures has no use for, whose mistakes keep other readers from opening files that Excel opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from index.convert.container import Package
from index.convert.excel.number_format import BUILT_IN, shown_number, shown_text
from index.convert.excel.sheet import RULED_SIDES, UNCOMPUTED, Area, Sheet
from index.convert.problems import too_large
from index.convert.raised import BESIDE_THE_LINE, raised
from index.errors import DocumentError

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EDGE_PART: Final = re.compile("&[LCR]")
_EDGE_CODE: Final = re.compile(r'&(?:"[^"]*"|\d+|K[\dA-F]{6}|[A-Z])')
"""What parts and formats the text at the top and the foot of pages."""
_MAX_CELLS: Final = 1_000_000
_MAX_LINES: Final = 16_384
_TRUE: Final = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class _Style:
    """What a cell's style says of its number, of the lines around it and of whether it is read."""

    number_format: str = "General"
    is_ruled: bool = False
    is_struck: bool = False
    is_white: bool = False
    """As its ground is."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to, strings and styles by their numbers.

    Of each string it is told whether its parts have fonts of their own, which then count instead of the cell's.
    """

    package: Package
    strings: Sequence[tuple[str, bool]]
    styles: Sequence[_Style]
    is_1904: bool


def read_xlsx(package: Package, main: str) -> Iterator[Sheet]:
    """The visible worksheets of the workbook whose main part is ``main``."""
    tree = package.tree(main)
    related = package.related(main)
    parts = {relationship.type.rsplit("/", 1)[-1]: relationship.target for relationship in related.values()}
    book = _Book(
        package,
        _strings(package, parts.get("sharedStrings")),
        _styles(package, parts.get("styles")),
        any(element.get("date1904") in _TRUE for element in tree.iter(f"{_MAIN}workbookPr")),
    )
    for element in tree.iter(f"{_MAIN}sheet"):
        target = related.get(element.get(_ID, ""))
        if target and target.type.endswith("/worksheet") and element.get("state", "visible") == "visible":
            yield _read_sheet(book, target.target, element.get("name", ""))


def _strings(package: Package, part: str | None) -> list[tuple[str, bool]]:
    if part is None or part not in package.members:
        return []
    return [(_rich_text(item), _is_rich(item)) for item in package.elements(part, f"{_MAIN}si")]


def _is_rich(item: Any) -> bool:
    return item.find(f"{_MAIN}r/{_MAIN}rPr") is not None


def _rich_text(item: Any) -> str:
    """The words of a string, without the pronunciation that may stand beside them."""
    words = ""
    for run in (child for child in item if child.tag != f"{_MAIN}rPh" and not _is_struck(child.find(f"{_MAIN}rPr"))):
        text = "".join(each.text or "" for each in run.iter(f"{_MAIN}t"))
        align = run.find(f"{_MAIN}rPr/{_MAIN}vertAlign")
        words += raised(text, words) if align is not None and align.get("val") in BESIDE_THE_LINE else text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), words)


def _is_struck(font: Any) -> bool:
    strike = font.find(f"{_MAIN}strike") if font is not None else None
    return strike is not None and strike.get("val", "1") in _TRUE


def _styles(package: Package, part: str | None) -> list[_Style]:
    if part is None or part not in package.members:
        return []
    tree = package.tree(part)
    own = {
        element.get("numFmtId"): element.get("formatCode", "")
        for element in tree.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    ruled = [
        sum(side.get("style", "none") != "none" for side in border) >= RULED_SIDES
        for border in tree.iterfind(f"{_MAIN}borders/{_MAIN}border")
    ]
    fonts, fills = (tree.findall(f"{_MAIN}{name}s/{_MAIN}{name}") for name in ("font", "fill"))
    struck = {at for at, font in enumerate(fonts) if _is_struck(font)}
    white = {at for at, font in enumerate(fonts) if _is_white(font.find(f"{_MAIN}color"))}
    bare = {at for at, fill in enumerate(fills) if _is_bare(fill)}
    styles: list[_Style] = []
    for element in tree.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"):
        number, border, font, fill = (
            _integer(element.get(f"{name}Id", "0")) for name in ("numFmt", "border", "font", "fill")
        )
        code = own.get(str(number)) or BUILT_IN.get(number, "General")
        is_ruled, is_white = border < len(ruled) and ruled[border], font in white and fill in bare
        styles.append(_Style(code, is_ruled, font in struck, is_white))
    return styles


def _is_white(color: Any) -> bool:
    return color is not None and (color.get("rgb", "")[-6:].upper() == "FFFFFF" or color.get("theme") == "0")


def _is_bare(fill: Any) -> bool:
    """Whether a fill leaves the ground as white as paper."""
    pattern = fill.find(f"{_MAIN}patternFill")
    is_solid = pattern is not None and pattern.get("patternType") == "solid"
    is_none = pattern is not None and pattern.get("patternType", "none") == "none"
    return is_none or (is_solid and _is_white(pattern.find(f"{_MAIN}fgColor")))


def _read_sheet(book: _Book, part: str, name: str) -> Sheet:
    sheet = Sheet(name)
    tags = [f"{_MAIN}{tag}" for tag in ("col", "row", "mergeCell", "oddHeader", "oddFooter")]
    formulas = 0
    row = -1
    for element in book.package.elements(part, *tags):
        if element.tag == tags[1]:
            row = _integer(element.get("r", "0")) - 1 if element.get("r") else row + 1
            formulas += _read_row(book, sheet, element, row)
        elif element.tag == tags[0]:
            _read_column(sheet, element)
        elif element.tag in tags[3:]:
            edge = "header" if element.tag == tags[3] else "footer"
            parts = (_EDGE_CODE.sub("", part).strip() for part in _EDGE_PART.split(element.text or ""))
            sheet.edges += [(edge, part) for part in parts if part]
        else:
            sheet.merged += _areas(element.get("ref", ""))
    if formulas and formulas == sheet.uncomputed and not sheet.typed:
        raise DocumentError(
            f"“{book.package.name}”的工作表“{name}”只有公式，没有算好的数。", "请用 Excel 或 WPS 打开，保存后再放入。"
        )
    return sheet


def _read_row(book: _Book, sheet: Sheet, element: Any, row: int) -> int:
    """Put the row's filled cells into ``sheet``; how many of them are formulas."""
    if _is_hidden(element, "ht"):
        sheet.hidden_rows.add(row)
    column, formulas = -1, 0
    for cell in element.iterfind(f"{_MAIN}c"):
        position = _position(cell.get("r", ""))
        column = position[1] if position else column + 1
        number = _integer(cell.get("s", "0"))
        style = book.styles[number] if number < len(book.styles) else _Style()
        is_formula = cell.find(f"{_MAIN}f") is not None
        is_uncomputed = is_formula and not cell.findtext(f"{_MAIN}v") and cell.get("t") != "str"
        text = UNCOMPUTED if is_uncomputed else _shown(book, cell, style.number_format)
        if text.strip() and not style.is_white and not (style.is_struck and not _has_own_fonts(book, cell)):
            sheet.texts[row, column] = text
            if style.is_ruled:
                sheet.ruled_rows.add(row)
        formulas += is_formula
        sheet.typed += not is_formula and cell.get("t", "n") == "n" and bool(cell.findtext(f"{_MAIN}v"))
        sheet.uncomputed += is_uncomputed
    if len(sheet.texts) > _MAX_CELLS:
        raise too_large(book.package.name)
    return formulas


def _has_own_fonts(book: _Book, cell: Any) -> bool:
    if cell.get("t") == "s":
        number = _integer(cell.findtext(f"{_MAIN}v") or "")
        return number < len(book.strings) and book.strings[number][1]
    return any(map(_is_rich, cell.iterfind(f"{_MAIN}is")))


def _shown(book: _Book, cell: Any, code: str) -> str:
    """What the cell shows of its value."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_rich_text(item) for item in cell.iterfind(f"{_MAIN}is"))
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        number = _integer(value)
        return shown_text(book.strings[number][0], code) if value and number < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value in _TRUE else "FALSE"
    if kind != "n" or not value:
        return shown_text(value, code)
    return _shown_number(value, code, book.is_1904)


def _shown_number(value: str, code: str, is_1904: bool) -> str:
    try:
        return shown_number(Decimal(value), code, is_1904)
    except InvalidOperation:
        return value


def _read_column(sheet: Sheet, element: Any) -> None:
    if _is_hidden(element, "width"):
        first, last = _integer(element.get("min", "1")), _integer(element.get("max", "0"))
        sheet.hidden_columns |= set(range(first - 1, min(last, _MAX_LINES)))


def _is_hidden(line: Any, size: str) -> bool:
    """Whether a row or column is hidden, or has no height or width."""
    return line.get("hidden") in _TRUE or not line.get(size, "1").strip("0.")


def _areas(reference: str) -> list[Area]:
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last)
    return [Area(*start, *end)] if start and end and start <= end else []


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column of ``B3``, counted from 0."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)) - 1, column - 1


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
