"""Documents to an index: parse, embed, write a new version beside the old one, check it, switch to it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from index.chunk import embedded_text
from index.embed import DEFAULT_MODEL, load_embeddings
from index.errors import BudgetError, DocumentError, IndexUnusable
from index.inputs import EXTENSIONS, InputFile, collect
from index.manifest import (
    MANIFEST,
    VECTORS,
    WAREHOUSE,
    FileEntry,
    IndexVersion,
    Manifest,
    format_version,
    open_version,
    parser_version,
)
from index.parse import Parsing, Problem, parse_files
from index.parsed import ParsedDocument, rows_of
from index.publish import locked, new_version
from index.vectors import check_vectors, write_vectors
from index.warehouse import WarehouseWriter, WriteError, open_warehouse

_BATCH: Final = 16
_TOLD: Final = 3

Stage = Literal["parse", "embed", "vectors", "check"]


@dataclass(frozen=True, slots=True)
class BuildEvent:
    """One step of a build: ``done`` of ``total`` files, or chunks of one file while embedding; ``text`` is Chinese."""

    stage: Stage
    done: int
    total: int
    text: str
    is_problem: bool = False


Progress = Callable[[BuildEvent], None]


def build(
    paths: Sequence[Path],
    index_dir: Path,
    *,
    progress: Progress | None = None,
    model: str = DEFAULT_MODEL,
    processes: int | None = None,
) -> Manifest:
    """Builds an index of the files and folders ``paths`` and makes it the one that serves.

    Until the last moment the old index serves. Files that can't be used are told in the manifest and through
    ``progress``. Raises DocumentError where no file is usable, BudgetError where ``index_dir`` can't be written or
    is being built.
    """
    try:
        with locked(index_dir):
            return _build(paths, index_dir, progress or (lambda event: None), model, processes or _processors())
    except OSError as error:
        raise BudgetError(
            f"建不成索引“{index_dir}”：{error.strerror or error}。", "请检查磁盘空间和目录权限。"
        ) from error


def _build(paths: Sequence[Path], index_dir: Path, progress: Progress, model: str, processes: int) -> Manifest:
    files = collect(paths)
    if not files:
        raise BudgetError(
            f"没有找到文件：{'、'.join(map(str, paths))}。", f"可放入的文件：{' '.join(sorted(EXTENSIONS))}"
        )
    old = _reusable_version(index_dir, model)
    with new_version(index_dir) as folder:
        entries = _write_warehouse(folder / WAREHOUSE, files, old, model, progress, processes)
        if all(entry.error for entry in entries):
            raise DocumentError("没有一个文件能用。" + "".join(entry.error or "" for entry in entries[:_TOLD]))
        _write_vectors(folder, progress)
        _check(folder, entries, progress)
        manifest = Manifest(
            version=folder.name,
            format=format_version(),
            parser=parser_version(),
            model=model,
            created=datetime.now().astimezone(),
            warehouse_bytes=(folder / WAREHOUSE).stat().st_size,
            files=entries,
        )
        (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    return manifest


def _reusable_version(index_dir: Path, model: str) -> IndexVersion | None:
    """The version that serves, if its documents would be read and embedded the same way today."""
    try:
        old = open_version(index_dir)
    except IndexUnusable:
        return None
    return old if (old.manifest.parser, old.manifest.model) == (parser_version(), model) else None


def _write_warehouse(
    path: Path, files: Sequence[InputFile], old: IndexVersion | None, model: str, progress: Progress, processes: int
) -> tuple[FileEntry, ...]:
    """Writes the warehouse; returns what became of each file."""
    entries = {file.path: _duplicate(file) for file in files if file.same_as}
    with WarehouseWriter(path) as writer:
        entries |= _take_over(writer, [file for file in files if not file.same_as], old)
        fresh = [file.path for file in files if file.path not in entries]
        for done, (file, parsing) in enumerate(parse_files(fresh, processes), start=1):
            entries[file] = entry = _add(writer, file, parsing, model, progress)
            progress(BuildEvent("parse", done, len(fresh), _told(entry), is_problem=entry.error is not None))
    return tuple(entries[file.path] for file in files)


def _duplicate(file: InputFile) -> FileEntry:
    problem = f"“{file.path.name}”与“{file.same_as.name if file.same_as else ''}”内容完全相同，只收一份。"
    return FileEntry(file=str(file.path), sha256=file.sha256, error=problem)


def _take_over(writer: WarehouseWriter, files: Sequence[InputFile], old: IndexVersion | None) -> dict[Path, FileEntry]:
    """Copies unchanged documents from the old version; none where that turns out to be damaged."""
    if old is None:
        return {}
    known = {(entry.sha256, Path(entry.file).name): entry for entry in old.manifest.documents}
    entries = {
        file.path: known[file.sha256, file.path.name].model_copy(update={"file": str(file.path)})
        for file in files
        if (file.sha256, file.path.name) in known
    }
    try:
        writer.copy(old.warehouse, [entry.document_id for entry in entries.values() if entry.document_id])
    except WriteError:
        return {}
    return entries


def _add(writer: WarehouseWriter, file: Path, parsing: Parsing, model: str, progress: Progress) -> FileEntry:
    if isinstance(parsing, Problem):
        return FileEntry(file=str(file), error=parsing.message)
    try:
        rows = rows_of(_embedded(parsing, model, progress))
        writer.add(rows)
    except WriteError as error:
        return FileEntry(file=str(file), error=f"“{file.name}”{error}")
    return FileEntry(
        file=str(file),
        sha256=parsing.document.sha256,
        document_id=parsing.document.document_id,
        unit_name=parsing.profile.unit_name,
        year=parsing.profile.year,
        tables=Counter(table.kind for table in parsing.tables),
        figures=len(rows["figures"]),
        statements=len(rows["statements"]),
        findings=Counter(finding.result for finding in parsing.findings),
        chunks=len(rows["chunks"]),
    )


def _embedded(parsed: ParsedDocument, model: str, progress: Progress) -> ParsedDocument:
    embeddings = load_embeddings(model)
    texts = [embedded_text(chunk) for chunk in parsed.chunks]
    vectors: list[tuple[float, ...]] = []
    for start in range(0, len(texts), _BATCH):
        vectors += map(tuple, embeddings.embed_documents(texts[start : start + _BATCH]))
        progress(BuildEvent("embed", len(vectors), len(texts), f"向量化{parsed.document.file}"))
    return replace(parsed, vectors=tuple(vectors))


def _told(entry: FileEntry) -> str:
    return entry.error or f"{Path(entry.file).name}：{sum(entry.tables.values())}张表，{entry.figures}个数据格"


def _write_vectors(folder: Path, progress: Progress) -> None:
    """The vector store, from the warehouse: documents that were taken over are in it too."""
    warehouse = open_warehouse(folder / WAREHOUSE)
    try:
        chunks, vectors = warehouse.chunks(), warehouse.vectors()
    finally:
        warehouse.close()
    progress(BuildEvent("vectors", 0, len(chunks), "写入向量库"))
    write_vectors(
        folder / VECTORS,
        [chunk.chunk_id for chunk in chunks],
        [chunk.text for chunk in chunks],
        vectors,
        [{"document_id": chunk.document_id} for chunk in chunks],
    )
    progress(BuildEvent("vectors", len(chunks), len(chunks), "写入向量库"))


def _check(folder: Path, entries: Sequence[FileEntry], progress: Progress) -> None:
    """Opens what was written and counts it: better no new version than a broken one."""
    progress(BuildEvent("check", 0, 1, "检查新索引"))
    expected = {
        "documents": sum(entry.error is None for entry in entries),
        "figures": sum(entry.figures for entry in entries),
        "chunks": sum(entry.chunks for entry in entries),
    }
    warehouse = open_warehouse(folder / WAREHOUSE)
    try:
        counted = {table: warehouse.count(table) for table in expected}
        for view in warehouse.catalogue():
            warehouse.count(view)
    finally:
        warehouse.close()
    if counted != expected or check_vectors(folder / VECTORS) != expected["chunks"]:
        raise IndexUnusable(f"新索引没有通过检查：应有{expected}，实有{counted}。", "旧索引不受影响；请再建一次。")
    progress(BuildEvent("check", 1, 1, "检查新索引"))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
