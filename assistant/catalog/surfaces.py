"""From names as printed to the forms in which questions have them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.catalog.types import CLASSIFICATIONS, Link, Match
from assistant.understand.wording import (
    aliases,
    generic_words,
    near_forms,
    normalise,
    partial_forms,
    suffixed_forms,
    without_conjunctions,
    wording_rules,
)  # fmt: skip
from index.dictionary import code_names

_PROJECT: Final = "项目"
_MONEY: Final = ("经费", "费用", "费")
_ALIAS_WITH_NAME: Final = 0.92
"""Score factor of an alias that holds the printed name (一般公共预算拨款 of 一般公共预算), which others don't."""

_SHORT: Final = 3
"""Characters of an item that is never meant as a part of another one's name (电费, 邮电费)."""

_MOST_NAMES: Final = 20_000
"""Printed names whose forms are kept: those of the classifications recur in every budget."""

_Links = dict[tuple[str, str, str], Link]
"""By role, table and key."""


class Names:
    """Collects links by name, then spreads each name over its surface forms."""

    def __init__(self) -> None:
        self._exact: dict[str, _Links] = defaultdict(dict)
        self._forms: dict[str, _Links] = defaultdict(dict)

    def add(self, name: str, link: Link) -> None:
        """A printed name; its near, alias and partial forms follow by rule."""
        plain = normalise(name)
        if len(plain) >= 2 and plain not in wording_rules()["unnameable"]:
            self._put(self._exact, plain, link, link.score, link.match, name)

    def add_form(self, form: str, link: Link) -> None:
        """A form that stands for itself only."""
        self._put(self._forms, normalise(form), link, link.score, link.match, link.name)

    @staticmethod
    def _put(into: dict[str, _Links], form: str, link: Link, score: float, match: Match, name: str) -> None:
        """``link`` with a score of its own, where none so good is there."""
        links, key = into[form], (link.role, link.table_id, link.key)
        if (known := links.get(key)) is None or known.score < score:
            links[key] = Link(link.role, link.key, link.table_id, score, match, name)

    def surfaces(self) -> dict[str, tuple[Link, ...]]:
        for name, links in self._exact.items():
            for form, factor, match in _forms(name):
                if match == "partial" and form.endswith(_PROJECT) and form.removesuffix(_PROJECT) in self._exact:
                    continue  # the project of that very name, not one whose name holds it
                if form.count("(") != form.count(")"):
                    continue
                for link in links.values():
                    self._put(self._forms, form, link, link.score * factor, match, link.name)
        self._complete_partial_forms()
        self._add_compounds()
        return {form: tuple(links.values()) for form, links in self._forms.items() if form}

    def _add_compounds(self) -> None:
        """One word for two items (水电费), where no line bears it and there are lines of both."""
        for word, parts in wording_rules()["compounds"].items():
            if word not in self._forms and all(part in self._forms for part in parts):
                for part in parts:
                    for link in self._forms[part].values():
                        self._put(self._forms, word, link, link.score, "compound", link.name)

    def _complete_partial_forms(self) -> None:
        """A part of one name (津补贴 of 规范津补贴) is a part of every name that holds it, whatever its words are."""
        names = [*self._exact]
        by_pair: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for pair in set(map("".join, pairwise(name))):
                by_pair[pair].append(number)
        for form, known in self._forms.items():
            if all(link.match != "partial" for link in known.values()):
                continue
            holding = min((by_pair[pair] for pair in map("".join, pairwise(form))), key=len, default=range(len(names)))
            for name in (names[number] for number in holding if form in names[number]):
                for link in self._exact[name].values():
                    if (key := (link.role, link.table_id, link.key)) not in known:
                        score = link.score * (0.5 + 0.35 * len(form) / len(name))
                        known[key] = Link(link.role, link.key, link.table_id, score, "partial", link.name)


@lru_cache(maxsize=_MOST_NAMES)
def _forms(name: str) -> tuple[tuple[str, float, Match], ...]:
    """Each surface form of a normalised name with its score factor."""
    return tuple(_spread(name))


def _spread(name: str) -> Iterator[tuple[str, float, Match]]:
    yield name, 1.0, "exact"
    near = [form for form in dict.fromkeys(near_forms(name)) if form not in wording_rules()["unnameable"]]
    for form in near:
        yield form, 0.95, "near"
    meant = {*_aliased().get(name, ()), *near}
    for canonical in sorted(meant & aliases().keys(), key=[*aliases()].index):
        said = aliases()[canonical]
        yield canonical, 0.9 if name in said else 0.95, "alias" if name in said else "near"
        for alias in said:
            yield alias, _ALIAS_WITH_NAME if name in alias else 0.9, "alias"
    for form in (*suffixed_forms(name), *(suffixed_forms(name.replace("、", "")) if "、" in name else ())):
        yield form, 0.93, "near"
    official = official_names()
    for form in _said_otherwise(dict.fromkeys((*partial_forms(name), *partial_forms(without_conjunctions(name))))):
        is_another = name in official and form in official and len(form) <= _SHORT
        if form not in generic_words() and not is_another and not _ORDINAL.fullmatch(form):
            score = 0.5 + 0.35 * len(form) / len(name)
            yield form, score, "partial"
            for alias in aliases().get(form, ()):
                yield alias, score * 0.9, "partial"


@lru_cache(maxsize=1)
def _aliased() -> Mapping[str, frozenset[str]]:
    """What may be said or printed → the canonical names of aliases.yaml that it means."""
    meant = defaultdict(set)
    for canonical, said in aliases().items():
        for form in (*near_forms(canonical), *said):
            meant[form].add(canonical)
    return {form: frozenset(canonicals) for form, canonicals in meant.items()}


_ORDINAL: Final = re.compile(r"[第前][一二三四五六七八九十\d]+")
"""A part of a name that says a place as well (第一|季度用款计划)."""


def _said_otherwise(forms: Iterable[str]) -> Iterator[str]:
    """Parts of a name, also with another word for money behind a long one (安检服务经费, 安检服务费)."""
    for form in forms:
        yield form
        ending = next((word for word in _MONEY if form.endswith(word)), "")
        stem = form.removesuffix(ending)
        if ending and len(stem) > _SHORT:
            yield from (stem + word for word in _MONEY if word != ending)


@lru_cache(maxsize=1)
def official_names() -> frozenset[str]:
    """All items of the national classifications: a short one is never meant as part of another (电费, 邮电费)."""
    return frozenset(normalise(name) for system in CLASSIFICATIONS for name in code_names(system).values())
