"""Blocks side by side under the same headers (code, name, amount; code, name, amount): put below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.clean.draft import Draft
from index.clean.grid import padded, row_of
from index.clean.table import Column
from index.dictionary import read_yaml
from index.money import parse_number

_CODE_HEADERS: Final[list[str]] = read_yaml("columns.yaml")["code"]
_MIN_WIDTH: Final = 3
"""Code, name and amount."""


def stack_blocks(draft: Draft) -> Draft:
    """Each block's rows below those of the block before, as if the table had been printed in one piece."""
    headers = [column.path.split("/")[-1] for column in draft.columns]
    width = None if any(column.side for column in draft.columns) else _block_width(headers)
    if width is None:
        return draft
    rows = [_repaired(padded(row, draft.width), width) for row in draft.body_rows]
    lines = [
        (texts[start : start + width], printed)
        for start in range(0, draft.width, width)
        for texts, printed in zip(rows, draft.body_rows, strict=True)
    ]
    header = row_of(headers[:width], draft.rows[0].provenance)
    body = tuple(row_of(texts, printed.provenance) for texts, printed in lines if any(map(str.strip, texts)))
    columns = tuple(Column(number, header, "measure") for number, header in enumerate(headers[:width], start=1))
    return replace(draft, rows=(header, *body), header_rows=1, columns=columns)


def _block_width(headers: Sequence[str]) -> int | None:
    """How wide a block is, None where there is only one."""
    for width in range(_MIN_WIDTH, len(headers) // 2 + 1):
        count, rest = divmod(len(headers), width)
        if not rest and list(headers) == list(headers[:width]) * count and _begins_with_code(headers):
            return width
    return None


def _begins_with_code(headers: Sequence[str]) -> bool:
    return any(re.search(pattern, headers[0]) for pattern in _CODE_HEADERS)


def _repaired(texts: list[str], width: int) -> list[str]:
    """A label over several blocks, its amount at the end of the last of them: both in the first of these blocks."""
    for start in range(width, len(texts), width):
        before, block = texts[start - width : start], texts[start : start + width]
        is_open = any(text.strip() for text in before) and not any(parse_number(text) is not None for text in before)
        if is_open and not any(text.strip() for text in block[:-1]) and block[-1].strip():
            texts[start - 1], texts[start + width - 1] = block[-1], ""
    return texts
