"""A whole document out of a budget and a form: cover, contents, prose and tables, as blocks in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Literal

from index.document import Block, Cell, Paragraph, Provenance, RawRow, RawTable
from tests.invented.budget import Budget
from tests.invented.chinese import chinese
from tests.invented.printing import Expected, Printed
from tests.invented.prose import definitions, explanation, organisation
from tests.invented.style import Style

TablePrinter = Callable[[Budget, Style], Printed]


@dataclass(frozen=True, slots=True)
class Form:
    """How one place publishes its budgets: its habits, its tables in order, and what stands around them.

    ``cover`` and ``running_head``, which stands on top of every page, are patterns with ``{name}``, ``{year}``,
    ``{type}`` and ``{level}``. ``rows_per_page`` is where a text made of pages tears its tables.
    """

    name: str
    style: Style
    tables: tuple[TablePrinter, ...]
    cover: tuple[str, ...] = ("{name}", "{year}年{level}{type}")
    document_type: Literal["预算", "决算"] = "预算"
    tables_first: bool = True
    units: int | None = None
    rows_per_page: int = 24
    repeat_header: bool = False
    split_rows: bool = False
    landscape: bool = True
    running_head: str = ""


@dataclass(frozen=True, slots=True)
class InventedDocument:
    """The blocks of a document, and what reading them must give.

    ``header_rows`` counts those of each table, ``captions`` are the lines above tables, ``running_head`` stands on top
    of every page.
    """

    blocks: tuple[Block, ...]
    tables: tuple[Expected, ...]
    header_rows: dict[RawTable, int]
    captions: frozenset[str]
    running_head: str


def print_document(budget: Budget, form: Form) -> InventedDocument:
    """The budget as the form prints it."""
    printed = [table(budget, form.style) for table in form.tables]
    captioned = [_Captioned(each, number, form.style, budget) for number, each in enumerate(printed, start=1)]
    blocks = tuple(_on_pages([*_front(budget, form, captioned), *_parts(budget, form, captioned)]))
    tables = [block for block in blocks if isinstance(block, RawTable)]
    header_rows = dict(zip(tables, (each.header_rows for each in captioned), strict=True))
    captions = frozenset(line for each in captioned for line in each.lines if line != each.heading)
    expected = tuple(chain.from_iterable(each.expected for each in captioned))
    return InventedDocument(blocks, expected, header_rows, captions, form.running_head.format(**_names(budget)))


def in_unit(unit: Literal["元", "万元"], table: TablePrinter) -> TablePrinter:
    """A table with a unit of its own, whatever that of the others is."""

    def printer(budget: Budget, style: Style) -> Printed:
        own = replace(style, unit=unit, decimals=True)
        printed = table(budget, own)
        return replace(printed, expected=replace(printed.expected, unit=unit))

    return printer


Part = list[Paragraph | RawTable]


@dataclass(frozen=True, slots=True)
class _Captioned:
    """A table with its title, number and unit, above it or in rows of its own."""

    printed: Printed
    number: int
    style: Style
    budget: Budget

    @property
    def title(self) -> str:
        return self.style.title.format(
            title=self.printed.expected.title, year=self.budget.year, cn=chinese(self.number), n=self.number
        )

    @property
    def unit(self) -> Literal["元", "万元"]:
        return self.printed.expected.unit or self.style.unit

    @property
    def table_no(self) -> str:
        return self.style.number.format(n=self.number, cn=chinese(self.number))

    @property
    def lines(self) -> list[str]:
        """The lines above the table, from the top."""
        owner = self.style.owner.format(name=self.budget.name)
        unit = replace(self.style, unit=self.unit).printed_unit
        return [line for line in [*self._titles(), "　　".join(filter(None, [owner, unit]))] if line]

    @property
    def heading(self) -> str | None:
        """The heading of the section that the table is, where its number is the section's."""
        return self.table_no + self.printed.expected.title if self.table_no.endswith("、") else None

    def _titles(self) -> list[str]:
        number = self.table_no
        if self.style.number_behind:
            return [self.title + number]
        if self.heading:
            return [self.heading, self.title]
        return [number + self.title] if number.endswith("：") else [number, self.title]

    @property
    def header_rows(self) -> int:
        return self.printed.header_rows + (len(self.lines) if self.style.captions_inside else 0)

    @property
    def expected(self) -> tuple[Expected, ...]:
        number = self.table_no.strip("（）：") if "表" in self.table_no else None
        tables = (self.printed.expected, *self.printed.others)
        return tuple(replace(table, title=self.title, unit=self._told_unit, table_no=number) for table in tables)

    @property
    def _told_unit(self) -> Literal["元", "万元"] | None:
        """Where no unit is printed, only the amounts can tell it."""
        is_told = self.style.unit_line or self.printed.expected.state == "figures"
        return self.unit if is_told else None

    def blocks(self) -> Iterator[Paragraph | RawTable]:
        table = self.printed.table
        if self.style.captions_inside:
            yield RawTable((*(_wide(line, len(table.rows[0].cells)) for line in self.lines), *table.rows))
        else:
            yield from map(_paragraph, self.lines)
            yield table
        if self.printed.note:
            yield _paragraph(self.printed.note)


def _wide(text: str, width: int) -> RawRow:
    return RawRow((Cell(text, 1, width), *[None] * (width - 1)), Provenance())


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text, Provenance())


def _names(budget: Budget) -> dict[str, str | int]:
    return {"name": budget.name, "year": budget.year, "type": budget.document_type, "level": budget.unit_level}


def _front(budget: Budget, form: Form, tables: Iterable[_Captioned]) -> list[Part]:
    """Cover and contents."""
    cover = [pattern.format(**_names(budget)) for pattern in form.cover]
    parts = [f"第一部分 {budget.name}概况", *(each.title for each in tables), "名词解释"]
    contents = [f"{title}………………{page}" for page, title in enumerate(parts, start=3)]
    return [list(map(_paragraph, cover)), list(map(_paragraph, ["目　录", *contents]))]


def _parts(budget: Budget, form: Form, tables: list[_Captioned]) -> Iterator[Part]:
    """The parts of the document, each table on a page of its own."""
    yield list(map(_paragraph, organisation(budget)))
    second, third = ("第二部分", "第三部分") if form.tables_first else ("第三部分", "第二部分")
    heading = _paragraph(f"{second} {budget.year}年{budget.unit_level}{budget.document_type}表")
    pages: list[Part] = [[heading], *(list(table.blocks()) for table in tables)]
    prose: list[Part] = [list(map(_paragraph, explanation(budget, form.style, third)))]
    yield from (pages + prose) if form.tables_first else (prose + pages)
    yield list(map(_paragraph, definitions("第四部分")))


def _on_pages(parts: Iterable[Part]) -> Iterator[Block]:
    """Each part begins on a new page; its further pages have no numbers here."""
    for number, part in enumerate(parts, start=1):
        for block in part:
            yield _on_page(block, number)


def _on_page(block: Block, page: int) -> Block:
    place = Provenance(page=page)
    if isinstance(block, Paragraph):
        return replace(block, provenance=place)
    return RawTable(tuple(replace(row, provenance=place) for row in block.rows))


def torn(document: InventedDocument, form: Form) -> tuple[Block, ...]:
    """The blocks with what stands between pages, tables torn at page breaks: a text made of a printed document."""
    pages: list[list[Block]] = []
    page: int | None = None
    for block in document.blocks:
        begins, page = _page(block) != page, _page(block)
        parts = [block] if isinstance(block, Paragraph) else _torn_table(block, document, form)
        if begins:
            pages.append([])
        pages[-1].append(parts[0])
        pages += [[part] for part in parts[1:]]
    numbered = ([*blocks, *_furniture(number, document)] for number, blocks in enumerate(pages, start=1))
    return tuple(chain.from_iterable(numbered))


def _page(block: Block) -> int | None:
    return (block if isinstance(block, Paragraph) else block.rows[0]).provenance.page


def _furniture(page: int, document: InventedDocument) -> list[Paragraph]:
    """What stands between a page and the next."""
    return list(map(_paragraph, [f"- {page} -", *([document.running_head] if document.running_head else [])]))


def _torn_table(table: RawTable, document: InventedDocument, form: Form) -> list[RawTable]:
    return [RawTable(rows) for rows in _pages(table.rows, document.header_rows[table], form)]


def _pages(rows: tuple[RawRow, ...], header: int, form: Form) -> Iterator[tuple[RawRow, ...]]:
    """Pages of rows. The last row of a page may go on on the next: its label does not fit."""
    body = list(rows[header:])
    first = rows[:header]
    while body:
        page, body = body[: form.rows_per_page], body[form.rows_per_page :]
        if body and form.split_rows:
            page[-1], rest = _split(page[-1])
            body[:0] = rest
        yield (*first, *page)
        first = rows[:header] if form.repeat_header else ()


def _split(row: RawRow) -> tuple[RawRow, list[RawRow]]:
    """A row of which the end of the longest text stands on the next page."""
    words = [text for text in row.texts if not text[:1].isascii()]
    longest = max(words, key=len, default="")
    if len(longest) < _LONG:
        return row, []
    middle = len(longest) - 3
    begun = [longest[:middle] if text == longest else text for text in row.texts]
    ended = [longest[middle:] if text == longest else "" for text in row.texts]
    return _reprinted(row, begun), [_reprinted(row, ended)]


def _reprinted(row: RawRow, texts: list[str]) -> RawRow:
    cells = zip(row.cells, texts, strict=True)
    return replace(row, cells=tuple(cell and replace(cell, text=text) for cell, text in cells))


_LONG: Final = 8
