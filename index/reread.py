"""Recognised figures that a check contradicts are read once more; what then agrees with the check is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from index.convert.pictures import scan_of
from index.document import Cell, Document, Place, Places, RawRow, RawTable, RecognisedPage
from index.money import parse_number
from index.parsed import ParsedDocument
from index.prose import CellReference, Finding
from index.recognition import can_recognise

_MOST_CELLS: Final = 60
_MOST_TRIES: Final = 12

Read = Callable[[Document], ParsedDocument]
"""All stages after the converter."""


def reread(parsed: ParsedDocument, content: bytes, read: Read) -> ParsedDocument:
    """The document with the readings that leave the fewest contradictions."""
    doubted = list(dict.fromkeys(_doubted(parsed)))[:_MOST_CELLS] if can_recognise() else []
    best = parsed
    for places, texts in list(_other_readings(parsed, content, doubted))[:_MOST_TRIES]:
        for text in texts:
            tried = read(_with_text(best.document, places, text))
            if _contradictions(tried) < _contradictions(best):
                best = tried
                break
    return best


def _contradictions(parsed: ParsedDocument) -> int:
    return sum(map(_differs, parsed.findings))


def _differs(finding: Finding) -> bool:
    return finding.result == "differs" and not finding.is_rounding


def _doubted(parsed: ParsedDocument) -> Iterator[Places]:
    """Where the recognised cells are printed that a check contradicts, those first that several do."""
    pages = {page.page for page in parsed.document.recognised}
    cells = [cell for finding in parsed.findings if _differs(finding) for cell in finding.cells]
    for cell in sorted(dict.fromkeys(cells), key=lambda cell: -cells.count(cell)):
        places = _places(parsed, cell)
        if len(places) == 1 and places[0].page in pages:
            yield places


def _places(parsed: ParsedDocument, cell: CellReference) -> Places:
    table = next(table for table in parsed.tables if table.number == cell.table)
    row = next((row for row in table.rows if row.key == cell.row), None)
    if row is None or not table.places:
        return ()
    return table.places[table.header_rows + row.number - 1][cell.column - 1]


def _other_readings(
    parsed: ParsedDocument, content: bytes, doubted: Sequence[Places]
) -> Iterator[tuple[Places, tuple[str, ...]]]:
    """The amounts that another reading finds at these places, where they differ from what the first one found."""
    from index.convert.scan.again import read_again

    first = {cell.places: cell.text for cell in _cells(parsed.document)}
    turns: Mapping[int, RecognisedPage] = {page.page: page for page in parsed.document.recognised}
    for page in dict.fromkeys(places[0].page for places in doubted):
        wanted: list[Place] = [places[0] for places in doubted if places[0].page == page]
        picture, dpi = scan_of(content, parsed.document.file, page)
        for place, texts in zip(wanted, read_again(picture, dpi, turns[page].turn, wanted), strict=True):
            amounts = tuple(t for t in texts if parse_number(t) is not None and t != first.get((place,)))
            if amounts and (place,) in first:
                yield (place,), amounts


def _cells(document: Document) -> Iterator[Cell]:
    rows = (row for block in document.blocks if isinstance(block, RawTable) for row in block.rows)
    return (cell for row in rows for cell in row.cells if cell is not None)


def _with_text(document: Document, places: Places, text: str) -> Document:
    """The document with another text in the cell that is printed at these places."""

    def changed(row: RawRow) -> RawRow:
        cells = tuple(replace(cell, text=text) if cell and cell.places == places else cell for cell in row.cells)
        return replace(row, cells=cells)

    blocks = tuple(
        RawTable(tuple(map(changed, block.rows))) if isinstance(block, RawTable) else block for block in document.blocks
    )
    return replace(document, blocks=blocks)
