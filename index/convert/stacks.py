"""Rows that hold several items, their names and amounts stacked in each cell line by line: one row for each item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.convert.lines import are_amounts
from index.convert.placed import Placed
from index.dictionary import read_yaml
from index.document import Block, Paragraph, Provenance
from index.money import parse_number

_BOTH: Final = re.compile(read_yaml("columns.yaml")["stacked"])
_GOES_ON: Final = re.compile(r"^[、，,）)的和及与等]|[、，,（(的和及与]$")
"""What a name that is broken over two lines begins or ends a line with."""


def unstacked(cells: Sequence[Placed], rows: Sequence[Provenance]) -> tuple[list[Placed], list[Provenance]]:
    """The cells and the provenance of their rows, each row of several items as several rows.

    Only where every number of the row is one of equally many, and so is its name: then what pairs is certain.
    """
    lines: list[list[Placed]] = [[] for _ in rows]
    for cell in sorted(cells, key=lambda cell: cell.column):
        lines[cell.row].append(cell)
    counts = {row: _items(line, cells) for row, line in enumerate(lines)}
    if all(count == 1 for count in counts.values()):
        return list(cells), list(rows)
    starts = [0]
    for row in range(len(rows)):
        starts.append(starts[-1] + counts[row])
    parted = [part for cell in cells for part in _parted(cell, starts, counts[cell.row])]
    parted.sort(key=lambda cell: (cell.row, cell.column))
    return parted, [provenance for row, provenance in enumerate(rows) for _ in range(counts[row])]


def _items(line: Sequence[Placed], cells: Sequence[Placed]) -> int:
    """How many items a row holds."""
    if any(cell.tables or (cell.row_span > 1 and parse_number(cell.text) is not None) for cell in line):
        return 1
    stacks = [lines for cell in line if (lines := _lines(cell)) and cell.row_span == 1]
    numbers = [lines for lines in stacks if all(parse_number(text) is not None for text in lines)]
    amounts = [lines for lines in numbers if are_amounts(lines)]
    counts = {len(lines) for lines in numbers}
    name = next((lines for lines in stacks if lines not in numbers), [])
    is_certain = amounts and counts == {len(name)} and _are_names(name)
    if not is_certain or any(_names_both(cell, cells) for cell in line):
        return 1
    return counts.pop()


def _are_names(lines: Sequence[str]) -> bool:
    """Whether each line is a name of its own, no line goes on with the one before."""
    return not any(_GOES_ON.search(text) or _open(text, "（(") != _open(text, "）)") for text in lines)


def _open(text: str, brackets: str) -> int:
    return sum(text.count(bracket) for bracket in brackets)


def _names_both(cell: Placed, cells: Sequence[Placed]) -> bool:
    """Whether the header above says that two values of one item stand below each other."""
    above = (each for each in cells if each.row < cell.row and each.column == cell.column)
    return any(_BOTH.fullmatch(re.sub(r"\s", "", each.text)) for each in above)


def _lines(cell: Placed) -> list[str]:
    return [block.text for block in cell.content if isinstance(block, Paragraph)]


def _parted(cell: Placed, starts: Sequence[int], count: int) -> list[Placed]:
    """A cell for each of its lines where they are the row's items; another cell reaches over all of them."""
    end = min(cell.row + cell.row_span, len(starts) - 1)
    lines: Sequence[Block] = [block for block in cell.content if isinstance(block, Paragraph)]
    if count == 1 or len(lines) != count or cell.row_span > 1:
        return [replace(cell, row=starts[cell.row], row_span=starts[end] - starts[cell.row])]
    return [replace(cell, row=starts[cell.row] + at, content=(line,)) for at, line in enumerate(lines)]
