"""A table too wide for its page: the columns that stand on the next page without the names of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from index.clean.captions import stands_in_caption
from index.clean.draft import Draft, Drafts
from index.clean.grid import padded
from index.clean.headers import count_header_rows, spread
from index.clean.pieces import whole_lines
from index.clean.wording import fold
from index.document import Cell, RawRow
from index.money import parse_number

_MIN_ROWS: Final = 2


def join_columns(drafts: Drafts) -> Drafts:
    """Put columns without names, or with the same names again, beside the table before them, row by row."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _goes_on_beside(joined[-1], draft):
            joined[-1] = _widened(joined[-1], draft)
        else:
            joined.append(draft)
    return tuple(joined)


def _goes_on_beside(first: Draft, second: Draft) -> bool:
    """The second has other headers, as many rows and no title but the first's again, and stands on a later page."""
    if not _repeats_caption(first, second) or not all(map(stands_in_caption, whole_lines(second.above))):
        return False
    if second.unit not in (None, first.unit) or not _is_later(first, second):
        return False
    count, own = count_header_rows(first.rows), count_header_rows(second.rows)
    is_as_long = len(first.rows) - count == len(second.rows) - own >= _MIN_ROWS
    if not (count and own and is_as_long):
        return False
    body = [row.texts[_shared(first, second) :] for row in second.rows[own:]]
    return all(map(_are_amounts, body)) and any(map(any, body))


def _repeats_caption(first: Draft, second: Draft) -> bool:
    """Whether the second has no title and number, or those of the first above columns that the first has not."""
    if not second.title and not second.table_no:
        return True
    if not first.title.endswith(second.title) or second.table_no not in (None, first.table_no):
        return False
    ours, theirs = (
        {fold(text) for row in _header(draft) for text in row.texts if text.strip()} for draft in (first, second)
    )
    shared = {fold(text) for row in _header(second) for text in row.texts[: _shared(first, second)]}
    return not (theirs - shared) & ours


def _header(draft: Draft) -> Sequence[RawRow]:
    return draft.rows[: count_header_rows(draft.rows)]


def _shared(first: Draft, second: Draft) -> int:
    """How many leading columns of the second repeat those of the first, names of rows among them."""
    columns = zip(_columns(first), _columns(second), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], columns))


def _columns(draft: Draft) -> list[tuple[str, ...]]:
    body = draft.rows[count_header_rows(draft.rows) :]
    return list(zip(*(map(fold, padded(row, draft.width)) for row in body), strict=True))


def _is_later(first: Draft, second: Draft) -> bool:
    last, page = first.rows[-1].provenance.page, second.rows[0].provenance.page
    return last is not None and page is not None and last < page


def _are_amounts(texts: Sequence[str]) -> bool:
    return all(parse_number(text) is not None for text in texts if text.strip())


def _widened(first: Draft, second: Draft) -> Draft:
    """Headers of unlike depth are made even at the top."""
    count, own = count_header_rows(first.rows), count_header_rows(second.rows)
    width, shared = first.width, _shared(first, second)
    header = _evened([spread(row, width) for row in first.rows[:count]], max(count, own))
    beside = _evened([spread(row, second.width)[shared:] for row in second.rows[:own]], max(count, own))
    lines = [left + right for left, right in zip(header, beside, strict=True)]
    rows = [RawRow(tuple(map(Cell, line)), first.rows[0].provenance) for line in lines]
    for left, right in zip(first.rows[count:], second.rows[own:], strict=True):
        rows.append(
            RawRow(tuple(map(Cell, padded(left, width) + padded(right, second.width)[shared:])), left.provenance)
        )
    return replace(first, rows=tuple(rows), header_rows=len(lines), below=second.below)


def _evened(levels: list[list[str]], depth: int) -> Sequence[list[str]]:
    """The header with its first level repeated: a repeated level adds nothing to a column's path."""
    return [levels[0]] * (depth - len(levels)) + levels
