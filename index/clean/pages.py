"""Joining what a page break split: continuation grids, repeated headers, page numbers between rows."""

from __future__ import annotations

from dataclasses import replace

from index.clean.captions import is_caption_line
from index.clean.draft import Draft, Drafts
from index.clean.headers import count_header_rows
from index.clean.wording import fold
from index.document import RawRow
from index.pagination import is_page_number


def drop_page_rows(draft: Draft) -> Draft:
    """Rows that hold nothing but a page number, between others."""
    rows = draft.rows
    kept = tuple(row for number, row in enumerate(rows) if not (number and _is_page_row(row)))
    return replace(draft, rows=kept)


def join_pages(drafts: Drafts) -> Drafts:
    """Append each continuation to the table it continues."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _continues(joined[-1], draft):
            joined[-1] = _appended(joined[-1], draft)
        elif draft.rows:
            joined.append(draft)
    return tuple(joined)


def _continues(first: Draft, second: Draft) -> bool:
    """A grid goes on with the one before if nothing but captions stands between and it has no header of its own."""
    if any(not is_caption_line(text) for text in second.above) or not second.rows:
        return False
    if second.unit and second.unit != first.unit:
        return False
    own_caption = bool(second.title or second.table_no)
    if own_caption and (fold(second.title), second.table_no or first.table_no) != (fold(first.title), first.table_no):
        return False
    if repeated_header(first, second.rows):
        return True
    return not own_caption and count_header_rows(second.rows) == 0 and abs(first.width - second.width) <= 1


def _appended(first: Draft, second: Draft) -> Draft:
    rows = second.rows[repeated_header(first, second.rows) :]
    return replace(first, rows=first.rows + rows, below=second.below)


def repeated_header(first: Draft, rows: tuple[RawRow, ...]) -> int:
    """How many of ``rows`` repeat the leading rows of ``first``, headers being compared without blanks."""
    header = count_header_rows(first.rows)
    count = 0
    while count < min(header, len(rows)) and _same(rows[count], first.rows[count]):
        count += 1
    return count if count == header else 0


def _same(row: RawRow, other: RawRow) -> bool:
    return _texts(row) == _texts(other)


def _texts(row: RawRow) -> tuple[str, ...]:
    return tuple(fold(text) for text in row.texts if text.strip())


def _is_page_row(row: RawRow) -> bool:
    texts = [text for text in row.texts if text.strip()]
    return len(texts) == 1 and is_page_number(texts[0]) and not texts[0].strip().isdigit()
