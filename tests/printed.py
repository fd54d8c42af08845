"""The source file as a reader sees it: tab-separated lines under their table's title. Shares no code with index/."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import TableCitation

_TITLE = re.compile(r"[^、\-]{2,40}表")
_NUMBER = re.compile(r"-?[\d,.]*")


def squeezed(text: str) -> str:
    """A text without white space, full-width forms made half-width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class PrintedLine:
    """A line's cells, and the last table title above it."""

    number: int
    title: str
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(self.cells)

    def names(self, citation: TableCitation) -> bool:
        """Whether the line prints the row's code or label: whole, or cut off at the cell's edge."""
        label = squeezed(citation.row_label)
        if citation.code and any(squeezed(citation.code) in cell for cell in self.cells):
            return True
        return any(label in cell or (len(cell) > 1 and label.startswith(cell)) for cell in self.cells)

    def has_no_names(self) -> bool:
        """Whether there are only figures on the line, as on a table's only row or on its row of totals."""
        return sum(bool(cell) for cell in self.cells) > 1 and all(_NUMBER.fullmatch(cell) for cell in self.cells)

    def pairs(self, name: str, citation: TableCitation) -> bool:
        """Whether the value stands right of a name, as in forms."""
        return (squeezed(name), squeezed(citation.value)) in itertools.pairwise(self.cells)


class PrintedDocument:
    """A published text file."""

    def __init__(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self._text = squeezed(text)
        self._tables: dict[str, list[PrintedLine]] = {}
        for line in _lines(text):
            self._tables.setdefault(line.title, []).append(line)

    def holds(self, quote: str) -> bool:
        """Whether a passage stands in the file, blanks and line breaks apart."""
        return squeezed(quote) in self._text

    def prints(self, citation: TableCitation) -> bool:
        """Whether the cited value stands in its column, on a line of its row, below its table's title."""
        lines = self._of(citation)
        if squeezed(citation.row_label) == squeezed(citation.value):
            return any(squeezed(citation.value) in line.cells for line in lines)
        return any(_stands_on(line, citation) or _is_carried(line, lines, citation) for line in lines)

    def _of(self, citation: TableCitation) -> list[PrintedLine]:
        """The lines of the cited table. Parts of a form are titled after the form or after a caption in it."""
        title = squeezed(citation.table_title).split(":")[0]
        return self._tables.get(title) or [
            line
            for lines in self._tables.values()
            if any(cell.startswith(title) for line in lines for cell in line.cells)
            for line in lines
        ]


def _lines(text: str) -> Iterator[PrintedLine]:
    title = ""
    for number, line in enumerate(text.split("\n"), start=1):
        cells = tuple(squeezed(cell) for cell in line.split("\t"))
        if len([cell for cell in cells if cell]) == 1 and _TITLE.fullmatch("".join(cells)):
            title = "".join(cells)
        yield PrintedLine(number, title, cells)


def _is_form(citation: TableCitation) -> bool:
    """Whether the table is a form to fill in: names stand left of their values, and the left edge is merged."""
    return "部门整体" in citation.table_title


def _places(citation: TableCitation) -> range:
    """Where the value may stand, from 0. Merged cells at the left edge of a form shift its lines by one."""
    at = citation.column_no - 1
    return range(max(at - 1, 0), at + 2) if _is_form(citation) else range(at, at + 1)


def _stands_on(line: PrintedLine, citation: TableCitation) -> bool:
    value = squeezed(citation.value)
    if _is_form(citation) and (line.pairs(citation.row_label, citation) or line.pairs(citation.column, citation)):
        return True
    found = any(at < len(line.cells) and line.cells[at] == value for at in _places(citation))
    return found and (line.names(citation) or line.has_no_names())


def _is_carried(line: PrintedLine, lines: list[PrintedLine], citation: TableCitation) -> bool:
    """Whether the row leaves the cell to a line above it, which prints the value."""
    at = citation.column_no - 1
    if not line.names(citation) or (at < len(line.cells) and line.cells[at]):
        return False
    above = (other for other in reversed(lines) if other.number < line.number)
    printed = (other.cells[at] for other in above if at < len(other.cells) and other.cells[at])
    return next(printed, None) == squeezed(citation.value)
