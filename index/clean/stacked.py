"""Several tables in one grid, each under its own title or unit: taken apart where a title stands below amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.clean.captions import count_title_rows
from index.clean.draft import Draft, Drafts
from index.clean.headers import count_header_rows
from index.document import RawRow
from index.money import parse_number


def split_stacked(drafts: Drafts) -> Drafts:
    """Each table of a grid as a draft of its own. One that only goes on under its title is joined again later."""
    return tuple(part for draft in drafts for part in _parts(draft))


def _parts(draft: Draft) -> Iterator[Draft]:
    edges = [0, *_starts(draft.rows), len(draft.rows)]
    for start, end in pairwise(edges):
        above = draft.above if start == 0 else ()
        below = draft.below if end == len(draft.rows) else ""
        yield replace(draft, rows=draft.rows[start:end], above=above, below=below)


def _starts(rows: Sequence[RawRow]) -> Iterator[int]:
    """Where a title or unit stands below amounts and above a header."""
    has_amounts = False
    for at, row in enumerate(rows):
        if has_amounts and any(text.strip() for text in row.texts):
            titles = count_title_rows(rows[at:])
            if titles and count_header_rows(tuple(rows[at + titles :])):
                yield at
                has_amounts = False
        has_amounts = has_amounts or any(parse_number(text) is not None for text in row.texts[1:])
