"""The vector store: a Chroma folder, written once and then only read. The only importer of Chroma.

A folder never changes after it was written: a second writer or a killed one would corrupt it. Each build writes a new
one, and what it holds is in the warehouse as well, so it is rebuilt from there without embedding again. Chroma itself
never embeds: vectors are given to it, and its own default embedder would download a model.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from index.embed import Embeddings
from index.errors import IndexUnusable, StorageTrouble
from index.manifest import VECTORS, IndexVersion
from index.warehouse import open_warehouse

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from langchain_chroma import Chroma

COLLECTION: Final = "chunks"

_DATABASE: Final = "chroma.sqlite3"
_PROBES: Final = 10
_PLACE: Final = "index"
"""What a collection on a server says: the folder of the index's versions that it is one of."""

_SERVER_REMEDY: Final = "请检查 BUDGET_CHROMA 指的 Chroma 服务。"
_AT_ONCE: Final = 1_000
"""Passages that are sent to a server at a time: it takes no more than some megabytes."""

_REMEDY: Final = "请重新建索引：python -m assistant build"


def write_vectors(
    folder: Path,
    ids: Sequence[str],
    texts: Sequence[str],
    vectors: Sequence[Sequence[float]] | npt.NDArray[np.float32],
    metadatas: Sequence[Mapping[str, Any]],
) -> None:
    """Write a new store. ``folder`` must not hold one yet; empty metadata values are left out.

    Raises StorageTrouble where it can't be written.
    """
    if (folder / _DATABASE).exists():
        raise IndexUnusable(f"目录里已有向量库：{folder}", "请写到一个新目录。")
    columns = (ids, texts, vectors, metadatas)
    if len({len(column) for column in columns}) > 1:
        raise ValueError(f"columns of different length: {[len(column) for column in columns]}")
    with _trouble_told(), _client(folder) as client:
        collection = client.create_collection(
            COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        for start in range(0, len(ids), client.get_max_batch_size()):
            batch = slice(start, start + client.get_max_batch_size())
            collection.add(
                ids=list(ids[batch]),
                documents=list(texts[batch]),
                embeddings=np.asarray(vectors[batch], dtype=np.float32),
                metadatas=[_metadata(metadata) for metadata in metadatas[batch]],
            )


def nearest(stores: Iterable[Chroma], vector: Sequence[float], count: int) -> list[dict[str, Any]]:
    """What is known of the passages nearest to a vector in all stores, the nearest first, ``count`` at most.

    Raises IndexUnusable for a damaged store.
    """
    found: list[tuple[float, str, dict[str, Any]]] = []
    with _damage_explained(Path(VECTORS)):
        for store in stores:
            passages = store.similarity_search_by_vector_with_relevance_scores(list(vector), k=count)
            found += [(distance, passage.id or "", passage.metadata) for passage, distance in passages]
    return [metadata for *_, metadata in sorted(found, key=lambda each: each[:2])[:count]]


def open_vectors(folder: Path, embeddings: Embeddings) -> Chroma:
    """The store as a LangChain vector store; queries are embedded by ``embeddings``."""
    from langchain_chroma import Chroma

    _require(folder)
    with _damage_explained(folder):
        return Chroma(
            COLLECTION,
            embedding_function=cast("Any", embeddings),
            client=_open(folder),
            create_collection_if_not_exists=False,
        )


def open_served(address: str, version: IndexVersion, embeddings: Embeddings) -> Chroma:
    """A version's store on a Chroma server (http://host:port), filled from the version's warehouse where it isn't yet.

    Several may do that at once: they write the same. Raises IndexUnusable where the server doesn't answer.
    """
    from langchain_chroma import Chroma

    name, place = version.folder.name, version.folder.parent
    with _damage_explained(version.folder):
        client = _connect(address)
        collection = client.get_or_create_collection(
            name,
            configuration={"hnsw": {"space": "cosine"}},
            embedding_function=None,
            metadata={_PLACE: str(place.resolve())},
        )
        if collection.count() != sum(entry.counts.chunks for entry in version.manifest.documents):
            _fill(collection, version)
            _forget_others(client, place)
        return Chroma(
            name,
            embedding_function=cast("Any", embeddings),
            client=cast("Any", client),
            create_collection_if_not_exists=False,
        )


def _forget_others(client: ClientAPI, place: Path) -> None:
    """Takes from the server the versions of this index that are not on disk any more."""
    for collection in client.list_collections():
        is_own = (collection.metadata or {}).get(_PLACE) == str(place.resolve())
        if is_own and not (place / collection.name).exists():
            client.delete_collection(collection.name)


def _fill(collection: Collection, version: IndexVersion) -> None:
    warehouse = open_warehouse(version.warehouse)
    try:
        chunks, vectors = warehouse.chunks(), warehouse.all_vectors()
    finally:
        warehouse.close()
    for start in range(0, len(chunks), _AT_ONCE):
        batch = chunks[start : start + _AT_ONCE]
        collection.upsert(
            ids=[chunk.chunk_id for chunk in batch],
            documents=[chunk.text for chunk in batch],
            embeddings=vectors[start : start + _AT_ONCE],
            metadatas=[{"document_id": chunk.document_id} for chunk in batch],
        )


def check_vectors(folder: Path) -> int:
    """How many vectors the store holds. Raises IndexUnusable where it can't be read or finds less than it holds."""
    _require(folder)
    with _damage_explained(folder), _client(folder) as client:
        collection = client.get_collection(COLLECTION, embedding_function=None)
        count = collection.count()
        if count and not _finds_itself(collection, min(count, _PROBES)):
            raise IndexUnusable(f"向量库不完整：{folder}", _REMEDY)
        return count


def _finds_itself(collection: Collection, wanted: int) -> bool:
    """Whether a stored vector finds itself and as many others as there are: a lost segment file answers with fewer."""
    stored = collection.get(limit=1, include=["embeddings"])["embeddings"]
    if stored is None or not len(stored):
        return False
    probe = np.asarray(stored[:1], dtype=np.float32)
    found = collection.query(query_embeddings=probe, n_results=wanted, include=["distances"])
    distances = (found["distances"] or [[]])[0]
    return len(distances) == wanted and distances[0] < 1e-3


def _metadata(values: Mapping[str, Any]) -> dict[str, Any]:
    """Chroma takes lists, but no tuples, no None and no empty list."""
    lists = {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
    return {key: value for key, value in lists.items() if value is not None and value != []}


def _require(folder: Path) -> None:
    if not (folder / _DATABASE).is_file():
        raise IndexUnusable(f"没有向量库：{folder}", _REMEDY)


def _open(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    return cast("Client", chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False)))


def _connect(address: str) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    at = urlsplit(address)
    is_secure = at.scheme == "https"
    try:
        return chromadb.HttpClient(
            at.hostname or "",
            at.port or (443 if is_secure else 80),
            ssl=is_secure,
            settings=Settings(anonymized_telemetry=False),
        )
    except ValueError as error:  # what Chroma makes of a refused connection
        raise IndexUnusable(f"向量库的服务“{address}”没有答复：{error}", _SERVER_REMEDY) from error


@contextmanager
def _client(folder: Path) -> Iterator[Client]:
    client = _open(folder)
    try:
        yield client
    finally:
        client.close()


@contextmanager
def _trouble_told() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, sqlite3.Error) as error:
        raise StorageTrouble(f"向量库写不下去：{error}", "旧索引照常使用；请检查磁盘空间，再建一次。") from error


@contextmanager
def _damage_explained(folder: Path) -> Iterator[None]:
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    # AttributeError: what Chroma's own clean-up stumbles over when a database is too broken to be opened.
    damage = (ChromaError, sqlite3.Error, OSError, ValueError, KeyError, RuntimeError, AttributeError)
    try:
        yield
    except HTTPError as error:
        raise IndexUnusable(f"向量库的服务没有答复：{error}", _SERVER_REMEDY) from error
    except damage as error:
        raise IndexUnusable(f"向量库损坏：{folder}（{type(error).__name__}）", _REMEDY) from error
