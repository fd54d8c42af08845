"""Documents to an index: parse, relate, embed, write a new version beside the old one, check it, switch to it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from index.collector import collected_rarely
from index.embed import DEFAULT_MODEL
from index.embedder import Embedder
from index.errors import BudgetError, DocumentError, IndexUnusable, StorageTrouble, reason
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
from index.processors import processors
from index.publish import locked, new_version
from index.relate import ReadFile, Relations, relate
from index.sources import Source, read_sources
from index.steps import BuildEvent, BuildSettings, Progress
from index.vectors import check_vectors, write_vectors
from index.warehouse import open_warehouse
from index.workers import Limits, Problem
from index.writing import write_documents

_SPOOL: Final = "spool"
_TOLD: Final = 3
_DEFAULT_LIMITS: Final = Limits()


def build(
    paths: Sequence[Path],
    index_dir: Path,
    *,
    progress: Progress | None = None,
    model: str = DEFAULT_MODEL,
    processes: int | None = None,
    limits: Limits = _DEFAULT_LIMITS,
    cluster: str | None = None,
) -> Manifest:
    """Builds an index of the files and folders ``paths`` and makes it the one that serves.

    Until the last moment the old index serves. Files that can't be used are told in the manifest and through
    ``progress``. ``cluster`` is the address of a Ray cluster that reads them, on the same paths. Raises DocumentError
    where no file is usable, BudgetError where ``index_dir`` can't be written or is being built.
    """
    settings = BuildSettings(progress or (lambda event: None), model, processes or processors(), limits, cluster)
    try:
        with locked(index_dir), collected_rarely():
            return _build(paths, index_dir, settings)
    except OSError as error:
        raise StorageTrouble(
            f"建不成索引“{index_dir}”：{reason(error)}。", "旧索引照常使用；请检查磁盘空间和目录权限，再建一次。"
        ) from error


def _build(paths: Sequence[Path], index_dir: Path, settings: BuildSettings) -> Manifest:
    files = collect(paths)
    if not files:
        raise BudgetError(
            f"没有找到文件：{'、'.join(map(str, paths))}。", f"可放入的文件：{' '.join(sorted(EXTENSIONS))}"
        )
    previous = _previous_version(index_dir)
    with new_version(index_dir) as folder:
        entries = _write_warehouse(folder, files, previous, settings)
        if not any(entry.status == "document" for entry in entries):
            raise DocumentError("没有一个文件能用。" + "".join(entry.told or "" for entry in entries[:_TOLD]))
        _write_vectors(folder, settings.progress)
        _check(folder, entries, settings.progress)
        manifest = Manifest(
            version=folder.name,
            format=format_version(),
            parser=parser_version(),
            model=settings.model,
            created=datetime.now().astimezone(),
            warehouse_bytes=(folder / WAREHOUSE).stat().st_size,
            files=entries,
        )
        (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    return manifest


def _previous_version(index_dir: Path) -> IndexVersion | None:
    try:
        return open_version(index_dir)
    except IndexUnusable:
        return None


def _reusable(previous: IndexVersion | None, model: str) -> IndexVersion | None:
    """The version that serves, if its documents would be read and embedded the same way today."""
    reusable = previous and (previous.manifest.parser, previous.manifest.model) == (parser_version(), model)
    return previous if reusable else None


def _write_warehouse(
    folder: Path, files: Sequence[InputFile], previous: IndexVersion | None, settings: BuildSettings
) -> tuple[FileEntry, ...]:
    """Writes the warehouse; returns what became of each file."""
    spool = folder / _SPOOL
    old = _reusable(previous, settings.model)
    with Embedder(settings, previous) as embedder:
        outcomes = read_sources([file for file in files if not file.same_as], old, spool, settings, embedder.begin)
        sources = {path: outcome for path, outcome in outcomes.items() if isinstance(outcome, Source)}
        relations = relate([ReadFile(file.path, sources[file.path].summary) for file in files if file.path in sources])
        documents = [tuple(sources[path] for path in parts) for parts in relations.documents]
        entries = {file.path: _same_content(file) for file in files if file.same_as}
        entries |= _left_out(outcomes, relations)
        for path, entry in write_documents(folder / WAREHOUSE, documents, old, spool, settings, embedder).items():
            entries[path] = entry.model_copy(update={"told": entry.told or relations.told.get(path)})
    shutil.rmtree(spool)
    return tuple(_with_unread(entries[file.path]) for file in files)


def _left_out(outcomes: Mapping[Path, Source | Problem], relations: Relations) -> dict[Path, FileEntry]:
    """The files that can't be used, and those that another one makes superfluous."""
    entries = {}
    for path, outcome in outcomes.items():
        if not isinstance(outcome, Source):
            entries[path] = FileEntry(file=str(path), status="unusable", told=outcome.message)
        elif path in relations.unused:
            entries[path] = outcome.entry(relations.unused[path], relations.told[path])
    return entries


def _with_unread(entry: FileEntry) -> FileEntry:
    """What is told of a file: also units that share it, how much was recognised in pictures, what could not be read."""
    summary = entry.summary
    if summary is None:
        return entry
    recognised = f"{summary.recognised} 页是扫描页，内容为识别所得，请核对原件。" if summary.recognised else ""
    unread = f"没有读入：{'；'.join(summary.unread)}。" if summary.unread else ""
    others = "、".join(summary.other_owners[:_TOLD]) + ("等" if len(summary.other_owners) > _TOLD else "")
    shared = f"其中还有{others}的表，各行记在该单位名下；正文按“{summary.unit_name}”收。" if others else ""
    return entry.model_copy(update={"told": f"{entry.told or ''}{shared}{recognised}{unread}" or None})


def _same_content(file: InputFile) -> FileEntry:
    told = f"“{file.path.name}”与“{file.same_as.name if file.same_as else ''}”内容完全相同，只收一份。"
    return FileEntry(file=str(file.path), status="duplicate", sha256=file.sha256, told=told)


def _write_vectors(folder: Path, progress: Progress) -> None:
    """The vector store, from the warehouse: documents that were taken over are in it too."""
    warehouse = open_warehouse(folder / WAREHOUSE)
    try:
        chunks, vectors = warehouse.chunks(), warehouse.all_vectors()
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
        "documents": sum(entry.status == "document" for entry in entries),
        "figures": sum(entry.counts.figures for entry in entries),
        "chunks": sum(entry.counts.chunks for entry in entries),
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
