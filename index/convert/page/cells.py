"""Text into a ruled grid's cells: each run of characters belongs to one cell, also where it is drawn over a rule."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile
from typing import Final

from index.convert.lines import in_one_cell
from index.convert.page.glyphs import Glyph, Run, lines_of, text_of
from index.convert.page.grids import Grid
from index.document import Cell, Place, Provenance, RawRow

_STRADDLES: Final = 0.25
_FULL: Final = 0.7
"""The share of its cell that a line fills which goes on in the next."""
_APART: Final = 0.15
_AMOUNT: Final = re.compile(r"[-−(（]?[\d,，.]+[%％)）]?")
_AMOUNT_SIGNS: Final = frozenset("0123456789.,，-−")
_TWO: Final = re.compile(r"(?<![\d.,])([-−]?\d{1,3}(?:,\d{3})*\.\d\d)(?=[-−]?\d{1,3}(?:,\d{3})*\.\d\d(?!\d))")
_EXACT: Final = re.compile(r"[-−]?\d[\d,，]*\.\d+")

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """A grid with the text of its cells, by row and column of the cell's top left corner."""

    grid: Grid
    texts: dict[Corner, str]

    def rows(self, page: int) -> tuple[RawRow, ...]:
        """The printed rows with their spans."""
        matrix: list[list[Cell | None]] = [[None] * self.grid.width for _ in self.grid.rows[1:]]
        covered: set[Corner] = set()
        for box in self.grid.cells:
            text = self.texts.get((box.row, box.column), "")
            matrix[box.row][box.column] = Cell(text, box.rows, box.columns, (Place(page, *box.box),))
            covered |= {(box.row + r, box.column + c) for r in range(box.rows) for c in range(box.columns)}
        for r, row in enumerate(matrix):
            for c in range(len(row)):
                # Where the rules leave a hole there is still a position, and text may stand in it.
                if (r, c) not in covered:
                    row[c] = Cell(self.texts.get((r, c), ""))
        left, _, right, _ = self.grid.box
        heights = pairwise(self.grid.rows)
        return tuple(
            RawRow(tuple(row), Provenance(page=page, places=(Place(page, left, top, right, bottom),)))
            for row, (top, bottom) in zip(matrix, heights, strict=True)
        )


def fill(grid: Grid, runs: Sequence[Run]) -> FilledGrid:
    """The grid with the text of runs that stand in it."""
    corners = _corners(grid)
    found: dict[Corner, list[Glyph]] = defaultdict(list)
    for run in chain.from_iterable(_without_amount(each, grid, corners) for each in runs):
        for place, glyphs in _places(run, grid, corners):
            found[place] += glyphs
    widths = {(box.row, box.column): box.box[2] - box.box[0] for box in grid.cells}
    return FilledGrid(grid, {place: _cell_text(glyphs, widths.get(place, 0.0)) for place, glyphs in found.items()})


def is_inside(run: Run, grid: Grid) -> bool:
    """Whether a run stands within the grid's outer rules."""
    left, top, right, bottom = grid.box
    return left <= (run.x0 + run.x1) / 2 <= right and top <= run.middle <= bottom


def _corners(grid: Grid) -> dict[Corner, Corner]:
    """The top left corner of the cell that covers a position."""
    return {
        (box.row + r, box.column + c): (box.row, box.column)
        for box in grid.cells
        for r in range(box.rows)
        for c in range(box.columns)
    }


def _without_amount(run: Run, grid: Grid, corners: dict[Corner, Corner]) -> Iterator[Run]:
    """A run over several cells, cut between amounts, and between words and one that it ends or begins with."""
    places = [_place(glyph, grid, corners) for glyph in run.glyphs]
    at = next(_amount_edges(run, places), 0) if places[0] != places[-1] else 0
    if at:
        for part in (run.glyphs[:at], run.glyphs[at:]):
            yield from _without_amount(Run(part), grid, corners)
    else:
        yield run


def _amount_edges(run: Run, places: Sequence[Corner]) -> Iterator[int]:
    """Where an exact amount begins behind another or behind words, or where in the next cell words begin behind one."""
    text = [glyph.text for glyph in run.glyphs]
    end = len(text) - sum(1 for _ in takewhile(_AMOUNT_SIGNS.__contains__, reversed(text)))
    start = sum(1 for _ in takewhile(_AMOUNT_SIGNS.__contains__, text))
    if two := _TWO.search("".join(text)):
        yield two.end(1)
    if end and _EXACT.fullmatch("".join(text[end:])):
        yield end
    if 0 < start < len(text) and places[start - 1] != places[start] and _EXACT.fullmatch("".join(text[:start])):
        yield start


def _places(run: Run, grid: Grid, corners: dict[Corner, Corner]) -> Iterator[tuple[Corner, tuple[Glyph, ...]]]:
    """The run's parts with their cells: it is cut at a rule unless it is drawn across it."""
    placed = [(_place(glyph, grid, corners), glyph) for glyph in run.glyphs]
    parts: list[list[tuple[Corner, Glyph]]] = [[placed[0]]]
    for before, after in pairwise(placed):
        is_cut = before[0] != after[0] and not _crosses(before[1], after[1], grid)
        if is_cut:
            parts.append([after])
        else:
            parts[-1].append(after)
    for part in parts:
        glyphs = tuple(glyph for _, glyph in part)
        is_amount = bool(_AMOUNT.fullmatch("".join(glyph.text for glyph in glyphs)))
        yield part[-1 if is_amount else 0][0], glyphs


def _place(glyph: Glyph, grid: Grid, corners: dict[Corner, Corner]) -> Corner:
    row = _index(grid.rows, glyph.middle)
    column = _index(grid.columns, (glyph.x0 + glyph.x1) / 2)
    return corners.get((row, column), (row, column))


def _index(edges: Sequence[float], position: float) -> int:
    return min(max(bisect_right(edges, position) - 1, 0), len(edges) - 2)


def _crosses(before: Glyph, after: Glyph, grid: Grid) -> bool:
    """Whether two neighbours in different cells are one text: no gap, or one of them lies on the rule."""
    if after.x0 - before.x1 < _APART * after.size:
        return True
    margin = _STRADDLES * after.size
    return any(glyph.x0 + margin < edge < glyph.x1 - margin for glyph in (before, after) for edge in grid.columns)


def _cell_text(glyphs: Sequence[Glyph], width: float) -> str:
    lines = list(lines_of(glyphs))
    texts = [text_of(line) for line in lines]
    fills = any(line[-1].x1 - line[0].x0 > _FULL * width for line in lines[:-1])
    return " ".join(texts) if fills else in_one_cell(texts)
