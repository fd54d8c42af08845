"""Several tables in one grid, each under its own title or unit: taken apart where a title stands below amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from index.clean.captions import (
    OF_TABLE_ABOVE,
    count_title_rows,
    is_caption_line,
    is_title,
    is_title_or_number,
    is_unit_line,
    lone_texts,
    unit_said,
)
from index.clean.draft import Draft, Drafts
from index.clean.headers import count_header_rows
from index.document import RawRow
from index.money import parse_number

_BUDGET: Final = re.compile("(?:预算|决算|收入|支出|收支|经费).*表")


def split_stacked(drafts: Drafts) -> Drafts:
    """Each table of a grid as a draft of its own. One that only goes on under its title is joined again later."""
    return tuple(part for draft in drafts for part in _parts(draft))


def _parts(draft: Draft) -> Iterator[Draft]:
    edges = [0, *_starts(draft.rows), len(draft.rows)]
    header: Sequence[RawRow] = ()
    for start, end in pairwise(edges):
        above = draft.above if start == 0 else ()
        below = draft.below if end == len(draft.rows) else ""
        rows = draft.rows[start:end]
        titles = count_title_rows(rows)
        own = rows[titles : titles + count_header_rows(rows[titles:])]
        rows = rows if own else (*rows[:titles], *header, *rows[titles:])
        header = own or header
        yield replace(draft, rows=rows, above=above, below=below)


def _starts(rows: Sequence[RawRow]) -> Iterator[int]:
    """Where a title or unit stands below amounts and above a header, or a title of a budget's table above amounts."""
    start, has_amounts = 0, False
    for at, row in enumerate(rows):
        if has_amounts and any(text.strip() for text in row.texts):
            if _is_unit_below(rows, at, start):
                continue
            titles = count_title_rows(rows[at:])
            if titles and (count_header_rows(tuple(rows[at + titles :])) or _names_table(row)):
                yield at
                start, has_amounts = at, False
        has_amounts = has_amounts or _has_amounts(row)


def _is_unit_below(rows: Sequence[RawRow], at: int, start: int) -> bool:
    """Whether a unit ends the table that begins in row ``start``: that has none above, the one below another."""
    lone = lone_texts(rows[at : at + 1])
    if not any(map(is_unit_line, lone)):
        return False
    if OF_TABLE_ABOVE.match(lone[0].strip()):
        return True
    above = (text for row in rows[start : start + count_title_rows(rows[start:at])] for text in row.texts)
    following = next((row for row in rows[at + 1 :] if any(map(str.strip, row.texts))), None)
    title = following is not None and any(map(is_title_or_number, lone_texts([following])))
    return title and not any(map(unit_said, above)) and any(map(is_unit_line, lone_texts(rows[at + 1 :])))


def _has_amounts(row: RawRow) -> bool:
    """Whether a row has numbers that are no code or year of a caption."""
    return any(parse_number(text) is not None for text in row.texts[1:]) and not count_title_rows((row,))


def _names_table(row: RawRow) -> bool:
    """Whether a row holds nothing but the title of a budget's table."""
    texts = [text for text in row.texts if text.strip()]
    return bool(texts) and bool(_BUDGET.search(texts[0])) and all(map(is_caption_line, texts)) and is_title(texts[0])
