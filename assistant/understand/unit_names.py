"""Whether a stretch of a question names a unit: its full name, or what people make of it.

People leave words out and cut words short, but keep their order and the head: 市商务委 for 重庆市商务委员会,
规划资源局 for 规划和自然资源局, 人社局 for 人力资源和社会保障局. Such forms are too many to be listed, so a name is
matched backwards from its head, which each form keeps. Contractions that follow no rule are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from assistant.understand.units import own_names, unit_rules
from assistant.understand.wording import normalise, words_of
from assistant.words import is_word, tagged

_PLACE: Final = re.compile(r".+?(?:自治区|自治州|新区|开发区|省|市|区|县|州(?!市)|旗|盟)")
_PLACE_SUFFIX: Final = re.compile(r"(?:自治区|自治州|新区|省|市|区|县|州|旗|盟)$")
_PARTIES: Final = ("中国共产党", "中共")
_PARTY: Final = re.compile(rf"^(?:{'|'.join(_PARTIES)})")
_BEFORE_NAME: Final = re.compile(r"(?:^|[^一-鿿]|[和与跟及比])$")
_BEFORE_LETTER: Final = re.compile(r"(?:^|[^一-鿿]|[和与跟及比在对向把问请查看按照给从])$")
_AFTER_NAME: Final = re.compile(
    r"$|[^一-鿿]|[的和与跟及比呢有是给花在要用共编安列预今去上明本全各都分]|三公|培训|会议|一共|哪|多少"
)
_UNMARKED: Final = re.compile(r"^(?:[rpcxudyvtqoe]|uj|ul|zg|x)")
"""Parts of speech of the words that end before a name begins."""

_DONE: Final = ("了", "过")
"""What says that the character before it is a word of its own (域外农场办|报了)."""

_ATOM: Final = 2
"""Characters of the words that longer ones are made of (自然资源 = 自然 + 资源)."""

_TELLING: Final = 3
"""Characters that a form without a place must have to tell a unit from others."""

_OF_MANY: Final = ("院",)
"""Heads that tell nothing on their own."""

_LEAST: Final = 0.25
"""Share of a name's words that must stand in a form that is not made of their first characters."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name in its parts: 上海市 普陀区 | 规划 和 自然 资源 | 局. ``heads``: the head and its abbreviations.

    ``is_within``: it lies within a district and is named without it (街道). ``length``: characters of the body of the
    name that is printed, of which a conventional one may have fewer (文旅体局).
    """

    places: tuple[str, ...]
    body: tuple[str, ...]
    heads: tuple[str, ...]
    length: int
    is_within: bool = False


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Where a name was found, which share of its words stands there, and how many of its places don't.

    ``is_placed``: one of them stands there by name, not just as 市 or 区 (``is_ranked``).
    """

    start: int
    end: int
    share: float
    places_left_out: int
    is_placed: bool
    is_ranked: bool = False

    @property
    def closeness(self) -> tuple[int, float, int]:
        """The larger, the better this name explains what ends here."""
        return -self.start, round(self.share, 2), -self.places_left_out


@lru_cache(maxsize=20_000)
def names_of(full_name: str, region: str | None) -> tuple[UnitName, ...]:
    """The parts of a unit's name and of its second name; none of what has no head of an organisation (基本工资)."""
    places = home_of(full_name, region)
    return tuple(form for name in own_names(full_name) for form in _forms(name, places))


def spellings(full_name: str, region: str | None) -> Iterator[str]:
    """What a unit is called with all words of its name, behind its places, the last of them, its stem, or none."""
    for name in names_of(full_name, region):
        places = {"", "".join(name.places), *name.places[-1:], *map(place_stem, name.places[-1:])}
        yield from (f"{place}{''.join(name.body)}{head}" for place in sorted(places) for head in name.heads)


def _forms(name: str, home: tuple[str, ...]) -> Iterator[UnitName]:
    """A name in its parts, and what it is called by convention."""
    made = [form for spelled in _contracted(name) if (form := _name(spelled, home))]
    yield from (replace(form, length=made[0].length) for form in made)


def _contracted(name: str) -> Iterator[str]:
    """A name, and the name with what conventionally stands for some of its words."""
    yield name
    for whole, shorter in unit_rules()["contractions"].items():
        if whole in name:
            yield from (name.replace(whole, each) for each in shorter)


def _name(name: str, home: tuple[str, ...]) -> UnitName | None:
    plain = _PARTY.sub("", name)
    head = next((head for head in _heads() if plain.endswith(head)), None)
    if head is None:
        return None
    said = next((form for form in ("".join(home), place_stem("".join(home))) if form and plain.startswith(form)), "")
    places = home if said else ()
    body = plain[len(said) : len(plain) - len(head)]
    telling = body.removeprefix(unit_rules()["silent"])
    heads = (*_heads()[head], *unit_rules()["short_heads"].get(head, ()))
    return UnitName(places, tuple(_atoms(telling)), heads, len(telling), head in unit_rules()["within"])


def _atoms(body: str) -> Iterator[str]:
    for word in words_of(body):
        if len(word) > _ATOM and len(word) % _ATOM == 0:
            yield from (word[at : at + _ATOM] for at in range(0, len(word), _ATOM))
        else:
            yield word


@lru_cache(maxsize=1)
def _heads() -> dict[str, tuple[str, ...]]:
    """Heads of names, the longest first, each with its abbreviations."""
    rules = unit_rules()
    heads = {head: (head, *short) for head, short in rules["heads"].items() if not head.endswith(tuple(short))}
    heads = {head: (head,) for head in rules["organisations"]} | heads
    return dict(sorted(heads.items(), key=lambda entry: -len(entry[0])))


def match_ending(name: UnitName, text: str, end: int) -> NameMatch | None:
    """The longest form of ``name`` that ends at ``end``; None where what stands there is no form of it."""
    found = [m for head in name.heads if text.endswith(head, 0, end) if (m := _match(name, text, end, head))]
    return max(found, key=lambda match: match.closeness, default=None)


def is_without_head(name: UnitName, text: str, start: int, end: int, *, cut_short: bool = False) -> bool:
    """Whether a stretch is what a name has between its places and its head, in full or cut short (烟台|住建).

    ``cut_short``: only where no word of it stands there in full, so that it is no item's either.
    """
    found, matched, whole = _body(name.body, text, end)
    fits = found == start and end - start >= _ATOM and _tells(name, matched, whole, silently=False)
    return fits and not (cut_short and whole)


def _match(name: UnitName, text: str, end: int, head: str) -> NameMatch | None:
    start, matched, whole = _body(name.body, text, end - len(head))
    if len(head) < _TELLING and _goes_on(text, end) and not (whole > 1 and text.startswith(_DONE, end + 1)):
        return None
    if text.endswith(silent := unit_rules()["silent"], 0, start):
        start -= len(silent)
    places = _places(name, text, start)
    if places is None:
        return None
    is_enough = places.is_named and _says_own_word(name, text[start:end])
    if not (is_enough or _tells(name, matched, whole, silently=_may_be_all(head, is_placed=places.start < start))):
        return None
    if end - places.start < _ATOM:
        return None  # 办多少期: one character names no unit
    if places.start == start and (end - start < _TELLING or matched == 1) and not _stands_alone(text, start, end):
        return None  # 社|保中心 is no 版权保护中心
    if places.start < start and end - places.start < _TELLING and not _stands_alone(text, places.start, end):
        return None
    left_out = places.left_out if places.start < start else 0
    party = next((len(prefix) for prefix in _PARTIES if text.endswith(prefix, 0, places.start)), 0)
    found = NameMatch(places.start - party, end, _share(name, matched), left_out, places.is_named)
    return replace(found, is_ranked=places.start < start and not places.is_named)


def _share(name: UnitName, matched: int) -> float:
    """What part of a name stands somewhere: all of it, also by a conventional form; or so much of the printed one."""
    return 1.0 if matched == sum(map(len, name.body)) else matched / max(name.length, sum(map(len, name.body)))


def _tells(name: UnitName, matched: int, whole: int, *, silently: bool) -> bool:
    """Whether enough of a name's words stand there; 省法院 does without 高级人民, which the rank stands for."""
    if _share(name, matched) >= _LEAST or (not whole and matched >= min(len(name.body), 2)):
        return True
    return silently and set(name.body) <= set(unit_rules()["silent_words"])


def _says_own_word(name: UnitName, said: str) -> bool:
    """Whether a word of a long name stands in full that is not one of many names (登记 of 自然资源确权登记事务)."""
    return any(len(word) > 1 and word in said and word not in unit_rules()["of_many"] for word in name.body)


def _may_be_all(head: str, *, is_placed: bool) -> bool:
    """Whether a head can do without the words before it: 检察院, 省法院, 省检, but no 省院."""
    return len(head) >= _TELLING or (is_placed and head not in _OF_MANY)


def _goes_on(text: str, end: int) -> bool:
    """Whether a head is the beginning of another word (区委办|公); not where the next two are one (宣传部|委托)."""
    is_open = text[end - 1] in unit_rules()["open_heads"]
    return is_open and is_word(text[end - 1 : end + 1]) and end < len(text) and not is_word(text[end : end + 2])


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a short form (教委) is marked off on both sides, so that it is no part of another word."""
    return bool((_BEFORE_NAME.search(text[:start]) or _ends_a_word(text[:start])) and _AFTER_NAME.match(text, end))


def _ends_a_word(before: str) -> bool:
    word = tagged(before[-8:])[-1]
    return bool(_UNMARKED.match(word[1])) and (len(word[0]) > 1 or word[1][0] in "rpcu")


def _body(atoms: tuple[str, ...], text: str, end: int) -> tuple[int, int, int]:
    """Where the longest match begins, how many characters it has, and how many words stand there in full."""
    best = (end, 0, 0)
    for at in range(len(atoms), 0, -1):
        atom = atoms[at - 1]
        for length in range(len(atom), 0, -1):
            if text.endswith(atom[:length], 0, end):
                start, matched, whole = _body(atoms[: at - 1], text, end - length)
                found = (start, matched + length, whole + (length == len(atom) and length > 1))
                best = max(best, found, key=lambda each: (each[1], each[2]))
    return best


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the places before a name's body begin, how many of them are not said, and whether one is by name."""

    start: int
    left_out: int
    is_named: bool


def _places(name: UnitName, text: str, end: int) -> _Places | None:
    """The places before the body; None where the nearest is left out and a farther one said (随州市 + 委办公室)."""
    start, left_out, is_named = end, 0, False
    for number, place in enumerate(reversed(name.places)):
        forms = (*_with_rank(place), place_stem(place), *(place[-1:] if not number and _PLACE.match(place) else ()))
        form = next((form for form in forms if text.endswith(form, 0, start)), "") or _letter(place, text, start)
        start -= len(form)
        left_out += not form
        is_named = is_named or len(form) > 1
        if form and number and left_out == number and not name.is_within:
            return None
    return _Places(start, left_out, is_named)


def _letter(place: str, text: str, end: int) -> str:
    """The one letter that stands for a place, where it opens a name (苏检, 穗府办); else ""."""
    letter = letter_ending(text, end)
    return letter if letter and letter == unit_rules()["letters"].get(place) else ""


def letter_ending(text: str, end: int) -> str:
    """The one letter that stands for some place and ends where a name goes on; else "".

    >>> letter_ending("沪检察院", 1), letter_ending("上沪检察院", 2)
    ('沪', '')
    """
    letter = text[end - 1 : end]
    stands = letter in unit_rules()["letters"].values() and _BEFORE_LETTER.search(text[: end - 1])
    return letter if end and stands else ""


def _with_rank(place: str) -> tuple[str, ...]:
    """A place as its region names it, or with the ranks that it may have where only a unit's name tells of it."""
    return (place,) if _PLACE.match(place) else (*(f"{place}{rank}" for rank in "省市区县"), place)


def place_stem(place: str) -> str:
    """A place without its rank: 普陀 for 普陀区.

    >>> place_stem("普陀区"), place_stem("内蒙古自治区"), place_stem("沙市")
    ('普陀', '内蒙古', '沙市')
    """
    stem = _PLACE_SUFFIX.sub("", place)
    return stem if len(stem) > 1 else place


def places_of(region: str | None) -> tuple[str, ...]:
    """The places of a region, the largest first."""
    return tuple(_PLACE.findall(normalise(region or "")))


@lru_cache(maxsize=20_000)
def home_of(full_name: str, region: str | None) -> tuple[str, ...]:
    """The places of a unit's region, or the one that its name begins with.

    >>> home_of("上海交通职业技术学院", None), home_of("广州市审计局", "广州市")
    (('上海',), ('广州市',))
    """
    if places := places_of(region):
        return places
    words = tagged(normalise(full_name))
    return (words[0][0],) if words and words[0][1] == "ns" else ()
