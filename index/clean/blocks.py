"""Blocks side by side under the same headers (code, name, amount; name, amount): put below each other."""

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
_NAME_HEADERS: Final[list[str]] = read_yaml("columns.yaml")["label"]
_MIN_WIDTH: Final = 2
"""Name and amount."""


def stack_blocks(draft: Draft) -> Draft:
    """Each block's rows below those of the block before, as if the table had been printed in one piece."""
    headers = [column.path.split("/")[-1] for column in draft.columns]
    width = None if any(column.side for column in draft.columns) else _block_width(draft, headers)
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


def _block_width(draft: Draft, headers: Sequence[str]) -> int | None:
    """How wide a block is, None where there is only one."""
    for width in range(_MIN_WIDTH, len(headers) // 2 + 1):
        count, rest = divmod(len(headers), width)
        is_repeated = not rest and list(headers) == list(headers[:width]) * count
        if is_repeated and (_is_any(headers[0], _CODE_HEADERS) or _are_names(draft, width)):
            return width
    return None


def _are_names(draft: Draft, width: int) -> bool:
    """Whether each block begins with names, and nothing stands over the blocks that tells them apart."""
    firsts = draft.columns[::width]
    held = [draft.numbers_and_texts(column.number) for column in firsts]
    is_apart = len({column.path for column in firsts}) > 1
    return not is_apart and _is_any(firsts[0].path, _NAME_HEADERS) and all(words > numbers for numbers, words in held)


def _is_any(header: str, patterns: Sequence[str]) -> bool:
    return any(re.search(pattern, header) for pattern in patterns)


def _repaired(texts: list[str], width: int) -> list[str]:
    """A label over several blocks, its amount at the end of the last of them: both in the first of these blocks."""
    for start in range(width, len(texts), width):
        before, block = texts[start - width : start], texts[start : start + width]
        is_open = any(text.strip() for text in before) and not any(parse_number(text) is not None for text in before)
        if is_open and not any(text.strip() for text in block[:-1]) and block[-1].strip():
            texts[start - 1], texts[start + width - 1] = block[-1], ""
    return texts
