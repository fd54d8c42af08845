"""One change of what is loaded: a file on its way in, or a document on its way out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from assistant.checking.report import held_percent, holding_and_differing
from index.manifest import open_version
from index.warehouse import open_warehouse

if TYPE_CHECKING:
    from index.manifest import FileEntry, Manifest

State = Literal["waiting", "reading", "read", "unusable", "changing", "done", "failed"]
BUSY: Final = frozenset({"waiting", "reading", "changing"})
_MOST_FINDINGS: Final = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What was read of a file, before it joins.

    ``told``: what to know about it. ``findings``: what doesn't add up in it, word by word, the first of ``differing``.
    """

    budget: str
    tables: tuple[str, ...]
    figures: int
    statements: int
    held: Decimal | None
    differing: int
    findings: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(slots=True)
class Item:
    """A file that somebody put on the shelf, or (``document_id``) a document that somebody takes off."""

    id: str
    name: str
    owner: str
    path: Path | None = None
    document_id: str = ""
    state: State = "waiting"
    step: str = ""
    share: float = 0.0
    report: Report | None = None
    told: str = ""


def report_on(index_dir: Path, loaded: Manifest) -> Report:
    """What the index of one file alone holds. ``loaded``: what is asked so far."""
    version = open_version(index_dir)
    (entry,) = version.manifest.files
    warehouse = open_warehouse(version.warehouse)
    try:
        _, differing = holding_and_differing(warehouse.findings())
    finally:
        warehouse.close()
    counts = entry.counts
    return Report(
        budget=entry.summary.budget if entry.summary else entry.name,
        tables=tuple(f"{kind} {number}" for kind, number in counts.tables.items()),
        figures=counts.figures,
        statements=counts.statements,
        held=held_percent(counts.row_checks),
        differing=len(differing),
        findings=tuple(differing[:_MOST_FINDINGS]),
        told=tuple(filter(None, (entry.told, _already(entry, loaded)))),
    )


def _already(entry: FileEntry, loaded: Manifest) -> str:
    """Whether the same file, or one of the same budget, is loaded."""
    same = next((each for each in loaded.files if each.sha256 == entry.sha256), None)
    if same:
        return f"与已载入的“{same.name}”内容完全相同，不必再收。"
    budget = entry.summary and entry.summary.budget
    alike = next((each for each in loaded.documents if each.summary and each.summary.budget == budget), None)
    return f"已载入同一份预算的“{alike.name}”：收入后由程序判断是重复、是更正，还是另一部分。" if alike else ""
