"""From names as printed to the forms in which questions have them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
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


class Names:
    """Collects links by name, then spreads each name over its surface forms."""

    def __init__(self) -> None:
        self._exact: dict[str, dict[tuple[str, str, str], Link]] = defaultdict(dict)
        self._forms: dict[str, dict[tuple[str, str, str], Link]] = defaultdict(dict)

    def add(self, name: str, link: Link) -> None:
        """A printed name; its near, alias and partial forms follow by rule."""
        plain = normalise(name)
        if len(plain) >= 2 and plain not in wording_rules()["unnameable"]:
            self._put(self._exact, plain, link, name)

    def add_form(self, form: str, link: Link) -> None:
        """A form that stands for itself only."""
        self._put(self._forms, normalise(form), link, link.name)

    @staticmethod
    def _put(into: dict[str, dict[tuple[str, str, str], Link]], form: str, link: Link, name: str) -> None:
        key = (link.role, link.table_id, link.key)
        made = Link(link.role, link.key, link.table_id, link.score, link.match, name)
        if key not in into[form] or into[form][key].score < made.score:
            into[form][key] = made

    def surfaces(self) -> dict[str, tuple[Link, ...]]:
        for name, links in self._exact.items():
            for form, factor, match in _forms(name):
                if match == "partial" and form.endswith(_PROJECT) and form.removesuffix(_PROJECT) in self._exact:
                    continue  # the project of that very name, not one whose name holds it
                if form.count("(") != form.count(")"):
                    continue
                for link in links.values():
                    weaker = Link(link.role, link.key, link.table_id, link.score * factor, match, link.name)
                    self._put(self._forms, form, weaker, link.name)
        self._complete_partial_forms()
        self._add_compounds()
        return {form: tuple(links.values()) for form, links in self._forms.items() if form}

    def _add_compounds(self) -> None:
        """One word for two items (水电费), where no line bears it and there are lines of both."""
        for word, parts in wording_rules()["compounds"].items():
            if word not in self._forms and all(part in self._forms for part in parts):
                for part in parts:
                    for link in self._forms[part].values():
                        made = Link(link.role, link.key, link.table_id, link.score, "compound", link.name)
                        self._put(self._forms, word, made, link.name)

    def _complete_partial_forms(self) -> None:
        """A part of one name (津补贴 of 规范津补贴) is a part of every name that holds it, whatever its words are."""
        for form, known in self._forms.items():
            if all(link.match != "partial" for link in known.values()):
                continue
            for name, links in self._exact.items():
                if form in name:
                    for link in links.values():
                        score = link.score * (0.5 + 0.35 * len(form) / len(name))
                        known.setdefault(
                            (link.role, link.table_id, link.key),
                            Link(link.role, link.key, link.table_id, score, "partial", link.name),
                        )


def _forms(name: str) -> Iterator[tuple[str, float, Match]]:
    """Each surface form of a normalised name with its score factor."""
    yield name, 1.0, "exact"
    near = [form for form in dict.fromkeys(near_forms(name)) if form not in wording_rules()["unnameable"]]
    for form in near:
        yield form, 0.95, "near"
    for canonical, said in aliases().items():
        if canonical == name or canonical in near or name in set(near_forms(canonical)) or name in said:
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
