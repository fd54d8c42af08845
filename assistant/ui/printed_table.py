"""A table as printed: its header with spans, its body around the cited row, its cited cells marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.answer import TableCitation
from assistant.ui.html import class_attribute, escape
from index.money import parse_number

if TYPE_CHECKING:
    from index.records import TableRecord

MAX_ROWS: Final = 300
"""A longer table is shown as a window around the cited row."""
LONG_TEXT: Final = 10
"""A longer text gets a wider column."""


@dataclass(frozen=True, slots=True)
class RowNames:
    """The cells that say what a row is, which stay in sight: a column, and the cells of rows named elsewhere."""

    column: int = 0
    apart: frozenset[tuple[int, int]] = frozenset()

    def classes(self, place: tuple[int, int]) -> str:
        """The class of the cell in a row and column, each counted from 1."""
        if place in self.apart:
            return "name apart"
        return "name" if place[1] == self.column else ""


def row_names(table: TableRecord, labels: Mapping[int, str]) -> RowNames:
    """Where ``labels``, what body rows are called as printed, stand: the column with most of them, and the others."""
    body = dict(enumerate(table.grid[table.header_rows :], 1))
    named = {
        number: [column for column, text in enumerate(body.get(number, ()), 1) if text == label]
        for number, label in labels.items()
        if label
    }
    found = Counter(column for columns in named.values() for column in columns)
    most = max(found, key=lambda column: (found[column], -column), default=0)
    apart = ((number, columns[0]) for number, columns in named.items() if columns and most not in columns)
    return RowNames(most, frozenset(apart))


def head_rows(table: TableRecord, column_no: int, names: RowNames) -> str:
    """The header, the cited column's cells marked."""
    spans = header_spans(table.grid[: table.header_rows])
    rows = []
    for r, row in enumerate(table.grid[: table.header_rows]):
        cells = []
        for c, text in enumerate(row):
            if (r, c) not in spans:
                continue
            height, width = spans[r, c]
            is_cited, is_name = c < column_no <= c + width, width == 1 and c + 1 == names.column
            classes = class_attribute("name" if is_name else "", "cited-column" if is_cited else "")
            cells.append(f'<th rowspan="{height}" colspan="{width}"{classes}>{escape(text)}</th>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


def header_spans(rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """How far each header cell reaches (rows, columns): to the right over blanks with a header under them, else down.

    >>> header_spans((("科目", "基本支出", ""), ("", "人员", "公用")))
    {(0, 0): (2, 1), (0, 1): (1, 2), (1, 1): (1, 1), (1, 2): (1, 1)}
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            height, width = _reach(rows, r, c) if text.strip() else (1, 1)
            spans[r, c] = (height, width)
            covered |= {(r + i, c + j) for i in range(height) for j in range(width)}
    return spans


def _reach(rows: Sequence[Sequence[str]], r: int, c: int) -> tuple[int, int]:
    def is_blank(row: int, column: int) -> bool:
        return row < len(rows) and column < len(rows[row]) and not rows[row][column].strip()

    width = 1
    while is_blank(r, c + width) and r + 1 < len(rows) and not is_blank(r + 1, c + width):
        width += 1
    height = 1
    while width == 1 and is_blank(r + height, c):
        height += 1
    return height, width


def body_rows(
    table: TableRecord,
    citation: TableCitation,
    cited: Mapping[tuple[int, int], int],
    names: RowNames,
    recognised: Set[tuple[int, int]] = frozenset(),
) -> Iterator[str]:
    """The rows around the cited one. ``cited``: the numbers of the cited cells by row and column."""
    body = list(enumerate(table.grid[table.header_rows :], 1))
    width = max((len(row) for row in table.grid), default=1)
    codes = _code_columns(table)
    first = max(0, min(citation.row - MAX_ROWS // 2, len(body) - MAX_ROWS))
    window = body[first : first + MAX_ROWS]
    yield omitted(first, width)
    for number, row in window:
        cells = (
            _cell(
                text,
                (number, column),
                citation,
                cited,
                is_code=column in codes,
                name=names.classes((number, column)),
                is_recognised=(number, column) in recognised,
            )
            for column, text in enumerate(row, 1)
        )
        yield f"<tr{class_attribute('cited-row' if number == citation.row else '')}>{''.join(cells)}</tr>"
    yield omitted(len(body) - first - len(window), width)


def _code_columns(table: TableRecord) -> set[int]:
    """Columns whose digits are names, not numbers: those under a header that speaks of codes."""
    header = table.grid[: table.header_rows]
    spans = header_spans(header)
    return {c + 1 + n for (r, c), (_, width) in spans.items() for n in range(width) if "码" in header[r][c]}


def omitted(rows: int, width: int) -> str:
    """A line in place of rows that are not shown; empty where all are."""
    return f'<tr class="omitted"><td colspan="{width}">…… 另有 {rows} 行 ……</td></tr>' if rows > 0 else ""


def _cell(
    text: str,
    place: tuple[int, int],
    citation: TableCitation,
    cited: Mapping[tuple[int, int], int],
    *,
    is_code: bool,
    name: str,
    is_recognised: bool,
) -> str:
    is_chosen = place == (citation.row, citation.column_no)
    classes = class_attribute(
        "number" if not is_code and parse_number(text) is not None else "",
        name,
        "long" if len(text) > LONG_TEXT else "",
        "cited-column" if place[1] == citation.column_no else "",
        "also-cited" if place in cited and not is_chosen else "",
        "cited-cell" if is_chosen else "",
        "recognised" if is_recognised and text else "",
    )
    mark = f"<sup>{cited[place]}</sup>" if place in cited else ""
    return f"<td{classes}>{escape(text)}{mark}</td>"
