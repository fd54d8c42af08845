"""Offices of a department found by what they are called, or by the duties that stand behind their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from assistant.answering.draft import Draft
from assistant.catalog import DocumentCatalog
from assistant.plan.bind import count_of, of_statement
from assistant.plan.forms import without_unit
from assistant.plan.quantity import Quantity
from assistant.query import Counted, Office
from assistant.reading.patterns import pattern
from assistant.understand.kinds import alike
from assistant.understand.wording import normalise, synonyms
from index.ordinals import without_ordinal
from index.records import ParagraphRecord, StatementRecord

_LISTS: Final = pattern("lists_offices")
_COMMON: Final = pattern("common_in_offices")
_NAME: Final = re.compile(r"[一-鿿0-9“”]{1,24}(?:处|室|科|股|局|办|队|部|委|中心|党委|司|组)(?:[（(][^（）()]*[)）])?")
_SPLIT: Final = re.compile(r"[、，,；;。:：](?![^（(]*[）)])|(?<=[处室科局办队部委])(?:和|及|以及)(?![^（(]*[）)])")
_DUTY: Final = re.compile(r"^(?P<name>[^。:：，\s]{2,16}(?:处|室|科|股|办|局|庭|队|委))(?:[。:：]|\s+)(?P<duty>.{6,})")
_PART: Final = re.compile("[；;。]")
_UNITS: Final = re.compile("(?:下属|所属|直属|预算)单位(?:包括|具体|分别|有|为|共|[:：])")
_CHINESE: Final = re.compile("[一-鿿]")
_BLOCK: Final = 2
_MOST: Final = 3
_FEWEST: Final = 2
_SHARED: Final = 0.2
_NEAR: Final = 0.89
_AHEAD: Final = 0.012
"""What shared pairs of characters add to how near duties are in meaning, and from when on the nearest are meant: as
measured over matters put in other words, and over such as no duty is of.
"""


@dataclass(frozen=True, slots=True)
class FoundOffice:
    """One office with the paragraph that names it, and what of the question its name says; ``duty``: its duties."""

    name: str
    source: ParagraphRecord
    said: str
    duty: str = ""


def offices_of(draft: Draft) -> Iterator[tuple[str, ParagraphRecord, str]]:
    """All offices that a document lists: the name, the paragraph, and the duties where they stand behind the name."""
    for paragraph in draft.contents.paragraphs.values():
        if paragraph.role == "contents":
            continue
        plain = without_ordinal(paragraph.text.strip())
        if duty := _DUTY.match(plain):
            yield duty["name"], paragraph, duty["duty"]
        elif _LISTS.search(paragraph.text):
            names = [part.strip() for part in _SPLIT.split(_UNITS.split(paragraph.text)[0])]
            found = [match.group() for part in names if (match := _NAME.search(part)) and match.end() == len(part)]
            if len(found) >= _FEWEST:
                yield from ((name, paragraph, "") for name in found)
        elif _NAME.fullmatch(plain) and any(map(_LISTS.search, paragraph.section)):
            yield plain, paragraph, ""


def offices_for(office: Office, draft: Draft) -> tuple[FoundOffice, ...]:
    """The office whose duties are nearest, else those listed without any whose names say most; none of too many."""
    listed = [*(_own_duties(draft) if office.is_own else offices_of(draft))]
    for text in office.texts:
        bare = without_unit(_without_short_name(text, draft.catalog), draft.catalog)
        if (nearest := nearest_duty(bare, [each for each in listed if each[2]], draft)) is not None:
            return (nearest,)
        for said in _reworded(bare):
            if found := _best(said, [each for each in listed if not each[2]]):
                return found
        if len(_CHINESE.findall(_COMMON.sub("", bare))) > _BLOCK:
            return ()  # what is said further off is of another office
    return ()


def _own_duties(draft: Draft) -> Iterator[tuple[str, ParagraphRecord, str]]:
    """The duties of the department itself, a paragraph each."""
    duties = (each for each in draft.contents.paragraphs.values() if each.role == "duty")
    yield from (("", each, without_ordinal(each.text.strip())) for each in duties)


def nearest_duty(said: str, duties: Sequence[tuple[str, ParagraphRecord, str]], draft: Draft) -> FoundOffice | None:
    """Whose duties are nearest to what is said, in meaning and by what they share; None where none is near, or two.

    So of a matter said in several parts one of which they share nothing with (来访群众…追加预算数).
    """
    parts = [part for part in said.split("|") if len(part) >= _BLOCK]
    matter = "、".join(parts)
    near = draft.contents.retriever.nearness(matter) if matter and duties else {}
    shares = draft.contents.pairs.share
    scored = [
        (near.get(source.paragraph_id, 0.0) + _SHARED * shares(matter, [name + part for part in _PART.split(duty)]), n)
        for n, (name, source, duty) in enumerate(duties)
    ]
    (best, place), (second, _) = (*sorted(scored, reverse=True)[:2], (0.0, 0), (0.0, 0))[:2]
    if best < max(_NEAR, second + _AHEAD):
        return None
    name, source, duty = duties[place]
    if len(parts) > 1 and not all(shares(part, [name + each for each in _PART.split(duty)]) for part in parts):
        return None
    return FoundOffice(name, source, matter, duty)


def _without_short_name(text: str, catalog: DocumentCatalog) -> str:
    """A text without the unit's name in short (苏州应急局): what it shares with an office's name tells no office."""
    region = normalise(catalog.region or "").removesuffix("市").removesuffix("省")
    name = normalise(catalog.unit_name).partition(region)[2] if region else ""
    start = text.find(region) if name else -1
    end = start + len(region)
    for character in name if start >= 0 else "":
        end += text[end : end + 1] == character
    return f"{text[:start]}|{text[end:]}" if end > start + len(region) and text[end - 1] == name[-1] else text


def _best(said: str, listed: Sequence[tuple[str, ParagraphRecord, str]]) -> tuple[FoundOffice, ...]:
    plain = _COMMON.sub("|", said)
    scored = []
    for name, source, duty in listed:
        match = SequenceMatcher(None, _COMMON.sub("#", normalise(name)), plain, autojunk=False)
        blocks = [plain[b.b : b.b + b.size] for b in match.get_matching_blocks() if b.size >= _BLOCK]
        if blocks:
            scored.append((sum(map(len, blocks)), FoundOffice(name, source, max(blocks, key=len), duty)))
    best = max((score for score, _ in scored), default=0)
    found = {each.name: each for score, each in scored if score == best}
    return tuple(found.values()) if len(found) <= _MOST else ()


def _reworded(text: str) -> Iterator[str]:
    """A text as it is, then with the words that documents print for its own (天然气: 燃气)."""
    yield text
    for word, forms in synonyms().items():
        if word in text:
            yield from (text.replace(word, form) for form in forms)


def counted_kinds(counted: Counted, draft: Draft) -> tuple[Quantity, ...]:
    """The kinds that one sentence counts, without their total."""
    units = alike(counted.counted)
    by_sentence: dict[tuple[str, str], list[StatementRecord]] = {}
    for statement in draft.contents.statements.values():
        if statement.number is not None and statement.number_unit in units:
            by_sentence.setdefault((statement.paragraph_id, statement.sentence), []).append(statement)
    told = [each for (_, sentence), each in by_sentence.items() if counted.of[0] in sentence and len(each) > _FEWEST]
    if not told:
        return ()
    most = max(told, key=len)
    wholes = {each.whole_id for each in most}
    parts = [each for each in most if each.statement_id not in wholes]
    whole = max(parts, key=lambda each: each.number or 0)
    if whole.number == sum(each.number or 0 for each in parts if each is not whole):
        parts.remove(whole)
    return tuple(of_statement(each, count_of(each), draft) for each in parts)
