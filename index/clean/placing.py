"""Where the cells of a clean table are printed: those that a pass made anew are found again by what they say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from index.document import Cell, Document, Places, RawRow, RawTable

Printed = Mapping[tuple[int, str], Sequence[Places]]
"""Where on a page a text stands in a table, from top to bottom and from left to right."""


def printed_cells(document: Document) -> Printed:
    """The cells of the document's tables by page and text."""
    found: dict[tuple[int, str], list[Places]] = defaultdict(list)
    for cell in _cells(document):
        found[cell.places[0].page, cell.text.strip()].append(cell.places)
    return {key: sorted(places, key=lambda each: (each[0].top, each[0].left)) for key, places in found.items()}


def _cells(document: Document) -> Iterator[Cell]:
    rows = (row for block in document.blocks if isinstance(block, RawTable) for row in block.rows)
    yield from (cell for row in rows for cell in row.cells if cell and cell.places and cell.text.strip())


def places_of(row: RawRow, width: int, printed: Printed) -> tuple[Places, ...]:
    """Where each cell of the row is printed, or all of the row where that can't be told of the cell."""
    cells = (*row.cells, *[None] * (width - len(row.cells)))
    seen: Counter[str] = Counter()
    return tuple(_places(cell, row, seen, printed) for cell in cells)


def _places(cell: Cell | None, row: RawRow, seen: Counter[str], printed: Printed) -> Places:
    if cell is None or cell.places or not row.provenance.places:
        return cell.places if cell else row.provenance.places
    text, start = cell.text.strip(), row.provenance.places[0]
    seen[text] += 1
    candidates = printed.get((start.page, text), ())
    if not candidates:
        return row.provenance.places
    nearest = min(abs(places[0].top - start.top) for places in candidates)
    beside = [places for places in candidates if abs(places[0].top - start.top) == nearest]
    return beside[min(seen[text], len(beside)) - 1]
