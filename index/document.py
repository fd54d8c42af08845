"""The first stage's types: what a converter reads out of a file, before anything is interpreted.

Frozen, no I/O. Provenance is born here and never dropped; cell spans are kept until cleaning decides
what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page something is printed: its edges as shares of the page as shown, from the top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


Places = tuple[Place, ...]
"""Several where something is printed on several lines or pages."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a piece of a document stands in its file.

    ``page`` counts from 1 (None where the format has no pages), ``line`` from 1 in text formats,
    ``sheet`` is the worksheet's name in workbooks. ``places`` is where it is printed, and makes no two alike things
    differ.
    """

    page: int | None = None
    line: int | None = None
    sheet: str | None = None
    places: Places = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed table cell at its top left position; ``text`` is as printed, line breaks folded to a blank."""

    text: str
    row_span: int = 1
    column_span: int = 1
    places: Places = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One printed row. A position covered by a neighbour's span is None; a ragged row is shorter than the others."""

    cells: tuple[Cell | None, ...]
    provenance: Provenance

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts, "" where a span covers the position."""
        return tuple(cell.text if cell else "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RawTable:
    """A run of printed rows that the converter saw as one grid: title and header rows are not told apart yet."""

    rows: tuple[RawRow, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph, list item or heading; which of them it is, the outline decides."""

    text: str
    provenance: Provenance


Block = Paragraph | RawTable


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of the file that a reader sees and no converter can read: what it is and where, in Chinese."""

    text: str


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A recognised page of a file; a document may be made of several files."""

    file: str
    page: int
    turn: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page whose text was recognised in a picture, which was turned clockwise by ``turn`` degrees for it.

    A converter says so beside its blocks.
    """

    page: int
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as read: its blocks in reading order, and what of it could not be read.

    ``document_id`` is the first 12 hex digits of the file's sha256, so the same file is the same document.
    ``recognised`` are the pages whose text is no text in the file but was recognised in a picture.
    """

    document_id: str
    file: str
    sha256: str
    blocks: tuple[Block, ...] = field(default=())
    gaps: tuple[Gap, ...] = field(default=())
    recognised: tuple[RecognisedPage, ...] = field(default=())
