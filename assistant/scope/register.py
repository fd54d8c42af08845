"""The units whose budgets are loaded, and where a question names them."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from assistant.catalog.misprints import is_homophone
from assistant.scope.loaded import Unit, by_place, is_of_level, lies_in, parts_of, publishers
from assistant.scope.surroundings import (
    is_department,
    level_ending,
    organisation_from,
    places_ending,
    places_in,
    qualifier_ending,
)
from assistant.understand.unit_names import (
    NameMatch,
    UnitName,
    is_without_head,
    letter_ending,
    match_ending,
    names_of,
    place_stem,
    spellings,
)
from assistant.understand.units import own_names, unit_rules
from assistant.understand.wording import occurrences
from index.records import DocumentRecord

_ORGANISATION: Final = (
    r"(?:局|委员会|委(?![员托派任会])|(?<!大)厅|办公室|街道办事处|街道|法院|检察院|大学|学院|医院|图书馆|博物馆|档案馆)"
)
_ON_ITS_OWN: Final = re.compile(
    rf"(?:(?<![一-鿿])|(?<=^那))(?!里[市省区县]|年度?|其[中他余]|[那这各某本]|[是有能会该][不没]|是否|[为凭]什么|怎么|[名所]?[叫带含]|名为|[别甭][跟和与同把将拿])[一-鿿]{{2,14}}?{_ORGANISATION}(?=的|[0-9]|本级|今年|去年|$)"
)
_JOINS: Final = re.compile(r"[和与跟及同、]")
_OF_ALL: Final = re.compile(r"的|(?:这|那)?[两二三四五六七八九几]?[家个](?:单位)?")
"""What may stand between a place and a department of it: 北京的财政局, 西安、深圳两家信访局."""

_LISTS: Final = re.compile(r"(?:[这那]边)?(?:的?[这那]?[两二三四五六七八九几]?[家个](?:单位|部门)?)?[—:,的]*")
"""What may stand between a place and a list of its departments: 北京这三家——住建委、水务局."""

_OF_SEVERAL: Final = re.compile(r"[两二三四五六七八九几]?[家个地]|哪|谁|各|分别")
_TAIL: Final = re.compile(r"[两二三四五六七八九几][家个]|(?:委办)?[局委]?[两二三四五六七八九几]?家")
"""What counts the units of a list: 烟台发改、民政、科技三家."""

_LED: Final = re.compile("的?")
_OF_PLACE: Final = re.compile(r"\((?P<place>[一-鿿]{2,10}?)(?P<of>的)?\)")
_OWN: Final = re.compile(r"\((?:本级|局本级|委本级|机关)\)|局?本级")
_AFTER_BODY: Final = re.compile(
    r"$|[^一-鿿]|[今去上明]年|本级|部门|系统|条线|口|机关|一年|全年|[那这呢哪谁各跟比]|预算|决算"
    r"|[一总]共|共有|现有|现在|目前|分别|平均|到底|究竟|是不是|有没有"
    r"|三公|“|公务|公车|公用经费|机关运行|政府采购|基本支出|项目支出|总支出|总收入|人员经费|在[编职]|编制|[离退]休|出国|接待费"
)
"""What may stand behind a unit's name that has no head, where 的 or 支出 would make it the name of an item."""

_AFTER_SHORT: Final = re.compile(r"[的为在给对把有要是能会管花用里账到]")
"""What may stand behind one that is cut short (住建), which no item begins with."""

_OPENS: Final = re.compile(r"(?:(?<=[^一-鿿])|(?<=[在对向把问请查看按照给从]))[一-鿿]|^[一-鿿]")
"""Where a name may begin."""

_HONOURED: Final = "贵"
"""The one word of one character that a unit's head makes no other word with."""

_LONGEST_BODY: Final = 8
_LEAST_SOUNDING: Final = 4
"""Characters from which a name may be told by its sound."""

_UNMISTAKABLE: Final = 6
"""Characters from which an institution's name needs no place to be known by."""


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A stretch of a question that names one of ``units``, or by its place; none of them: a unit that isn't loaded."""

    start: int
    end: int
    text: str
    units: tuple[Unit, ...]
    by_place: bool = False


class UnitRegister:
    """Finds the units that questions name. Built once per index.

    ``prints``: the ids of the documents that print a word. A document may tell of an institution that is neither its
    own nor named in its tables; such a name does not speak of another document.
    """

    def __init__(
        self,
        documents: Iterable[DocumentRecord],
        parts: Mapping[str, Sequence[str]],
        prints: Callable[[str], Collection[str]] = lambda word: (),
    ) -> None:
        self.units = tuple(publishers(documents))
        self._prints = lru_cache(maxsize=1_000)(prints)
        self._by_last: dict[str, list[tuple[UnitName, Unit]]] = defaultdict(list)
        for unit in (*self.units, *parts_of(self.units, parts)):
            for name in names_of(unit.name, unit.region):
                for last in {head[-1] for head in name.heads}:
                    self._by_last[last].append((name, unit))
        self._places: dict[str, tuple[Unit, ...]] = by_place(self.units)
        self._addressed = _address_of(self.units)

    def mentions(self, question: str) -> tuple[UnitMention, ...]:
        """The units named in a normalised question, in reading order."""
        found: list[UnitMention] = []
        for mention in sorted(self._candidates(question), key=lambda m: (m.start - m.end, m.start)):
            if all(mention.end <= other.start or other.end <= mention.start for other in found):
                found.append(mention)
        found = self._of_joined_places(question, sorted(found, key=lambda mention: mention.start))
        found = [self._with_what_follows(question, mention, found) for mention in found]
        found += self._by_places(question, found)
        found += [*self._stems_listed(question, found)]
        found = self._of_listed_places(question, sorted(found, key=lambda mention: mention.start))
        found = _of_the_place_before(question, found)
        found += _listed_elsewhere(question, found)
        if not any(mention.units for mention in found):
            found += self._elsewhere(question, found)
        found = [mention if mention.units else self._respelt(mention) for mention in found]
        return _without_doubles(question, found)

    def is_printed(self, word: str) -> bool:
        """Whether a loaded document prints a word."""
        return self._print(self.units, word)

    def addressed(self, question: str) -> Iterator[re.Match[str]]:
        """Where a normalised question speaks to a unit without its name: 你们局, 我们单位."""
        return self._addressed.finditer(question)

    def _respelt(self, mention: UnitMention) -> UnitMention:
        """A unit that isn't loaded, or the one that is and is called the same with other characters (规化局)."""
        if mention.by_place or len(mention.text) < _LEAST_SOUNDING:
            return mention
        meant = (unit for form, unit in self._spelt if is_homophone(form, mention.text))
        return replace(mention, units=tuple(dict.fromkeys(meant)))

    @cached_property
    def _spelt(self) -> tuple[tuple[str, Unit], ...]:
        """What each unit is called in full, with and without its places."""
        return tuple((form, unit) for unit in self.units for form in spellings(unit.name, unit.region))

    def _candidates(self, question: str) -> Iterator[UnitMention]:
        for end in range(2, len(question) + 1):
            named = self._by_last.get(question[end - 1], ())
            matches = [(m, unit) for name, unit in named if (m := match_ending(name, question, end))]
            if matches and (mention := self._mention(question, matches)):
                yield mention

    def _mention(self, question: str, matches: Sequence[tuple[NameMatch, Unit]]) -> UnitMention | None:
        """What the closest of the names that end here mean; None of another institution that need be no unit."""
        best = max(match.closeness for match, _ in matches)
        match = next(match for match, _ in matches if match.closeness == best)
        units = {unit.name: unit for match, unit in reversed(matches) if match.closeness == best}
        start, fitting = self._in_place(question, match, tuple(units.values()))
        if fitting is None:
            return None
        return UnitMention(start, match.end, question[start : match.end], fitting)

    def _in_place(
        self, question: str, match: NameMatch, units: tuple[Unit, ...]
    ) -> tuple[int, tuple[Unit, ...] | None]:
        """Where a name begins with all that belongs to it, and the units that it then still may mean.

        None: a word more makes it the name of something that may be no unit at all (社区公共服务中心 of a project).
        """
        body = match.start + match.is_ranked
        places = places_ending(question, body, self._places)
        if places:
            start = body - sum(map(len, places))
            is_nearest = not match.is_placed and not match.is_ranked
            fitting = tuple(u for u in units if lies_in(u, places, is_nearest=is_nearest))
            if not fitting and match.is_placed and set(places) <= self._places.keys():
                return match.start, units  # 西安|长沙信访局: one of each
            return min(start, match.start), fitting
        if match.is_placed or match.is_ranked:
            return match.start, units
        if letter_ending(question, match.start):
            return match.start - 1, ()  # 沪检察院: of another place than the ones that are loaded
        level, said = level_ending(question, match.start)
        if level:
            return match.start - len(said), tuple(unit for unit in units if is_of_level(unit, level))
        further = qualifier_ending(question, match.start)
        if not further:
            return match.start, units
        return match.start - len(further), () if is_department(question[match.start : match.end]) else None

    def _of_joined_places(self, question: str, mentions: Sequence[UnitMention]) -> list[UnitMention]:
        """A unit named without a place beside one that has it lies there too, where one is loaded there."""
        found: list[UnitMention] = []
        for mention in mentions:
            before = found[-1] if found else None
            if before and _JOINS.fullmatch(question[before.end : mention.start]) and len(mention.units) > 1:
                regions = {unit.region for unit in before.units}
                beside = tuple(unit for unit in mention.units if unit.region in regions)
                mention = replace(mention, units=beside or mention.units)
            found.append(mention)
        return found

    def _of_listed_places(self, question: str, mentions: Sequence[UnitMention]) -> list[UnitMention]:
        """Places listed before or after a unit's name are units of its kind: 广州、烟台和西安科技局."""
        found = list(mentions)
        for number, unit in enumerate(mentions):
            for step in (-1, 1) if not unit.by_place else ():
                at = number + step
                while 0 <= at < len(found) and _is_listed(question, found[at], beside=found[at - step]):
                    found[at] = self._same_kind(found[at], unit, is_before=step < 0)
                    at += step
        return found

    def _same_kind(self, place: UnitMention, other: UnitMention, *, is_before: bool) -> UnitMention:
        """The unit of a place that is called like another place's; before the other one it is meant in any case."""
        said = _place_said(other)
        if not said or not other.units:
            return place
        name = place.text + other.text[len(said) :]
        of_kind = [m for m in self._candidates(name) if (m.start, m.end) == (0, len(name)) and m.units]
        if of_kind:
            return replace(place, units=of_kind[0].units, by_place=False)
        return replace(place, text=name, units=(), by_place=False) if is_before else place

    def _with_what_follows(self, question: str, mention: UnitMention, found: Sequence[UnitMention]) -> UnitMention:
        """A mention with its place in brackets (审计局(北京市的)) or the rest of a longer name (审计局通州分局)."""
        if of_place := _OF_PLACE.match(question, mention.end):
            places = places_ending(question, of_place.end("place"), self._places)
            if places and sum(map(len, places)) == len(of_place["place"]):
                units = tuple(u for u in mention.units if lies_in(u, places, is_nearest=True))
                return _to(question, replace(mention, units=units), of_place.end())
        if own := self._own_level(question, mention):
            return own
        rest = organisation_from(question, mention.end)
        if rest is None or not mention.units or rest.is_department or not rest.is_marked_off:
            return mention
        if any(_overlap(mention.end, rest.end, other) for other in found):
            return mention
        before = {mention.text, *(f for u in mention.units for f in (next(own_names(u.name)), "".join(u.places)))}
        is_told_of = self._tell_of(mention.units, before, question[mention.end : rest.end])
        return mention if is_told_of else _to(question, replace(mention, units=()), rest.end)

    def _own_level(self, question: str, mention: UnitMention) -> UnitMention | None:
        """The department itself, which has a document of its own beside or instead of the whole one's (本级)."""
        own = _OWN.match(question, mention.end)
        units = tuple(unit for unit in mention.units if "本级" in unit.name and not unit.is_part)
        return _to(question, replace(mention, units=units), own.end()) if own and units else None

    def _by_places(self, question: str, found: Sequence[UnitMention]) -> Iterator[UnitMention]:
        """Places that stand alone, and unknown units of known places."""
        taken = [False] * (len(question) + 1)
        for mention in found:
            taken[mention.start : mention.end] = [True] * (mention.end - mention.start)
        yield from self._by_letters(question, taken)
        for place in sorted(self._places, key=len, reverse=True):
            for at, end in occurrences(place, question):
                if any(taken[at:end]):
                    continue
                taken[at:end] = [True] * len(place)
                if (last := self._other_unit(question, end, place)) and not any(taken[end:last]):
                    yield UnitMention(at, last, question[at:last], ())
                else:
                    unit = self._without_head(question, at, end, self._places[place])
                    is_free = unit and not any(taken[end : unit.end])
                    yield unit if unit and is_free else UnitMention(at, end, place, self._places[place], by_place=True)

    def _by_letters(self, question: str, taken: list[bool]) -> Iterator[UnitMention]:
        """Units named without their heads behind the one letter of their place (深发改, 杭交通), marked as taken."""
        for at in (m.start() for m in _OPENS.finditer(question)):
            places = [p for p, letter in unit_rules()["letters"].items() if letter == question[at]]
            units = tuple(dict.fromkeys(unit for place in places for unit in self._places.get(place, ())))
            found = self._without_head(question, at, at + 1, units, is_letter=True) if units and not taken[at] else None
            if found and not any(taken[found.start : found.end]):
                taken[found.start : found.end] = [True] * (found.end - found.start)
                yield found

    def _without_head(
        self, question: str, start: int, end: int, units: tuple[Unit, ...], *, is_letter: bool = False
    ) -> UnitMention | None:
        """The one unit of a place that is named behind it without its head (烟台住建2026年)."""
        begins = (end, end - 1) if question[end - 1] == "市" else (end,)  # 北京|市监
        ends = range(end + 1, min(end + _LONGEST_BODY, len(question)) + 1)
        for first, last in itertools.product(begins, ends):
            cut_short = not _AFTER_BODY.match(question, last)
            if cut_short and not (is_letter or _are_one(units) or _AFTER_SHORT.match(question, last)):
                continue
            fitting = tuple(
                unit
                for unit in units
                if any(
                    is_without_head(name, question, first, last, cut_short=cut_short)
                    for name in names_of(unit.name, unit.region)
                )
            )
            if fitting and _are_one(fitting):
                return UnitMention(start, last, question[start:last], fitting)
        return None

    def _stems_listed(self, question: str, found: Sequence[UnitMention]) -> Iterator[UnitMention]:
        """Units named without their heads in a counted list with their place (烟台发改、民政、科技三家局)."""
        named = {mention.start: mention.end for mention in found}
        for mention in found:
            regions = {unit.region for unit in mention.units}
            units = tuple(unit for unit in self.units if unit.region in regions)
            listed, end = list[UnitMention](), mention.end
            while opened := (_JOINS if listed or not mention.by_place else _LED).match(question, end):
                start = opened.end()
                stem = None if start in named else self._stem(question, start, units)
                if stem is None and start not in named:
                    break
                listed += [stem] if stem else []
                end = stem.end if stem else named[start]
            if _TAIL.match(question, end):
                yield from listed

    def _stem(self, question: str, start: int, units: Sequence[Unit]) -> UnitMention | None:
        """The one of some units that is named from here on without its head, up to the end of its item of a list."""
        for end in range(start + 2, min(start + _LONGEST_BODY, len(question)) + 1):
            if not (_JOINS.match(question, end) or _TAIL.match(question, end)):
                continue
            fitting = tuple(
                unit for unit in units
                if any(is_without_head(name, question, start, end) for name in names_of(unit.name, unit.region))
            )  # fmt: skip
            if fitting and _are_one(fitting):
                return UnitMention(start, end, question[start:end], fitting)
        return None

    def _other_unit(self, question: str, start: int, place: str) -> int | None:
        """Where a unit's name ends that begins behind a place, if no document of that place tells of it."""
        if counted := _OF_ALL.match(question, start):
            found = organisation_from(question, counted.end())
            return found.end if found and found.is_department else None
        found = organisation_from(question, start)
        if found is None:
            return None
        name, units = question[start : found.end], self._places.get(place, self.units)
        if found.is_department:
            return found.end
        before = {place, *(each for unit in units for each in unit.places if place in each)}
        is_told_of = self._tell_of(units, before, name) or (not found.is_marked_off and self._print(units, name))
        return None if is_told_of else found.end

    def _tell_of(self, units: Sequence[Unit], before: Iterable[str], name: str) -> bool:
        """Whether documents of units print a name: behind its place or its department, or alone where it is long."""
        words = [f"{each}{name}" for each in before] + [name] * (len(name) >= _UNMISTAKABLE)
        return any(self._print(units, word) for word in words)

    def _print(self, units: Sequence[Unit], word: str) -> bool:
        return any(document.document_id in self._prints(word) for unit in units for document in unit.documents)

    def _elsewhere(self, question: str, found: Sequence[UnitMention]) -> Iterator[UnitMention]:
        """Units of places that aren't loaded, else a unit that stands on its own; asked of one unit, none is."""
        if len(self.units) == 1 or any(mention.by_place or not mention.units for mention in found):
            return
        for start, end in places_in(question):
            if last := self._other_unit(question, end, question[start:end]):
                yield UnitMention(start, last, question[start:last], ())
                return
        alone = _ON_ITS_OWN.finditer(question)
        if unknown := next((match for match in alone if not _speaks_to(match.group())), None):
            yield UnitMention(unknown.start(), unknown.end(), unknown.group(), ())


def _speaks_to(named: str) -> bool:
    """Whether what stands where a unit's name would only speaks to one (请问贵局, 想问你们局)."""
    words = "|".join(unit_rules()["address"])
    return re.search(rf"(?:{words}){_ORGANISATION}$", named) is not None


def _place_said(mention: UnitMention) -> str:
    """The place of a unit with which a mention of it begins; empty where it says none."""
    forms = [form for unit in mention.units for place in unit.places for form in (place, place_stem(place))]
    return max((form for form in forms if mention.text.startswith(form)), key=len, default="")


def _of_the_place_before(question: str, mentions: Sequence[UnitMention]) -> list[UnitMention]:
    """The units that names mean of the places before them, or before the list that they stand in; none if none is."""
    found: list[UnitMention] = []
    regions: set[str | None] = set()
    for mention in mentions:
        before = found[-1] if found else None
        between = question[before.end : mention.start] if before else ""
        is_joined = before is not None and _JOINS.fullmatch(between) and before.by_place in (mention.by_place, False)
        is_led = before is not None and before.by_place and not mention.by_place and _LISTS.fullmatch(between)
        if not (is_joined or is_led) or (not mention.by_place and _place_said(mention)):
            regions = set()
        if mention.by_place:
            regions = regions | {unit.region for unit in mention.units}
        elif regions:
            mention = replace(mention, units=tuple(unit for unit in mention.units if unit.region in regions))
        found.append(mention)
    return found


def _address_of(units: Sequence[Unit]) -> re.Pattern[str]:
    """The words that stand for one of the units: 你们 or 贵, and a head of its name."""
    heads = {head for unit in units for name in names_of(unit.name, unit.region) for head in name.heads}
    spoken = [word for word in unit_rules()["address"] if len(word) > 1 or word == _HONOURED]
    nouns = sorted({*heads, "单位", "部门"}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(spoken)})(?:{'|'.join(nouns)})(?![一-鿿]*?(?:之间|里面|当中))")


def _are_one(units: Sequence[Unit]) -> bool:
    """Whether units are a department and its own level."""
    return len({unit.name.replace("（本级）", "").replace("(本级)", "") for unit in units}) == 1


def _to(question: str, mention: UnitMention, end: int) -> UnitMention:
    return replace(mention, end=end, text=question[mention.start : end])


def _is_listed(question: str, place: UnitMention, beside: UnitMention) -> bool:
    """Whether a place stands alone, joined to the mention beside it or right before one of another place."""
    first, second = sorted((place, beside), key=lambda mention: mention.start)
    between = question[first.end : second.start]
    is_apart = not between and first is place and not set(place.units) & set(beside.units) and bool(_place_said(beside))
    return place.by_place and (is_apart or _JOINS.fullmatch(between) is not None)


def _listed_elsewhere(question: str, found: Sequence[UnitMention]) -> Iterator[UnitMention]:
    """Places that aren't loaded, listed behind one that is: 西安、长沙两家信访局, 西安和长沙哪个高."""
    ends = {mention.end for mention in found}
    taken = {mention.start for mention in found}
    for start, end in places_in(question):
        is_listed = start not in taken and start - 1 in ends and _JOINS.match(question, start - 1)
        if is_listed and _OF_SEVERAL.match(question, end):
            yield UnitMention(start, end, question[start:end], ())


def _overlap(start: int, end: int, mention: UnitMention) -> bool:
    return mention.start < end and start < mention.end


def _without_doubles(question: str, mentions: Iterable[UnitMention]) -> tuple[UnitMention, ...]:
    """The mentions in reading order; a place right before a unit that isn't loaded is a part of its name."""
    found: list[UnitMention] = []
    for mention in sorted(mentions, key=lambda mention: mention.start):
        if found and found[-1].by_place and found[-1].end == mention.start and not mention.units:
            place = found.pop()
            mention = UnitMention(place.start, mention.end, question[place.start : mention.end], ())
        found.append(mention)
    return tuple(found)
