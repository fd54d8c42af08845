"""Lines to printed rows: headers with spans, codes and amounts the way a place prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import cycle, zip_longest
from typing import Literal

from index.clean.table import TableState
from index.document import Cell, Provenance, RawRow, RawTable
from index.money import from_yuan
from tests.invented.lines import ANY, Count, Line, Price, Value
from tests.invented.style import Style

Cells = tuple[Cell | None, ...]
NOWHERE = Provenance()


@dataclass(frozen=True, slots=True)
class Heading:
    """A header cell with those below it."""

    text: str
    below: tuple[Heading, ...] = ()

    @property
    def width(self) -> int:
        """How many columns it spans."""
        return sum(heading.width for heading in self.below) or 1

    @property
    def depth(self) -> int:
        """How many header rows it needs."""
        return 1 + max((heading.depth for heading in self.below), default=0)


def headings(*texts: str | Heading) -> tuple[Heading, ...]:
    """Plain header cells among others."""
    return tuple(text if isinstance(text, Heading) else Heading(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a printed table says.

    Of a column whose ``measures`` entry is None it is open what it is called. Lines that stand side by side come in no
    particular order.
    """

    kind: str
    title: str
    lines: tuple[Line, ...]
    measures: tuple[str | None, ...]
    state: TableState = "figures"
    unit: Literal["元", "万元"] | None = None
    table_no: str | None = None
    in_order: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as it is printed, with how many of its rows are header rows, and what it says.

    ``others`` are the further tables that it is, where one grid holds several.
    """

    table: RawTable
    header_rows: int
    expected: Expected
    note: str = ""
    others: tuple[Expected, ...] = ()


def header_rows(tops: Sequence[Heading]) -> list[Cells]:
    """The header's rows: a heading spans what stands below it, and reaches down to the body where nothing does."""
    depth = max(heading.depth for heading in tops)
    rows: list[list[Cell | None]] = [[] for _ in range(depth)]
    for heading in tops:
        _place(heading, rows, 0)
    return [tuple(row) for row in rows]


def _place(heading: Heading, rows: list[list[Cell | None]], level: int) -> None:
    reaches = 1 if heading.below else len(rows) - level
    blanks = [None] * (heading.width - 1)
    rows[level] += [Cell(heading.text, reaches, heading.width), *blanks]
    for row in rows[level + 1 : level + reaches]:
        row += [None, *blanks]
    for below in heading.below:
        _place(below, rows, level + 1)


class Printer:
    """Prints the cells of one table: zeros come in turn, so each table has its own printer."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._zeros = cycle(style.zeros)

    def text(self, value: Value) -> str:
        """A value as it is printed."""
        if isinstance(value, Count):
            return str(value.number)
        if isinstance(value, Price):
            return f"{value.amount:.2f}"
        if isinstance(value, Decimal):
            return self._amount(value)
        return value or ""

    def line(self, line: Line) -> tuple[list[str], Line]:
        """A line's cells, and what is left of its values once they are printed: a blank says nothing."""
        texts = [self.text(value) for value in line.values]
        values = tuple(value if text else None for value, text in zip(line.values, texts, strict=True))
        return texts, replace(line, values=values)

    def _amount(self, amount: Decimal) -> str:
        if not amount:
            return next(self._zeros)
        number = from_yuan(amount, self._style.unit)
        return f"{number:{',' if self._style.separators else ''}.{2 if self._style.decimals else 0}f}"


def table_of(rows: Sequence[Cells]) -> RawTable:
    """A raw table of these rows."""
    return RawTable(tuple(RawRow(row, NOWHERE) for row in rows))


def plain(texts: Sequence[str]) -> Cells:
    """Cells without spans."""
    return tuple(map(Cell, texts))


def one_sided(
    style: Style,
    expected: Expected,
    names: Sequence[Heading],
    values: Sequence[Heading],
    total: Line | None = None,
    note: str = "",
    name_cells: Callable[[Style, Line, int], Cells] | None = None,
) -> Printed:
    """A table with code and name to the left of its values; ``total`` goes where the style has it."""
    printer = Printer(style)
    totals = [total] if total else []
    lines = [*expected.lines, *totals] if style.total == "last_merged" else [*totals, *expected.lines]
    counted = style.row_numbers == "序号" and names
    body: list[Cells] = []
    said: list[Line] = []
    for number, line in enumerate(lines, start=1):
        texts, left = printer.line(line)
        named = (name_cells or _named)(style, line, sum(name.width for name in names))
        body.append((*plain([str(number)] if counted else []), *_labelled(style, named), *plain(texts)))
        said.append(_open(left) if style.codes == "none" else left)
    header = header_rows([*headings(*([style.row_numbers] if counted else [])), *names, *values])
    width = len(header[0])
    rows = [*header, *_numbering(style, width, len(expected.measures)), *body, *_blank(style, width)]
    return Printed(table_of(rows), len(header), replace(expected, lines=tuple(said)), note)


def _open(line: Line) -> Line:
    """A line without its code: where it stands in the tree can't be seen."""
    return replace(line, code=ANY if line.code else None, level=None, parent=None)


def code_names_of(style: Style, code: str = "科目编码", name: str = "科目名称", parts: int = 3) -> tuple[Heading, ...]:
    """The headings of code and name."""
    if style.codes in ("none", "bracketed"):
        return headings(name)
    if style.codes == "one":
        return headings(code, name)
    return headings(Heading(code, headings(*"类款项"[:parts])), name)


def _named(style: Style, line: Line, width: int) -> Cells:
    """Code and name of a line, in as many cells as the style has for them."""
    label = line.ordinal + line.label
    if not width:
        return ()
    if line.is_total:
        return _total(style, width)
    if style.codes == "bracketed" and line.code:
        return plain([f"[{line.code}]{label}"])
    if width == 1:
        return plain([label])
    return plain([*code_cells(style, line.code or "", width - 1), label])


def code_cells(style: Style, code: str, count: int) -> list[str]:
    """A code in ``count`` cells."""
    if count == 1:
        return [code]
    parts = [part for part in (code[:3], code[3:5], code[5:7]) if part]
    own_only = style.codes == "own_part" or (style.codes == "parts_carried" and len(parts) < count)
    if own_only:
        parts = [""] * (len(parts) - 1) + parts[-1:]
    return [*parts, *[""] * (count - len(parts))]


def _total(style: Style, width: int) -> Cells:
    label, blank = Cell(style.total_label), Cell("")
    if width == 1:
        return (label,)
    match style.total:
        case "in_name":
            return (*[blank] * (width - 1), label)
        case "in_code":
            return (label, *[blank] * (width - 1))
        case _:
            return (Cell(style.total_label, 1, width), *[None] * (width - 1))


def _numbering(style: Style, width: int, values: int) -> Iterator[Cells]:
    if style.numbering:
        yield plain([style.numbering] * (width - values) + [str(number) for number in range(1, values + 1)])


def _blank(style: Style, width: int) -> list[Cells]:
    return [plain([""] * width)] * style.blank_rows


def two_sided(
    style: Style,
    expected: Expected,
    tops: Sequence[Heading],
    halves: Sequence[Sequence[Line | None]],
    widths: Sequence[int],
) -> Printed:
    """Halves side by side, each a label with its values; ``widths`` count these. Only the first two are told of."""
    printer = Printer(style)
    rows = list(zip_longest(*halves))
    counted = style.row_numbers == "行次"
    body: list[Cells] = []
    said: list[Line] = []
    for number, lines in enumerate(rows, start=1):
        cells: list[str] = []
        for at, (line, width) in enumerate(zip(lines, widths, strict=True)):
            texts, left = printer.line(line) if line else ([""] * width, None)
            label = line.ordinal + _spaced(style, line) if line else ""
            cells += [label, *([str(number + at * len(rows))] if counted else []), *texts]
            said += [left] if left and at < 2 else []
        body.append(_labelled(style, plain(cells)))
    header = header_rows([_with_row_numbers(top) for top in tops] if counted else tops)
    return Printed(table_of([*header, *body]), len(header), replace(expected, lines=tuple(said)))


def _with_row_numbers(top: Heading) -> Heading:
    label, *values = top.below
    return Heading(top.text, (label, Heading("行次"), *values))


def _spaced(style: Style, line: Line) -> str:
    return " ".join(line.label) if style.spaced and line.is_total else line.label


def _labelled(style: Style, cells: Cells) -> Cells:
    """The cells with brackets as wide as the style has them."""
    if not style.narrow_brackets:
        return cells
    return tuple(cell and replace(cell, text=cell.text.translate(_NARROW)) for cell in cells)


_NARROW = str.maketrans("（）", "()")
