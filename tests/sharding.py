"""An index that is built already, in shards: each document is taken over as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from index.manifest import MANIFEST, VECTORS, WAREHOUSE, IndexVersion, open_version
from index.publish import new_version
from index.shards import publish_shards, shard_dir
from index.vectors import write_vectors
from index.warehouse import WarehouseWriter, open_warehouse


def split(index_dir: Path, folder: Path, count: int) -> Path:
    """A new index in ``count`` shards below ``folder``, the documents dealt out in turn."""
    version = open_version(index_dir)
    ids = [entry.document_id for entry in version.manifest.documents if entry.document_id]
    for number in range(count):
        _write_shard(shard_dir(folder, f"片-{number}"), version, ids[number::count])
    publish_shards(folder)
    return folder


def _write_shard(index_dir: Path, whole: IndexVersion, ids: Collection[str]) -> None:
    with new_version(index_dir) as folder:
        with WarehouseWriter(folder / WAREHOUSE) as writer:
            writer.copy(whole.warehouse, ids)
        _write_vectors(folder)
        files = tuple(entry for entry in whole.manifest.files if entry.document_id in ids)
        changed = {
            "version": folder.name, "files": files, "warehouse_bytes": (folder / WAREHOUSE).stat().st_size,
        }  # fmt: skip
        (folder / MANIFEST).write_text(whole.manifest.model_copy(update=changed).model_dump_json(), encoding="utf-8")


def _write_vectors(folder: Path) -> None:
    warehouse = open_warehouse(folder / WAREHOUSE)
    chunks: Sequence[object] = warehouse.chunks()
    vectors = warehouse.all_vectors()
    warehouse.close()
    ids, texts = [chunk.chunk_id for chunk in chunks], [chunk.text for chunk in chunks]
    write_vectors(folder / VECTORS, ids, texts, vectors, [{"document_id": c.document_id} for c in chunks])
