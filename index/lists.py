"""Tables that a document prints as lists: a name and its amount on each line, or a record with the same fields each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from index.clean.captions import unit_said
from index.document import Block, Cell, Document, Paragraph, RawRow, RawTable
from index.money import money_in, parse_number

_FIELD: Final = re.compile(r"[-–·•●○◆■*]?\s*(?P<name>[^：:，。；\d]{2,20}?)\s*[:：]\s*(?P<value>[^。；]{1,60})")
_MONEY: Final = re.compile("金额|预算|支出|经费|收入|合计")
_ENTRY: Final = re.compile(
    r"[-–·•●○◆■*]?\s*(?P<name>(?:其中\s*[:：]\s*)?[^：:，。；]{2,40}?)\s*[:：]\s*(?P<amount>[^：:，。；]+)"
)
_EXACT: Final = re.compile(r"\d[,，]\d{3}|[.．]\d")
_HEADER: Final = ("项目", "数额")
_FEWEST: Final = 3
_FEWEST_FIELDS: Final = 2
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
        elif records := _records(blocks[at:]):
            yield _table_of_records(records)
            at += sum(map(len, records))
            continue
        else:
            yield from blocks[at : at + max(1, len(entries))]
        at += max(1, len(entries))


_Field = tuple[str, str, Paragraph]


def _records(blocks: Sequence[Block]) -> list[list[_Field]]:
    """The records that begin here, all of the same fields, one of which holds money in each."""
    fields: list[_Field] = []
    for block in blocks:
        found = _FIELD.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None
        if not isinstance(block, Paragraph) or found is None:
            break
        fields.append((found["name"], found["value"], block))
    names = [name for name, _, _ in fields]
    size = next((at for at in range(_FEWEST_FIELDS, len(names)) if names[at] == names[0]), 0)
    if not size or len(set(names[:size])) < size:
        return []
    count = next((n for n in range(len(names) // size) if names[n * size :][:size] != names[:size]), len(names) // size)
    records = [fields[n * size : (n + 1) * size] for n in range(count)]
    has_money = any(
        _MONEY.search(name) and all(_is_amount(each[at][1]) for each in records) for at, name in enumerate(names[:size])
    )
    return records if count > 1 and has_money else []


def _is_amount(text: str) -> bool:
    return money_in(text) is not None or parse_number(text) is not None


def _table_of_records(records: Sequence[Sequence[_Field]]) -> RawTable:
    header = RawRow(tuple(Cell(name) for name, _, _ in records[0]), records[0][0][2].provenance)
    rows = (RawRow(tuple(Cell(value) for _, value, _ in each), each[0][2].provenance) for each in records)
    return RawTable((header, *rows))


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
