"""Pages that are pictures, recognised where that is installed; all others stay as they were read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from index.convert.page import PageContent
from index.recognition import can_recognise

if TYPE_CHECKING:
    from PIL import Image

_FEW: Final = 20
"""Characters that may stand on a scanned page beside its picture: a page number, a stamp of who scanned it."""

Draw = Callable[[int], "tuple[Image.Image, float]"]
"""The picture of a page by its number, and how many of its dots make an inch."""


def with_scans(pages: Sequence[PageContent], draw: Draw) -> tuple[PageContent, ...]:
    """The pages, those that are pictures without text recognised, where anything is found on them."""
    scanned = [page.number for page in pages if page.has_pictures and page.glyphs < _FEW]
    if not scanned or not can_recognise():
        return tuple(pages)
    from index.convert.scan.pages import read_scans

    read = {number: page for number, page in read_scans(scanned, draw).items() if page.glyphs}
    return tuple(read.get(page.number, page) for page in pages)
