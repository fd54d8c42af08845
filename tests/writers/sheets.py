"""Blocks of a document laid out on sheets, the way offices publish workbooks: a table a sheet, prose on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from index.document import Block, Cell, Paragraph, RawTable

_NUMBER = re.compile(r"(?P<whole>-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*))(?P<places>\.\d+)?(?P<percent>%)?")
_MAX_DIGITS = 15
"""Excel keeps no more digits of a number: longer ones are written as text."""
_PROSE = re.compile(r"[。；]|.{61}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place on the sheet, counted from 0; a table's are ruled."""

    row: int
    column: int
    cell: Cell
    ruled: bool = False


@dataclass(slots=True)
class Sheet:
    """A sheet under way: its cells and how many rows are taken."""

    name: str
    cells: list[Placed] = field(default_factory=list)
    height: int = 0

    def add_line(self, text: str, width: int) -> None:
        """A line of words merged over ``width`` columns."""
        self.cells.append(Placed(self.height, 0, Cell(text, column_span=width)))
        self.height += 1

    def add_table(self, table: RawTable) -> None:
        """A table below what is there, a blank row between two tables."""
        self.cells += [
            Placed(self.height + r, c, cell, ruled=True)
            for r, row in enumerate(table.rows)
            for c, cell in enumerate(row.cells)
            if cell is not None
        ]
        self.height += len(table.rows) + 1


def lay_out(blocks: Sequence[Block]) -> list[Sheet]:
    """Sheets in reading order. Short lines right above a table share its sheet, as do tables that follow each other."""
    sheets: list[Sheet] = []
    is_prose = True
    for lines, table in _groups(blocks):
        captions = _captions(lines) if table else []
        prose = lines[: len(lines) - len(captions)]
        if prose:
            sheets.append(_prose_sheet(prose, len(sheets) + 1))
            is_prose = True
        if table is None:
            continue
        if is_prose or captions:
            sheets.append(Sheet(f"表{len(sheets) + 1}"))
        is_prose = False
        for line in captions:
            sheets[-1].add_line(line, max(len(row.cells) for row in table.rows))
        sheets[-1].add_table(table)
    return sheets


def number_of(text: str) -> tuple[Decimal, str] | None:
    """The number that ``text`` prints and the number format that prints it so; None for words and codes.

    >>> number_of("1,234.50"), number_of("0.00"), number_of("95%"), number_of("001")
    ((Decimal('1234.50'), '#,##0.00'), (Decimal('0.00'), '0.00'), (Decimal('0.95'), '0%'), None)
    """
    match = _NUMBER.fullmatch(text)
    if not match or len(re.sub(r"\D", "", text)) > _MAX_DIGITS:
        return None
    number = Decimal(text.rstrip("%").replace(",", ""))
    percent = match["percent"] or ""
    places = re.sub(r"\d", "0", match["places"] or "")
    return number / 100 if percent else number, ("#,##0" if "," in text else "0") + places + percent


def _groups(blocks: Sequence[Block]) -> Iterator[tuple[list[str], RawTable | None]]:
    """Each table with the paragraphs between it and the table before."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            yield lines, block
            lines = []
    if lines:
        yield lines, None


def _captions(lines: list[str]) -> list[str]:
    start = next((n + 1 for n in range(len(lines) - 1, -1, -1) if _PROSE.search(lines[n])), 0)
    return lines[start:]


def _prose_sheet(lines: Sequence[str], number: int) -> Sheet:
    sheet = Sheet(f"说明{number}")
    for line in lines:
        sheet.add_line(line, 1)
    return sheet
