"""What an answer cites, shown on the page where it is printed: the page as a picture, with boxes around it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.document import Place, Places
from index.errors import PageUnavailable
from index.manifest import IndexVersion
from index.warehouse import Warehouse

_SLACK: Final = 1.5
"""How many characters a line's end may be off: how wide each one is printed isn't kept."""


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page of a file, and where on it the cited cell or sentence is, as shares of its width and height.

    ``turn`` is set for a page that was recognised in a picture: how that was turned.
    """

    document_id: str
    file: str
    page: int
    turn: int | None
    places: Places

    @property
    def is_recognised(self) -> bool:
        """Whether the page's text was recognised in a picture."""
        return self.turn is not None


def cited_cell(warehouse: Warehouse, table_id: str, row: int, column: int) -> CitedPage:
    """The page of a table's cell; ``row`` counts body rows from 1, ``column`` printed columns from 1.

    Raises PageUnavailable, with a reason to show, where the format has no pages.
    """
    places = warehouse.places(table_id)
    table = warehouse.table(table_id) if places else None
    at = (table.header_rows if table else 0) + row - 1
    if table is None or not (0 <= at < len(places) and 1 <= column <= len(places[at])):
        raise _without_page()
    return _cited(warehouse, table.document_id, table.file, places[at][column - 1])


def cited_sentence(warehouse: Warehouse, paragraph_id: str, quote: str = "") -> CitedPage:
    """The page on which a quote of a paragraph begins, with its lines there; the paragraph's where it isn't in it.

    Raises PageUnavailable.
    """
    places = warehouse.places(paragraph_id)
    paragraph = warehouse.paragraph(paragraph_id) if places else None
    if paragraph is None:
        raise _without_page()
    lines = tuple(_lines_of(paragraph.text, quote, places[0][0]))
    return _cited(warehouse, paragraph.document_id, paragraph.file, lines)


def page_picture(version: IndexVersion, cited: CitedPage) -> bytes:
    """The page as a PNG. Raises PageUnavailable where the file is not there any more."""
    from index.convert.pictures import page_png  # the libraries of all formats, for the first picture

    return page_png(_source(version, cited.document_id, cited.file), cited.file, cited.page, cited.turn)


def _lines_of(text: str, quote: str, lines: Places) -> Iterator[Place]:
    """The lines that a quote stands on, told by how much of the paragraph's width comes before it."""
    squeezed, wanted = "".join(text.split()), "".join(quote.split())
    at = squeezed.find(wanted) if wanted else -1
    if at < 0:
        yield from lines
        return
    scale = sum(line.right - line.left for line in lines) / (_width(squeezed) or 1)
    begin, end = (_width(squeezed[:stop]) * scale for stop in (at, at + len(wanted)))
    before = 0.0
    for line in lines:
        after = before + line.right - line.left
        if before < end - _SLACK * scale and after > begin + _SLACK * scale:
            yield line
        before = after


def _width(text: str) -> float:
    """How wide a text is printed, in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def _cited(warehouse: Warehouse, document_id: str, file: str, places: Places) -> CitedPage:
    if not places:
        raise _without_page()
    page = places[0].page
    turn = warehouse.recognised_pages(document_id).get((file, page))
    return CitedPage(document_id, file, page, turn, tuple(place for place in places if place.page == page))


def _without_page() -> PageUnavailable:
    return PageUnavailable("引用处不在有固定页面的文件里，没有页面图。", "请按表名、行名或段落在原文件中查看。")


def _source(version: IndexVersion, document_id: str, file: str) -> bytes:
    """The file as it was when the index was built."""
    entries = version.manifest.files
    entry = next((each for each in entries if each.document_id == document_id and each.name == file), None)
    try:
        content = Path(entry.file).read_bytes() if entry else b""
    except OSError:
        content = b""
    if entry is None or not content:
        raise PageUnavailable(f"原文件“{file}”已不在原处，不能显示它的页面。", "请放回文件，或重新建立索引。")
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise PageUnavailable(f"原文件“{file}”在建立索引后改过，不能显示它的页面。", "请重新建立索引。")
    return content
