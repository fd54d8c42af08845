"""Rules drawn on a page to ruled grids, for formats other than PDF: by the same library that finds them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from index.convert.page.grids import Box, Grid, grid_of

_SNAP: Final = 3
_MEET: Final = 4
_SHORTEST: Final = 3.0


def grids_between(rules: Iterable[Box]) -> tuple[Grid, ...]:
    """The grids that straight rules make: lines from left to right or from top to bottom, in points."""
    edges = merge_edges(list(_edges(rules)), _SNAP, _SNAP, _SNAP, _SNAP)
    long = [edge for edge in edges if max(edge["width"], edge["height"]) >= _SHORTEST]
    tables = cells_to_tables(intersections_to_cells(edges_to_intersections(long, _MEET, _MEET)))
    return tuple(grid for cells in tables if (grid := grid_of(cells)))


def _edges(rules: Iterable[Box]) -> Iterator[dict[str, Any]]:
    """The rules as pdfplumber has them, each on its middle line."""
    for left, top, right, bottom in rules:
        is_flat = right - left >= bottom - top
        x0, x1 = (left, right) if is_flat else ((left + right) / 2,) * 2
        y0, y1 = ((top + bottom) / 2,) * 2 if is_flat else (top, bottom)
        yield {
            "x0": x0,
            "x1": x1,
            "top": y0,
            "bottom": y1,
            "width": x1 - x0,
            "height": y1 - y0,
            "orientation": "h" if is_flat else "v",
            "object_type": "line",
        }
