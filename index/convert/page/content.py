"""One page as read: its ruled grids with what stands in them, and the lines outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import not_

from index.convert.page.beside import arrange
from index.convert.page.cells import is_inside
from index.convert.page.glyphs import Glyph, Run, runs_of
from index.convert.page.grids import Box, Grid
from index.convert.page.lines import Line, read_lines


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page: its grids with their runs of characters, and the lines that stand outside of them.

    ``window`` is what is shown of the page: left, top, right and bottom, which places are shares of.
    ``turn`` is set where the page was recognised in a picture: by how many degrees that was turned clockwise for it.
    ``has_pictures`` and ``fonts`` are what can't be read of it: pictures, and text in fonts of these names.
    """

    number: int
    window: Box
    height: float
    grids: tuple[tuple[Grid, tuple[Run, ...]], ...]
    lines: tuple[Line, ...]
    glyphs: int
    has_pictures: bool = False
    fonts: tuple[str, ...] = ()
    turn: int | None = None


def read_page(number: int, window: Box, glyphs: Sequence[Glyph], grids: Iterable[Grid]) -> PageContent:
    """The page with each run of characters in the grid around it, or in a line where there is none."""
    runs = runs_of(glyphs)
    filled: list[tuple[Grid, tuple[Run, ...]]] = []
    for grid in sorted(grids, key=lambda grid: -len(grid.cells)):
        within = [is_inside(run, grid) for run in runs]
        if grid.width > 1 and sum(within) > 1:
            filled.append((grid, tuple(compress(runs, within))))
            runs = tuple(compress(runs, map(not_, within)))
    arranged = arrange([grid for grid, _ in filled], read_lines(runs, number))
    placed = tuple(zip(arranged.grids, (within for _, within in filled), strict=True))
    return PageContent(number, window, window[3] - window[1], placed, arranged.lines, len(glyphs))
