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
from index.money import UNIT, parse_number
from index.ordinals import rank

_HEADER_WORDS: Final = re.compile("|".join(read_yaml("columns.yaml")["header_words"]))
_NUMBERING: Final = re.compile(r"\d{1,2}|栏\s*次|行\s*次|\*+|[甲乙丙丁]|\d{1,2}\s*=\s*[\d+＋-]+|序号")
_NUMBERED: Final = re.compile(r"栏\s*次|\*+")
_TARGET: Final = re.compile(r"[≥≤＝=＞＜><]+\d.*|\d+(?:\.\d+)?[%％]")
"""What an indicator is to reach: a row of indicators has words in all its other cells."""
_UNIT_OF_MONEY: Final = re.compile(rf"[（(]?(?:{UNIT})[）)]?")
_UNIT: Final = re.compile(
    rf"{_UNIT_OF_MONEY.pattern}|[（(]?(?:[%％]|万?人次?|批次|平方米|公里|[个台辆套户批次名项件亩])[）)]?"
)
_MAX_HEADER_ROWS: Final = 6
_MOST_UNUSUAL: Final = 3
_MAX_HEADER_TEXT: Final = 45
_MIN_WORDS: Final = (0.7, 1.0)
"""The share of cells with a header word: in the first row one or two may be cut off, later rows may be body rows."""


def find_headers(draft: Draft) -> Draft:
    """Find the header rows, drop rows of column numbers, repeated headers and blank rows, and name the columns."""
    count = draft.header_rows or count_header_rows(draft.rows) or _count_unusual(draft.rows)
    header, below = draft.rows[:count], draft.rows[count:]
    # A row of column numbers may come again behind a page break, as the header may.
    dropped = {_signature(row) for row in (*header, *(row for row in below[:1] if _is_numbering(row)))}
    body = tuple(row for row in below if _signature(row) and _signature(row) not in dropped)
    paths = _over_their_columns(column_paths(header, draft.width), header, body)
    columns = tuple(Column(number, path, "measure") for number, path in enumerate(paths, start=1))
    return replace(draft, rows=header + body, header_rows=count, columns=columns)


def count_header_rows(rows: tuple[RawRow, ...]) -> int:
    """How many leading rows are header rows. Rows that a merged header cell reaches down to are header rows too."""
    count = 1 if len(rows) > 1 and _is_banner(rows[0]) and _is_header(rows[1], _MIN_WORDS[0]) else 0
    start = count
    while count < min(len(rows), _MAX_HEADER_ROWS) and _is_header(rows[count], _MIN_WORDS[count > start]):
        count = max(count + 1, _reach(rows, count))
    if start < count < len(rows) and _is_of_units(rows[count]):
        count += 1
    return count if count > start else 0


def _is_of_units(row: RawRow) -> bool:
    """Whether a row below the header says nothing but the units of its columns."""
    texts = [squeeze(text) for text in row.texts if text.strip()]
    return len(texts) > 1 and all(map(_UNIT.fullmatch, texts)) and any(map(_UNIT_OF_MONEY.fullmatch, texts))


def _count_unusual(rows: tuple[RawRow, ...]) -> int:
    """How many first rows of whatever words stand over all numbers: unusual headers are headers too."""
    width = max((len(row.cells) for row in rows), default=0)
    named: set[int] = set()
    for count, row in enumerate(rows[:_MOST_UNUSUAL], start=1):
        texts = spread(row, width)
        if not all(map(_may_head, filter(None, texts))):
            return 0
        named |= {column for column, text in enumerate(texts) if text}
        numbered = {
            at for below in rows[count:] for at, text in enumerate(below.texts) if parse_number(text) is not None
        }
        if len(named) > 1 and numbered and numbered <= named:
            return count
    return 0


def _is_banner(row: RawRow) -> bool:
    """One header cell over (nearly) all columns: merged, or with nothing but blanks to its right."""
    filled = [(column, squeeze(text)) for column, text in enumerate(row.texts) if text.strip()]
    if len(filled) != 1 or not _HEADER_WORDS.search(filled[0][1]):
        return False
    column, text = filled[0]
    return _may_head(text) and 2 * (len(row.cells) - column) > len(row.cells) > 2


def _reach(rows: tuple[RawRow, ...], at: int) -> int:
    """Where the merged cells of header row ``at`` end; only rows without amounts can lie under them."""
    spans = (cell.row_span for cell in rows[at].cells if cell and cell.text.strip())
    end = min(at + max(spans, default=1), len(rows), _MAX_HEADER_ROWS)
    while end > at + 1 and any(_is_amount(text) for row in rows[at + 1 : end] for text in row.texts):
        end -= 1
    return end


def _is_amount(text: str) -> bool:
    number = parse_number(text)
    return number is not None and (not squeeze(text).isdecimal() or len(squeeze(text)) > 2)


def _is_header(row: RawRow, min_words: float) -> bool:
    texts = [squeeze(text) for text in row.texts if text.strip()]
    words = sum(bool(_HEADER_WORDS.search(text)) for text in texts)
    return len(texts) > 1 and all(map(_may_head, texts)) and words >= min_words * len(texts)


def _may_head(text: str) -> bool:
    is_value = parse_number(text) is not None or bool(_TARGET.fullmatch(text))
    return len(text) <= _MAX_HEADER_TEXT and rank(text) is None and not is_value


def _is_numbering(row: RawRow) -> bool:
    """``1|2|3…``, ``栏次|1|2``, ``**|**|1|2``: column numbers, counting up."""
    texts = [squeeze(text) for text in row.texts if text.strip()]
    numbers = [int(text) for text in texts if text.isdecimal()]
    counts_up = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    counts = len(numbers) > 1 and numbers[0] <= 3 and counts_up
    counts_one = numbers == [1] and any(_NUMBERED.fullmatch(text) for text in texts)
    return (counts or counts_one) and all(_NUMBERING.fullmatch(text) for text in texts)


def _signature(row: RawRow) -> tuple[str, ...]:
    return tuple(squeeze(text) for text in row.texts if text.strip())


def column_paths(header: tuple[RawRow, ...], width: int) -> tuple[str, ...]:
    """Each column's header texts from top to bottom, joined by "/".

    A merged header cell is a blank to its right in text tables, a spanned position in others. A blank belongs to
    the cell on its left only if something stands below it: else it is the lower part of the cell above.
    """
    levels = [spread(row, width) for row in header]
    filled: list[list[str]] = []
    for depth, level in enumerate(levels):
        below = levels[depth + 1 :]
        above = filled[-1] if filled else [""] * width
        filled.append(_fill_right(level, below, above))
    return tuple(_path([level[column] for level in filled]) for column in range(width))


def _over_their_columns(
    paths: tuple[str, ...], header: tuple[RawRow, ...], body: tuple[RawRow, ...]
) -> tuple[str, ...]:
    """The paths where a header's rule stands off the body's: what the body's cells reach over is what they are.

    ``代码`` over two columns and ``名称`` over the third, but the names below in the second and the third.
    """
    moved = list(paths)
    for column in range(1, len(paths)):
        is_named = any(_text(row, column) for row in header)
        is_bare = not any(_text(row, column - 1) for row in header)
        is_filled = any(_text(row, column) for row in body)
        if is_named and is_bare and not is_filled and _mostly_reach(body, column - 1):
            moved[column - 1], moved[column] = paths[column], ""
    return tuple(moved)


def _mostly_reach(body: tuple[RawRow, ...], column: int) -> bool:
    """Whether most of what begins in a column reaches over the next."""
    begun = [cell for row in body if (cell := _cell(row, column)) and cell.text.strip()]
    return 2 * sum(cell.column_span > 1 for cell in begun) > len(begun)


def _cell(row: RawRow, column: int) -> Cell | None:
    return row.cells[column] if column < len(row.cells) else None


def _text(row: RawRow, column: int) -> str:
    cell = _cell(row, column)
    return cell.text.strip() if cell else ""


def spread(row: RawRow, width: int) -> list[str]:
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
