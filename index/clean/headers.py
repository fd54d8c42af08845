"""Header rows: which they are, and each column's path from top to bottom (``基本支出/人员经费``)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from index.clean.draft import Draft
from index.clean.table import Column
from index.clean.wording import squeeze
from index.dictionary import read_yaml
from index.document import Cell, RawRow
from index.money import parse_number
from index.ordinals import rank

_HEADER_WORDS: Final = re.compile("|".join(read_yaml("columns.yaml")["header_words"]))
_NUMBERING: Final = re.compile(r"\d{1,2}|栏\s*次|行\s*次|\*+|[甲乙丙丁]|\d{1,2}\s*=\s*[\d+＋-]+|序号")
_MAX_HEADER_ROWS: Final = 4
_MAX_HEADER_TEXT: Final = 45
_MIN_WORDS: Final = (0.7, 1.0)
"""The share of cells with a header word: in the first row one or two may be cut off, later rows may be body rows."""


def find_headers(draft: Draft) -> Draft:
    """Find the header rows, drop rows of column numbers, repeated headers and blank rows, and name the columns."""
    count = count_header_rows(draft.rows)
    header = draft.rows[:count]
    printed = {_signature(row) for row in header}
    body = tuple(
        row
        for number, row in enumerate(draft.rows[count:])
        if not (number == 0 and _is_numbering(row)) and _signature(row) and _signature(row) not in printed
    )
    paths = column_paths(header, draft.width)
    columns = tuple(Column(number, path, "measure") for number, path in enumerate(paths, start=1))
    return replace(draft, rows=header + body, header_rows=count, columns=columns)


def count_header_rows(rows: tuple[RawRow, ...]) -> int:
    """How many leading rows are header rows."""
    count = 0
    while count < min(len(rows), _MAX_HEADER_ROWS) and _is_header(rows[count], _MIN_WORDS[count > 0]):
        count += 1
    return count


def _is_header(row: RawRow, min_words: float) -> bool:
    texts = [squeeze(text) for text in row.texts if text.strip()]
    words = sum(bool(_HEADER_WORDS.search(text)) for text in texts)
    return len(texts) > 1 and all(map(_may_head, texts)) and words >= min_words * len(texts)


def _may_head(text: str) -> bool:
    return len(text) <= _MAX_HEADER_TEXT and rank(text) is None and parse_number(text) is None


def _is_numbering(row: RawRow) -> bool:
    """``1|2|3…``, ``栏次|1|2``, ``**|**|1|2``: column numbers, counting up."""
    texts = [squeeze(text) for text in row.texts if text.strip()]
    numbers = [int(text) for text in texts if text.isdigit()]
    counts_up = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return len(numbers) > 1 and numbers[0] <= 3 and counts_up and all(_NUMBERING.fullmatch(text) for text in texts)


def _signature(row: RawRow) -> tuple[str, ...]:
    return tuple(squeeze(text) for text in row.texts if text.strip())


def column_paths(header: tuple[RawRow, ...], width: int) -> tuple[str, ...]:
    """Each column's header texts from top to bottom, joined by "/".

    A merged header cell is a blank to its right in text tables, a spanned position in others. A blank belongs to
    the cell on its left only if something stands below it: else it is the lower part of the cell above.
    """
    levels = [_spread(row, width) for row in header]
    filled: list[list[str]] = []
    for depth, level in enumerate(levels):
        below = levels[depth + 1 :]
        above = filled[-1] if filled else [""] * width
        filled.append(_fill_right(level, below, above))
    return tuple(_path([level[column] for level in filled]) for column in range(width))


def _spread(row: RawRow, width: int) -> list[str]:
    """The row's texts with spanned positions filled with their anchor's text."""
    texts = [""] * width
    for position, cell in enumerate(row.cells):
        for column in range(position, min(position + _span(cell), width)):
            texts[column] = squeeze(cell.text) if cell else texts[column]
    return texts


def _span(cell: Cell | None) -> int:
    return cell.column_span if cell else 0


def _fill_right(level: list[str], below: list[list[str]], above: list[str]) -> list[str]:
    filled = list(level)
    for column in range(1, len(level)):
        goes_on = any(lower[column] and lower[column - 1] for lower in below)
        same_group = above[column] == above[column - 1]
        if not filled[column] and goes_on and same_group:
            filled[column] = filled[column - 1]
    return filled


def _path(texts: list[str]) -> str:
    parts: list[str] = []
    for text in texts:
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return "/".join(parts)
