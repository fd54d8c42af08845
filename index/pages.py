"""What an answer cites, shown on the page where it is printed: the page as a picture, with boxes around it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from index.convert.pictures import page_png
from index.document import Places
from index.errors import PageUnavailable
from index.manifest import IndexVersion
from index.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page as a PNG, and where on it the cited cell or paragraph is, as shares of its width and height."""

    file: str
    page: int
    png: bytes
    places: Places
    is_recognised: bool


def cited_cell(version: IndexVersion, warehouse: Warehouse, table_id: str, row: int, column: int) -> CitedPage:
    """The page of a table's cell; ``row`` counts body rows from 1, ``column`` printed columns from 1.

    Raises PageUnavailable, with a reason to show, where the format has no pages or the file is not there any more.
    """
    table = warehouse.table(table_id)
    places = warehouse.places(table_id)
    at = (table.header_rows if table else 0) + row - 1
    if table is None or not (0 <= at < len(places) and 1 <= column <= len(places[at])):
        raise _without_page()
    return _cited(version, warehouse, table.document_id, table.file, places[at][column - 1])


def cited_paragraph(version: IndexVersion, warehouse: Warehouse, paragraph_id: str) -> CitedPage:
    """The page on which a paragraph begins, with its lines there. Raises PageUnavailable."""
    paragraph = warehouse.paragraph(paragraph_id)
    places = warehouse.places(paragraph_id)
    if paragraph is None or not places:
        raise _without_page()
    return _cited(version, warehouse, paragraph.document_id, paragraph.file, places[0][0])


def _cited(version: IndexVersion, warehouse: Warehouse, document_id: str, file: str, places: Places) -> CitedPage:
    if not places:
        raise _without_page()
    page = places[0].page
    turn = warehouse.recognised_pages(document_id).get((file, page))
    return CitedPage(
        file=file,
        page=page,
        png=page_png(_source(version, document_id, file), file, page, turn),
        places=tuple(place for place in places if place.page == page),
        is_recognised=turn is not None,
    )


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
