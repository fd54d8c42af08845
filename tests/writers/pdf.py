"""Blocks of a document as a PDF, laid out the ways published budgets are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw
from reportlab.lib import colors, pagesizes
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.textsplit import wordSplit
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Table
from reportlab.platypus import Paragraph as PdfParagraph

from index.document import Block, Cell, Paragraph, RawRow, RawTable

FONT: Final = "STSong-Light"
"""A font of every PDF reader: only its name stands in the file, so none is needed here."""

_MARGIN: Final = 42.0
_PADDING: Final = {"all": 3.0, "horizontal": 6.0, "none": 6.0}
"""Without lines between them columns need more room."""
_PROSE_SIZE: Final = 11.0
_CELL_SIZES: Final = (9.0, 8.0, 7.0, 6.0, 5.0)
_AMOUNT: Final = re.compile(r"-?[\d,]*[.,]\d+|0|-")
_MAX_WORDS: Final = 11
"""Columns of words are made this many characters wide at most: longer texts are wrapped."""

_WHOLE: Final = ((0, 0), (-1, -1))
_RULES: Final = {
    "all": [("GRID", *_WHOLE, 0.5, colors.black)],
    "horizontal": [("LINEBELOW", *_WHOLE, 0.5, colors.black), ("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black)],
    "none": [],
}

registerFont(UnicodeCIDFont(FONT))


def _no_header(table: RawTable) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class PdfLayout:
    """How pages and tables are printed.

    ``header_rows`` tells how many rows are repeated where a table goes on on the next page. ``split_rows`` lets a row
    of several lines begin on one page and end on the next; with ``fallen_rows`` the first row of a new page stands
    outside the ruling. ``overlap`` prints each cell's text on one line, over its neighbour where it is too long.
    ``captions`` are lines above tables: printed in the middle, or at both margins where two wide blanks part them.
    """

    rules: Literal["all", "horizontal", "none"] = "all"
    header_rows: Callable[[RawTable], int] = _no_header
    page_number: str = "- {} -"
    running_head: str = ""
    landscape: bool = False
    split_rows: bool = False
    fallen_rows: bool = False
    overlap: bool = False
    captions: frozenset[str] = frozenset()
    password: str = ""


def write_pdf(blocks: Sequence[Block], path: Path, layout: PdfLayout | None = None) -> None:
    """Print the blocks in order; one whose provenance names a later page than the one before starts a new page."""
    layout = layout or PdfLayout()
    width, height = pagesizes.landscape(pagesizes.A4) if layout.landscape else pagesizes.A4
    document = BaseDocTemplate(
        str(path), pagesize=(width, height), invariant=1, encrypt=_encryption(layout), title="", author=""
    )
    frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=_furniture(layout))])
    document.build(list(_flowables(blocks, layout, width - 2 * _MARGIN)))


def write_scanned_pdf(path: Path, pages: int = 1) -> None:
    """Pages that are pictures: grey bars where a scan would show lines of text."""
    width, height = pagesizes.A4
    picture = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(12, 70):
        draw.rectangle((60, line * 12, 560 - line % 7 * 30, line * 12 + 6), fill=90)
    data = BytesIO()
    picture.save(data, "PNG")
    canvas = Canvas(str(path), pagesize=(width, height), invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(BytesIO(data.getvalue())), 0, 0, width, height)
        canvas.showPage()
    canvas.save()


def _encryption(layout: PdfLayout) -> StandardEncryption | None:
    return StandardEncryption(layout.password, strength=128) if layout.password else None


def _furniture(layout: PdfLayout) -> Callable[[Canvas, Any], None]:
    """What stands on every page: the running head above, the page number below."""

    def draw(canvas: Canvas, document: Any) -> None:
        width, height = canvas._pagesize
        canvas.setFont(FONT, 9)
        if layout.running_head:
            canvas.drawCentredString(width / 2, height - _MARGIN / 2 - 4, layout.running_head)
        if layout.page_number:
            canvas.drawCentredString(width / 2, _MARGIN / 2, layout.page_number.format(document.page))

    return draw


def _flowables(blocks: Sequence[Block], layout: PdfLayout, width: float) -> Iterator[Flowable]:
    page: int | None = None
    for number, block in enumerate(blocks):
        starts_on = _page(block)
        if number and starts_on and page and starts_on > page:
            yield PageBreak()
        page = starts_on or page
        if isinstance(block, Paragraph) and block.text in layout.captions:
            yield _caption(block.text, width)
        elif isinstance(block, Paragraph):
            yield PdfParagraph(escape(block.text), _PROSE)
        else:
            yield _PrintedTable(_Grid.of(block, layout, width))


def _caption(text: str, width: float) -> Flowable:
    left, gap, right = text.partition("　　")
    if not gap:
        return PdfParagraph(escape(text), ParagraphStyle("caption", parent=_PROSE, alignment=TA_CENTER))
    line = Table([[left, right]], colWidths=[width * 0.7, width * 0.3])
    line.setStyle([("FONT", *_WHOLE, FONT, _PROSE_SIZE), ("ALIGN", (1, 0), (1, 0), "RIGHT")])
    return line


def _page(block: Block) -> int | None:
    provenance = block.provenance if isinstance(block, Paragraph) else block.rows[0].provenance
    return provenance.page


_PROSE: Final = ParagraphStyle("prose", fontName=FONT, fontSize=_PROSE_SIZE, leading=_PROSE_SIZE * 1.6, wordWrap="CJK")


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rows of one table, or of what is left of it, with the measures they share."""

    rows: tuple[RawRow, ...]
    header: int
    widths: tuple[float, ...]
    size: float
    layout: PdfLayout

    @classmethod
    def of(cls, table: RawTable, layout: PdfLayout, width: float) -> _Grid:
        widths, size = _column_widths(table, width, 2 * _PADDING[layout.rules])
        return cls(table.rows, layout.header_rows(table), widths, size, layout)

    def flowable(self) -> Table:
        rows = [self._cells(row) for row in self.rows]
        table = Table(rows, colWidths=list(self.widths), repeatRows=self.header)
        sides = [("ALIGN", *_WHOLE, "LEFT"), *self._amounts()] if self.layout.overlap else []
        font = ("FONT", *_WHOLE, FONT, self.size)
        table.setStyle([*self._frame(), font, *sides, *self._spans(), *_RULES[self.layout.rules]])
        return table

    def _frame(self) -> list[tuple[Any, ...]]:
        beside, above = _PADDING[self.layout.rules], _PADDING["all"]
        padding = {"LEFT": beside, "RIGHT": beside, "TOP": above, "BOTTOM": above}
        return [("VALIGN", *_WHOLE, "MIDDLE"), *((f"{side}PADDING", *_WHOLE, room) for side, room in padding.items())]

    def _amounts(self) -> list[tuple[Any, ...]]:
        return [
            ("ALIGN", (column, at), (column, at), "RIGHT")
            for at, row in enumerate(self.rows)
            for column, text in enumerate(row.texts)
            if _AMOUNT.fullmatch(text)
        ]

    def split_row(self, row: RawRow) -> tuple[RawRow, tuple[RawRow, ...]]:
        """What stands on each cell's first line, and the row of what is left, if anything is."""
        lines = [self._lines(cell, width) for cell, width in zip(row.cells, self.widths, strict=False)]
        first, second = (
            tuple(cell and replace(cell, text=part[at]) for cell, part in zip(row.cells, lines, strict=True))
            for at in (0, 1)
        )
        is_split = any(rest for _, rest in lines)
        return replace(row, cells=first), (replace(row, cells=second),) if is_split else ()

    def _lines(self, cell: Cell | None, width: float) -> tuple[str, str]:
        if cell is None or cell.column_span > 1:
            return cell.text if cell else "", ""
        line = wordSplit(cell.text, width - 2 * _PADDING[self.layout.rules], FONT, self.size)[0][1] if cell.text else ""
        return line, cell.text[len(line) :]

    def _cells(self, row: RawRow) -> list[Any]:
        texts = [*row.texts, *[""] * (len(self.widths) - len(row.texts))]
        return [text if self.layout.overlap else PdfParagraph(escape(text), self._style(text)) for text in texts]

    def _style(self, text: str) -> ParagraphStyle:
        side = TA_RIGHT if _AMOUNT.fullmatch(text) else TA_LEFT
        return ParagraphStyle(
            "cell", fontName=FONT, fontSize=self.size, leading=self.size * 1.25, wordWrap="CJK", alignment=side
        )

    def _spans(self) -> list[tuple[Any, ...]]:
        return [
            ("SPAN", (column, at), (column + cell.column_span - 1, at + cell.row_span - 1))
            for at, row in enumerate(self.rows)
            for column, cell in enumerate(row.cells)
            if cell and (cell.row_span > 1 or cell.column_span > 1)
        ]


class _PrintedTable(Flowable):
    """A table that knows how to go on on the next page."""

    def __init__(self, grid: _Grid) -> None:
        super().__init__()
        self._grid = grid
        self._table = grid.flowable()

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        size: tuple[float, float] = self._table.wrap(available_width, available_height)
        return size

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        parts: list[Any] = self._table.split(available_width, available_height)
        layout = self._grid.layout
        if len(parts) < 2 or not (layout.fallen_rows or layout.split_rows):
            return parts
        count = len(parts[0]._cellvalues)
        return self._with_fallen_row(count) if layout.fallen_rows else self._with_split_row(count)

    def _with_fallen_row(self, count: int) -> list[Flowable]:
        """The first ``count`` rows, and the next one without rules on the new page."""
        grid = self._grid
        head = replace(grid, rows=grid.rows[:count])
        fallen = replace(grid, rows=grid.rows[count : count + 1], header=0, layout=replace(grid.layout, rules="none"))
        return [head.flowable(), fallen.flowable(), *self._goes_on(grid.rows[count + 1 :])]

    def _with_split_row(self, count: int) -> list[Flowable]:
        """The last row that fits ends on the new page where it has several lines."""
        grid = self._grid
        first, second = grid.split_row(grid.rows[count - 1])
        head = replace(grid, rows=(*grid.rows[: count - 1], first))
        return [head.flowable(), *self._goes_on((*second, *grid.rows[count:]))]

    def _goes_on(self, rows: tuple[RawRow, ...]) -> list[Flowable]:
        header = self._grid.rows[: self._grid.header]
        return [_PrintedTable(replace(self._grid, rows=header + rows))] if rows else []

    def draw(self) -> None:
        self._table.drawOn(self.canv, 0, 0)


def _column_widths(table: RawTable, width: float, padding: float) -> tuple[tuple[float, ...], float]:
    """The largest type size at which each column has room for its numbers and for a good part of its words."""
    count = max(len(row.cells) for row in table.rows)
    for size in _CELL_SIZES:
        widths = [_text_width(table, column, size) + padding + 1 for column in range(count)]
        if sum(widths) <= width:
            break
    scale = width / sum(widths)
    return tuple(column * scale for column in widths), size


def _text_width(table: RawTable, column: int, size: float) -> float:
    cells = [row.cells[column] for row in table.rows if column < len(row.cells)]
    texts = [cell.text for cell in cells if cell and cell.column_span == 1]
    limit = _MAX_WORDS * size
    widths = [
        stringWidth(text, FONT, size) if text[:1].isascii() else min(stringWidth(text, FONT, size), limit)
        for text in texts
    ]
    return max(widths, default=2 * size)
