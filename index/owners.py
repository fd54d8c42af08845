"""Whose budget the tables say they are: the owner's lines above and in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.clean.pieces import whole_lines
from index.clean.table import CleanTable
from index.clean.wording import fold
from index.dictionary import read_yaml
from index.document import Document, Paragraph, RawRow, RawTable
from index.naming import (
    is_organ,
    name_in_owner_line,
    names_in_owner_lines,
    plain,
    same_unit,
    unit_headed,
    without_marks,
)
from index.prose import DocumentProfile, OutlinedParagraph, Statement

_EDGE_ROWS = 4
"""Rows at the head of a table, and at its foot, where an owner's line may stand in cells."""
_FEWEST = 2
"""Units under whose names prose stands: behind a list of units it is not the last one's."""
_NAMED_FIRST = re.compile(r"(?P<name>[^\d，。：:；“”]{2,10}[省市区县州旗][^\d，。：:；“”]{2,20}?)(?=20\d\d年)")
"""A sentence that begins with a unit's name, its place in front."""


def owner_of(document: Document) -> str | None:
    """The name that most owner's lines have."""
    counted = Counter(_owners(document))
    return counted.most_common(1)[0][0] if counted else None


def _owners(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, RawTable):
            for row in dict.fromkeys((*block.rows[:_EDGE_ROWS], *block.rows[-_EDGE_ROWS:])):
                yield from _in_cells(row)
    yield from names_in_owner_lines(whole_lines([b.text for b in document.blocks if isinstance(b, Paragraph)]))


def owner_in_form(document: Document) -> str | None:
    """The name beside a label without a colon at the head of a form (``主管部门`` | ``某局``), or alone on its row."""
    words = read_yaml("profile.yaml")
    label = re.compile(rf"{words['owner_label']}|{words['form_owner']}：")
    tables = (block for block in document.blocks if isinstance(block, RawTable))
    rows = [[*filter(None, map(plain, row.texts))] for table in tables for row in table.rows[:_EDGE_ROWS]]
    alone = next((row[0] for row in rows if len(row) == 1 and is_organ(row[0])), None)
    beside = (pair for row in rows for pair in pairwise(row))
    names = (without_marks(text) for before, text in beside if label.fullmatch(f"{before}：") and is_organ(text))
    return next(names, alone)


def _in_cells(row: RawRow) -> Iterator[str]:
    """In one cell (``部门：某局``), or in the cell beside the label (``单位名称：`` | ``某局``)."""
    label = re.compile(read_yaml("profile.yaml")["owner_label"])
    before = ""
    for text in filter(None, map(plain, row.texts)):
        name = name_in_owner_line(text)
        if name is None and label.fullmatch(before) and is_organ(without_marks(text)):
            name = without_marks(text)
        if name:
            yield name
        before = text


def of_their_owners(tables: tuple[CleanTable, ...], profile: DocumentProfile) -> tuple[CleanTable, ...]:
    """Where a file holds tables of several units, the lines of those that are not the document's own name theirs."""
    others = other_owners(tables, profile)
    return tuple(_of_unit(table, table.owner) if table.owner in others else table for table in tables)


def statements_of_their_owners(
    statements: tuple[Statement, ...],
    document: Document,
    paragraphs: Sequence[OutlinedParagraph],
    told: DocumentProfile,
) -> tuple[Statement, ...]:
    """Where prose speaks of another unit under its name, the subjects of its figures say so."""
    owners = dict(_owners_of_paragraphs(document, paragraphs))
    if len(set(owners.values())) < _FEWEST:
        owners = {}
    read: list[Statement] = []
    for statement in statements:
        if named := _NAMED_FIRST.match(plain(statement.sentence)):
            owners[statement.paragraph] = named["name"]
        owner = owners.get(statement.paragraph)
        is_other = owner is not None and is_organ(owner) and not _is_same(owner, told)
        read.append(replace(statement, subject=f"{owner}{statement.subject}") if is_other else statement)
    return tuple(read)


def _owners_of_paragraphs(document: Document, paragraphs: Sequence[OutlinedParagraph]) -> Iterator[tuple[int, str]]:
    """The paragraphs below a unit's name: to the next heading or table, or to the end of its section."""
    line: str | None = None
    end = 0
    for paragraph in paragraphs:
        between = document.blocks[end : paragraph.position - 1]
        end = paragraph.position
        if paragraph.role == "heading" or any(isinstance(block, RawTable) for block in between):
            line = None
        line = name_in_owner_line(paragraph.text) or line
        owner = line or next(filter(None, map(unit_headed, reversed(paragraph.section))), None)
        if owner:
            yield paragraph.position, owner


def other_owners(tables: Iterable[CleanTable], profile: DocumentProfile) -> tuple[str, ...]:
    """The units beside the document's own whose tables it holds."""
    return tuple(dict.fromkeys(_others(tables, profile)))


def _others(tables: Iterable[CleanTable], profile: DocumentProfile) -> Iterator[str]:
    """The owners of tables that are not the document's own unit, by whatever of its names."""
    for table in tables:
        if table.owner and not _is_same(table.owner, profile):
            yield table.owner


def _is_same(owner: str, profile: DocumentProfile) -> bool:
    names = [re.sub(r"[（(].*?[）)]", "", fold(name)) for name in (owner, profile.unit_name)]
    one = same_unit((owner, profile.region), (profile.unit_name, profile.region))
    return one or names[0] in names[1] or names[1] in names[0]


def _of_unit(table: CleanTable, owner: str | None) -> CleanTable:
    rows = tuple(replace(row, subordinate_unit=row.subordinate_unit or owner) for row in table.rows)
    return replace(table, rows=rows)
