"""Names that a question misspells: in pinyin, by a homophone, or with one wrong, missing, extra or swapped character.

Looked for only where nothing else explains a stretch. A misprint yields no word: where what is written holds another
word than the name (公务接送费, 公务接待费), it is a name of its own that the document doesn't have. Numerals and codes
are never taken for each other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, Literal, TypeVar

from rapidfuzz.distance import OSA

from assistant.catalog.surfaces import official_names
from assistant.catalog.types import Link
from assistant.understand.wording import aliases, near_forms, normalise
from assistant.words import frequency, known_words

Key = TypeVar("Key", bound=Hashable)

_LEAST: Final = 4
"""Characters of a name that may have a wrong one; letters of initials."""

_LEAST_SOUNDING: Final = 3
_NEARLY: Final[Mapping[str, float]] = {"pinyin": 0.95, "misprint": 0.9}
_MOST_FREQUENT: Final = 10_000
"""How frequent in jieba's dictionary a character may be that is written by mistake for one that sounds otherwise."""

_LETTERS: Final = re.compile(r"[a-z]+")
_WRITTEN: Final = re.compile(r"[一-鿿()、]+|[a-z]{4,}")
_HAN: Final = re.compile(r"[一-鿿]")
_NUMERALS: Final = frozenset("〇零一二三四五六七八九十百千万亿两半")
_VERBS: Final = frozenset("涨砍降压减增占差")
"""What is said of an item right behind its name (出国费砍了15万): no slip in a name."""


@dataclass(frozen=True, slots=True)
class Misprint:
    """A stretch of a question, the name that it misspells, and the name's links."""

    start: int
    end: int
    name: str
    links: tuple[Link, ...]


class NameIndex:
    """The names of one document by how they sound, and by what is left of them without one character."""

    def __init__(self, surfaces: Mapping[str, tuple[Link, ...]]) -> None:
        self._surfaces = surfaces

    def misprints(self, text: str, unexplained: set[int]) -> list[Misprint]:
        """The misspelt names of a normalised question, the longest where several hold the same unexplained place."""
        inside = {start for word in _spans(text) for start in word[1:]}
        found = [
            Misprint(start, end, *meant)
            for start, end in _stretches(text, unexplained, self._longest)
            if not inside & {start, end}
            and not self._ends_name(text, start, end - 1)
            and (meant := self._meant(text[start:end]))
        ]
        kept: list[Misprint] = []
        for misprint in sorted(found, key=lambda m: m.start - m.end):
            if all(misprint.end <= other.start or other.end <= misprint.start for other in kept):
                kept.append(misprint)
        return kept

    def _ends_name(self, text: str, start: int, end: int) -> bool:
        """Whether a longer name, which begins before a stretch, is written rightly up to its last character."""
        names = (text[first:end] for first in range(max(0, end - self._longest), start))
        return any(name in self._surfaces or name in _known_names() for name in names)

    def _meant(self, written: str) -> tuple[str, tuple[Link, ...]] | None:
        if _LETTERS.fullmatch(written):
            return self._only("pinyin", self._by_letters.get(written, set()))
        sounding = self._by_sound.get(_sound(written), set()) if len(written) >= _LEAST_SOUNDING else set()
        near = set[str]().union(*(self._by_rest.get(form, ()) for form in _shortened(written)))
        if not (sounding or near) or written in self._surfaces or written in _known_names():
            return None
        slips = {name for name in sounding if _is_slip(name, written)}
        return self._only("pinyin", slips) or self._only("misprint", {n for n in near if _is_misprint(n, written)})

    def _only(self, match: Literal["pinyin", "misprint"], names: set[str]) -> tuple[str, tuple[Link, ...]] | None:
        """The best of the names with its links, where all of them stand for one thing."""
        best = {name: max(self._surfaces[name], key=lambda link: link.score) for name in sorted(names)}
        if len({normalise(link.name) for link in best.values()}) != 1:
            return None
        name = max(best, key=lambda each: best[each].score)
        links = self._surfaces[name]
        return name, tuple(replace(link, score=link.score * _NEARLY[match], match=match) for link in links)

    @cached_property
    def _names(self) -> list[str]:
        """Whole names of enough characters."""
        whole = (name for name, links in self._surfaces.items() if any(link.match != "partial" for link in links))
        return [name for name in whole if len(_HAN.findall(name)) >= _LEAST_SOUNDING]

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0) + 1

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], set[str]]:
        return _grouped((_sound(name), name) for name in self._names)

    @cached_property
    def _by_letters(self) -> dict[str, set[str]]:
        """Names by their pinyin, printed ones also as words are read (会计), and by their initials."""
        sounds = [(_sound(name), name) for name in self._names]
        printed = (name for name in self._names if any(link.match == "exact" for link in self._surfaces[name]))
        sounds += [(_syllables(name), name) for name in printed]
        initials = (("".join(syllable[0] for syllable in sound), name) for sound, name in sounds)
        spelt = (("".join(sound), name) for sound, name in sounds)
        return _grouped((*spelt, *((letters, name) for letters, name in initials if len(letters) >= _LEAST)))

    @cached_property
    def _by_rest(self) -> dict[str, set[str]]:
        return _grouped((form, name) for name in self._names if len(name) >= _LEAST for form in _shortened(name))


def _grouped(pairs: Iterable[tuple[Key, str]]) -> dict[Key, set[str]]:
    grouped: dict[Key, set[str]] = defaultdict(set)
    for key, name in pairs:
        grouped[key].add(name)
    return dict(grouped)


def _stretches(text: str, unexplained: set[int], longest: int) -> Iterator[tuple[int, int]]:
    """Start and end of what may be a name: words in letters, and stretches of characters with an unexplained one."""
    for run in _WRITTEN.finditer(text):
        holding = sorted(unexplained & set(range(*run.span())))
        if _LETTERS.fullmatch(run.group()):
            yield from [run.span()] if holding else []
            continue
        for start in range(run.start(), run.end()):
            first = next((position for position in holding if position >= start), run.end())
            least = max(first + 1, start + _LEAST_SOUNDING)
            yield from ((start, end) for end in range(least, min(run.end(), start + longest) + 1))


def _shortened(name: str) -> Iterator[str]:
    """A name, and what is left of it without any one character: misspelt names share one of these."""
    yield name
    yield from (name[:position] + name[position + 1 :] for position in range(len(name)))


def _syllables(text: str) -> tuple[str, ...]:
    """The pinyin of a text as its words are read, without tones."""
    from pypinyin import lazy_pinyin  # a quarter of a second, for the first misprint

    return tuple(lazy_pinyin(text))


@lru_cache(maxsize=10_000)
def _sound_of(character: str) -> str:
    return _syllables(character)[0]


def _sound(name: str) -> tuple[str, ...]:
    """The pinyin of each character, without tones."""
    return tuple(map(_sound_of, name))


def is_homophone(name: str, written: str) -> bool:
    """Whether a name is misspelt with characters that sound the same, for less than half of its own."""
    if len(name) != len(written) or sum(map(str.__ne__, name, written)) * 2 >= len(name):
        return False
    return _sound(name) == _sound(written) and _is_slip(name, written)


def _is_slip(name: str, written: str) -> bool:
    """Whether homophones stand in ``written`` for less than half of a name, and none of them in a word."""
    wrong = [at for at, (a, b) in enumerate(zip(name, written, strict=True)) if a != b]
    return (
        len(wrong) * 2 < len(name)
        and all(_may_be_wrong(name[at], written[at]) for at in wrong)
        and (not _inside_words(written) & set(wrong))
    )


def _is_misprint(name: str, written: str) -> bool:
    """Whether one character of a name is wrong, missing, written twice or swapped, where its word is one no more."""
    if OSA.distance(name, written) != 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(name, written, strict=False)) if a != b), min(len(name), len(written)))
    if len(written) > len(name):
        return at > 0 and written[at] == written[at - 1] and not _inside_words(written) >= {at - 1, at}
    if len(written) < len(name):
        return 0 < at < len(written) and _breaks(name, written, {at}, {at - 1, at})
    is_swapped = name[at + 1 :] != written[at + 1 :]
    wrong = {at, at + 1} if is_swapped else {at}
    is_rare = is_swapped or frequency(written[at]) < _MOST_FREQUENT
    return is_rare and all(_may_be_wrong(name[i], written[i]) for i in wrong) and _breaks(name, written, wrong, wrong)


def _breaks(name: str, written: str, in_name: set[int], in_written: set[int]) -> bool:
    """Whether the places lie within one word of the name, and in no word of what is written."""
    words = [word for word in _spans(name) if in_name <= set(word) and len(word) > 1]
    touched = {place for word in words for place in word}
    return bool(words) and not _inside_words(written) & (in_written & {*touched, *in_written})


def _may_be_wrong(right: str, wrong: str) -> bool:
    return bool(_HAN.match(right) and _HAN.match(wrong)) and not _NUMERALS & {right, wrong} and wrong not in _VERBS


def _inside_words(text: str) -> set[int]:
    """The places of characters that are parts of longer words."""
    return {place for word in _spans(text) if len(word) > 1 for place in word}


def _spans(text: str) -> Iterator[range]:
    """The places of each word that jieba knows."""
    ends = [0]
    for word in known_words(text):
        ends.append(ends[-1] + len(word))
    return (range(start, end) for start, end in pairwise(ends))


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    """Names of the national classifications and what people call them: whoever writes one means it."""
    said = (alias for name, others in aliases().items() for alias in (name, *others))
    return frozenset((*said, *(form for name in official_names() for form in near_forms(name))))
