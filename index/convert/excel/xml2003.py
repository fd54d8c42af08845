"""Worksheets out of the XML that Excel 2003 wrote, and that programs which export tables still write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lxml import etree

from index.convert.excel.number_format import shown_number, shown_text
from index.convert.excel.sheet import RULED_SIDES, UNCOMPUTED, Area, Sheet
from index.convert.problems import damaged, too_large
from index.convert.raised import raised

_SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL: Final = "{urn:schemas-microsoft-com:office:excel}"
_NAMED: Final = {
    "Standard": "#,##0.00", "Fixed": "0.00", "Percent": "0.00%", "Currency": '"¥"#,##0.00', "Short Date": "yyyy/m/d",
    "Long Date": 'yyyy"年"m"月"d"日"', "General Number": "General", "General Date": "yyyy/m/d h:mm",
}  # fmt: skip
"""Formats that are called by a name."""
_EPOCH: Final = datetime(1899, 12, 30)
_MAX_SIZE: Final = 64 << 20
_MAX_LINES: Final = 16_384
_WHITE: Final = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of its cells."""

    number_format: str = "General"
    is_ruled: bool = False
    is_unread: bool = False
    """Struck out, or as white as its ground."""


def read_xml2003(content: bytes, name: str) -> Iterator[Sheet]:
    """The visible worksheets. Raises DocumentError for what is too large or breaks the rules of XML."""
    if len(content) > _MAX_SIZE:
        raise too_large(name)
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error
    if root.getroottree().docinfo.doctype:
        raise damaged(name)
    styles = _styles(root)
    for worksheet in root.iterfind(f"{_SS}Worksheet"):
        state = worksheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible") or "SheetVisible"
        table = worksheet.find(f"{_SS}Table")
        if state == "SheetVisible" and table is not None:
            yield _read_table(table, styles, Sheet(worksheet.get(f"{_SS}Name")))


def _styles(root: Any) -> dict[str, _Style]:
    """The styles by their ids; each says what its parent says, but for what it says itself."""
    told = {element.get(f"{_SS}ID", ""): element for element in root.iterfind(f"{_SS}Styles/{_SS}Style")}
    return {
        each: _style([told[id] for id in ("Default", element.get(f"{_SS}Parent"), each) if id in told])
        for each, element in told.items()
    }


def _style(lines: list[Any]) -> _Style:
    font, ground, number = (_last(lines, name) for name in ("Font", "Interior", "NumberFormat"))
    borders = _last(lines, "Borders")
    code = number.get("Format", "General")
    is_bare = ground.get("Pattern", "None") == "None" or ground.get("Color", "").upper() == _WHITE
    is_white = font.get("Color", "").upper() == _WHITE and is_bare
    return _Style(_NAMED.get(code, code), len(borders) >= RULED_SIDES, font.get("StrikeThrough") == "1" or is_white)


def _last(lines: list[Any], name: str) -> Mapping[str, str]:
    """What the last of some styles says under a name; of borders their sides."""
    found = [each for style in lines for each in style.iterfind(f"{_SS}{name}")]
    if not found:
        return {}
    if name == "Borders":
        return {side.get(f"{_SS}Position"): "" for side in found[-1] if side.get(f"{_SS}LineStyle", "None") != "None"}
    return {key.removeprefix(_SS): value for key, value in found[-1].items()}


def _read_table(table: Any, styles: Mapping[str, _Style], sheet: Sheet) -> Sheet:
    row = column = -1
    of_columns: dict[int, str] = {}
    for element in table.iterfind(f"{_SS}Column"):
        column, last = _lines(element, column)
        of_columns |= dict.fromkeys(range(column, last + 1), element.get(f"{_SS}StyleID", ""))
        if element.get(f"{_SS}Hidden") == "1":
            sheet.hidden_columns |= set(range(column, last + 1))
        column = last
    for element in table.iterfind(f"{_SS}Row"):
        row, last = _lines(element, row)
        if element.get(f"{_SS}Hidden") == "1":
            sheet.hidden_rows |= set(range(row, last + 1))
        _read_row(element, row, of_columns, styles, sheet)
        row = last
    return sheet


def _lines(element: Any, before: int) -> tuple[int, int]:
    """Which row or column this is, counted from 0, and the last one that it says the same of."""
    first = _number(element, "Index", before + 2) - 1
    return first, min(first + _number(element, "Span", 0), first + _MAX_LINES)


def _number(element: Any, name: str, otherwise: int) -> int:
    text = element.get(f"{_SS}{name}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _read_row(row: Any, at: int, of_columns: Mapping[int, str], styles: Mapping[str, _Style], sheet: Sheet) -> None:
    column = -1
    for cell in row.iterfind(f"{_SS}Cell"):
        column = _number(cell, "Index", column + 2) - 1
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        named = cell.get(f"{_SS}StyleID") or row.get(f"{_SS}StyleID") or of_columns.get(column) or "Default"
        style = styles.get(named, _Style())
        data = cell.find(f"{_SS}Data")
        is_uncomputed = data is None and cell.get(f"{_SS}Formula") is not None
        text = UNCOMPUTED if is_uncomputed else "" if data is None else _shown(data, style.number_format)
        if text.strip() and not style.is_unread:
            sheet.texts[at, column] = text
            if style.is_ruled:
                sheet.ruled_rows.add(at)
        if across or down:
            sheet.merged.append(Area(at, column, at + down, column + across))
        sheet.uncomputed += is_uncomputed
        column += across


def _shown(data: Any, code: str) -> str:
    """What a cell shows of its value."""
    text, kind = "".join(_words(data)), data.get(f"{_SS}Type")
    try:
        if kind == "DateTime":
            return shown_number(Decimal((datetime.fromisoformat(text) - _EPOCH) / timedelta(days=1)), code)
        if kind == "Number":
            return shown_number(Decimal(text), code)
    except (InvalidOperation, ValueError):
        return text
    return {"1": "TRUE", "0": "FALSE"}.get(text, text) if kind == "Boolean" else shown_text(text, code)


def _words(element: Any) -> Iterator[str]:
    """The text, without what is struck out in it, raised digits as marks."""
    before = element.text or ""
    yield before
    for child in element:
        if etree.QName(child).localname != "S":
            words = "".join(_words(child))
            before += words
            yield raised(words, before.removesuffix(words)) if etree.QName(child).localname in ("Sup", "Sub") else words
        before += child.tail or ""
        yield child.tail or ""
