"""Ruled grids on a page: the cells between rules on common edges."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_SAME_EDGE: Final = 3.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell's place on its grid: indexes of its first row and column, and how many it covers."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table's cells; ``columns`` and ``rows`` are the edges, one more than there are columns and rows.

    ``place`` is set where another height than that of its top tells when it is read.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[CellBox, ...]
    place: float | None = None

    @property
    def top(self) -> float:
        return self.rows[0] if self.place is None else self.place

    @property
    def box(self) -> Box:
        return (self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    @property
    def width(self) -> int:
        return len(self.columns) - 1


def grid_of(cells: Sequence[Box]) -> Grid | None:
    """The grid that cells with these boxes make; None where they are no table."""
    columns = _edges(x for box in cells for x in (box[0], box[2]))
    rows = _edges(y for box in cells for y in (box[1], box[3]))
    if len(columns) < 2 or len(rows) < 2:
        return None
    return Grid(columns, rows, tuple(_place(box, columns, rows) for box in cells))


def _edges(positions: Iterable[float]) -> tuple[float, ...]:
    """Positions with those that differ by a hair taken for one."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SAME_EDGE:
            edges.append(position)
    return tuple(edges)


def _place(box: Box, columns: Sequence[float], rows: Sequence[float]) -> CellBox:
    left, right = _nearest(columns, box[0]), _nearest(columns, box[2])
    top, bottom = _nearest(rows, box[1]), _nearest(rows, box[3])
    return CellBox(top, left, max(bottom - top, 1), max(right - left, 1), box)


def _nearest(edges: Sequence[float], position: float) -> int:
    after = min(max(bisect_left(edges, position), 1), len(edges) - 1)
    return after - 1 if position - edges[after - 1] <= edges[after] - position else after


def on_columns(grid: Grid, columns: tuple[float, ...]) -> Grid | None:
    """The grid with its cells on more ``columns``; None where one of its own edges is not among them.

    Its own edges stay where they are: figures printed close to a rule must not cross it.
    """
    if not all(any(abs(edge - other) <= 2 * _SAME_EDGE for other in columns) for edge in grid.columns):
        return None
    own = {_nearest(columns, edge): edge for edge in grid.columns}
    edges = tuple(own.get(at, edge) for at, edge in enumerate(columns))
    return Grid(edges, grid.rows, tuple(_place(cell.box, edges, grid.rows) for cell in grid.cells), grid.place)
