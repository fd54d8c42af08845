"""Lists with figures that stand in prose: parts told in one sentence, or each in a paragraph of its own.

``政府采购预算总额 9 万元，其中：货物 5 万元、服务 4 万元``; ``（一）财政拨款收入 9 万元`` with ``1.…`` below it.
A list whose total is printed counts only where its parts add up to it: else some of them stand elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, takewhile
from typing import Final

from assistant.understand.tokenize import chinese_number
from assistant.understand.wording import normalise, wording_rules
from index.ordinals import ordinal, rank, without_ordinal
from index.records import ParagraphRecord, StatementRecord
from index.statements import heading_subject

_FEWEST: Final = 2
_HALF: Final = Decimal("0.5")
_BEFORE_YEAR: Final = re.compile(r"\d{1,2}[.．](?=20\d\d\s*年)")
_TWO_BASES: Final = re.compile(r"年初预算.*决算")
_STARTS_ANEW: Final = re.compile(r"(?:本|我)(?:部门|单位|局|办|委)|\d{4}\s*年")
_QUOTED: Final = re.compile(r"^“([^“”]+)”科目$")
_OF_WHICH: Final = re.compile(r"(?:其中|包括|如下|用于|方面|为)[:：]\s*$")
_LEAD_TAIL: Final = re.compile(r"(?:具体|主要)?(?:内容|情况|安排)?(?:如下|包括|用于以下方面|其中)*[:：]?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a list: its name and the statement of its figure."""

    label: str
    statement: StatementRecord


@dataclass(frozen=True, slots=True)
class ProseList:
    """A list: what it is of, its parts in order, the statement of its total, and the words that it stands under."""

    title: str
    entries: tuple[Entry, ...]
    whole: StatementRecord | None
    above: str


def prose_lists(paragraphs: Iterable[ParagraphRecord], statements: Iterable[StatementRecord]) -> tuple[ProseList, ...]:
    """All lists with figures of one document."""
    stated: dict[str, list[StatementRecord]] = defaultdict(list)
    for statement in statements:
        stated[statement.paragraph_id].append(statement)
    told = [p for p in paragraphs if p.role not in ("contents", "definition")]
    reader = _Reader(told, stated)
    made = (*reader.in_sentences(), *reader.counted(), *reader.numbered(), *reader.unmarked())
    return tuple(filter(_is_sound, made))


def _is_sound(listed: ProseList) -> bool:
    """Whether each part has a name of its own and one figure, and the parts are of something that there is."""
    labels = {normalise(entry.label) for entry in listed.entries}
    sides = {normalise(name) for names in wording_rules()["totals"].values() for name in names}
    is_of_sides = listed.whole is None and bool(labels & sides)
    has_figures = any(entry.statement.amount_yuan or entry.statement.number for entry in listed.entries)
    is_plain = not any(_TWO_BASES.search(entry.statement.sentence) for entry in listed.entries)
    return len(labels) == len(listed.entries) and has_figures and is_plain and not is_of_sides


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph that begins with an ordinal, and those below it."""

    paragraph: ParagraphRecord
    below: tuple[ParagraphRecord, ...]


class _Reader:
    def __init__(self, paragraphs: Sequence[ParagraphRecord], stated: dict[str, list[StatementRecord]]) -> None:
        self._paragraphs, self._stated = paragraphs, stated

    def in_sentences(self) -> Iterator[ProseList]:
        """Lists whose total and parts stand in one paragraph."""
        for paragraph in self._paragraphs:
            statements = self._stated[paragraph.paragraph_id]
            for whole in statements:
                parts = [s for s in statements if s.whole_id == whole.statement_id and _alike(s, whole)]
                if len(parts) >= _FEWEST and _add_up(parts, whole):
                    above = "\n".join((*paragraph.section, _before(paragraph.text, parts[0].subject)))
                    yield ProseList(whole.subject, tuple(Entry(s.subject, s) for s in parts), whole, above)

    def counted(self) -> Iterator[ProseList]:
        """Lists that say how many there are (``新增了 3 个项目：甲 7 万元、乙 11 万元、丙 70 万元``)."""
        for paragraph in self._paragraphs:
            statements = self._stated[paragraph.paragraph_id]
            for place, head in enumerate(statements):
                if head.number is None or not _opens_count(head, paragraph.text):
                    continue
                parts = list(takewhile(lambda s: s.amount_yuan is not None, statements[place + 1 :]))
                if _FEWEST <= len(parts) == head.number:
                    entries = tuple(Entry(s.subject, s) for s in parts)
                    yield ProseList(head.subject, entries, None, "\n".join((*paragraph.section, head.subject)))

    def numbered(self) -> Iterator[ProseList]:
        """Lists of paragraphs that are numbered through."""
        taken: set[str] = set()
        for start, paragraph in enumerate(self._paragraphs):
            if _rank(paragraph.text) is None or paragraph.paragraph_id in taken:
                continue
            items = list(self._items(start))
            taken.update(item.paragraph.paragraph_id for item in items)
            entries = [entry for item in items if (entry := self._entry(item))]
            if len(entries) >= _FEWEST and len(entries) == len(items):
                yield from self._below(self._leads(start), entries, starts=_number(paragraph.text) == 1)

    def unmarked(self) -> Iterator[ProseList]:
        """Lists of paragraphs below a total that ends in ``其中：``, as many of them as add up to it."""
        for start, lead in enumerate(self._paragraphs):
            following = self._paragraphs[start + 1 :]
            wholes = [s for s in self._stated[lead.paragraph_id] if s.amount_yuan is not None and s.whole_id is None]
            if not wholes or not _OF_WHICH.search(lead.text) or not following or _rank(following[0].text) is not None:
                continue
            items = takewhile(lambda p: p.section == lead.section and _rank(p.text) is None, following)  # noqa: B023
            told = takewhile(bool, (self._first_stated(item) for item in _to_full_stop(list(items))))
            parts = [statement for statement in told if statement]
            runs = [run for run in accumulate(([s] for s in parts), lambda a, b: a + b) if _add_up(run, wholes[0])]
            if runs and len(runs[-1]) >= _FEWEST:
                above = "\n".join((*lead.section, lead.text))
                yield ProseList(wholes[0].subject, tuple(Entry(s.subject, s) for s in runs[-1]), wholes[0], above)

    def _items(self, start: int) -> Iterator[_Item]:
        """The item that begins at ``start`` and those numbered on after it, up to what stands higher."""
        first = self._paragraphs[start]
        level, item, below = _rank(first.text), first, list[ParagraphRecord]()
        for paragraph in self._paragraphs[start + 1 :]:
            its_rank = _rank(paragraph.text)
            is_over = (its_rank or 9) < (level or 0) or (its_rank is None and paragraph.role == "heading")
            is_next = its_rank == level
            if is_over or (is_next and _number(paragraph.text) != (_number(item.text) or 0) + 1):
                break
            if is_next:
                yield _Item(item, tuple(below))
                item, below = paragraph, []
            else:
                below.append(paragraph)
        yield _Item(item, tuple(below))

    def _entry(self, item: _Item) -> Entry | None:
        """An item with its figure: the first that it states, else the only one that stands below it."""
        if own := self._first_stated(item.paragraph):
            return Entry(_QUOTED.sub(r"\1", own.subject), own)
        below = [s for p in item.below for s in self._stated[p.paragraph_id] if s.amount_yuan is not None]
        return Entry(without_ordinal(item.paragraph.text), below[0]) if len(below) == 1 else None

    def _first_stated(self, paragraph: ParagraphRecord) -> StatementRecord | None:
        amounts = (s for s in self._stated[paragraph.paragraph_id] if s.amount_yuan is not None)
        return next(amounts, None)

    def _leads(self, start: int) -> list[ParagraphRecord]:
        """What a list stands under: the paragraphs right before it and the heading of its section, nearest first."""
        section = self._paragraphs[start].section
        leads: list[ParagraphRecord] = []
        for paragraph in reversed(self._paragraphs[:start]):
            is_heading = bool(section) and (*paragraph.section, paragraph.text) == section
            is_plain = paragraph.section == section and _rank(paragraph.text) is None and paragraph.role != "heading"
            if not is_heading and (not is_plain or len(leads) > 1):
                if not section:
                    break
                continue
            leads.append(paragraph)
            if is_heading:
                break
        return leads

    def _below(
        self, leads: Sequence[ParagraphRecord], entries: Sequence[Entry], *, starts: bool
    ) -> Iterator[ProseList]:
        """The list with the total that it adds up to, or under its title where no total is printed."""
        parts = [entry.statement for entry in entries]
        wholes = [s for lead in leads for s in self._stated[lead.paragraph_id] if s.amount_yuan is not None]
        section = entries and leads[-1].section if leads else ()
        above = "\n".join((*section, *(lead.text for lead in reversed(leads))))
        whole = next((s for s in wholes if _add_up(parts, s)), None)
        titles = [title for lead in leads if (title := _title(lead))]
        if whole:
            yield ProseList(whole.subject, tuple(entries), whole, above)
        elif starts and titles and not wholes:
            yield ProseList(titles[0], tuple(entries), None, above)


def _to_full_stop(items: Sequence[ParagraphRecord]) -> Iterator[ParagraphRecord]:
    """Items up to where another sentence begins: of such as end in semicolons the last is the one with a full stop."""
    for number, item in enumerate(items):
        if _STARTS_ANEW.match(item.text) or (number and _goes_on(items[0]) and not _goes_on(items[number - 1])):
            return
        yield item


def _goes_on(item: ParagraphRecord) -> bool:
    return item.text.rstrip().endswith(("；", ";"))


def _rank(text: str) -> int | None:
    """How deep the leading ordinal stands, also right before a year (``2.2026年，已安排…``)."""
    return rank(f"1. {text}") if _BEFORE_YEAR.match(text) else rank(text)


def _title(lead: ParagraphRecord) -> str:
    if lead.role == "heading":
        return heading_subject(lead.text)
    return _LEAD_TAIL.sub("", lead.text.strip()) if lead.text.rstrip().endswith(("：", ":")) else ""


def _number(text: str) -> int | None:
    """The number of a leading ordinal."""
    before_year = _BEFORE_YEAR.match(text)
    printed = before_year.group() if before_year else ordinal(text)
    mark = "".join(re.findall(r"\w", unicodedata.normalize("NFKC", printed)))
    number = Decimal(mark) if mark.isdecimal() else chinese_number(mark)
    return None if number is None else int(number)


def _opens_count(head: StatementRecord, text: str) -> bool:
    """Whether a list begins right behind the things counted."""
    number = f"{head.number:f}".rstrip("0").rstrip(".")
    return bool(
        re.search(rf"(?<![\d.]){number}\s*{re.escape(head.number_unit or '')}[^，,。；;:：]{{0,12}}[:：]", text)
    )


def _before(text: str, part: str) -> str:
    """What a paragraph says before it comes to a list's first part."""
    return text[: text.find(part)] if part in text else text


def _alike(part: StatementRecord, whole: StatementRecord) -> bool:
    """Whether a part is told in what its whole is told in: money, or things counted by the same word."""
    if whole.amount_yuan is not None:
        return part.amount_yuan is not None
    return part.number is not None and part.number_unit == whole.number_unit != "%"


def _add_up(parts: Sequence[StatementRecord], whole: StatementRecord) -> bool:
    """Whether the parts add up to the whole, but for what rounding to two decimals of 万元 makes."""
    if whole.amount_yuan is None:
        return sum(s.number or 0 for s in parts) == whole.number
    total = sum((s.amount_yuan or Decimal(0) for s in parts), Decimal(0))
    return abs(total - whole.amount_yuan) <= 100 * _HALF * (len(parts) + 1)
