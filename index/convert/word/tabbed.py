"""Tables whose cells are parted by tabs within paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from index.convert.grid import plain
from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from index.money import parse_number

_EXACT: Final = re.compile(r"\d[,，]\d{3}|\.\d")


def tabbed_lines(text: str, provenance: Provenance) -> tuple[Paragraph, ...]:
    """A paragraph for each printed line that isn't blank, tabs between words kept."""
    lines = ("\t".join(filter(None, map(plain, line.split("\t")))) for line in text.splitlines())
    return tuple(Paragraph(line, provenance) for line in lines if line)


def with_tabbed_tables(blocks: Iterable[Block]) -> Iterator[Block]:
    """Lines that tabs part into as many cells each, below a header of words and with amounts, as a table."""
    for count, run in groupby(blocks, key=_count):
        same = [*run]
        lines = [block for block in same if isinstance(block, Paragraph)]
        rows = [line.text.split("\t") for line in lines]
        if count > 1 and _are_table(rows):
            yield RawTable(
                tuple(RawRow(tuple(map(Cell, row)), line.provenance) for row, line in zip(rows, lines, strict=True))
            )
        elif count:
            yield from (Paragraph(plain(line.text), line.provenance) for line in lines)
        else:
            yield from same


def _count(block: Block) -> int:
    return block.text.count("\t") + 1 if isinstance(block, Paragraph) else 0


def _are_table(rows: Sequence[Sequence[str]]) -> bool:
    numbers = [[parse_number(text) is not None for text in row] for row in rows]
    has_amounts = any(_EXACT.search(row[-1]) for row in rows[1:])
    return has_amounts and not any(numbers[0]) and all(row[-1] for row in numbers[1:])
