"""Pages to blocks in reading order: tables that go on over pages put on common columns, lines to paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, takewhile
from typing import Final

from index.convert.page.cells import fill
from index.convert.page.content import PageContent
from index.convert.page.grids import Box, Grid, on_columns
from index.convert.page.lines import Line
from index.convert.page.prose import margins_of, paragraphs_of, without_furniture
from index.convert.page.unruled import find_line_tables, is_fallen_row, row_of
from index.document import Block, Paragraph, Place, Places, Provenance, RawRow, RawTable

_NEAR_TABLE: Final = 3.0

Columns = tuple[float, ...]
"""The borders of a table's columns, one more than there are columns."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where on which page it begins."""

    page: int
    top: float
    block: Block


def _on_common_columns(pages: Sequence[PageContent]) -> tuple[PageContent, ...]:
    """A page's first grid takes over the columns of the page before where its own are among them, and the reverse."""
    aligned: list[PageContent] = []
    for page in pages:
        before = aligned[-1] if aligned else None
        if before and before.grids and page.grids:
            last = max(range(len(before.grids)), key=lambda at: before.grids[at][0].rows[-1])
            first = min(range(len(page.grids)), key=lambda at: page.grids[at][0].rows[0])
            upper, lower = before.grids[last][0], page.grids[first][0]
            if finer := on_columns(lower, upper.columns):
                page = _with_grid(page, first, finer)
            elif finer := on_columns(upper, lower.columns):
                aligned[-1] = _with_grid(before, last, finer)
        aligned.append(page)
    return tuple(aligned)


def _with_grid(page: PageContent, at: int, grid: Grid) -> PageContent:
    grids = list(page.grids)
    grids[at] = (grid, grids[at][1])
    return replace(page, grids=tuple(grids))


def blocks_of(pages: Sequence[PageContent]) -> tuple[Block, ...]:
    """The tables and paragraphs of the pages."""
    pages = _on_common_columns(pages)
    heights = {page.number: page.height for page in pages}
    lines = without_furniture([line for page in pages for line in page.lines], heights)
    by_page = {number: list(group) for number, group in groupby(lines, key=lambda line: line.page)}
    placed: list[Placed] = []
    prose: list[Line] = []
    before: Columns = ()
    for page in pages:
        own = by_page.get(page.number, [])
        if before and not page.grids:
            fallen = list(takewhile(partial(is_fallen_row, columns=before), own))
            own = own[len(fallen) :]
            placed += [Placed(page.number, fallen[0].baseline, RawTable(_as_rows(fallen, before)))] if fallen else []
        tables, rest, before = _tables(page, own)
        placed += tables
        prose += rest
    placed += _prose(prose, placed)
    windows = {page.number: page.window for page in pages}
    return tuple(_shown(each.block, windows) for each in sorted(placed, key=lambda each: (each.page, each.top)))


def _shown(block: Block, windows: Mapping[int, Box]) -> Block:
    """The block with its places as shares of the page as shown."""
    if isinstance(block, Paragraph):
        return replace(block, provenance=_shown_provenance(block.provenance, windows))
    return RawTable(
        tuple(
            RawRow(
                tuple(cell and replace(cell, places=_shares(cell.places, windows)) for cell in row.cells),
                _shown_provenance(row.provenance, windows),
            )
            for row in block.rows
        )
    )


def _shown_provenance(provenance: Provenance, windows: Mapping[int, Box]) -> Provenance:
    return replace(provenance, places=_shares(provenance.places, windows))


def _shares(places: Places, windows: Mapping[int, Box]) -> Places:
    return tuple(_share(place, windows[place.page]) for place in places)


def _share(place: Place, window: Box) -> Place:
    left, top, right, bottom = window
    width, height = right - left, bottom - top
    return Place(
        place.page,
        max((place.left - left) / width, 0.0),
        max((place.top - top) / height, 0.0),
        min((place.right - left) / width, 1.0),
        min((place.bottom - top) / height, 1.0),
    )


def _tables(page: PageContent, lines: list[Line]) -> tuple[list[Placed], list[Line], Columns]:
    """The page's tables, the lines that belong to none, and the columns of the lowest table."""
    tables: list[tuple[float, Placed, Columns]] = []
    for grid, runs in page.grids:
        above, below = _fallen_rows(grid, lines)
        lines = [line for line in lines if line not in above and line not in below]
        rows = (*_as_rows(above, grid.columns), *fill(grid, runs).rows(page.number), *_as_rows(below, grid.columns))
        tables.append((grid.rows[-1], Placed(page.number, grid.top, RawTable(rows)), grid.columns))
    for table in find_line_tables(lines):
        lines = [line for line in lines if line not in table.lines]
        placed = Placed(page.number, table.lines[0].baseline, RawTable(table.rows))
        tables.append((table.lines[-1].baseline, placed, table.borders))
    lowest = max(tables, key=lambda table: table[0], default=None)
    return [placed for _, placed, _ in tables], lines, lowest[2] if lowest else ()


def _fallen_rows(grid: Grid, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines right above and right below the grid that are rows of it."""
    top, bottom = grid.rows[0], grid.rows[-1]
    above = _rows_from(top, reversed([line for line in lines if line.baseline <= top]), grid)
    below = _rows_from(bottom, (line for line in lines if line.baseline > bottom), grid)
    return above[::-1], below


def _rows_from(edge: float, lines: Iterable[Line], grid: Grid) -> list[Line]:
    """The first of ``lines``, away from an edge of the grid, that are rows of it and stand close to each other."""
    rows: list[Line] = []
    for line in lines:
        if abs(line.baseline - edge) > _NEAR_TABLE * line.size or not is_fallen_row(line, grid.columns):
            break
        rows.append(line)
        edge = line.baseline
    return rows


def _as_rows(lines: Sequence[Line], columns: Columns) -> tuple[RawRow, ...]:
    return tuple(row_of([line], columns) for line in lines)


def _prose(lines: Sequence[Line], tables: Sequence[Placed]) -> Iterator[Placed]:
    """Paragraphs of the lines; none goes on behind a table."""
    starts = sorted((table.page, table.top) for table in tables)
    margins = {page: margins_of(list(group)) for page, group in groupby(lines, key=lambda line: line.page)}
    for _, between in groupby(lines, key=lambda line: bisect_left(starts, (line.page, line.baseline))):
        for first, paragraph in paragraphs_of(list(between), margins):
            yield Placed(first.page, first.baseline, paragraph)
