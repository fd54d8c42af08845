"""Pages of files as pictures, for whoever wants to see where a figure stands."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2
from PIL import Image

from index.convert.pdf import PdfConverter
from index.convert.pdf.picture import draw_page, turn_of
from index.convert.problems import damaged
from index.convert.scan import can_recognise
from index.errors import PageUnavailable

_DPI: Final = 110


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


def _draw(content: bytes, name: str, page: int, dpi: int) -> Image.Image:
    if not PdfConverter().accepts(content):
        raise PageUnavailable(f"“{name}”没有固定的页面，不能显示为图片。")
    try:
        return draw_page(content, page, dpi, turn_of(content, page))
    except IndexError:
        raise PageUnavailable(f"“{name}”没有第 {page} 页。") from None
    except pypdfium2.PdfiumError as error:
        raise damaged(name) from error
