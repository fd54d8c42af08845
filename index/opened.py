"""An index opened for answering, be it an ordinary one or one in shards: the same to whoever asks it."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.embed import Embeddings, KeptQueries, load_embeddings
from index.errors import IndexUnusable
from index.manifest import VERSIONS, WAREHOUSE, FileEntry, IndexVersion, open_version, read_version
from index.publish import hold
from index.sharded import ShardFile, open_shards
from index.shards import REMEDY, Shard, is_sharded, read_shards, shard_dir
from index.vectors import nearest, open_served, open_vectors
from index.warehouse import Warehouse, open_warehouse

if TYPE_CHECKING:
    from langchain_chroma import Chroma


class OpenedIndex(Protocol):
    """What answering reads, of one version. Thread-safe; nothing of it is removed while it is open."""

    @property
    def version(self) -> str:
        """The name of the version."""

    @property
    def embeddings(self) -> Embeddings:
        """What its vectors were made with."""

    @property
    def warehouse(self) -> Warehouse:
        """Its tables."""

    def files(self) -> Iterator[FileEntry]:
        """What became of each input file."""

    def version_of(self, document_id: str) -> IndexVersion:
        """What holds a document on disk."""

    def subordinate_units(self) -> Mapping[str, Sequence[str]]:
        """The units that each document's tables name as parts of its own."""

    def nearest(self, text: str, count: int) -> list[dict[str, Any]]:
        """What is known of the ``count`` passages nearest to a text in meaning, the nearest first."""


def open_index(index_dir: Path, chroma: str | None = None) -> OpenedIndex:
    """The index that serves; its vectors on the Chroma server ``chroma`` (http://host:port) where one is given.

    Raises IndexUnusable where there is no index, or none that this program can read.
    """
    return _Sharded(index_dir, chroma) if is_sharded(index_dir) else _Ordinary(index_dir, chroma)


def _passages(version: IndexVersion, chroma: str | None, embeddings: Embeddings) -> Chroma:
    if chroma:
        return open_served(chroma, version, embeddings)
    return open_vectors(version.vectors, embeddings)


class _Ordinary:
    """An index of one warehouse and one vector store."""

    def __init__(self, index_dir: Path, chroma: str | None) -> None:
        self._on_disk = open_version(index_dir)
        self._chroma = chroma
        weakref.finalize(self, os.close, hold(self._on_disk.folder))
        self.version = self._on_disk.manifest.version
        self.warehouse = open_warehouse(self._on_disk.warehouse)
        self.subordinate_units = self.warehouse.subordinate_units

    @cached_property
    def embeddings(self) -> Embeddings:
        return KeptQueries(load_embeddings(self._on_disk.manifest.model))

    def files(self) -> Iterator[FileEntry]:
        yield from self._on_disk.manifest.files

    def version_of(self, document_id: str) -> IndexVersion:
        return self._on_disk

    def nearest(self, text: str, count: int) -> list[dict[str, Any]]:
        return nearest([self._passages], self.embeddings.embed_query(text), count)

    @cached_property
    def _passages(self) -> Chroma:
        return _passages(self._on_disk, self._chroma, self.embeddings)


class _Sharded:
    """An index of several ordinary ones, each opened when something is first read from it."""

    def __init__(self, index_dir: Path, chroma: str | None) -> None:
        listed = read_shards(index_dir)
        self.version = listed.version
        self._index_dir = index_dir
        self._chroma = chroma
        self._shards = {shard.name: shard for shard in listed.shards}
        self._held = [held for shard in listed.shards for held in shard.documents]
        self._shard_of = {held.record.document_id: shard.name for shard in listed.shards for held in shard.documents}
        for shard in listed.shards:
            weakref.finalize(self, os.close, self._hold(shard))
        self.warehouse = open_shards(index_dir, {name: self._file(shard) for name, shard in self._shards.items()})
        self._on_disk = lru_cache(maxsize=None)(self._read)
        self._passages = lru_cache(maxsize=None)(self._open_passages)
        self._opening = threading.Lock()

    @cached_property
    def embeddings(self) -> Embeddings:
        return KeptQueries(load_embeddings(next(iter(self._shards.values())).model))

    def files(self) -> Iterator[FileEntry]:
        for name in self._shards:
            yield from self._on_disk(name).manifest.files

    def version_of(self, document_id: str) -> IndexVersion:
        return self._on_disk(self._shard_of[document_id])

    def subordinate_units(self) -> Mapping[str, Sequence[str]]:
        return {held.record.document_id: held.units for held in self._held if held.units}

    def nearest(self, text: str, count: int) -> list[dict[str, Any]]:
        with self._opening:  # of several threads that need a store first one opens it
            stores = [self._passages(name) for name in self._shards]
        return nearest(stores, self.embeddings.embed_query(text), count)

    def _open_passages(self, name: str) -> Chroma:
        return _passages(self._on_disk(name), self._chroma, self.embeddings)

    def _read(self, name: str) -> IndexVersion:
        return read_version(shard_dir(self._index_dir, name), self._shards[name].version)

    def _file(self, shard: Shard) -> ShardFile:
        return ShardFile(self._folder(shard) / WAREHOUSE, tuple(held.record for held in shard.documents))

    def _folder(self, shard: Shard) -> Path:
        return (shard_dir(self._index_dir, shard.name) / VERSIONS / shard.version).absolute()

    def _hold(self, shard: Shard) -> int:
        """Keeps the shard's version. Raises IndexUnusable where that is not there, or not as it was listed."""
        folder = self._folder(shard)
        try:
            if (folder / WAREHOUSE).stat().st_size != shard.warehouse_bytes:
                raise IndexUnusable(f"“{shard.name}”这一片已损坏。", f"请重建这一片：build --shard {shard.name}。")
            return hold(folder)
        except OSError as error:
            told = f"登记的“{shard.name}”这一片（版本 {shard.version}）不在原处。"
            raise IndexUnusable(told, REMEDY) from error
