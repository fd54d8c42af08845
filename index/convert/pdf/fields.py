"""What is filled into a page's form fields: it stands in no stream of the page, yet every reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text
from pdfplumber.page import Page

from index.convert.page.glyphs import Glyph

_HIDDEN: Final = 2 | 32
"""The flags of annotations that are not shown."""
_TEXT, _CHOICE = "Tx", "Ch"
_FILL: Final = 0.7
_MAX_SIZE: Final = 9.0
_BASELINE: Final = 0.35


def field_glyphs(page: Page) -> tuple[Glyph, ...]:
    """The characters of the page's filled text and choice fields, spread over their boxes."""
    widgets = [widget for widget in map(resolve1, resolve1(page.page_obj.annots) or ()) if _is_shown(widget)]
    return tuple(glyph for widget in widgets for glyph in _glyphs(_value(widget), _box(page, widget)))


def _is_shown(annotation: Any) -> bool:
    if not isinstance(annotation, dict) or str(getattr(annotation.get("Subtype"), "name", "")) != "Widget":
        return False
    kind = getattr(resolve1(_inherited(annotation, "FT")), "name", "")
    return kind in (_TEXT, _CHOICE) and not int(resolve1(annotation.get("F")) or 0) & _HIDDEN


def _inherited(widget: dict[str, Any], key: str) -> Any:
    """A field may be made of several widgets, and then says for all of them what it is."""
    parent = resolve1(widget.get("Parent"))
    return widget[key] if key in widget else parent.get(key) if isinstance(parent, dict) else None


def _value(widget: dict[str, Any]) -> str:
    value = resolve1(_inherited(widget, "V"))
    if isinstance(value, list):
        value = resolve1(value[0]) if value else b""
    return decode_text(value).strip() if isinstance(value, bytes) else ""


def _box(page: Page, widget: dict[str, Any]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom as seen on the page, which may be turned."""
    left, low, right, high = (float(resolve1(edge)) for edge in resolve1(widget["Rect"]))
    for _ in range(page.rotation // 90):
        left, low, right, high = low, -right, high, -left
    x, y = page.mediabox[0], page.mediabox[3]
    if page.rotation in (90, 180):
        low, high = low + page.height, high + page.height
    if page.rotation in (180, 270):
        left, right = left + page.width, right + page.width
    return left - x, y - high, right - x, y - low


def _glyphs(text: str, box: tuple[float, float, float, float]) -> Iterator[Glyph]:
    left, top, right, bottom = box
    size = min(_FILL * (bottom - top), _MAX_SIZE)
    widths = [size / 2 if sign.isascii() else size for sign in text]
    scale = min(1.0, (right - left) / sum(widths)) if text else 1.0
    baseline = (top + bottom) / 2 + _BASELINE * size
    for sign, width in zip(text, widths, strict=True):
        if sign.strip():
            yield Glyph(sign, left, left + width * scale, baseline, size)
        left += width * scale
