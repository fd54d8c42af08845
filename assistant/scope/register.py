"""The units whose budgets are loaded, and where a question names them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.understand.unit_names import NameMatch, UnitName, match_ending, names_of, place_stem, places_of
from assistant.understand.wording import normalise, occurrences
from assistant.words import tagged
from index.records import DocumentRecord

_ORGANISATION: Final = r"(?:局|委员会|委(?![员托派任])|厅|办公室|街道办事处|街道|法院|检察院|大学|学院|医院)"
_AFTER_PLACE: Final = re.compile(rf"[一-鿿]{{1,8}}?{_ORGANISATION}")
_ON_ITS_OWN: Final = re.compile(
    rf"(?<![一-鿿])(?!其[中他余]|[那这各某本])[一-鿿]{{2,6}}?{_ORGANISATION}(?=的|[0-9]|本级|今年|去年|$)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the documents that print its figures, newest first; ``is_part``: as one of a department's units."""

    name: str
    region: str | None
    documents: tuple[DocumentRecord, ...] = field(repr=False)
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A stretch of a question that names one of ``units``, or by its place; none of them: a unit that isn't loaded."""

    start: int
    end: int
    text: str
    units: tuple[Unit, ...]
    by_place: bool = False


class UnitRegister:
    """Finds the units that questions name. Built once per index."""

    def __init__(self, documents: Iterable[DocumentRecord], parts: Mapping[str, Sequence[str]]) -> None:
        self.units = tuple(_publishers(documents))
        self._by_last: dict[str, list[tuple[UnitName, Unit]]] = defaultdict(list)
        for unit in (*self.units, *_parts(self.units, parts)):
            for name in names_of(unit.name, unit.region):
                for last in {head[-1] for head in name.heads}:
                    self._by_last[last].append((name, unit))
        self._places: dict[str, tuple[Unit, ...]] = _by_place(self.units)

    def mentions(self, question: str) -> tuple[UnitMention, ...]:
        """The units named in a normalised question, in reading order."""
        found: list[UnitMention] = []
        for mention in sorted(self._candidates(question), key=lambda m: (m.start - m.end, m.start)):
            if all(mention.end <= other.start or other.end <= mention.start for other in found):
                found.append(mention)
        found += self._by_places(question, found)
        if not found and (unknown := _ON_ITS_OWN.search(question)) and len(self.units) > 1:
            found.append(UnitMention(unknown.start(), unknown.end(), unknown.group(), ()))
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _candidates(self, question: str) -> Iterator[UnitMention]:
        for end in range(2, len(question) + 1):
            named = self._by_last.get(question[end - 1], ())
            matches = [(m, unit) for name, unit in named if (m := match_ending(name, question, end))]
            if matches:
                yield self._mention(question, matches)

    def _mention(self, question: str, matches: Sequence[tuple[NameMatch, Unit]]) -> UnitMention:
        best = max(match.closeness for match, _ in matches)
        match = next(match for match, _ in matches if match.closeness == best)
        units = {unit.name: unit for match, unit in reversed(matches) if match.closeness == best}
        start = match.start
        if not match.is_placed and (place := self._place_before(question, start)):
            units = {name: unit for name, unit in units.items() if _lies_in(unit, place)}
            start -= len(place)
        return UnitMention(start, match.end, question[start : match.end], tuple(units.values()))

    def _place_before(self, question: str, start: int) -> str:
        """The place that a unit's name directly follows: 珠海 of 珠海市财政局."""
        known = [place for place in self._places if question.endswith(place, 0, start)]
        if known:
            return max(known, key=len)
        words = tagged(question[:start])
        return words[-1][0] if words and words[-1][1] == "ns" else ""

    def _by_places(self, question: str, found: Sequence[UnitMention]) -> Iterator[UnitMention]:
        """Places that stand alone, and unknown units of known places."""
        taken = [False] * (len(question) + 1)
        for mention in found:
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        for place in sorted(self._places, key=len, reverse=True):
            for at, end in occurrences(place, question):
                if any(taken[at:end]):
                    continue
                taken[at:end] = [True] * len(place)
                if (other := _AFTER_PLACE.match(question, end)) and not any(taken[end : other.end()]):
                    yield UnitMention(at, other.end(), question[at : other.end()], ())
                else:
                    yield UnitMention(at, end, place, self._places[place], by_place=True)


def _publishers(documents: Iterable[DocumentRecord]) -> Iterator[Unit]:
    """One unit for all documents that bear its name."""
    of_unit: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document in documents:
        of_unit[normalise(document.unit_name)].append(document)
    for group in of_unit.values():
        newest_first = sorted(group, key=lambda document: -(document.year or 0))
        yield Unit(newest_first[0].unit_name, newest_first[0].region, tuple(newest_first))


def _parts(units: Sequence[Unit], parts: Mapping[str, Sequence[str]]) -> Iterator[Unit]:
    """The subordinate units that tables name, unless they publish documents of their own."""
    known = {normalise(unit.name) for unit in units}
    documents = {document.document_id: document for unit in units for document in unit.documents}
    of_part: dict[str, list[DocumentRecord]] = defaultdict(list)
    for document_id, names in parts.items():
        for name in names:
            if document_id in documents and normalise(name) not in known:
                of_part[name].append(documents[document_id])
    for name, group in of_part.items():
        newest_first = sorted(group, key=lambda document: -(document.year or 0))
        yield Unit(name, newest_first[0].region, tuple(newest_first), is_part=True)


def _by_place(units: Sequence[Unit]) -> dict[str, tuple[Unit, ...]]:
    """Every place of a region, with and without its rank, and the units that lie in it."""
    found: dict[str, dict[str, Unit]] = defaultdict(dict)
    for unit in units:
        for place in places_of(unit.region):
            for form in (place, place_stem(place)):
                found[form][unit.name] = unit
    return {place: tuple(by_name.values()) for place, by_name in found.items()}


def _lies_in(unit: Unit, place: str) -> bool:
    return any(place in (own, place_stem(own)) for own in places_of(unit.region))
