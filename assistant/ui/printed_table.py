"""A table as printed: its header with spans, its body around the cited row, its cited cells marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
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


def head_rows(table: TableRecord, column_no: int) -> str:
    """The header, the cited column's cells marked."""
    spans, name = header_spans(table.grid[: table.header_rows]), _name_column(table)
    rows = []
    for r, row in enumerate(table.grid[: table.header_rows]):
        cells = []
        for c, text in enumerate(row):
            if (r, c) not in spans:
                continue
            height, width = spans[r, c]
            is_cited, is_name = c < column_no <= c + width, width == 1 and c + 1 == name
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
    recognised: Set[tuple[int, int]] = frozenset(),
) -> Iterator[str]:
    """The rows around the cited one. ``cited``: the numbers of the cited cells by row and column."""
    body = list(enumerate(table.grid[table.header_rows :], 1))
    width = max((len(row) for row in table.grid), default=1)
    codes, name = _code_columns(table), _name_column(table)
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
                is_name=column == name,
                is_recognised=(number, column) in recognised,
            )
            for column, text in enumerate(row, 1)
        )
        yield f"<tr{class_attribute('cited-row' if number == citation.row else '')}>{''.join(cells)}</tr>"
    yield omitted(len(body) - first - len(window), width)


def _code_columns(table: TableRecord) -> set[int]:
    """Columns whose digits are names, not numbers."""
    return {c for row in table.grid[: table.header_rows] for c, text in enumerate(row, 1) if "码" in text}


def _name_column(table: TableRecord) -> int:
    """The column that says what a row is: of the first three the one with the most different words."""
    body = table.grid[table.header_rows :]
    widest = max((len(row) for row in body), default=0)
    texts = {
        column: {row[column - 1] for row in body if column <= len(row) and re.search("[一-鿿]", row[column - 1])}
        for column in range(1, min(widest, 3) + 1)
    }
    return max(texts, key=lambda column: (len(texts[column]), -column), default=0)


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
    is_name: bool,
    is_recognised: bool,
) -> str:
    is_chosen = place == (citation.row, citation.column_no)
    classes = class_attribute(
        "number" if not is_code and parse_number(text) is not None else "",
        "name" if is_name else "",
        "long" if len(text) > LONG_TEXT else "",
        "cited-column" if place[1] == citation.column_no else "",
        "also-cited" if place in cited and not is_chosen else "",
        "cited-cell" if is_chosen else "",
        "recognised" if is_recognised and text else "",
    )
    mark = f"<sup>{cited[place]}</sup>" if place in cited else ""
    return f"<td{classes}>{escape(text)}{mark}</td>"
