"""The warehouses of several shards, read as one. With ``warehouse``, the only importer of duckdb.

One DuckDB, in memory and empty, to which a shard's file is attached when it is first read. What is asked of documents
of one shard is asked of that file; what is asked of several, of one file after the other, or where it puts documents
together of views that put the files' tables end to end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from index.errors import IndexUnusable
from index.records import RECORD_TYPES, DocumentRecord
from index.warehouse import BOUNDED, MOST_SECONDS, REMEDY, QueryTooLarge, Warehouse, newest_first

_BESIDE: Final = ("", ".wal")
"""What DuckDB looks at when it opens a file: the file, and whether there is a log beside it."""

_MOST_TOGETHER: Final = 64
"""Sets of shards that have views of their own; what is asked of another set is asked of all shards."""

_VIEWS_SQL: Final = """
    SELECT sql FROM duckdb_views() WHERE NOT internal AND database_name = $1 ORDER BY view_oid"""


@dataclass(frozen=True, slots=True)
class ShardFile:
    """A shard's warehouse and the documents that it holds."""

    path: Path
    documents: tuple[DocumentRecord, ...]


class ShardedWarehouse(Warehouse):
    """What ``names`` of some shards hold, to be read as one warehouse. Any number of threads may use it."""

    def __init__(self, files: _Files, names: frozenset[str]) -> None:
        self._files = files
        self._names = names
        self.path = files.folder

    def close(self) -> None:
        """Lets go of all files."""
        self._files.close()

    def holding(self, document_ids: Collection[str]) -> Warehouse:
        """The shards that hold these documents; all where they are of all, or of none."""
        names = self._files.holding(document_ids)
        return ShardedWarehouse(self._files, names) if names and names != self._names else self

    def documents(self) -> tuple[DocumentRecord, ...]:
        """All documents, newest year first; known without reading any file."""
        return self._files.documents(self._names)

    def count(self, relation: str) -> int:
        """How many rows a table or view has."""
        return len(self.documents()) if relation == "documents" else super().count(relation)

    def execute_apart(
        self, sql: str, parameters: Sequence[object] = (), descending: str | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The rows of each shard, one shard after the other; together no longer than a query may take."""
        until = time.monotonic() + MOST_SECONDS
        columns: list[str] = []
        found: list[tuple[Any, ...]] = []
        for name in sorted(self._names):
            if time.monotonic() > until:
                raise QueryTooLarge("时间")
            columns, rows = ShardedWarehouse(self._files, frozenset({name})).execute(sql, parameters)
            found += rows
        if descending is not None and len(self._names) > 1:
            place = columns.index(descending)
            found.sort(key=lambda row: (row[place] is None, -(row[place] or 0)))
        return columns, found

    @property
    def opened(self) -> frozenset[str]:
        """The shards whose files are open."""
        return frozenset(self._files.attached)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._files.reading(self._names) as cursor:
            yield cursor


class _Files:
    """The files of all shards, each attached when it is first read; and the views over several of them."""

    def __init__(self, folder: Path, shards: Mapping[str, ShardFile]) -> None:
        self.folder = folder
        self._shards = shards
        self._shard_of = {d.document_id: name for name, shard in shards.items() for d in shard.documents}
        self._numbers = {name: number for number, name in enumerate(shards, 1)}
        self.attached: dict[str, str] = {}
        self._together: dict[frozenset[str], str] = {}
        self._lock = threading.Lock()
        self._connection = _locked_connection(shard.path for shard in shards.values())

    def close(self) -> None:
        self._connection.close()

    def holding(self, document_ids: Collection[str]) -> frozenset[str]:
        return frozenset(self._shard_of[each] for each in document_ids if each in self._shard_of)

    def documents(self, names: frozenset[str]) -> tuple[DocumentRecord, ...]:
        records = (record for name in names for record in self._shards[name].documents)
        return tuple(sorted(records, key=newest_first))

    @contextmanager
    def reading(self, names: frozenset[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for which the tables and views are those of these shards."""
        with self._lock:
            try:
                schema = self._schema(names)
            except duckdb.Error as error:
                told = f"“{self.folder}”的几片合不到一起读，可能有损坏的：{error}"
                raise IndexUnusable(told, REMEDY) from error
        with self._connection.cursor() as cursor:
            cursor.execute(f"USE {schema}")
            yield cursor

    def _schema(self, names: frozenset[str]) -> str:
        attached = [self._attach(name) for name in sorted(names)]
        if len(attached) == 1:
            return attached[0]
        if names not in self._together and len(self._together) >= _MOST_TOGETHER:
            names = frozenset(self._shards)
            attached = [self._attach(name) for name in sorted(names)]
        if names not in self._together:
            self._together[names] = self._put_together(f"memory.together{len(self._together)}", attached)
        return self._together[names]

    def _attach(self, name: str) -> str:
        if name not in self.attached:
            alias = f"shard{self._numbers[name]}"
            try:
                self._connection.execute(f"ATTACH {_text(str(self._shards[name].path))} AS {alias} (READ_ONLY)")
            except duckdb.Error as error:
                raise IndexUnusable(f"“{name}”这一片的数据仓库打不开，可能已损坏：{error}", REMEDY) from error
            self.attached[name] = alias
        return self.attached[name]

    def _put_together(self, schema: str, attached: Sequence[str]) -> str:
        """The tables of several files end to end, and the files' own views over them."""
        with self._connection.cursor() as cursor:
            cursor.execute("BEGIN")  # all views or none
            cursor.execute(f"CREATE SCHEMA {schema}")
            cursor.execute(f"USE {schema}")
            for table in RECORD_TYPES:
                parts = " UNION ALL ".join(f"SELECT rowid, * FROM {alias}.{table}" for alias in attached)
                cursor.execute(f"CREATE VIEW {table} AS {parts}")
            for (statement,) in cursor.execute(_VIEWS_SQL, [attached[0]]).fetchall():
                cursor.execute(statement)
            cursor.execute("COMMIT")
        return schema


def open_shards(folder: Path, shards: Mapping[str, ShardFile]) -> ShardedWarehouse:
    """The warehouses of a folder's shards as one, by the shards' names; no file is opened yet."""
    return ShardedWarehouse(_Files(folder, shards), frozenset(shards))


def _locked_connection(paths: Iterable[Path]) -> duckdb.DuckDBPyConnection:
    """An empty database to which these files can be attached, and nothing else can be read or written."""
    allowed = ", ".join(_text(f"{path}{ending}") for path in paths for ending in _BESIDE)
    connection = duckdb.connect(":memory:", config=BOUNDED)
    connection.execute(f"SET allowed_paths = [{allowed}]")  # can be set only once the database is open
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _text(literal: str) -> str:
    return "'" + literal.replace("'", "''") + "'"
