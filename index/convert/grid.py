"""From placed cells to tables: what Word, Excel and HTML share once their own ways to say “merged” are read.

Not every grid is a table: pages are laid out with them too. A note below a table's columns is a paragraph, though its
format makes it a cell, and so is the document's title above them; a table's own title is left to cleaning, which
knows it from headers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

from index.convert.placed import Placed
from index.convert.problems import table_too_large
from index.convert.stacks import unstacked
from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from index.money import parse_number
from index.notes import is_note

_BLANKS: Final = re.compile(r"\s+")
_TITLE: Final = re.compile(r"(?:20\d\d|二[〇○零]\S{2})\s*年.{0,12}(?:预算|决算)(?:公开|草案|说明|报告)?$")
"""A document's title, not a table's."""
_MIN_PROSE: Final = 400
_PROSE_SHARE: Final = 0.8
_MAX_POSITIONS: Final = 2_000_000


def plain(text: str) -> str:
    """Printed text on one line: runs of blanks, of any width, are one blank.

    >>> plain(" 单位：\\u3000万元 \\n")
    '单位： 万元'
    """
    return _BLANKS.sub(" ", text).strip()


def lines_of(text: str, provenance: Provenance) -> tuple[Paragraph, ...]:
    """A paragraph for each printed line that isn't blank."""
    return tuple(Paragraph(line, provenance) for line in map(plain, text.splitlines()) if line)


def table_blocks(cells: Sequence[Placed], rows: Sequence[Provenance]) -> tuple[Block, ...]:
    """The blocks that a grid of ``cells`` is, ``rows`` being the provenance of each of its rows.

    Tables inside of cells follow the table. A grid that only lays out a page gives what its cells hold, in order.
    """
    if not _is_table(cells):
        return tuple(block for cell in cells for block in cell.content)
    printed = sorted({cell.row for cell in cells})
    placed = _without_empty_lines(cells)
    start, height = _document_title(placed), _height(placed, len(printed))
    titles = [cell for cell in placed if cell.row < start]
    body = [replace(cell, row=cell.row - start) for cell in placed if start <= cell.row < height]
    notes = [cell for cell in placed if cell.row >= height]
    table = raw_table(*unstacked(body, [rows[row] for row in printed[start:height]]))
    inner = (table for cell in cells for table in cell.tables)
    return (*_paragraphs(titles), table, *_paragraphs(notes), *inner)


def _paragraphs(cells: Sequence[Placed]) -> Iterator[Paragraph]:
    return (block for cell in cells for block in cell.content if isinstance(block, Paragraph))


def _document_title(cells: Sequence[Placed]) -> int:
    """How many rows at the top print the title of the whole document, each in one cell over the full width."""
    width = max(cell.column + cell.column_span for cell in cells)
    count = 0
    for row, cell in enumerate(cells):
        if cell.row != row or cell.column_span != width or cell.row_span != 1:
            break
        count = row + 1 if _TITLE.search(plain(cell.text)) else count
    return count if cells[-1].row >= count else 0


def raw_table(cells: Sequence[Placed], rows: Sequence[Provenance], width: int = 0) -> RawTable:
    """The grid, at least ``width`` columns wide; spans end at its edges and where other cells begin."""
    width = max([width, *(cell.column + cell.column_span for cell in cells)])
    if width * len(rows) > _MAX_POSITIONS:
        raise table_too_large()
    blank = Cell("")
    grid: list[list[Cell | None]] = [[blank] * width for _ in rows]
    taken = {(cell.row, cell.column) for cell in cells}
    for cell in cells:
        spans = _free_spans(cell, taken, len(rows))
        for position in _covered(cell, *spans):
            taken.add(position)
            grid[position[0]][position[1]] = None
        grid[cell.row][cell.column] = Cell(plain(cell.text), *spans)
    return RawTable(tuple(RawRow(tuple(row), provenance) for row, provenance in zip(grid, rows, strict=True)))


def _is_table(cells: Sequence[Placed]) -> bool:
    """Several rows of several filled cells; a single row if it is a wide one or has numbers, as behind a page break."""
    filled = [cell for cell in cells if cell.text.strip()]
    rows = Counter(cell.row for cell in filled)
    several = [row for row, count in rows.items() if count > 1]
    if len(several) > 1:
        return not _is_page(filled)
    return any(rows[row] > 2 or _has_number(filled, row) for row in several)


def _is_page(filled: Sequence[Placed]) -> bool:
    """Whether nearly all text stands in one cell, as prose does beside menus and marginal notes."""
    lengths = [len(cell.text) for cell in filled]
    longest = filled[lengths.index(max(lengths))]
    return len(longest.content) > 2 and max(_MIN_PROSE, _PROSE_SHARE * sum(lengths)) < len(longest.text)


def _has_number(filled: Sequence[Placed], row: int) -> bool:
    return any(parse_number(cell.text) is not None for cell in filled if cell.row == row)


def _without_empty_lines(cells: Sequence[Placed]) -> list[Placed]:
    """Rows and columns in which no cell begins are no rows and columns of the table: they only shape what is merged."""
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    return [
        Placed(
            bisect_left(rows, cell.row),
            bisect_left(columns, cell.column),
            cell.content,
            bisect_left(rows, cell.row + cell.row_span) - bisect_left(rows, cell.row),
            bisect_left(columns, cell.column + cell.column_span) - bisect_left(columns, cell.column),
        )
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
    ]


def _height(cells: Sequence[Placed], height: int) -> int:
    """The number of rows without the notes at the end of the table, each over its full width."""
    width = max(cell.column + cell.column_span for cell in cells)
    notes = {cell.row for cell in cells if cell.column_span == width and cell.row_span == 1 and is_note(cell.text)}
    while height > 1 and height - 1 in notes:
        height -= 1
    return height


def _covered(cell: Placed, row_span: int, column_span: int) -> Iterator[tuple[int, int]]:
    """The positions that the cell covers beside its own."""
    rows, columns = range(cell.row, cell.row + row_span), range(cell.column, cell.column + column_span)
    return (position for position in product(rows, columns) if position != (cell.row, cell.column))


def _free_spans(cell: Placed, taken: set[tuple[int, int]], height: int) -> tuple[int, int]:
    """The cell's spans as far as no other cell and no edge is in their way."""
    columns = next((c for c in range(1, cell.column_span) if (cell.row, cell.column + c) in taken), cell.column_span)
    rows = min(cell.row_span, height - cell.row)
    beside = range(cell.column, cell.column + columns)
    return next((r for r in range(1, rows) if any((cell.row + r, c) in taken for c in beside)), rows), columns
