"""Two values below each other in one cell, under a header that names both (``预算数 决算数``): a column for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.clean.draft import Draft
from index.clean.grid import padded, row_of
from index.clean.headers import count_header_rows, spread
from index.dictionary import read_yaml

_BOTH: Final = re.compile(read_yaml("columns.yaml")["stacked"])
_PAIR: Final = re.compile(r"(\S.*?) / (\S.*)|([-−\d,，.]+)[/／]([-−\d,，.]+)")


def unstack_values(draft: Draft) -> Draft:
    """Each column of pairs as two columns; one in which a value stands alone is left as it is printed."""
    count = draft.header_rows or count_header_rows(draft.rows)
    if not count:
        return draft
    width = draft.width
    header = [spread(row, width) for row in draft.rows[:count]]
    body = [padded(row, width) for row in draft.rows[count:]]
    names = {at: found for at in range(width) if (found := _names(header[-1][at], [texts[at] for texts in body]))}
    if not names:
        return draft
    above = [
        [each for at, text in enumerate(texts) for each in [text] * (2 if at in names else 1)] for texts in header[:-1]
    ]
    leaves = [each for at, text in enumerate(header[-1]) for each in names.get(at, (text,))]
    lines = [*above, leaves, *(_in_body(texts, names) for texts in body)]
    rows = tuple(row_of(texts, row.provenance) for texts, row in zip(lines, draft.rows, strict=True))
    return replace(draft, rows=rows, header_rows=count)


def _names(header: str, texts: Sequence[str]) -> tuple[str, str] | None:
    """What the two values of a column's cells are, where all of its cells have two."""
    both = _BOTH.fullmatch(header)
    filled = [text for text in texts if text.strip()]
    if not both or not filled or not all(map(_PAIR.fullmatch, filled)):
        return None
    name = f"{both['name']}/" if both["name"] else ""
    return f"{name}{both['first']}", f"{name}{both['second']}"


def _in_body(texts: Sequence[str], names: dict[int, tuple[str, str]]) -> list[str]:
    values: list[str] = []
    for at, text in enumerate(texts):
        pair = _PAIR.fullmatch(text) if at in names else None
        values += [each for each in pair.groups() if each] if pair else ["", ""] if at in names else [text]
    return values
