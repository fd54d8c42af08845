"""Which files belong together: the same budget twice, a corrected version, prose and tables as two files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from index.kinds import OTHER
from index.naming import same_unit
from index.summary import FileSummary, Status

_ALIKE: Final = 0.9
"""Two readings of one budget, from two formats, have at least this share of their amounts in common."""
_SAME_PROSE: Final = 0.9
_MIN_STATED: Final = 5
"""So few amounts in prose may agree by chance."""
_LITTLE_PROSE: Final = 600
"""Characters in sentences: the notes under tables and the lines of a cover don't make a text."""
_ANNEX_PROSE: Final = 0.25
"""Tables may come with this share of what the prose beside them says: notes, and what stands on the same pages."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, and its summary."""

    path: Path
    summary: FileSummary

    @property
    def has_tables(self) -> bool:
        return any(kind != OTHER for kind in self.summary.counts.tables)

    @property
    def has_prose(self) -> bool:
        return self.summary.prose > _LITTLE_PROSE

    @property
    def shape(self) -> tuple[bool, bool]:
        """What it holds: tables, prose, or both."""
        return self.has_tables, self.has_prose

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much was read from it: of one budget's versions the fullest is kept."""
        counts = self.summary.counts
        return sum(self.shape), counts.findings.get("holds", 0), counts.figures + counts.statements


@dataclass(slots=True)
class Relations:
    """Each document's files in order, the files that are not used, and what is to be told about some of either."""

    documents: list[tuple[Path, ...]] = field(default_factory=list)
    unused: dict[Path, Status] = field(default_factory=dict)
    told: dict[Path, str] = field(default_factory=dict)

    def drop(self, file: ReadFile, status: Status, told: str) -> None:
        """Leaves a file out."""
        self.unused[file.path] = status
        self.told[file.path] = told


def relate(files: Sequence[ReadFile]) -> Relations:
    """Every file's place, files of one budget looked at together."""
    relations = Relations()
    for group in _groups(files):
        kept = _without_replaced(_without_duplicates(group, relations), relations)
        _join_companions(kept, relations)
    return relations


def _groups(files: Sequence[ReadFile]) -> list[list[ReadFile]]:
    """The files of one unit, year, type and level; those that don't tell all of it come last."""
    groups: list[list[ReadFile]] = []
    for file in sorted(files, key=lambda each: not _tells_all(each.summary)):
        group = next((group for group in groups if any(_same_budget(each, file) for each in group)), None)
        if group is None:
            groups.append([file])
        else:
            group.append(file)
    order = {file.path: at for at, file in enumerate(files)}
    return [sorted(group, key=lambda each: order[each.path]) for group in groups]


def _tells_all(summary: FileSummary) -> bool:
    return summary.names_unit and summary.year is not None


def _same_budget(left: ReadFile, right: ReadFile) -> bool:
    """Both say that they are the same, or, where one leaves something out, their figures say so."""
    ours, theirs = left.summary, right.summary
    if ours.year and theirs.year and ours.year != theirs.year:
        return False
    units = [(summary.unit_name, summary.region) for summary in (ours, theirs) if summary.names_unit]
    if len(units) == 2 and not same_unit(*units):
        return False
    if _tells_all(ours) and _tells_all(theirs):
        return (ours.document_type, ours.unit_level) == (theirs.document_type, theirs.unit_level)
    return _share_figures(left, right)


def _share_figures(left: ReadFile, right: ReadFile) -> bool:
    ours, theirs = left.summary, right.summary
    if left.has_tables and right.has_tables:
        return ours.table_amounts.resemblance(theirs.table_amounts) >= _ALIKE
    if left.has_tables or right.has_tables:
        stated, printed = (ours, theirs) if right.has_tables else (theirs, ours)
        return stated.prose_amounts.common(printed.table_amounts) >= _MIN_STATED
    enough = min(ours.prose_amounts.count, theirs.prose_amounts.count) >= _MIN_STATED
    return enough and ours.prose_amounts.resemblance(theirs.prose_amounts) >= _SAME_PROSE


def _without_duplicates(group: Sequence[ReadFile], relations: Relations) -> list[ReadFile]:
    kept: list[ReadFile] = []
    for file in sorted(group, key=lambda each: each.weight, reverse=True):
        same = next((other for other in kept if _says_the_same(other, file)), None)
        if same is None:
            kept.append(file)
        else:
            told = f"“{file.path.name}”与“{same.path.name}”是同一份{file.summary.budget}，只收内容较全的一份。"
            relations.drop(file, "duplicate", told)
    return [file for file in group if file in kept]


def _says_the_same(fuller: ReadFile, other: ReadFile) -> bool:
    """Whether ``fuller`` has all figures of ``other``. Two readings of one file may differ in a few."""
    ours, theirs = fuller.summary, other.summary
    if fuller.has_tables and other.has_tables:
        return ours.table_amounts.digest == theirs.table_amounts.digest or (
            _decided(fuller, other) is None
            and fuller.path.suffix.lower() != other.path.suffix.lower()
            and ours.table_amounts.resemblance(theirs.table_amounts) >= _ALIKE
        )
    if other.has_tables or not fuller.has_prose:
        return False
    enough = theirs.prose_amounts.count >= _MIN_STATED
    return enough and ours.prose_amounts.resemblance(theirs.prose_amounts) >= _SAME_PROSE


def _without_replaced(group: Sequence[ReadFile], relations: Relations) -> list[ReadFile]:
    for at, left in enumerate(group):
        for right in group[at + 1 :]:
            # Without a year they may be of different years.
            if left.shape != right.shape or left.summary.year is None:
                continue
            newer = _decided(left, right)
            if newer is None:
                _tell_both(left, right, relations)
            else:
                older = left if newer is right else right
                told = f"“{older.path.name}”已被更正或较晚公开的“{newer.path.name}”替代，不再用来回答。"
                relations.drop(older, "replaced", told)
    return [file for file in group if file.path not in relations.unused]


def _decided(left: ReadFile, right: ReadFile) -> ReadFile | None:
    """The later of two versions, by its own words, else by the date it bears; None where nothing tells."""
    if left.summary.is_correction != right.summary.is_correction:
        return left if left.summary.is_correction else right
    ours, theirs = left.summary.published, right.summary.published
    if ours is None or theirs is None or ours == theirs:
        return None
    return left if ours > theirs else right


def _tell_both(left: ReadFile, right: ReadFile, relations: Relations) -> None:
    for file, other in ((left, right), (right, left)):
        told = f"与“{other.path.name}”同为{file.summary.budget}而数字不同，看不出哪份在后，两份都收。"
        relations.told.setdefault(file.path, told)


def _join_companions(group: Sequence[ReadFile], relations: Relations) -> None:
    """Prose without tables and tables with next to no prose are one document, prose first, if there is one of each."""
    prose = [file for file in group if file.shape == (False, True)]
    tables = [file for file in group if prose and _is_annex(file, prose[0])]
    joined = [prose[0], tables[0]] if len(prose) == len(tables) == 1 else []
    if joined:
        relations.documents.append(tuple(file.path for file in joined))
        relations.told[joined[1].path] = f"与“{joined[0].path.name}”是同一份预算的附表和正文，合为一份。"
    relations.documents += [(file.path,) for file in group if file not in joined]


def _is_annex(file: ReadFile, prose: ReadFile) -> bool:
    little = max(_LITTLE_PROSE, prose.summary.prose * _ANNEX_PROSE)
    return file.has_tables and file.summary.prose <= little
