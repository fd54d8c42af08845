"""Where a citation stands, in words: the document by its title, the table by its number and name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.answer import Citation, TableCitation
from assistant.citations import document_id_of
from index.records import DocumentRecord

if TYPE_CHECKING:
    from index.warehouse import Warehouse


def place_of(citation: Citation) -> str:
    """Table, row and column, or the heading that the sentence stands under."""
    if isinstance(citation, TableCitation):
        return f"{table_of(citation)}，{citation.row_label}，{citation.column.rsplit('/', 1)[-1]}"
    return f"正文{'“' + citation.section[-1] + '”' if citation.section else ''}"


def table_of(citation: TableCitation) -> str:
    """A table by its number and name.

    The name of a table without a number may be all there is to tell it by.
    """
    return " ".join(filter(None, (citation.table_no, citation.table_title)))


class SourceNames:
    """Citations in words, with their documents' titles."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._documents = {record.document_id: record for record in warehouse.documents()}

    @property
    def records(self) -> tuple[DocumentRecord, ...]:
        """All documents."""
        return tuple(self._documents.values())

    def record(self, citation: Citation) -> DocumentRecord | None:
        """The document, None where the index no longer holds it."""
        return self._documents.get(document_id_of(citation))

    def title(self, citation: Citation) -> str:
        """The document's title as printed, else the file's name."""
        record = self.record(citation)
        return record.title if record else citation.document

    def line(self, citation: Citation) -> str:
        """``《…2024年部门预算》附表4-7 …，合计，公务接待费，第 3 页：0.69 万元``."""
        page = f"，第 {citation.page} 页" if citation.page else ""
        if isinstance(citation, TableCitation):
            return f"《{self.title(citation)}》{place_of(citation)}{page}：{stated(citation)}"
        return f"《{self.title(citation)}》{place_of(citation)}{page}：“{citation.quote}”"


def stated(citation: TableCitation) -> str:
    """What a cell says, with its unit."""
    if not citation.value:
        return "（空）"
    return f"{citation.value} {citation.unit}" if citation.unit else citation.value


@lru_cache(maxsize=4)
def source_names(warehouse: Warehouse) -> SourceNames:
    """The names of one warehouse's documents, read once: what is built doesn't change."""
    return SourceNames(warehouse)
