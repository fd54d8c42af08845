"""Whose budget the tables say they are: the owner's lines above and in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.clean.pieces import whole_lines
from index.dictionary import read_yaml
from index.document import Document, Paragraph, RawRow, RawTable
from index.naming import is_organ, name_in_owner_line, names_in_owner_lines, plain, without_marks

_EDGE_ROWS = 4
"""Rows at the head of a table, and at its foot, where an owner's line may stand in cells."""


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
