"""The opened index: warehouse, catalogues, retriever, and the source of every figure."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path
from typing import Final

from sqlglot import exp

from assistant.catalog import DocumentCatalog, load_catalog
from assistant.retrieve import HybridRetriever
from assistant.sql.catalogue import Catalogue
from assistant.sql.query import run_query
from assistant.sql.run import ResultSet
from assistant.understand.wording import normalise
from index.embed import load_embeddings
from index.manifest import open_version
from index.records import (
    DocumentRecord,
    FigureRecord,
    FindingRecord,
    ParagraphRecord,
    StatementRecord,
    TableRecord,
)
from index.vectors import open_vectors
from index.warehouse import open_warehouse

_UNITS_SQL: Final = """
SELECT document_id, list(DISTINCT subordinate_unit) FILTER (subordinate_unit <> '') FROM figures GROUP BY document_id"""
_FIGURE_FIELDS: Final = ", ".join(FigureRecord.__slots__)


class Library:
    """Everything that answering reads. Thread-safe; catalogues are loaded when first asked for."""

    def __init__(self, index_dir: Path) -> None:
        version = open_version(index_dir)
        self.warehouse = open_warehouse(version.warehouse)
        self._vectors_path = version.vectors
        self._model = version.manifest.model
        self._catalogs: dict[str, DocumentCatalog] = {}
        self._full_texts: dict[str, str] = {}
        self._lock = threading.Lock()

    @cached_property
    def views(self) -> Catalogue:
        """The views that questions may use."""
        return self.warehouse.catalogue()

    @cached_property
    def documents(self) -> dict[str, DocumentRecord]:
        """All documents by id, newest year first."""
        return {record.document_id: record for record in self.warehouse.documents()}

    @cached_property
    def tables(self) -> dict[str, TableRecord]:
        """All tables by id."""
        return {record.table_id: record for record in self.warehouse.tables()}

    @cached_property
    def paragraphs(self) -> dict[str, ParagraphRecord]:
        """All paragraphs by id, in document order."""
        return {record.paragraph_id: record for record in self.warehouse.paragraphs()}

    @cached_property
    def statements(self) -> dict[str, StatementRecord]:
        """All figures that prose states, by id."""
        return {record.statement_id: record for record in self.warehouse.statements()}

    @cached_property
    def units(self) -> dict[str, tuple[str, ...]]:
        """The subordinate units that each document's tables name."""
        return {document_id: tuple(units or ()) for document_id, units in self.warehouse.execute(_UNITS_SQL)[1]}

    @cached_property
    def findings(self) -> tuple[FindingRecord, ...]:
        """The results of all checks."""
        return self.warehouse.findings()

    def statements_of(self, document_id: str) -> list[StatementRecord]:
        """The figures that one document's prose states."""
        return [s for s in self.statements.values() if s.document_id == document_id]

    def findings_of(self, document_id: str) -> list[FindingRecord]:
        """The results of one document's checks."""
        return [f for f in self.findings if f.document_id == document_id]

    def contradictions_of(self, document_id: str) -> list[FindingRecord]:
        """One document's checks that don't hold."""
        return [f for f in self.findings_of(document_id) if f.result == "differs"]

    @cached_property
    def retriever(self) -> HybridRetriever:
        """Keyword and vector search over all passages."""
        return HybridRetriever(self.warehouse.chunks(), open_vectors(self._vectors_path, load_embeddings(self._model)))

    def catalog(self, document_id: str) -> DocumentCatalog:
        """The semantic layer over one document."""
        with self._lock:
            if document_id not in self._catalogs:
                self._catalogs[document_id] = load_catalog(self.warehouse, document_id)
            return self._catalogs[document_id]

    def full_text(self, document_id: str) -> str:
        """All words of a document, prose and tables, in the form in which names are compared."""
        if document_id not in self._full_texts:
            prose = [p.text for p in self.paragraphs.values() if p.document_id == document_id]
            cells = [c for t in self.tables.values() if t.document_id == document_id for row in t.grid for c in row]
            self._full_texts[document_id] = normalise("\n".join([*prose, *cells]))
        return self._full_texts[document_id]

    def run(self, query: exp.Query) -> ResultSet:
        """A query through all walls: guarded, traced, run read-only."""
        return run_query(self.warehouse, self.views, query)

    def figures(self, row_ids: Collection[str]) -> dict[str, list[FigureRecord]]:
        """The cells of these rows, by row id."""
        found: dict[str, list[FigureRecord]] = {row_id: [] for row_id in row_ids}
        sql = f"SELECT {_FIGURE_FIELDS} FROM figures WHERE row_id IN ? ORDER BY row_id, column_no"
        for entry in self.warehouse.execute(sql, [list(row_ids)])[1] if row_ids else ():
            figure = FigureRecord(*entry)
            found[figure.row_id].append(figure)
        return found

    def contradictions_about(
        self, figure_ids: Iterable[str], statement_ids: Iterable[str]
    ) -> tuple[FindingRecord, ...]:
        """The contradictions that read one of these cells or sentences."""
        figures, statements = set(figure_ids), set(statement_ids)
        return tuple(
            f
            for f in self.findings
            if f.result == "differs" and (figures & set(f.figure_ids) or statements & set(f.statement_ids))
        )
