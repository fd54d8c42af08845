"""Characters that pdfium drops: single ones of fonts that the file doesn't hold, where the machine has none like them.

Their places are known, what they say is not. pdfminer, far slower, is asked for these pages only.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException

from index.convert.page.grids import Box
from index.convert.pdf.objects import Text

_BROKEN: Final = (
    PDFException, PSException, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError
)  # fmt: skip
"""What pdfminer raises from the depths of a file that breaks the rules of the format."""

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # of a damaged file it logs whole contents, line by line

Place = tuple[int, int]


class LostCharacters:
    """The characters of a file by where they stand, read page by page when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def find(self, page: int, texts: Sequence[Text]) -> Iterator[tuple[Text, str, Box]]:
        """What those of the texts say that aren't blank, each with its box in the page's own coordinates."""
        found = self._characters(page)
        for text in texts:
            if known := found.get(_place(text.matrix[4], text.matrix[5])):
                yield text, *known

    def _characters(self, page: int) -> dict[Place, tuple[str, Box]]:
        try:
            printed = self._pages[page - 1]
            # Turned pages would be given in other coordinates.
            printed.rotate = 0
            return dict(_read(printed))
        except _BROKEN:
            # What pdfium has read of the page stays.
            return {}

    @cached_property
    def _pages(self) -> list[PDFPage]:
        return list(PDFPage.get_pages(io.BytesIO(self._content)))


def _read(page: PDFPage) -> Iterator[tuple[Place, tuple[str, Box]]]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources)
    PDFPageInterpreter(resources, device).process_page(page)
    left, low = page.mediabox[0], page.mediabox[1]
    for each in _characters_in(device.get_result()):
        text = each.get_text().strip()
        if text and not text.startswith("(cid:"):
            box = (each.x0 + left, each.y0 + low, each.x1 + left, each.y1 + low)
            yield _place(each.matrix[4] + left, each.matrix[5] + low), (text, box)


def _characters_in(container: Any) -> Iterator[LTChar]:
    for thing in container:
        if isinstance(thing, LTChar):
            yield thing
        elif isinstance(thing, LTContainer):
            yield from _characters_in(thing)


def _place(x: float, y: float) -> Place:
    return round(x), round(y)
