"""Tables of text files as offices print them: title rows over the full width, grouped headers merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.document import Block, Cell, RawRow, RawTable

Header = tuple[tuple[str, ...], ...]
"""Header rows as a text file prints them, blank where a document would merge cells."""


def merge_headers(blocks: Sequence[Block], headers: Sequence[Header]) -> tuple[Block, ...]:
    """``blocks`` with merged cells in the rows above tables' headers and in those that ``headers`` lists."""
    return tuple(_merged(block, headers) if isinstance(block, RawTable) else block for block in blocks)


def _merged(table: RawTable, headers: Sequence[Header]) -> RawTable:
    rows = list(table.rows)
    texts = [tuple(row.texts) for row in rows]
    for at in range(len(rows)):
        header = next((header for header in headers if _begins(texts[at:], header)), None)
        if header:
            height = len(header)
            rows[:at] = [_over_full_width(row, len(header[0])) for row in rows[:at]]
            rows[at : at + height] = _grouped(rows[at : at + height])
            return replace(table, rows=tuple(rows))
    return table


def _begins(texts: Sequence[tuple[str, ...]], header: Header) -> bool:
    found = [row + ("",) * (len(header[0]) - len(row)) for row in texts[: len(header)]]
    return tuple(found) == header


def _over_full_width(row: RawRow, width: int) -> RawRow:
    """Each cell of a title row reaches to the next filled one."""
    texts = [*row.texts, *[""] * (width - len(row.texts))]
    filled = [column for column, text in enumerate(texts) if text]
    cells: list[Cell | None] = [None] * width
    for column, end in zip(filled, [*filled[1:], width], strict=True):
        cells[column] = Cell(texts[column], column_span=end - column)
    first = filled[0] if filled else width
    return replace(row, cells=(*[Cell("")] * first, *cells[first:]))


def _grouped(rows: Sequence[RawRow]) -> list[RawRow]:
    """A header reaches over blanks on its right that have headers below, and down over blanks below itself."""
    width = max(len(row.cells) for row in rows)
    texts = [[*row.texts, *[""] * (width - len(row.texts))] for row in rows]
    grid: list[list[Cell | None]] = [[Cell(text) for text in row] for row in texts]
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if text:
                columns = _columns(texts, r, c)
                depth = _depth(texts, r, c) if columns == 1 else 1
                for position in ((r + d, c + s) for d in range(depth) for s in range(columns)):
                    grid[position[0]][position[1]] = None
                grid[r][c] = Cell(text, depth, columns)
    return [replace(row, cells=tuple(cells)) for row, cells in zip(rows, grid, strict=True)]


def _columns(texts: Sequence[Sequence[str]], row: int, column: int) -> int:
    """How many columns a header groups: the blank ones on its right that have a header below."""
    end = column + 1
    while end < len(texts[row]) and not texts[row][end] and any(lower[end] for lower in texts[row + 1 :]):
        end += 1
    return end - column if any(lower[column] for lower in texts[row + 1 :]) else 1


def _depth(texts: Sequence[Sequence[str]], row: int, column: int) -> int:
    end = row + 1
    while end < len(texts) and not texts[end][column]:
        end += 1
    return end - row
