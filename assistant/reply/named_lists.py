"""Lists of names that prose tells: in one sentence, or one a paragraph below a heading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.answering.draft import Draft
from assistant.understand.wording import normalise
from index.ordinals import without_ordinal
from index.records import ParagraphRecord

_OPENS: Final = re.compile(r"(?:包括|分别[为是]|如下|有|是|为)?[:：]|(?:包括|分别[为是])")
_PARTS: Final = re.compile(r"[、，,；;。]|(?<=[局处站院所校队心])[和及](?=[^、]+$)")
_COUNTED_BEHIND: Final = re.compile(
    r"(?<=[一-鿿)）])(?:\d+|[一二三四五六七八九十]+)[个家][一-鿿]{0,6}?(?:单位|机构|处室|科室|部门)(?:以及|及|和)?"
)
"""How many the names before it are, and of which kind (甲局、乙局2个行政单位以及丙中心…10个事业单位)."""

_BRACKETS: Final = re.compile(r"\(([^()]*)\)$")
_OF_UNITS: Final = re.compile("单位|机构|处室|科室|学校|院校|分局|下设|下属|所属")
_DESCRIBED: Final = re.compile("([^，,；;。]+)[，,]([^；;。]+)[；;。]")
_FEWEST: Final = 2
_LONGEST: Final = 40
"""Characters of a paragraph that is no more than a name."""


@dataclass(frozen=True, slots=True)
class NamedList:
    """Names in order with what opens the list, and the paragraphs that tell them: one, or one a name.

    ``about``: what is said behind each name, where each has its own words (…中心，属全额拨款事业单位；).
    """

    lead: str
    names: tuple[str, ...]
    sources: tuple[ParagraphRecord, ...]
    about: tuple[str, ...] = ()

    @property
    def is_of_units(self) -> bool:
        """Whether it is said to be of units or offices, and not of duties or costs."""
        told = (text for source in self.sources[:1] for text in (source.text, *source.section))
        return any(map(_OF_UNITS.search, told))

    def cite(self, draft: Draft) -> list[int]:
        """The numbers of the citations of all paragraphs."""
        return [draft.cite_passage(source, source.text) for source in self.sources]


def named_lists(draft: Draft) -> Iterator[NamedList]:
    """All lists of names of a document."""
    yield from _in_sentences(draft)
    yield from _below_headings(draft)


def forms_of_name(name: str) -> set[str]:
    """A listed name as it is, without what stands in brackets behind it, and that by itself."""
    plain = normalise(name)
    match = _BRACKETS.search(plain)
    return {plain, plain[: match.start()], match[1]} if match else {plain}


def _in_sentences(draft: Draft) -> Iterator[NamedList]:
    for told in draft.contents.told:
        opens = _OPENS.search(told.text)
        if opens is None or not isinstance(told.source, ParagraphRecord):
            continue
        lead, rest = normalise(told.text[: opens.start()]), told.text[opens.end() :]
        if len(described := _DESCRIBED.findall(rest)) >= _FEWEST and "、" not in rest:
            names, about = zip(*described, strict=True)
            yield NamedList(lead, names, (told.source,), about)
            continue
        parts = (part.strip() for part in _PARTS.split(_COUNTED_BEHIND.sub("、", rest)))
        yield NamedList(lead, tuple(dict.fromkeys(filter(None, parts))), (told.source,))


def _below_headings(draft: Draft) -> Iterator[NamedList]:
    below: dict[tuple[str, ...], list[ParagraphRecord]] = defaultdict(list)
    paragraphs = [p for p in draft.contents.paragraphs.values() if p.role != "contents"]
    heads = {tuple(p.section) for p in paragraphs}
    for paragraph in paragraphs:
        section = tuple(paragraph.section)
        if section and (*section, paragraph.text) not in heads:
            below[section].append(paragraph)
    for section, told in below.items():
        names = tuple(without_ordinal(p.text.strip()).rstrip("；;。") for p in told)
        if all(0 < len(name) <= _LONGEST and not _PARTS.search(name) for name in names):
            yield NamedList(normalise(without_ordinal(section[-1])), names, tuple(told))
