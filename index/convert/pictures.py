"""Pages of files as pictures, for whoever wants to see where a figure stands."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2
from PIL import Image

from index.convert.image import draw_frame, is_picture
from index.convert.ofd.package import is_ofd
from index.convert.ofd.picture import draw_ofd_page, draw_ofd_scan
from index.convert.pdf import PdfConverter
from index.convert.pdf.picture import draw_page, draw_scan, turn_of
from index.convert.problems import damaged
from index.errors import PageUnavailable
from index.recognition import can_recognise

_DPI: Final = 130
_MOST_DOTS: Final = 600
_LONGEST: Final = 5_000


def page_png(content: bytes, name: str, page: int, turn: int | None, dpi: int = _DPI) -> bytes:
    """A page of a file as a PNG, as it was read: ``turn`` is set for a page that was recognised in a picture.

    Raises PageUnavailable where the format has no pages, or there is no such page.
    """
    picture = _draw(content, name, page, dpi)
    if turn is not None and can_recognise():
        from index.convert.scan.straighten import as_read

        picture = as_read(picture, turn)
    png = io.BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()


def scan_of(content: bytes, name: str, page: int) -> tuple[Image.Image, float]:
    """A scanned page in all its dots, before it is turned and straightened, and how many of them make an inch."""
    if PdfConverter().accepts(content):
        return draw_scan(content, page, _MOST_DOTS)
    return draw_ofd_scan(content, name, page, _MOST_DOTS) if is_ofd(content) else draw_frame(content, page, _MOST_DOTS)


def _draw(content: bytes, name: str, page: int, dpi: int) -> Image.Image:
    try:
        if PdfConverter().accepts(content):
            return draw_page(content, page, dpi, turn_of(content, page), _LONGEST)
        if is_ofd(content):
            return draw_ofd_page(content, name, page, dpi)
        if is_picture(content):
            return draw_frame(content, page)[0]
    except (IndexError, EOFError):
        raise PageUnavailable(f"“{name}”没有第 {page} 页。") from None
    except pypdfium2.PdfiumError as error:
        raise damaged(name) from error
    raise PageUnavailable(f"“{name}”没有固定的页面，不能显示为图片。")
