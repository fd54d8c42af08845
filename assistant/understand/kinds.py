"""What everybody knows of items and of counting words: parts and wholes, words for one kind of thing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from assistant.understand.wording import aliases, normalise, wording_rules

_ALIKE: Final = (
    {"人", "名", "位"},
    {"辆", "台", "部"},
    {"平", "平米", "平方米"},
    {"家", "个", "所"},
    {"台", "套", "台(套)", "台（套）"},
    {"次", "场", "期"},
    {"株", "棵"},
    {"方", "立方米", "立方"},
    {"个", "项", "条", "种"},
    {"天", "日"},
)
"""Counting words of one kind of thing."""

NATURES: Final = ("基本支出", "项目支出")
"""What expenditure is for as a whole: never a part of an item's name, nor a total with a word before it."""

_MOST_PAIRS: Final = 10_000
"""Of a part and a whole; a table's rows are tried with each other."""


def alike(counted: str) -> frozenset[str]:
    """The counting words that answer one that is asked with."""
    return frozenset({counted}).union(*(kind for kind in _ALIKE if counted in kind))


def parts_of(names: Iterable[str]) -> tuple[str, ...]:
    """The outermost parts of the first of the names that is known to have any (三公经费)."""
    known: dict[str, list[str]] = wording_rules()["parts"]
    said = {normalise(name) for name in names}
    whole = next((whole for whole in known if said & _forms(whole)), None)
    if whole is None:
        return ()
    return tuple(p for p in known[whole] if not any(p in known[other] for other in known[whole] if other in known))


def forms_of_whole(name: str) -> set[str]:
    """What something of known parts may be called; empty for what is none."""
    known: dict[str, list[str]] = wording_rules()["parts"]
    return next((_forms(whole) for whole in known if normalise(name) in _forms(whole)), set())


def innermost_parts_of(names: Iterable[str]) -> tuple[str, ...]:
    """The parts of a whole that have no parts themselves."""
    known: dict[str, list[str]] = wording_rules()["parts"]
    outer = parts_of(names)
    return tuple(inner for part in outer for inner in known.get(part, [part]))


def parts_called(word: str) -> tuple[tuple[str, str], ...]:
    """The wholes and parts that an everyday word is one for, beside other parts (车 in a list of 三公经费)."""
    called: dict[str, dict[str, list[str]]] = wording_rules()["parts_called"]
    return tuple(
        (whole, part) for whole, parts in called.items() for part, words in parts.items() if normalise(word) in words
    )


@lru_cache(maxsize=_MOST_PAIRS)
def is_part(part: str, whole: str) -> bool:
    """Whether one item is known to be a part of another."""
    known: dict[str, list[str]] = wording_rules()["parts"]
    wholes = [each for each in known if normalise(whole) in _forms(each)]
    return any(normalise(part) in _forms(each) for name in wholes for each in known[name])


def is_same(one: str, other: str) -> bool:
    """Whether two names are known to be of one item."""
    return normalise(one) == normalise(other) or normalise(other) in _forms(one)


def _forms(name: str) -> set[str]:
    return {normalise(name), *aliases().get(normalise(name), ())}
