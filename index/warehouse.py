"""The warehouse: one DuckDB file. With ``sharded``, the only importer of duckdb.

``WarehouseWriter`` makes a new file, once; ``Warehouse`` reads a finished one, locked against everything but queries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import duckdb
import numpy as np
import numpy.typing as npt

from index.document import Place, Places
from index.errors import BudgetError, IndexUnusable, StorageTrouble
from index.kinds import KINDS
from index.records import (
    RECORD_TYPES,
    ChunkRecord,
    DocumentRecord,
    FactRecord,
    FigureRecord,
    FindingRecord,
    ParagraphRecord,
    PlacesRecord,
    RecognisedPageRecord,
    Record,
    Rows,
    StatementRecord,
    TableRecord,
    document_of,
)
from index.views import view_statements

if TYPE_CHECKING:
    from index.parsed import ParsedDocument

REMEDY: Final = "请重新建立索引：python -m assistant build"

_PLACE_DIGITS: Final = 4
_SCHEMA_FILE: Final = Path(__file__).with_name("warehouse.sql")
_ROWS_AT_ONCE: Final = 1024
MOST_SECONDS: Final = 30
"""How long a query may take."""

BOUNDED: Final[dict[str, str | bool | int | float | list[str]]] = {
    "memory_limit": "512MB",
    "threads": 2,
    "temp_directory": "",
    "max_execution_time": MOST_SECONDS * 1000,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
}
"""What reading may cost, whatever is asked."""

_READ_ONLY: Final = {"enable_external_access": False, "lock_configuration": True, **BOUNDED}

_DAMAGE: Final = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
"""What DuckDB raises for a file that it can't read or write: the file or the disk is at fault, not the statement."""

_OF_THE_FILE: Final = re.compile("^Corrupt database file|Failed to commit: Could not write file")
"""What DuckDB says of a block whose checksum is wrong, and of a commit that a full disk stops: no classes tell them."""

AnyRecord = TypeVar("AnyRecord", bound=Record)


class QueryError(BudgetError):
    """A statement that DuckDB refused or gave up on."""

    def __init__(self, error: duckdb.Error) -> None:
        super().__init__(f"数据仓库没有答复这次查询：{error}", "请再问一次；一直如此就运行 make build 重建索引。")


class QueryTooLarge(BudgetError):
    """A statement that needs more memory or time than a query may take: whether there is an answer isn't known."""

    def __init__(self, bound: Literal["内存", "时间"]) -> None:
        super().__init__(f"这一问要翻的数据太多，超过了查询的{bound}上限。", "请说明是哪些单位、哪一年，分几次问。")


class WriteError(BudgetError):
    """Rows that the warehouse can't take or can't keep; nothing of them was written."""


class WarehouseWriter:
    """Writes a new warehouse, document by document; leaving the ``with`` block completes the file."""

    def __init__(self, path: Path) -> None:
        with _trouble_told():
            self._connection = duckdb.connect(str(path))
            self._connection.execute(_SCHEMA_FILE.read_text(encoding="utf-8"))
        self._statements: dict[str, str] = {}

    def __enter__(self) -> WarehouseWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            self._connection.close()

    def add(self, rows: Rows) -> None:
        """Writes one document whole or not at all. Raises WriteError for one that can't be kept, StorageTrouble."""
        with _trouble_told(), self._transaction():
            for table, records in rows.items():
                self._insert(table, records)

    def copy(self, other: Path, document_ids: Collection[str]) -> None:
        """Takes documents over from another warehouse of the same format, as they are there."""
        location = str(other).replace("'", "''")
        with self._transaction():
            self._connection.execute(f"ATTACH '{location}' AS other (READ_ONLY)")
            for table in RECORD_TYPES:
                self._connection.execute(
                    f"INSERT INTO {table} SELECT * FROM other.{table} WHERE list_contains($1, document_id)",
                    [list(document_ids)],
                )

    def _finish(self) -> None:
        with _trouble_told():
            with self._transaction():
                for statement in view_statements(KINDS.values()):
                    self._connection.execute(statement)
            self._connection.execute("CHECKPOINT")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
            self._connection.execute("COMMIT")
        except (duckdb.Error, UnicodeError) as error:
            with suppress(duckdb.Error):  # a connection that failed fatally has nothing left to take back
                self._connection.rollback()
            raise WriteError(f"写不进数据仓库：{error}") from error

    def _insert(self, table: str, records: Sequence[Record]) -> None:
        """One statement for all rows: the columns go in as lists, which is 100 times faster than row by row."""
        if not records:
            return
        if table not in self._statements:
            self._statements[table] = self._insertion(table)
        names = [field.name for field in fields(records[0])]
        self._connection.execute(self._statements[table], [_to_column(name, records) for name in names])

    def _insertion(self, table: str) -> str:
        types = [row[2] for row in self._connection.execute(f"PRAGMA table_info('{table}')").fetchall()]
        unnested = ", ".join(f"CAST(unnest({_list_parameter(i, t)}) AS {t})" for i, t in enumerate(types, start=1))
        return f"INSERT INTO {table} SELECT {unnested}"


class Warehouse:
    """A finished warehouse, read-only. One connection, one cursor per call: any number of threads may use it."""

    def __init__(self, path: Path) -> None:
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=_READ_ONLY)
        except duckdb.Error as error:
            raise IndexUnusable(f"数据仓库“{path.name}”打不开，可能已损坏：{error}", REMEDY) from error
        self.path = path

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def holding(self, document_ids: Collection[str]) -> Warehouse:
        """What to read these documents from: no more of it than holds them, where it lies in several files."""
        return self

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._connection.cursor() as cursor:
            yield cursor

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The column names and rows of a query."""
        with self._cursor() as cursor:
            try:
                cursor.execute(sql, list(parameters))
                return [column[0] for column in cursor.description or ()], cursor.fetchall()
            except duckdb.Error as error:
                raise self._failure(error) from error

    def execute_apart(
        self, sql: str, parameters: Sequence[object] = (), descending: str | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """As ``execute``, of a query whose rows each tell of one document only.

        An index in shards runs it on one shard after the other, in the memory that one needs. The rows of each shard
        are in the query's order; all are where that is by the column ``descending``, numbers with the largest first.
        """
        return self.execute(sql, parameters)

    def _failure(self, error: duckdb.Error) -> Exception:
        """A damaged file is no matter of the question: it must not end as "there is no such figure"."""
        if _is_damage(error):
            return IndexUnusable(f"数据仓库“{self.path.name}”读不了，可能已损坏：{error}", REMEDY)
        if isinstance(error, duckdb.OutOfMemoryException | duckdb.InterruptException):
            return QueryTooLarge("内存" if isinstance(error, duckdb.OutOfMemoryException) else "时间")
        return QueryError(error)

    def catalogue(self) -> dict[str, dict[str, str]]:
        """The views that questions may use: view to column to type, in the views' own order."""
        _, rows = self.execute(_CATALOGUE_SQL, [list(RECORD_TYPES)])
        catalogue: dict[str, dict[str, str]] = {}
        for view, column, data_type, *_ in rows:
            catalogue.setdefault(view, {})[column] = data_type
        return catalogue

    def comments(self) -> dict[str, dict[str, str]]:
        """What each view and column means: view to column to comment; the view's own comment is under ""."""
        _, rows = self.execute(_CATALOGUE_SQL, [list(RECORD_TYPES)])
        comments: dict[str, dict[str, str]] = {}
        for view, column, _, view_comment, column_comment in rows:
            comments.setdefault(view, {"": view_comment})[column] = column_comment
        return comments

    def count(self, relation: str) -> int:
        """How many rows a table or view has."""
        _, rows = self.execute(f'SELECT count(*) FROM "{relation}"')
        return int(rows[0][0])

    def documents(self) -> tuple[DocumentRecord, ...]:
        """All documents, newest year first."""
        return tuple(sorted(self._read(DocumentRecord, "documents"), key=newest_first))

    def subordinate_units(self) -> dict[str, tuple[str, ...]]:
        """The units that each document's tables name as parts of its own, by document."""
        return {document_id: tuple(units) for document_id, units in self.execute(_UNITS_SQL)[1]}

    def tables(self, document_id: str | None = None) -> tuple[TableRecord, ...]:
        """All tables, or one document's, in each document's order."""
        return self._read_of(TableRecord, "tables", "position", document_id)

    def tables_with(self, table_ids: Collection[str]) -> tuple[TableRecord, ...]:
        """The tables with these ids."""
        holding = self.holding(list(map(document_of, table_ids)))
        return holding._read(TableRecord, "tables WHERE table_id IN $1", [list(table_ids)])

    def contradictions(self, document_ids: Collection[str]) -> tuple[FindingRecord, ...]:
        """The checks of these documents that don't hold."""
        source = "findings WHERE result = 'differs' AND document_id IN $1 ORDER BY document_id, rowid"
        return self.holding(document_ids)._read(FindingRecord, source, [list(document_ids)])

    def table(self, table_id: str) -> TableRecord | None:
        """One table, None where there is no such."""
        return next(iter(self.tables_with([table_id])), None)

    def figures_of_row(self, row_id: str) -> tuple[FigureRecord, ...]:
        """The cells of a printed row, left to right."""
        return self._read_about(FigureRecord, row_id, "figures WHERE row_id = $1 ORDER BY column_no")

    def worded_cells(self, document_id: str) -> tuple[FigureRecord, ...]:
        """The cells of a document that hold words."""
        condition = "WHERE document_id = $1 AND value_type = 'text' ORDER BY table_id, row_no, column_no"
        return self._read_about(FigureRecord, document_id, f"figures {condition}")

    def paragraphs(self, document_id: str | None = None) -> tuple[ParagraphRecord, ...]:
        """All paragraphs, or one document's, in each document's order."""
        return self._read_of(ParagraphRecord, "paragraphs", "position", document_id)

    def paragraph(self, paragraph_id: str) -> ParagraphRecord | None:
        """One paragraph, None where there is no such."""
        return next(iter(self._read_about(ParagraphRecord, paragraph_id, "paragraphs WHERE paragraph_id = $1")), None)

    def statements(self, document_id: str | None = None) -> tuple[StatementRecord, ...]:
        """All figures that prose states, or one document's, in each document's order."""
        return self._read_of(StatementRecord, "statements", "rowid", document_id)

    def facts(self, document_id: str | None = None) -> tuple[FactRecord, ...]:
        """All cells and stated values with their coordinates, or one document's: tables first, then prose."""
        return self._read_of(FactRecord, "facts", "rowid", document_id)

    def findings(self, document_id: str | None = None) -> tuple[FindingRecord, ...]:
        """The results of all checks, or of one document's, in each document's order."""
        return self._read_of(FindingRecord, "findings", "rowid", document_id)

    def chunks(self, document_id: str | None = None) -> tuple[ChunkRecord, ...]:
        """All embedded passages, or one document's, in each document's order."""
        return self._read_of(ChunkRecord, "chunks", "rowid", document_id)

    def places(self, part_id: str) -> tuple[tuple[Places, ...], ...]:
        """Where the cells of a table or the lines of a paragraph are printed; empty where the format has no pages."""
        read = self._read_about(PlacesRecord, part_id, "places WHERE part_id = $1")
        return read[0].places if read else ()

    def recognised_pages(self, document_id: str) -> dict[tuple[str, int], int]:
        """The files and pages of a document that were read by recognising their pictures, and how they were turned."""
        records = self._read_about(RecognisedPageRecord, document_id, "recognised_pages WHERE document_id = $1")
        return {(record.file, record.page): record.turn for record in records}

    def vectors(self, document_id: str | None = None) -> tuple[list[float], ...]:
        """The vectors of ``chunks``, in the same order."""
        condition, parameters = _of_document(document_id)
        sql = f"SELECT vector FROM chunks {condition} ORDER BY document_id, rowid"
        return tuple(vector for (vector,) in self._about(document_id).execute(sql, parameters)[1])

    def all_vectors(self) -> npt.NDArray[np.float32]:
        """The vectors of all ``chunks``, a row for each: lists of numbers take ten times the memory."""
        with self._cursor() as cursor:
            try:
                cursor.execute("SELECT vector FROM chunks ORDER BY document_id, rowid")
                parts = [np.asarray([vector for (vector,) in rows], np.float32) for rows in _batches(cursor)]
            except duckdb.Error as error:
                raise self._failure(error) from error
        return np.concatenate(parts) if parts else np.empty((0, 0), np.float32)

    def _read_of(
        self, record_type: type[AnyRecord], table: str, order: str, document_id: str | None
    ) -> tuple[AnyRecord, ...]:
        condition, parameters = _of_document(document_id)
        source = f"{table} {condition} ORDER BY document_id, {order}"
        found = self._about(document_id)._read(record_type, source, parameters)
        return tuple(sorted(found, key=attrgetter("document_id")))  # of several shards each was in order

    def _read_about(self, record_type: type[AnyRecord], identifier: str, source: str) -> tuple[AnyRecord, ...]:
        """The records of a source whose only parameter is ``identifier``: a document's, or that of a part of one."""
        return self._about(document_of(identifier))._read(record_type, source, [identifier])

    def _about(self, document_id: str | None) -> Warehouse:
        return self if document_id is None else self.holding([document_id])

    def _read(
        self, record_type: type[AnyRecord], source: str, parameters: Sequence[object] = ()
    ) -> tuple[AnyRecord, ...]:
        columns = [field.name for field in fields(record_type) if field.name != "vector"]
        _, rows = self.execute_apart(f"SELECT {', '.join(columns)} FROM {source}", parameters)
        return tuple(record_type(*map(_from_value, columns, row)) for row in rows)


def newest_first(record: DocumentRecord) -> tuple[bool, int, str, str]:
    """The key that puts documents in order: the newest year first, those of no year last."""
    return record.year is None, -(record.year or 0), record.unit_name, record.document_id


@contextmanager
def _trouble_told() -> Iterator[None]:
    """A disk that is full or fails is nobody's document's fault: the whole build stops, and the old index serves on."""
    try:
        yield
    except (WriteError, duckdb.Error) as error:
        cause = error.__cause__ if isinstance(error, WriteError) else error
        if not _is_damage(cause):
            raise
        raise StorageTrouble(f"数据仓库写不下去：{cause}", "旧索引照常使用；请检查磁盘空间，再建一次。") from error


def _is_damage(error: BaseException | None) -> bool:
    return isinstance(error, _DAMAGE) or bool(_OF_THE_FILE.search(str(error)))


def _batches(cursor: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield rows


_UNITS_SQL: Final = """
    SELECT document_id, list(DISTINCT name ORDER BY name) FROM (
        SELECT document_id, subordinate_unit AS name FROM figures WHERE subordinate_unit <> ''
        UNION ALL
        SELECT document_id, regexp_replace(row_label, '^[0-9]+[-_ ]*', '')
        FROM figures JOIN documents USING (document_id)
        WHERE NOT is_total AND coalesce(code_system, '单位') = '单位' AND region <> '' AND contains(row_label, region)
    ) GROUP BY document_id ORDER BY document_id"""

_CATALOGUE_SQL: Final = """
    SELECT v.view_name, c.column_name, c.data_type, v.comment, c.comment
    FROM duckdb_views() v JOIN duckdb_columns() c ON c.table_oid = v.view_oid AND c.database_oid = v.database_oid
    WHERE NOT v.internal AND v.database_name = current_database() AND v.schema_name = current_schema()
        AND NOT list_contains($1, v.view_name)
    ORDER BY v.view_oid, c.column_index"""


def _of_document(document_id: str | None) -> tuple[str, list[object]]:
    """A condition on the document and its parameters; none for all documents."""
    return ("", []) if document_id is None else ("WHERE document_id = $1", [document_id])


def write_warehouse(path: Path, documents: Iterable[ParsedDocument]) -> None:
    """A new warehouse of ``documents``. Raises WriteError for one that can't be stored."""
    # Readers start faster without the cleaning code behind this import.
    from index.parsed import rows_of

    with WarehouseWriter(path) as writer:
        for parsed in documents:
            writer.add(rows_of(parsed))


def open_warehouse(path: Path) -> Warehouse:
    """The finished warehouse at ``path``. Raises IndexUnusable."""
    if not path.is_file():
        raise IndexUnusable(f"没有数据仓库“{path.name}”。", REMEDY)
    return Warehouse(path)


def _to_column(name: str, records: Sequence[Record]) -> list[object]:
    values = map(attrgetter(name), records)
    if name == "grid":
        return [json.dumps(value, ensure_ascii=False) for value in values]
    if name == "places":
        return [json.dumps(value, default=_numbers, separators=(",", ":")) for value in values]
    return [_plain(value) if isinstance(value, (Decimal, tuple)) else value for value in values]


def _plain(value: Decimal | tuple[object, ...]) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else list(value)


def _numbers(place: Place) -> list[float]:
    return [place.page, *(round(edge, _PLACE_DIGITS) for edge in (place.left, place.top, place.right, place.bottom))]


def _from_value(column: str, value: Any) -> Any:
    if column == "grid":
        return tuple(tuple(row) for row in json.loads(value))
    if column == "places":
        return tuple(tuple(tuple(Place(*each) for each in cell) for cell in row) for row in json.loads(value))
    return tuple(value) if isinstance(value, list) else value


def _list_parameter(position: int, column_type: str) -> str:
    """Decimals travel as text: in a list DuckDB would give all of them the scale of one."""
    exact = column_type.startswith("DECIMAL") or column_type == "JSON"
    return f"${position}::{'VARCHAR' if exact else column_type}[]"
