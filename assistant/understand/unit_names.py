"""Whether a stretch of a question names a unit: its full name, or what people make of it.

People leave words out and cut words short, but keep their order and the head: 市商务委 for 重庆市商务委员会,
规划资源局 for 规划和自然资源局, 人社局 for 人力资源和社会保障局. Such forms are too many to be listed, so a name is
matched backwards from its head, which each form keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.understand.units import own_names, unit_rules
from assistant.understand.wording import normalise, words_of

_PLACE: Final = re.compile(r".+?(?:自治区|自治州|新区|开发区|省|市|区|县|州(?!市)|旗|盟)")
_PLACE_SUFFIX: Final = re.compile(r"(?:自治区|自治州|新区|省|市|区|县|州|旗|盟)$")
_PARTIES: Final = ("中国共产党", "中共")
_PARTY: Final = re.compile(rf"^(?:{'|'.join(_PARTIES)})")
_BEFORE_NAME: Final = re.compile(r"(?:^|[^一-鿿]|[和与跟及比])$")
_AFTER_NAME: Final = re.compile(r"$|[^一-鿿]|[的和与跟及比呢]|本级|今年|去年")
_ATOM: Final = 2
"""Characters of the words that longer ones are made of (自然资源 = 自然 + 资源)."""

_TELLING: Final = 3
"""Characters that a form without a place must have to tell a unit from others."""

_LEAST: Final = 0.25
"""Share of a name's words that must stand in a form that is not made of their first characters."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name in its parts: 上海市 普陀区 | 规划 和 自然 资源 | 局. ``heads``: the head and its abbreviations."""

    places: tuple[str, ...]
    body: tuple[str, ...]
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Where a name was found, which share of its words stands there, and how many of its places don't.

    ``is_placed``: one of them stands there by name, not just as 市 or 区.
    """

    start: int
    end: int
    share: float
    places_left_out: int
    is_placed: bool

    @property
    def closeness(self) -> tuple[int, float, int]:
        """The larger, the better this name explains what ends here."""
        return -self.start, round(self.share, 2), -self.places_left_out


@lru_cache(maxsize=20_000)
def names_of(full_name: str, region: str | None) -> tuple[UnitName, ...]:
    """The parts of a unit's name and of its second name; none of what has no head of an organisation (基本工资)."""
    return tuple(made for name in own_names(full_name) if (made := _name(name, normalise(region or ""))))


def _name(name: str, region: str) -> UnitName | None:
    plain = _PARTY.sub("", name)
    head = next((head for head in _heads() if plain.endswith(head)), None)
    if head is None:
        return None
    places = tuple(_PLACE.findall(region)) if region and plain.startswith(region) else ()
    body = plain[sum(map(len, places)) : len(plain) - len(head)]
    telling = body.removeprefix(unit_rules()["silent"])
    return UnitName(places, tuple(_atoms(telling)), _heads()[head])


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
    found = [m for head in name.heads if text.endswith(head, 0, end) if (m := _match(name, text, end, len(head)))]
    return max(found, key=lambda match: match.closeness, default=None)


def _match(name: UnitName, text: str, end: int, head: int) -> NameMatch | None:
    start, matched, whole = _body(name.body, text, end - head)
    share = matched / sum(map(len, name.body)) if name.body else 1.0
    if share < _LEAST and (whole or matched < min(len(name.body), 2)):
        return None
    if text.endswith(silent := unit_rules()["silent"], 0, start):
        start -= len(silent)
    first, left_out = _places(name.places, text, start)
    if first == start and end - start < _TELLING and not _stands_alone(text, start, end):
        return None
    left_out = left_out if first < start else 0
    party = next((len(prefix) for prefix in _PARTIES if text.endswith(prefix, 0, first)), 0)
    return NameMatch(first - party, end, share, left_out, is_placed=start - first > 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a short form (教委) is marked off on both sides, so that it is no part of another word."""
    return bool(_BEFORE_NAME.search(text[:start]) and _AFTER_NAME.match(text, end))


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


def _places(places: tuple[str, ...], text: str, start: int) -> tuple[int, int]:
    """Where the places before the body begin, and how many of the unit's places are not named."""
    left_out = 0
    for number, place in enumerate(reversed(places)):
        forms = (place, place_stem(place), *(place[-1:] if not number else ()))
        form = next((form for form in forms if text.endswith(form, 0, start)), "")
        start -= len(form)
        left_out += not form
    return start, left_out


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
