"""Tables that a document prints as lists: a name and its amount on each line, or a record with the same fields each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.clean.captions import unit_said
from index.document import Block, Cell, Document, Paragraph, RawRow, RawTable
from index.money import UNIT, money_in, parse_number

_FIELD: Final = re.compile(r"[-–·•●○◆■*]?\s*(?P<name>[^：:，。；\d]{2,20}?)\s*[:：]\s*(?P<value>[^。；]{1,60})")
_MONEY: Final = re.compile("金额|预算|支出|经费|收入|合计")
_ENTRY: Final = re.compile(
    r"[-–·•●○◆■*]?\s*(?P<name>(?:其中\s*[:：]\s*)?[^：:，。；=＝→]{2,40}?)"
    r"\s*(?:[:：=＝]|[-－]+[>＞]|→|——)\s*(?P<amount>[^：:，。；=＝]+)"
)
_EXACT: Final = re.compile(r"\d[,，]\d{3}|[.．]\d")
_OF_MONEY: Final = re.compile("(?:费|支出|收入|拨款|补助|资金|结转|结余|[合总小]计)(?:[（(][^）)]*[）)])?$")
_UNIT_BEHIND: Final = re.compile(rf"[（(]({UNIT})[）)]$")
_IN_MYRIADS: Final = re.compile(r"^[\d,，.]+\s*[万亿]$")
"""Amounts whose 元 goes without saying: sentences say it."""
_HEADER: Final = ("项目", "数额")
_PERIOD: Final = re.compile(r"(?P<year>20\d\d年).{0,12}?(?P<basis>预算|决算|执行)")
_ALONE: Final = re.compile(r"[^：:，。；、\d]{2,40}")
_FEWEST: Final = 2
_FEWEST_FIELDS: Final = 2
_MAX_ABOVE: Final = 3
"""Lines above a list that may say the unit of its amounts."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name with its amount, from one paragraph or (``size``) from two."""

    name: str
    amount: str
    line: Paragraph
    size: int


def with_lists_as_tables(document: Document) -> Document:
    """The document with each such list as a table; most of its numbers must be amounts, whole ones may be counts."""
    return replace(document, blocks=tuple(_read(document.blocks)))


def _read(blocks: Sequence[Block]) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        entries = _entries(blocks[at:])
        above = [block.text for block in blocks[max(0, at - _MAX_ABOVE) : at] if isinstance(block, Paragraph)]
        says_unit = any(map(unit_said, above)) or all(map(_says_unit, entries))
        if _is_list(entries) and says_unit:
            yield _table(entries, above)
        elif records := _records(blocks[at:]):
            yield _table_of_records(records)
            at += sum(map(len, records))
            continue
        else:
            yield from blocks[at : at + max(1, sum(entry.size for entry in entries))]
        at += max(1, sum(entry.size for entry in entries))


def _says_unit(entry: _Entry) -> bool:
    return bool(_UNIT_BEHIND.search(entry.name) or _IN_MYRIADS.search(entry.amount))


def _is_list(entries: Sequence[_Entry]) -> bool:
    """Whether most entries are of money, by their numbers or by their names."""
    of_money = sum(bool(_EXACT.search(entry.amount) or _OF_MONEY.search(entry.name)) for entry in entries)
    return len(entries) >= _FEWEST and 2 * of_money >= len(entries)


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


def _entries(blocks: Sequence[Block]) -> list[_Entry]:
    """The entries of a list that begins here, all printed in one way."""
    entries: list[_Entry] = []
    at = 0
    while entry := _entry(blocks[at : at + 2]):
        if entries and entry.size != entries[0].size:
            break
        entries.append(entry)
        at += entry.size
    return entries


def _entry(blocks: Sequence[Block]) -> _Entry | None:
    """A name and its amount, on one line or on two."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    if not lines or lines[0] is not blocks[0]:
        return None
    found = _ENTRY.fullmatch(lines[0].text.strip())
    if found and (parse_number(found["amount"]) is not None or _IN_MYRIADS.search(found["amount"])):
        return _Entry(found["name"], found["amount"], lines[0], 1)
    name, amount = lines[0].text.strip(), lines[1].text.strip() if len(lines) > 1 else ""
    is_pair = _OF_MONEY.search(name) and _ALONE.fullmatch(name) and parse_number(amount) is not None
    return _Entry(name, amount, lines[0], 2) if is_pair and _EXACT.search(amount) else None


def _table(entries: Sequence[_Entry], above: Sequence[str]) -> RawTable:
    period = next(filter(None, map(_PERIOD.search, reversed(above))), None)
    header = (_HEADER[0], f"{period['year']}{period['basis']}数" if period else _HEADER[1])
    rows = [RawRow(tuple(map(Cell, _with_its_unit(entry))), entry.line.provenance) for entry in entries]
    return RawTable((RawRow(tuple(map(Cell, header)), entries[0].line.provenance), *rows))


def _with_its_unit(entry: _Entry) -> tuple[str, str]:
    """The name and the amount; a unit behind the name is the amount's (``资金总额（万元）：1,280.00``)."""
    unit = _UNIT_BEHIND.search(entry.name)
    return (entry.name[: unit.start()], entry.amount + unit[1]) if unit else (entry.name, entry.amount)
