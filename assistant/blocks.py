"""An answer's text in blocks, for everything that shows it other than as text: page, letter, tables.

The text uses a few marks of Markdown (bold, lists, quotes); it is not Markdown: ``5~10%``, ``2024.`` at a line's start
and ``**合计：**38.52`` stand as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from assistant.answer import Answer
from assistant.citations import MARK
from index.money import YUAN_PER_UNIT

_ITEM: Final = re.compile(r"(?P<bullet>-|\d{1,3}\.) (?P<text>.+)")
_QUOTE: Final = "> "
_WARNING: Final = "⚠"
_MARKED: Final = r"(?P<marks>(?:\[\d+\])*)"
_REST: Final = r"(?P<rest>（(?:[^（）]|（[^（）]*）)*）)?[；;。]?"
_PLAIN_ENTRY: Final = re.compile(rf"(?P<label>.+?)(?:：|为)\s*\*{{0,2}}(?P<value>[^*\[\]]+?)\*{{0,2}}{_MARKED}{_REST}")
_VALUE: Final = re.compile(rf"(?P<said>[^*\[\]，；：]*?)\s*\*\*(?P<value>[^*\[\]]+)\*\*{_MARKED}(?:，|$)")
_WORDED_ENTRY: Final = re.compile(rf"(?P<label>.+)：(?P<values>[^：]+?){_REST}")
_AMOUNT: Final = re.compile(
    r"(?P<number>-?\d[\d,]*(?:\.\d+)?) ?(?P<unit>[^\d\s].*?)?(?P<again>（-?[\d,.]+ ?(?:万|亿)?元）)?"
)
DIRECTION: Final = re.compile(r"(?<![最至不])(增加|减少|增长|下降|上升|降低|上涨|提高|压减|节约|多|少|高|低)了?约?\s*$")
_DOWN: Final = ("减少", "下降", "降低", "压减", "节约", "少", "低")
VALUE_HEAD: Final = "数额"
WORDS_HEAD: Final = "名目"
"""Heads of a list's values, and of the words before them where they differ."""

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
class Value:
    """What an entry gives, ``said`` being the words before it (比上年减少); number and unit where it is an amount."""

    said: str
    text: str
    number: Decimal | None
    unit: str

    @property
    def signed(self) -> Decimal | None:
        """The number, below nought where it is said to be less."""
        moved = DIRECTION.search(self.said)
        return -self.number if self.number and moved and moved[1] in _DOWN else self.number

    @property
    def worth(self) -> Decimal | None:
        """What it is compared by: money in 元."""
        return None if self.signed is None else self.signed * YUAN_PER_UNIT.get(self.unit, Decimal(1))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list that gives one value or several of the same thing (its share, its change)."""

    label: str
    values: tuple[Value, ...]
    marks: tuple[int, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Column:
    """The values that all entries give in one place, with their words or unit where these are one; else empty."""

    said: str
    unit: str
    values: tuple[Value | None, ...]

    @property
    def is_worded(self) -> bool:
        """Whether the words before the values differ, and so stand with each."""
        return not self.said and any(value and value.said for value in self.values)

    @property
    def is_change(self) -> bool:
        """Whether values are said to be more or less."""
        return any(value and DIRECTION.search(value.said) for value in self.values)

    @property
    def is_comparable(self) -> bool:
        """Whether all are amounts of one unit or of money."""
        units = {value.unit if value else "" for value in self.values}
        return all(v and v.number is not None for v in self.values) and (len(units) == 1 or units <= set(YUAN_PER_UNIT))


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

    >>> entry_of(Item("-", "甲局：会议费 **12.60 万元**[3]，下降 **5 %**[4]（推算）"))  # doctest: +NORMALIZE_WHITESPACE
    Entry(label='甲局',
          values=(Value(said='会议费', text='12.60 万元', number=Decimal('12.60'), unit='万元'),
                  Value(said='下降', text='5 %', number=Decimal('5'), unit='%')),
          marks=(3, 4), rest='（推算）')
    """
    if found := _PLAIN_ENTRY.fullmatch(item.text):
        values = [_value("", found["value"])]
    elif found := _WORDED_ENTRY.fullmatch(item.text):
        parts = list(_VALUE.finditer(found["values"]))
        if "".join(part[0] for part in parts) != found["values"]:
            return None
        values = [_value(part["said"], part["value"]) for part in parts]
    else:
        return None
    marks = tuple(dict.fromkeys(marks_in(item.text)))
    return Entry(found["label"].strip(), tuple(values), marks, found["rest"] or "")


def _value(said: str, text: str) -> Value:
    amount = _AMOUNT.fullmatch(text.strip())
    number = Decimal(amount["number"].replace(",", "")) if amount else None
    return Value(said.strip(), text.strip(), number, (amount["unit"] or "").strip() if amount else "")


def columns_of(entries: Sequence[Entry]) -> list[Column]:
    """The entries' values side by side; none where there are no entries."""
    return [
        Column(_only(v.said if v else "" for v in values), _only(v.unit if v else "" for v in values), values)
        for values in zip_longest(*(entry.values for entry in entries))
    ]


def _only(texts: Iterable[str]) -> str:
    found = set(texts)
    return found.pop() if len(found) == 1 else ""


def main_column(columns: Sequence[Column]) -> Column:
    """The column that entries are compared by: the first that says how far something moved, else the first."""
    return next((column for column in columns if column.is_change), columns[0])


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
