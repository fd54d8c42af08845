"""Tables that a document prints as a list: a name, a colon and an amount on each line, below a line with the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from index.clean.captions import unit_said
from index.document import Block, Cell, Document, Paragraph, RawRow, RawTable
from index.money import parse_number

_ENTRY: Final = re.compile(
    r"[-–·•●○◆■*]?\s*(?P<name>(?:其中\s*[:：]\s*)?[^：:，。；]{2,40}?)\s*[:：]\s*(?P<amount>[^：:，。；]+)"
)
_EXACT: Final = re.compile(r"\d[,，]\d{3}|[.．]\d")
_HEADER: Final = ("项目", "数额")
_FEWEST: Final = 3
_MAX_ABOVE: Final = 3
"""Lines above a list that may say the unit of its amounts."""


def with_lists_as_tables(document: Document) -> Document:
    """The document with each such list as a table; most of its numbers must be amounts, whole ones may be counts."""
    return replace(document, blocks=tuple(_read(document.blocks)))


def _read(blocks: Sequence[Block]) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        entries = _entries(blocks[at:])
        exact = sum(bool(_EXACT.search(entry["amount"])) for _, entry in entries)
        above = (block for block in blocks[max(0, at - _MAX_ABOVE) : at] if isinstance(block, Paragraph))
        if len(entries) >= _FEWEST and 2 * exact >= len(entries) and any(unit_said(block.text) for block in above):
            yield _table(entries)
        else:
            yield from blocks[at : at + max(1, len(entries))]
        at += max(1, len(entries))


def _entries(blocks: Sequence[Block]) -> list[tuple[Paragraph, re.Match[str]]]:
    """The entries of a list that begins here."""
    entries: list[tuple[Paragraph, re.Match[str]]] = []
    for block in blocks:
        entry = _ENTRY.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None
        if not isinstance(block, Paragraph) or entry is None or parse_number(entry["amount"]) is None:
            break
        entries.append((block, entry))
    return entries


def _table(entries: Sequence[tuple[Paragraph, re.Match[str]]]) -> RawTable:
    first = entries[0][0].provenance
    rows = [RawRow((Cell(entry["name"]), Cell(entry["amount"])), line.provenance) for line, entry in entries]
    return RawTable((RawRow(tuple(map(Cell, _HEADER)), first), *rows))
