"""What stands in the sources, for people to look at: one paragraph, and what is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from index.errors import DocumentError
from index.records import DocumentRecord, document_of

if TYPE_CHECKING:
    from index.warehouse import Warehouse

_COUNTS: Final = """
SELECT document_id,
       (SELECT count(*) FROM tables t WHERE t.document_id = d.document_id),
       (SELECT count(*) FROM figures f WHERE f.document_id = d.document_id),
       (SELECT count(*) FROM paragraphs p WHERE p.document_id = d.document_id)
FROM documents d
"""

_LABELS: Final = "SELECT row_no, printed_label FROM figures WHERE table_id = $1 AND column_no = $2"


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph under its heading path."""

    section: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document and how much was read from it."""

    record: DocumentRecord
    tables: int
    figures: int
    paragraphs: int


def printed_paragraph(warehouse: Warehouse, paragraph_id: str) -> PrintedParagraph | None:
    """The paragraph with this id, None where there is no such."""
    sql = "SELECT section, text FROM paragraphs WHERE paragraph_id = $1"
    _, rows = warehouse.holding([document_of(paragraph_id)]).execute(sql, [paragraph_id])
    return PrintedParagraph(tuple(rows[0][0]), rows[0][1]) if rows else None


def printed_labels(warehouse: Warehouse, table_id: str, column_no: int) -> dict[int, str]:
    """What the rows of a table are called, as printed, by their number; of the half that the column stands in."""
    return dict(warehouse.holding([document_of(table_id)]).execute(_LABELS, [table_id, column_no])[1])


def loaded_documents(warehouse: Warehouse) -> tuple[LoadedDocument, ...]:
    """All documents with their counts."""
    counts = {document_id: numbers for document_id, *numbers in warehouse.execute_apart(_COUNTS)[1]}
    return tuple(LoadedDocument(record, *counts[record.document_id]) for record in warehouse.documents())


def find_documents(warehouse: Warehouse, wanted: str | None) -> tuple[DocumentRecord, ...]:
    """The documents whose id, file, title or unit ``wanted`` is a part of; all without it. Raises DocumentError."""
    documents = warehouse.documents()
    found = tuple(
        each
        for each in documents
        if wanted is None
        or any(wanted in text for text in (each.document_id, each.file, each.title, each.unit_name, str(each.year)))
    )
    if not found:
        loaded = "、".join(each.file for each in documents) or "（无）"
        raise DocumentError(f"索引里没有与“{wanted}”相符的文件。", f"已载入：{loaded}")
    return found
