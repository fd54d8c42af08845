"""The pages on which what an answer cites is printed, drawn from the files that the index was built from."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from assistant.answer import Citation, TableCitation
from index.errors import PageUnavailable
from index.pages import CitedPage, cited_cell, cited_sentence, page_picture

if TYPE_CHECKING:
    from index.manifest import IndexVersion
    from index.records import TableRecord
    from index.warehouse import Warehouse

_KEPT: Final = 48
"""Pictures kept drawn; one takes some hundred kilobytes."""


class Originals:
    """The pages of one version of the index. Safe to share between threads.

    ``version_of``: what holds a document on disk.
    """

    def __init__(self, version_of: Callable[[str], IndexVersion], warehouse: Warehouse) -> None:
        self._warehouse = warehouse
        self._picture = lru_cache(maxsize=_KEPT)(
            lambda document, file, page, turn: page_picture(
                version_of(document), CitedPage(document, file, page, turn, ())
            )
        )

    def page_of(self, citation: Citation) -> CitedPage:
        """The cited page, with where on it the cell or sentence is. Raises PageUnavailable where there are no pages."""
        if isinstance(citation, TableCitation):
            return cited_cell(self._warehouse, citation.table_id, citation.row, citation.column_no)
        return cited_sentence(self._warehouse, citation.paragraph_id, citation.quote)

    def find(self, citation: Citation) -> CitedPage | None:
        """The cited page, None where the format has none or the index no longer holds what is cited."""
        try:
            return self.page_of(citation)
        except PageUnavailable:
            return None

    def picture(self, page: CitedPage) -> bytes:
        """A page as a PNG. Raises PageUnavailable where the file is gone or changed."""
        return self._picture(page.document_id, page.file, page.page, page.turn)


def recognised_cells(warehouse: Warehouse, table: TableRecord) -> frozenset[tuple[int, int]]:
    """The row and column, each counted from 1, of a table's body cells whose text was recognised in a picture."""
    scanned = {page for file, page in warehouse.recognised_pages(table.document_id) if file == table.file}
    if not scanned:
        return frozenset()
    body = warehouse.places(table.table_id)[table.header_rows :]
    return frozenset(
        (row, column)
        for row, cells in enumerate(body, 1)
        for column, places in enumerate(cells, 1)
        if any(place.page in scanned for place in places)
    )
