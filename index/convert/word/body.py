"""The body of a Word file in reading order: paragraphs as they are printed, tables with their merged cells.

What is struck out, by tracked changes or a line through it, hidden or white on white is not read; text boxes follow the
paragraph that they hang on, footnotes the paragraph or table that refers to them. The tree is walked without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from lxml import etree

from index.convert.grid import lines_of, plain, table_blocks
from index.convert.placed import Placed
from index.convert.raised import BESIDE_THE_LINE, raised
from index.convert.word.embedded import is_picture, told_of_picture
from index.convert.word.names import count, flag, value, w
from index.convert.word.numbering import Numbering
from index.convert.word.pages import Pages
from index.convert.word.styles import UNREAD_EFFECTS, WHITE, Styles, is_ground, numbered_by
from index.convert.word.tabbed import tabbed_lines, with_tabbed_tables
from index.document import Block, Gap, Paragraph, Provenance

_UNREAD: Final = frozenset(
    {w(name) for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "del", "moveFrom", "rt")}
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_IN_TABLE: Final = (w("tr"), w("tc"))
_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BEFORE_PAGE: Final = re.compile(r"\t\s*(?=[\dIVXivx]+\s*$)")
_LEADER: Final = "………"
"""What a table of contents prints between an entry and its page."""
_CODE_POINT: Final = re.compile(r"[0-9A-Fa-f]{1,4}")


@dataclass(slots=True)
class _Flow:
    """Paragraphs under way: of the body, a cell, a text box."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    page: int | None = None
    following: list[Block] = field(default_factory=list)
    style: str | None = None


@dataclass(slots=True)
class _Cell:
    """A cell under way, its spans still growing."""

    row: int
    column: int
    content: tuple[Block, ...] = ()
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class _Table:
    """A table under way. ``open`` are the cells that a cell of the next row may continue, by column."""

    cells: list[_Cell] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)
    open: dict[int, _Cell] = field(default_factory=dict)
    column: int = 0
    first_page: int | None = None
    last_page: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What the body refers to: styles, lists, the text of notes by ids, and how an embedded file is read."""

    styles: Styles
    numbering: Numbering
    notes: Mapping[str, Any]
    read_chunk: Callable[[Any], tuple[Block | Gap, ...]]


class BodyReader:
    """Walks a body: a stack of flows and of the tables whose cells they fill."""

    def __init__(self, body: Any, parts: Parts) -> None:
        self._body = body
        self._parts = parts
        self._pages = Pages(body)
        self._flows = [_Flow()]
        self._tables: list[_Table] = []
        self._fields: list[bool] = []
        self._notes: list[Block] = []
        self._gaps: list[Gap] = []
        self._last_words = ""
        self._starts: Mapping[str, Callable[[Any], None]] = {
            w("p"): self._start_paragraph, w("tbl"): self._start_table, w("tr"): self._start_row,
            w("tc"): self._start_cell, w("txbxContent"): self._start_box, w("t"): self._text, _MATH_TEXT: self._text,
            w("tab"): self._tab, w("br"): self._break, w("cr"): self._line, w("sym"): self._symbol,
            w("noBreakHyphen"): self._hyphen, w("lastRenderedPageBreak"): self._rendered_break,
            w("drawing"): self._picture, w("pict"): self._picture, w("object"): self._picture,
            w("altChunk"): self._chunk, w("fldChar"): self._field, w("footnoteReference"): self._note,
            w("endnoteReference"): self._note,
        }  # fmt: skip
        self._ends: Mapping[str, Callable[[Any], None]] = {
            w("p"): self._end_paragraph, w("tbl"): self._end_table, w("tr"): self._end_row, w("tc"): self._end_cell,
            w("txbxContent"): self._end_box,
        }  # fmt: skip

    def blocks(self) -> tuple[Block, ...]:
        """All blocks of the body. Afterwards ``gaps`` are what of it can't be read."""
        walk = etree.iterwalk(self._body, events=("start", "end"))
        skipped: Any = None
        for event, element in walk:
            if event == "start" and self._is_unread(element):
                skipped = element
                walk.skip_subtree()
            elif event == "start":
                self._starts.get(element.tag, _ignore)(element)
            elif element is skipped:
                skipped = None
            else:
                self._ends.get(element.tag, _ignore)(element)
        self._end_text(self._flows[0])
        return (*with_tabbed_tables(self._flows[0].blocks), *self._notes)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What of the body can't be read."""
        return tuple(self._gaps)

    def _is_unread(self, element: Any) -> bool:
        tag = element.tag
        if tag in _UNREAD or (tag in _IN_TABLE and not self._tables):
            return True
        if tag == w("r"):
            return self._is_hidden(element)
        if tag == w("tr"):
            properties = element.find(w("trPr"))
            return value(properties, "del") is not None or bool(flag(properties, "hidden"))
        return bool(tag == w("sdt") and flag(element, "sdtPr/showingPlcHdr"))

    def _is_hidden(self, run: Any) -> bool:
        """Whether a run is hidden, struck through or as white as its ground."""
        if not any(self._has(run, effect) for effect in UNREAD_EFFECTS) and not self._is_white(run):
            return False
        for mark in run.iter(w("fldChar")):
            self._field(mark)
        return True

    def _has(self, run: Any, effect: str) -> bool:
        """A run's own word on it counts more than its style's, and that more than its paragraph's."""
        own = flag(run, f"rPr/{effect}")
        styles = self._parts.styles
        by_style = (styles.has(name, effect) for name in (value(run, "rPr/rStyle"), self._flows[-1].style))
        return any(by_style) if own is None else own

    def _is_white(self, run: Any) -> bool:
        """Whether a run is white where nothing draws another ground behind it."""
        if value(run, "rPr/color") != WHITE or run.find(w("rPr/highlight")) is not None:
            return False
        around = [run, *run.iterancestors()]
        if any(is_ground(each.find(w(f"{name}/shd"))) for each in around for name in ("rPr", "pPr", "tcPr", "tblPr")):
            return False
        styled = [value(each, path) for each in around for path in ("rPr/rStyle", "pPr/pStyle", "tblPr/tblStyle")]
        in_box = any(each.tag == w("txbxContent") for each in around)
        return not in_box and not any(map(self._parts.styles.is_shaded, styled))

    def _start_paragraph(self, element: Any) -> None:
        properties = element.find(w("pPr"))
        flow = self._flows[-1]
        flow.style = value(properties, "pStyle")
        if flag(properties, "pageBreakBefore"):
            self._pages.set_break()
        place = numbered_by(properties) or self._parts.styles.numbered(flow.style)
        self._add(self._parts.numbering.number(place))

    def _end_paragraph(self, element: Any) -> None:
        properties = element.find(w("pPr"))
        if value(properties, "rPr/del") is None:
            self._end_text(self._flows[-1])
        if properties is not None and properties.find(w("sectPr")) is not None:
            self._pages.section_break()

    def _end_text(self, flow: _Flow) -> None:
        text = "".join(flow.pieces)
        self._last_words = plain(text) or self._last_words
        if self._parts.styles.is_contents(flow.style):
            text = _BEFORE_PAGE.sub(_LEADER, text)
        flow.blocks += (tabbed_lines if flow is self._flows[0] else lines_of)(text, Provenance(page=flow.page))
        flow.blocks += flow.following
        flow.pieces, flow.following, flow.page = [], [], None
        self._end_notes()

    def _end_notes(self) -> None:
        if len(self._flows) == 1 and not self._tables:
            self._flows[0].blocks += self._notes
            self._notes = []

    def _start_table(self, element: Any) -> None:
        self._tables.append(_Table())

    def _end_table(self, element: Any) -> None:
        table = self._tables.pop()
        cells = [Placed(each.row, each.column, each.content, each.row_span, each.column_span) for each in table.cells]
        if cells:
            self._flows[-1].blocks += table_blocks(cells, [Provenance(page=page) for page in table.pages])
        self._end_notes()

    def _start_row(self, element: Any) -> None:
        table = self._tables[-1]
        table.pages.append(None)
        table.column = count(element, "trPr/gridBefore", 0)
        table.first_page = table.last_page = self._pages.current

    def _end_row(self, element: Any) -> None:
        table = self._tables[-1]
        self._pages.current = table.last_page
        table.pages[-1] = table.pages[-1] or table.first_page

    def _start_cell(self, element: Any) -> None:
        """Each cell of a row begins on the row's first page: Word notes a page break in each of them."""
        if not self._tables[-1].pages:
            self._start_row(element)
        self._pages.current = self._tables[-1].first_page
        self._flows.append(_Flow())

    def _end_cell(self, element: Any) -> None:
        flow, table = self._flows.pop(), self._tables[-1]
        self._end_text(flow)
        pages = [page for page in (table.last_page, self._pages.current) if page is not None]
        table.last_page = max(pages, default=None)
        first = next((_page(block) for block in flow.blocks), None)
        table.pages[-1] = table.pages[-1] or first
        _place(table, element.find(w("tcPr")), tuple(flow.blocks))

    def _start_box(self, element: Any) -> None:
        self._flows.append(_Flow())

    def _end_box(self, element: Any) -> None:
        self._end_text(self._flows[-1])
        box = self._flows.pop()
        self._flows[-1].following += box.blocks

    def _text(self, element: Any) -> None:
        text = element.text or ""
        is_raised = value(element.getparent(), "rPr/vertAlign") in BESIDE_THE_LINE
        self._add(raised(text, "".join(self._flows[-1].pieces)) if is_raised else text)

    def _tab(self, element: Any) -> None:
        self._add("\t")

    def _line(self, element: Any) -> None:
        self._add("\n")

    def _break(self, element: Any) -> None:
        self._add("\n")
        if element.get(w("type")) == "page":
            self._pages.set_break()

    def _hyphen(self, element: Any) -> None:
        self._add("-")

    def _symbol(self, element: Any) -> None:
        """A character of a named font; those of symbol fonts mean nothing outside of them."""
        code = element.get(w("char"), "")
        character = chr(int(code, 16)) if _CODE_POINT.fullmatch(code) else ""
        if character.isprintable():
            self._add(character)

    def _rendered_break(self, element: Any) -> None:
        self._pages.rendered_break()

    def _picture(self, element: Any) -> None:
        if is_picture(element):
            self._gaps.append(told_of_picture(plain("".join(self._flows[-1].pieces)) or self._last_words))

    def _chunk(self, element: Any) -> None:
        read = self._parts.read_chunk(element)
        self._flows[-1].blocks += (block for block in read if not isinstance(block, Gap))
        self._gaps += (gap for gap in read if isinstance(gap, Gap))

    def _field(self, element: Any) -> None:
        """Between its begin and its separator stands a field's instruction, behind it what is printed."""
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _note(self, element: Any) -> None:
        kind = etree.QName(element).localname.removesuffix("Reference")
        note = self._parts.notes.get(f"{kind}{element.get(w('id'), '')}")
        if note is not None:
            self._notes += BodyReader(note, replace(self._parts, notes={})).blocks()

    def _add(self, text: str) -> None:
        flow = self._flows[-1]
        if any(self._fields):
            return
        if flow.page is None and text.strip():
            flow.page = self._pages.current
        flow.pieces.append(text)


def _ignore(element: Any) -> None:
    """What prints nothing by itself."""


def _page(block: Block) -> int | None:
    return (block if isinstance(block, Paragraph) else block.rows[0]).provenance.page


def _place(table: _Table, properties: Any | None, content: tuple[Block, ...]) -> None:
    """Put a cell into its row, or let it lengthen the one above or on its left that it continues."""
    span = count(properties, "gridSpan", 1) or 1
    row = len(table.pages) - 1
    above = table.open.get(table.column)
    if value(properties, "hMerge") in ("continue", "") and table.cells and table.cells[-1].row == row:
        table.cells[-1].column_span += span
    elif value(properties, "vMerge") in ("continue", "") and above is not None:
        above.row_span = row - above.row + 1
    else:
        cell = _Cell(row, table.column, content, column_span=span)
        table.cells.append(cell)
        table.open[table.column] = cell
    table.column += span
