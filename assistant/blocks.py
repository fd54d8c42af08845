"""An answer's text in blocks, for everything that shows it other than as text: page, letter, tables.

The text uses a few marks of Markdown (bold, lists, quotes); it is not Markdown: ``5~10%``, ``2024.`` at a line's start
and ``**合计：**38.52`` stand as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.answer import Answer
from assistant.citations import MARK

_ITEM: Final = re.compile(r"(?P<bullet>-|\d{1,3}\.) (?P<text>.+)")
_QUOTE: Final = "> "
_WARNING: Final = "⚠"
_ENTRY: Final = re.compile(
    r"(?P<label>.+?)(?:：|为)\s*\*{0,2}(?P<value>[^*\[\]]+?)\*{0,2}(?P<marks>(?:\[\d+\])*)(?P<rest>（[^（）]*）)?[；;。]?"
)
_AMOUNT: Final = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?) ?(?P<unit>[^\d\s].*)?")
_LONG_NUMBER: Final = re.compile(r"(?<![\d.,])\d{4,}(?:\.\d+)?(?= ?(?:万|亿)?元)")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list; ``bullet`` is what stands before it, ``-`` or its number with a dot."""

    bullet: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a warning, a list or a quotation."""

    kind: str
    text: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list that gives one value; ``number`` and ``unit`` where it is an amount."""

    label: str
    value: str
    number: Decimal | None
    unit: str
    marks: tuple[int, ...]
    rest: str


def blocks_of(text: str) -> list[Block]:
    """The blocks in order; items and quoted lines that follow each other are one block.

    >>> [(b.kind, b.text, len(b.items)) for b in blocks_of("共 2 项：\\n\\n- 甲：**1 元**[1]\\n- 乙：**2 元**[2]")]
    [('paragraph', '共 2 项：', 0), ('list', '', 2)]
    """
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        block = _block(line)
        if block.items and blocks and blocks[-1].kind == block.kind:
            blocks[-1] = Block(block.kind, "", (*blocks[-1].items, *block.items))
        else:
            blocks.append(block)
    return blocks


def _block(line: str) -> Block:
    if line.startswith(_QUOTE):
        return Block("quote", "", (Item("", line.removeprefix(_QUOTE)),))
    if line.startswith(_WARNING):
        return Block("warning", line.lstrip(_WARNING).strip())
    if item := _ITEM.fullmatch(line):
        return Block("list", "", (Item(item["bullet"], item["text"]),))
    return Block("paragraph", line)


def entry_of(item: Item) -> Entry | None:
    """What an item says of what; None where it isn't of that form.

    >>> entry_of(Item("-", "差旅费（30211）：**12.60 万元**[3]"))
    Entry(label='差旅费（30211）', value='12.60 万元', number=Decimal('12.60'), unit='万元', marks=(3,), rest='')
    """
    found = _ENTRY.fullmatch(item.text)
    if found is None:
        return None
    value = found["value"].strip()
    amount = _AMOUNT.fullmatch(value)
    number = Decimal(amount["number"].replace(",", "")) if amount else None
    return Entry(
        found["label"].strip(), value, number, (amount["unit"] or "").strip() if amount else "",
        marks_in(found["marks"]), found["rest"] or "",
    )  # fmt: skip


def entries_of(block: Block) -> list[Entry]:
    """The entries of a list; none where any item isn't one, but for a line that says how many are left out."""
    found = [entry_of(item) for item in block.items if not item.text.startswith("……")]
    return [entry for entry in found if entry] if all(found) else []


def marks_in(text: str) -> tuple[int, ...]:
    """The numbers of the citations a text points at, in its order."""
    return tuple(int(number) for number in MARK.findall(text))


def first_mark(answer: Answer) -> int:
    """The first citation that the text points at, so the one behind its first figure; 0 where there is none."""
    known = {each.n for each in answer.citations}
    return next((n for n in marks_in(answer.told) if n in known), min(known, default=0))


def plain(text: str) -> str:
    """Without marks and bold.

    >>> plain("差旅费为 **12.60 万元**[3]。")
    '差旅费为 12.60 万元。'
    """
    return MARK.sub("", text).replace("**", "")


def separated(text: str) -> str:
    """Amounts of money with thousands separators.

    >>> separated("支出总计 41534.73 万元，2024 年")
    '支出总计 41,534.73 万元，2024 年'
    """
    return _LONG_NUMBER.sub(lambda m: f"{Decimal(m[0]):,}", text)


def list_entries(answer: Answer) -> Iterator[Entry]:
    """All entries of all lists of an answer."""
    for block in blocks_of(answer.told):
        if block.kind == "list":
            yield from entries_of(block)


def warnings_of(answer: Answer) -> list[str]:
    """What is to be told beside an answer, each once: warnings in its text and notes that don't stand there."""
    told = [block.text for block in blocks_of(answer.told) if block.kind == "warning"]
    return [*told, *(note for note in answer.notes if not any(note in line for line in told))]
