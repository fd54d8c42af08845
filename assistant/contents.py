"""What one document holds, read from the warehouse when first asked for: the document is the unit of loading."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

import numpy as np
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.catalog import DocumentCatalog, load_catalog
from assistant.catalog.project_forms import ProjectForm, project_forms
from assistant.pairs import PairIndex
from assistant.prose_lists import ProseList, prose_lists
from assistant.retrieve import HybridRetriever
from assistant.told import Told, told_texts
from assistant.understand.wording import normalise
from index.embed import Embeddings
from index.records import ChunkRecord, DocumentRecord, FindingRecord, ParagraphRecord, StatementRecord, TableRecord
from index.warehouse import Warehouse


class DocumentContents:
    """Tables, prose, statements and findings of one document, by id in document order. Safe to share."""

    def __init__(self, warehouse: Warehouse, record: DocumentRecord, embeddings: Embeddings) -> None:
        self.record = record
        self._warehouse = warehouse
        self._embeddings = embeddings

    @cached_property
    def tables(self) -> dict[str, TableRecord]:
        """All tables by id."""
        return {record.table_id: record for record in self._warehouse.tables(self.record.document_id)}

    @cached_property
    def paragraphs(self) -> dict[str, ParagraphRecord]:
        """All paragraphs by id."""
        return {record.paragraph_id: record for record in self._warehouse.paragraphs(self.record.document_id)}

    @cached_property
    def statements(self) -> dict[str, StatementRecord]:
        """All figures that the prose states, by id."""
        return {record.statement_id: record for record in self._warehouse.statements(self.record.document_id)}

    @cached_property
    def lists(self) -> tuple[ProseList, ...]:
        """The lists with figures that stand in prose."""
        return prose_lists(self.paragraphs.values(), self.statements.values())

    @cached_property
    def forms(self) -> tuple[ProjectForm, ...]:
        """The performance forms of its projects."""
        return project_forms(self.catalog.tables.values())

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Every sentence that may be quoted, of paragraphs and of worded cells."""
        cells = self._warehouse.worded_cells(self.record.document_id)
        return told_texts(self.paragraphs.values(), cells, self.tables)

    @cached_property
    def pairs(self) -> PairIndex:
        """Sentences and rows by pairs of characters."""
        return PairIndex(self.told, self.catalog.rows.values(), self.catalog.tables)

    @cached_property
    def findings(self) -> tuple[FindingRecord, ...]:
        """The results of all checks."""
        return self._warehouse.findings(self.record.document_id)

    @property
    def contradictions(self) -> list[FindingRecord]:
        """The checks that don't hold."""
        return [finding for finding in self.findings if finding.result == "differs"]

    @cached_property
    def catalog(self) -> DocumentCatalog:
        """The semantic layer."""
        return load_catalog(
            self._warehouse, self.record, self.tables.values(), self.statements.values(), self.paragraphs.values()
        )

    @cached_property
    def retriever(self) -> HybridRetriever:
        """Keyword and vector search over the passages.

        Vectors are compared one by one: for one document's few hundred that is exact and takes a tenth of the time
        that a filtered search in a large store does.
        """
        chunks = self._warehouse.chunks(self.record.document_id)
        return HybridRetriever(chunks, self._vectors(chunks))

    def nearness(self, text: str, names: Sequence[str]) -> list[float]:
        """How near each of the names is to a text in meaning, by their vectors."""
        vector = np.asarray(self._embeddings.embed_query(text))
        return [float(vector @ np.asarray(self._embeddings.embed_query(name))) for name in names]

    def _vectors(self, chunks: tuple[ChunkRecord, ...]) -> InMemoryVectorStore:
        store = InMemoryVectorStore(cast("Any", self._embeddings))
        vectors = self._warehouse.vectors(self.record.document_id)
        for chunk, vector in zip(chunks, vectors, strict=True):
            store.store[chunk.chunk_id] = {"id": chunk.chunk_id, "vector": vector, "text": "", "metadata": {}}
        return store

    @cached_property
    def full_text(self) -> str:
        """All words, prose and tables, in the form in which names are compared."""
        cells = (cell for table in self.tables.values() for row in table.grid for cell in row)
        return normalise("\n".join([*(paragraph.text for paragraph in self.paragraphs.values()), *cells]))
