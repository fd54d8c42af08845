"""Tables beside each other in one grid, each under its own title: taken apart where the titles begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.clean.captions import count_title_rows, is_title
from index.clean.draft import Draft, Drafts
from index.clean.headers import count_header_rows
from index.document import RawRow


def split_beside(drafts: Drafts) -> Drafts:
    """Each of the tables as a draft of its own; a unit or owner stands above the table that it is printed over."""
    return tuple(part for draft in drafts for part in _parts(draft))


def _parts(draft: Draft) -> Iterator[Draft]:
    count = count_title_rows(draft.rows)
    starts = next((found for row in draft.rows[:count] if len(found := _titles(row)) > 1), [])
    edges = [0, *starts[1:], draft.width]
    parts = [_slice(draft.rows, left, right) for left, right in pairwise(edges)]
    if not starts or not all(count_header_rows(rows[count:]) for rows in parts):
        yield draft
        return
    for number, rows in enumerate(parts):
        yield replace(draft, rows=rows, above=() if number else draft.above)


def _titles(row: RawRow) -> list[int]:
    """The columns in which titles of tables begin."""
    return [column for column, text in enumerate(row.texts) if is_title(text)]


def _slice(rows: Sequence[RawRow], left: int, right: int) -> tuple[RawRow, ...]:
    return tuple(replace(row, cells=row.cells[left:right]) for row in rows)
