"""The opened index: its documents, each loaded when a question is about it, and the source of every figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from assistant.catalog import DocumentCatalog
from assistant.common import load_common_catalog
from assistant.contents import DocumentContents
from assistant.kept import Kept
from assistant.originals import Originals
from index.opened import open_index
from index.records import (
    DocumentRecord,
    FigureRecord,
    FindingRecord,
    ParagraphRecord,
    StatementRecord,
    TableRecord,
    document_of,
)

_MOST_OPEN: Final = 24
"""Documents kept in memory at a time; one takes some megabytes."""

_MOST_TABLES: Final = 2_000
_MOST_ROWS: Final = 2_000
"""Of tables, with their cells: one question reads the same ones several times."""

_MOST_WORDS: Final = 500
_MOST_QUERIES: Final = 256
_MOST_TEXTS: Final = 256
_NEAREST: Final = 100
"""Passages that a search over all documents looks at."""

_TEXTS_SQL: Final = """(
    SELECT document_id, regexp_replace(text, '\\s', '', 'g') AS text FROM paragraphs
    UNION ALL SELECT document_id, title FROM tables
    UNION ALL SELECT DISTINCT document_id, row_label FROM figures
    UNION ALL SELECT document_id, printed FROM figures WHERE value_type = 'text')"""
_FIGURE_FIELDS: Final = ", ".join(FigureRecord.__slots__)


class Library:
    """Everything that answering reads. Thread-safe; what a document holds is loaded when first asked for."""

    def __init__(self, index_dir: Path, chroma: str | None = None) -> None:
        self._index = index = open_index(index_dir, chroma)
        self.version = index.version
        self.warehouse = index.warehouse
        self.originals = Originals(index.version_of, self.warehouse)
        self._tables = Kept(_MOST_TABLES, self._read_tables)
        self._rows = Kept(_MOST_ROWS, self._read_rows)
        self._holders = Kept(_MOST_WORDS, self._read_holders)
        self._contradictions = Kept(_MOST_TABLES, self._read_contradictions)
        self._queried = lru_cache(maxsize=_MOST_QUERIES)(self._query)
        self.nearest_documents = lru_cache(maxsize=_MOST_TEXTS)(self._nearest_documents)
        self.contents = lru_cache(maxsize=_MOST_OPEN)(self._open)
        self.recognised_pages = lru_cache(maxsize=None)(self.warehouse.recognised_pages)

    def _open(self, document_id: str) -> DocumentContents:
        """What one document holds."""
        warehouse = self.warehouse.holding([document_id])
        return DocumentContents(warehouse, self.documents[document_id], self._index.embeddings)

    def open_newest(self) -> None:
        """Reads the catalogues of the newest documents, as many as are kept, and the one of all documents."""
        for document_id in islice(self.documents, _MOST_OPEN):
            self.catalog(document_id)
        _ = self.common

    @cached_property
    def documents(self) -> dict[str, DocumentRecord]:
        """All documents by id, newest year first."""
        return {record.document_id: record for record in self.warehouse.documents()}

    @cached_property
    def units(self) -> Mapping[str, Sequence[str]]:
        """The subordinate units that each document's tables name."""
        return self._index.subordinate_units()

    def catalog(self, document_id: str) -> DocumentCatalog:
        """The semantic layer over one document."""
        return self.contents(document_id).catalog

    @cached_property
    def common(self) -> DocumentCatalog:
        """What questions over all documents may name."""
        return load_common_catalog(self.warehouse)

    def holders(self, words: Sequence[str]) -> list[frozenset[str]]:
        """For each word the documents that print it, in a sentence, a table's title, a row's name or a text cell.

        Latin letters in the words are small ones, and meet capitals too.
        """
        held = self._holders.of(words)
        return [held[word] for word in words]

    def _read_holders(self, words: list[str]) -> dict[str, frozenset[str]]:
        texts = ("lower(text)" if any(map(str.isascii, word)) else "text" for word in words)
        tests = ", ".join(f"bool_or(contains({text}, ${number}))" for number, text in enumerate(texts, start=1))
        sql = f"SELECT document_id, {tests} FROM {_TEXTS_SQL} GROUP BY document_id"
        rows = self.warehouse.execute_apart(sql, words)[1]
        return {word: frozenset(row[0] for row in rows if row[number]) for number, word in enumerate(words, start=1)}

    def printing(self, word: str) -> frozenset[str]:
        """The documents that print a word."""
        return self.holders([word])[0]

    def _nearest_documents(self, text: str) -> tuple[str, ...]:
        """The documents with the passages nearest to ``text`` in meaning, the nearest first.

        A search over all documents is what the vector index is fast at; within one document, ``contents`` compares
        its few hundred vectors one by one, which is exact and faster than a filtered search.
        """
        found = self._index.nearest(text, _NEAREST)
        return tuple(dict.fromkeys(passage["document_id"] for passage in found))

    def query(self, sql: str, document_ids: Iterable[str]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The column names and the rows of a query about these documents; not to be changed. Raises QueryError.

        Of several documents each row tells of one; where the query has an order, it is by 数值, the largest first.
        """
        return self._queried(sql, frozenset(document_ids))

    def _query(self, sql: str, document_ids: frozenset[str]) -> tuple[list[str], list[tuple[Any, ...]]]:
        return self.warehouse.holding(document_ids).execute_apart(sql, descending="数值")

    def table(self, table_id: str) -> TableRecord:
        """One table of any document."""
        return self.tables([table_id])[table_id]

    def tables(self, table_ids: Collection[str]) -> dict[str, TableRecord]:
        """Tables of any documents, by id; those not seen before in one query."""
        return self._tables.of(table_ids)

    def _read_tables(self, table_ids: list[str]) -> dict[str, TableRecord]:
        return {record.table_id: record for record in self.warehouse.tables_with(table_ids)}

    def paragraph(self, paragraph_id: str) -> ParagraphRecord:
        """One paragraph of any document."""
        return self.contents(document_of(paragraph_id)).paragraphs[paragraph_id]

    def statement(self, statement_id: str) -> StatementRecord:
        """One figure that some document's prose states."""
        return self.contents(document_of(statement_id)).statements[statement_id]

    def figures(self, row_ids: Collection[str]) -> dict[str, list[FigureRecord]]:
        """The cells of these rows, by row id."""
        return {row_id: list(cells) for row_id, cells in self._rows.of(row_ids).items()}

    def cells_of_amount(self, document_id: str, yuan: Decimal) -> list[FigureRecord]:
        """The cells of a document that print an amount, in the order of its tables."""
        sql = f"SELECT {_FIGURE_FIELDS} FROM figures WHERE document_id = $1 AND amount_yuan = $2 ORDER BY figure_id"
        return [FigureRecord(*e) for e in self.warehouse.holding([document_id]).execute(sql, [document_id, yuan])[1]]

    def _read_rows(self, row_ids: list[str]) -> dict[str, list[FigureRecord]]:
        found: dict[str, list[FigureRecord]] = {row_id: [] for row_id in row_ids}
        sql = f"""SELECT {_FIGURE_FIELDS} FROM figures WHERE document_id IN $1 AND row_id IN $2
                  ORDER BY row_id, column_no"""
        documents = list({document_of(row_id) for row_id in row_ids})
        for entry in self.warehouse.holding(documents).execute_apart(sql, [documents, row_ids])[1]:
            figure = FigureRecord(*entry)
            found[figure.row_id].append(figure)
        return found

    def contradictions_about(
        self, figure_ids: Iterable[str], statement_ids: Iterable[str]
    ) -> tuple[FindingRecord, ...]:
        """The contradictions that read one of these cells or sentences."""
        figures, statements = set(figure_ids), set(statement_ids)
        documents = sorted({document_of(each) for each in figures | statements})
        return tuple(
            finding
            for findings in self._contradictions.of(documents).values()
            for finding in findings
            if figures & set(finding.figure_ids) or statements & set(finding.statement_ids)
        )

    def _read_contradictions(self, document_ids: list[str]) -> dict[str, list[FindingRecord]]:
        found: dict[str, list[FindingRecord]] = {document_id: [] for document_id in document_ids}
        for finding in self.warehouse.contradictions(document_ids):
            found[finding.document_id].append(finding)
        return found

    def confirmed(self, ids: Iterable[str]) -> frozenset[str]:
        """Which of these cells and stated figures some check reads that holds.

        Of a sentence with several figures that is told of none: the check may have read another one.
        """
        wanted = set(ids)
        held: set[str] = set()
        for contents in map(self.contents, {document_of(each) for each in wanted}):
            for finding in (each for each in contents.findings if each.result == "holds"):
                held.update(finding.figure_ids)
                held.update(each for each in finding.statement_ids if _states_one_figure(contents.statements[each]))
        return frozenset(held & wanted)


def _states_one_figure(statement: StatementRecord) -> bool:
    more = (statement.earlier_yuan, statement.change_yuan, statement.percent, statement.share_percent, statement.number)
    return statement.amount_yuan is not None and all(each is None for each in (*more, statement.budget_yuan))
