"""Pages of a PDF as pictures, drawn by pdfium."""

from __future__ import annotations

from typing import Any, Final

import pypdfium2
from PIL import Image

from index.convert.pdf.lost import LostCharacters
from index.convert.pdf.pdfium import opened, page_of
from index.convert.pdf.sheet import read_sheet

_POINTS_PER_INCH: Final = 72
_FEWEST_DOTS: Final = 150
_USUAL_DOTS: Final = 200
_MOST_DOTS: Final = 300
_IMAGE: Final = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE


def draw_page(content: bytes, page: int, dpi: int, turn: int = 0, longest: int | None = None) -> Image.Image:
    """A page, counted from 1, as it is shown, turned clockwise by ``turn`` degrees more.

    ``longest``: how many dots its longer side may have, however large the page says it is.

    Raises pypdfium2.PdfiumError for damaged and encrypted files, IndexError where there is no such page.
    """
    with opened(content) as pdf:
        sheet = page_of(pdf, page)
        scale = dpi / _POINTS_PER_INCH
        if longest:
            scale = min(scale, longest / max(sheet.get_size()))
        drawn = sheet.render(scale=scale, rotation=turn, rev_byteorder=True)
        picture: Image.Image = drawn.to_pil().convert("RGB")
        return picture


def draw_scan(content: bytes, page: int, most: int = _MOST_DOTS) -> tuple[Image.Image, float]:
    """A page that is a picture, in about as many dots an inch as it was scanned in, but at most this many."""
    with opened(content) as pdf:
        dots = max(map(_dots, page_of(pdf, page).get_objects(filter=[_IMAGE], max_depth=4)), default=_USUAL_DOTS)
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
    with opened(content) as pdf:
        page_of(pdf, page)
        return read_sheet(pdf, page, LostCharacters(content)).turn
