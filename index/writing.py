"""The documents of a build into its warehouse: unchanged ones are copied, the others embedded and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.embedder import Embedder
from index.manifest import FileEntry, IndexVersion
from index.merge import merge, merged_id
from index.parsed import rows_of
from index.sources import Source, read_sources
from index.steps import BuildSettings
from index.summarise import counts_of
from index.summary import Counts
from index.warehouse import WarehouseWriter, WriteError
from index.workers import Problem

Parts = tuple[Source, ...]


def write_documents(
    path: Path,
    documents: Sequence[Parts],
    old: IndexVersion | None,
    spool: Path,
    settings: BuildSettings,
    embedder: Embedder,
) -> dict[Path, FileEntry]:
    """Writes a new warehouse; returns what became of each document's files."""
    with WarehouseWriter(path) as writer:
        entries = _take_over(writer, documents, old)
        fresh = [parts for parts in documents if parts[0].file.path not in entries]
        fresh, problems = _parsed_again(fresh, spool, settings, embedder)
        entries |= problems
        embedder.total = sum(source.summary.counts.chunks for parts in fresh for source in parts)
        for parts in fresh:
            entries |= _write(writer, parts, embedder)
    return entries


def _take_over(writer: WarehouseWriter, documents: Sequence[Parts], old: IndexVersion | None) -> dict[Path, FileEntry]:
    """Copies unchanged documents from the old version; none where that turns out to be damaged."""
    if old is None:
        return {}
    known = {entry.document_id: entry for entry in old.manifest.documents}
    unchanged = [(parts, known[key]) for parts in documents if (key := _document_id(parts)) in known]
    try:
        writer.copy(old.warehouse, [_document_id(parts) for parts, _ in unchanged])
    except WriteError:
        return {}
    return {path: entry for parts, was in unchanged for path, entry in _entries(parts, was.counts).items()}


def _document_id(parts: Parts) -> str:
    return merged_id([source.file.sha256 or "" for source in parts])


def _entries(parts: Parts, counts: Counts) -> dict[Path, FileEntry]:
    """A document's counts stand at its first file."""
    document_id = _document_id(parts)
    entries = {source.file.path: source.entry("part", document_id=document_id) for source in parts}
    return entries | {parts[0].file.path: parts[0].entry("document", document_id=document_id, counts=counts)}


def _parsed_again(
    documents: Sequence[Parts], spool: Path, settings: BuildSettings, embedder: Embedder
) -> tuple[list[Parts], dict[Path, FileEntry]]:
    """The documents with all their files parsed: a file that found its companion is known, but not at hand."""
    missing = [source.file for parts in documents for source in parts if source.parsed is None]
    if not missing:
        return list(documents), {}
    again = read_sources(missing, None, spool / "again", settings, embedder.begin)
    problems = {
        path: FileEntry(file=str(path), status="unusable", told=outcome.message)
        for path, outcome in again.items()
        if isinstance(outcome, Problem)
    }
    found = {path: source for path, source in again.items() if isinstance(source, Source)}
    complete = [
        tuple(found.get(source.file.path, source) for source in parts if source.file.path not in problems)
        for parts in documents
    ]
    return [parts for parts in complete if parts], problems


def _write(writer: WarehouseWriter, parts: Parts, embedder: Embedder) -> dict[Path, FileEntry]:
    loaded = [source.load() for source in parts]
    parsed = merge(loaded) if len(loaded) > 1 else loaded[0]
    try:
        rows = rows_of(embedder.embed(parsed))
        writer.add(rows)
    except WriteError as error:
        told = f"“{parsed.document.file}”{error}"
        return {source.file.path: source.entry("unusable", told) for source in parts}
    return _entries(parts, counts_of(parsed))
