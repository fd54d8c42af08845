"""Pages of a PDF as pictures, drawn by pdfium."""

from __future__ import annotations

import io
from threading import Lock
from typing import Any, Final

import pdfplumber
import pypdfium2
from PIL import Image

from index.convert.pdf.visible import upright

_POINTS_PER_INCH: Final = 72
_FEWEST_DOTS: Final = 150
_USUAL_DOTS: Final = 200
_MOST_DOTS: Final = 300
_IMAGE: Final = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
_PDFIUM = Lock()
"""pdfium may be called by one thread at a time only."""


def draw_page(content: bytes, page: int, dpi: int, turn: int = 0, longest: int | None = None) -> Image.Image:
    """A page, counted from 1, as it is shown, turned clockwise by ``turn`` degrees more.

    ``longest``: how many dots its longer side may have, however large the page says it is.

    Raises pypdfium2.PdfiumError for damaged and encrypted files, IndexError where there is no such page.
    """
    with _PDFIUM, pypdfium2.PdfDocument(content) as pdf:
        if not 1 <= page <= len(pdf):
            raise IndexError(page)
        scale = dpi / _POINTS_PER_INCH
        if longest:
            scale = min(scale, longest / max(pdf[page - 1].get_size()))
        drawn = pdf[page - 1].render(scale=scale, rotation=turn, rev_byteorder=True)
        picture: Image.Image = drawn.to_pil().convert("RGB")
        return picture


def draw_scan(content: bytes, page: int, most: int = _MOST_DOTS) -> tuple[Image.Image, float]:
    """A page that is a picture, in about as many dots an inch as it was scanned in, but at most this many."""
    with _PDFIUM, pypdfium2.PdfDocument(content) as pdf:
        dots = max(map(_dots, pdf[page - 1].get_objects(filter=[_IMAGE], max_depth=4)), default=_USUAL_DOTS)
    dpi = round(min(max(dots, _FEWEST_DOTS), most))
    return draw_page(content, page, dpi), dpi


def _dots(picture: Any) -> float:
    """How many dots of a picture make an inch on its page."""
    left, low, right, high = picture.get_bounds()
    across, down = picture.get_px_size()
    inches = max(right - left, high - low) / _POINTS_PER_INCH
    return float(max(across, down) / inches) if inches else 0.0


def turn_of(content: bytes, page: int) -> int:
    """By how many degrees the page is turned before its text is read. Raises IndexError where there is no such page."""
    with pdfplumber.open(io.BytesIO(content), pages=[page]) as pdf:
        printed = pdf.pages[0]
        before = int(printed.rotation)
        return (int(upright(printed).rotation) - before) % 360
