"""The files of a build: those that are new are parsed, those that an earlier build read are known by their summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.inputs import InputFile
from index.manifest import FileEntry, IndexVersion
from index.parsed import ParsedDocument
from index.steps import BuildEvent, BuildSettings
from index.summary import FileSummary, Status
from index.workers import ParsedFile, Problem, parse_files


@dataclass(frozen=True, slots=True)
class Source:
    """One usable file; ``parsed`` is None where an earlier build read it and only its summary is at hand."""

    file: InputFile
    summary: FileSummary
    parsed: ParsedFile | None = None

    def entry(self, status: Status, told: str | None = None, **more: Any) -> FileEntry:
        """What the manifest says of the file."""
        path, sha256 = str(self.file.path), self.file.sha256
        return FileEntry(file=path, status=status, sha256=sha256, told=told, summary=self.summary, **more)

    def load(self) -> ParsedDocument:
        """All that was read from the file in this build."""
        assert self.parsed is not None
        return self.parsed.load()


def read_sources(
    files: Sequence[InputFile],
    old: IndexVersion | None,
    spool: Path,
    settings: BuildSettings,
    when_read: Callable[[ParsedFile], None],
) -> dict[Path, Source | Problem]:
    """What each file is, by path; ``when_read`` is called with each file that is read, while the others follow."""
    known = _known(old)
    sources: dict[Path, Source | Problem] = {
        file.path: Source(file, known[file.sha256, file.path.name])
        for file in files
        if (file.sha256, file.path.name) in known
    }
    fresh = {file.path: file for file in files if file.path not in sources}
    spool.mkdir(exist_ok=True)
    parsing = _parsing(fresh, spool, settings) if fresh else ()
    for done, (path, outcome) in enumerate(parsing, start=1):
        if isinstance(outcome, Problem):
            sources[path] = outcome
            settings.progress(BuildEvent("parse", done, len(fresh), outcome.message, is_problem=True))
        else:
            when_read(outcome)
            sources[path] = Source(fresh[path], outcome.summary, outcome)
            text = f"{path.name}：{_told(outcome.summary)}"
            settings.progress(BuildEvent("parse", done, len(fresh), text, is_problem=bool(outcome.summary.unread)))
    return sources


def _parsing(
    paths: Iterable[Path], spool: Path, settings: BuildSettings
) -> Iterator[tuple[Path, ParsedFile | Problem]]:
    if not settings.cluster:
        return parse_files(paths, spool, settings.processes, settings.limits)
    from index.cluster import parse_on_cluster

    return parse_on_cluster(settings.cluster, paths, spool, settings.model, settings.limits)


def _known(old: IndexVersion | None) -> Mapping[tuple[str | None, str], FileSummary]:
    entries: Sequence[FileEntry] = old.manifest.files if old else ()
    return {(entry.sha256, entry.name): entry.summary for entry in entries if entry.summary}


def _told(summary: FileSummary) -> str:
    counts = summary.counts
    tables = "、".join(f"{kind} {count}" for kind, count in counts.tables.items()) or "没有表"
    held = counts.findings.get("holds", 0) + counts.findings.get("rounding", 0)
    found = f"核对相符 {held}、不符 {counts.findings.get('differs', 0)}"
    unread = f"　没有读入：{'；'.join(summary.unread)}" if summary.unread else ""
    return f"{summary.budget}　{tables}　{counts.figures} 个数据格　正文 {counts.statements} 个数　{found}{unread}"
