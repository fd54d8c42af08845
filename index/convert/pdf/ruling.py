"""Ruled grids on a page of a PDF: pdfplumber finds the cells, this tells which rules count."""

from __future__ import annotations

from typing import Any, Final

from pdfplumber.page import Page

from index.convert.page.grids import Grid, grid_of

_THICKEST_RULE: Final = 4.0
_SETTINGS: Final[dict[str, Any]] = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 4}


def find_grids(page: Page) -> tuple[Grid, ...]:
    """The page's ruled grids."""
    ruled = page.filter(_is_rule)
    return tuple(grid for table in ruled.find_tables(_SETTINGS) if (grid := grid_of(table.cells)))


def _is_rule(thing: dict[str, Any]) -> bool:
    """Lines and thin boxes; a box that is only filled is a background (a highlighted word), not a rule."""
    if thing["object_type"] in ("char", "image"):
        return False
    if thing["object_type"] == "line" or thing.get("stroke"):
        return True
    return bool(min(thing["width"], thing["height"]) <= _THICKEST_RULE)
