"""How a unit's full official name is said: short names and abbreviations, made by rule."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from assistant.understand.wording import normalise, words_of
from index.dictionary import read_yaml


def unit_aliases(full_name: str, region: str | None) -> Iterator[tuple[str, float]]:
    """Every way to say a unit with its score: ``专用通信保障中心``, ``通信中心``, ``中心`` … for the full name.

    Bracketed second names count too (``…办公室(…档案局)``). The head word (中心, 局, 办公室) is never left out;
    the shorter the form, the lower its score.
    """
    for name in own_names(full_name):
        yield name, 1.0
        core = _without_region(name, region)
        yield core, 0.98
        yield from ((form, 0.99) for form in _with_nearer_places(name, core, region))
        for form in _short_forms(core):
            yield form, 0.6 + 0.35 * len(form) / len(core)


def _with_nearer_places(name: str, core: str, region: str | None) -> Iterator[str]:
    """``曾都区委办公室`` for 随州市曾都区 + 委办公室: the farther places left out one by one."""
    places = re.findall(r".+?(?:省|市|区|县|州|旗|盟)", normalise(region or ""))
    rest = name.removeprefix("中共").removeprefix("中国共产党")
    for place in ("", *places):
        rest = rest.removeprefix(place)
        if len(rest) > len(core):
            yield rest


def own_names(full_name: str) -> Iterator[str]:
    """A unit's name without what is in brackets, then its second names."""
    plain = normalise(full_name)
    yield re.sub(r"\([^()]*\)", "", plain)
    yield from re.findall(r"\(([^()]{3,})\)", plain)


def _without_region(name: str, region: str | None) -> str:
    name = re.sub(r"^(中国共产党|中共|中国)", "", name)
    if region and name.startswith(normalise(region)):
        own = name[len(normalise(region)) :]
        return f"{region[-1]}{own}" if own.startswith(tuple(unit_rules()["of_region"])) else own or name
    stripped = re.sub(r"^([一-鿿]{2,7}?(省|自治区|市|自治州|地区|盟))?([一-鿿]{1,6}?(市|县|区|旗))?(?=.{2,})", "", name)
    return stripped if len(stripped) >= 2 else name


def _short_forms(core: str) -> Iterator[str]:
    words = words_of(core)
    *others, head = words
    heads = [head, *unit_rules()["heads"].get(head, [])]
    for count in range(len(others) + 1):
        for chosen in itertools.combinations(others, count):
            for end in heads:
                form = "".join(chosen) + end
                if len(form) >= 2:
                    yield form


@lru_cache(maxsize=1)
def unit_rules() -> dict[str, Any]:
    """unit_names.yaml: heads of names and their abbreviations."""
    rules: dict[str, Any] = read_yaml("unit_names.yaml")
    return rules


def short_name(full_name: str, region: str | None) -> str:
    """A unit's name without its region and second names: ``专用通信保障中心``."""
    return _without_region(next(own_names(full_name)), region)
