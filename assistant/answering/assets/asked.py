"""Which assets a question asks about. It is about nothing else only where these words account for all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from assistant.catalog import Link
from assistant.understand.dates import StockDate
from assistant.understand.tokenize import chinese_number, normalised_question
from assistant.understand.types import Token, Understanding
from index.dictionary import read_yaml

KINDS: Final = "kinds"
"""The asset that stands for the kinds of vehicles (``哪类车最多``)."""

_VEHICLES: Final = (KINDS, "kind")

_CLAUSE: Final = re.compile(r"[^,;。?!]+")
_OPERATIONS: Final = frozenset({"count", "list", "exists", "sum"})
_COMPARING: Final = frozenset({"which", "gap", "versus", "more", "less", "max", "min", "ratio"})
_MASKED: Final = frozenset({"scope", "year", "years", "everyone", "document_types"})
_CONTENT: Final = frozenset({"term", "other", "number", "classes", "levels", "compare"})
_MONEY: Final = re.compile(r"[钱费元价]|经费|金额|资金")
_MORE: Final = re.compile(r"[多少](?=(?:几|多少)[辆台套平])")
_PLAIN: Final = ("预算", "单位")
_HUNDRED: Final = {"百": 100}


@dataclass(frozen=True, slots=True)
class AskedAsset:
    """One asset asked about; ``bound`` in 万元 of equipment, ``name`` of a kind of vehicle as it is printed."""

    asset: str
    start: int
    end: int
    is_bought: bool = False
    bound: int | None = None
    name: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others."""
        return self.asset, self.is_bought, self.bound, self.name


def names_assets(asked: Understanding) -> bool:
    """Whether a question, or what it takes over from the one before, has any word for an asset in it."""
    said = (normalised_question(asked.question), *(operand.text for operand in asked.operands))
    return any(_any_asset().search(text) for text in said)


def assets_asked(
    asked: Understanding,
    kinds: Collection[str],
    dates: Sequence[StockDate],
    is_whole: Callable[[Link], bool],
    *,
    compared: bool = False,
) -> list[AskedAsset]:
    """The assets asked about in order; none where a word of the question asks for anything else.

    ``kinds`` are the vehicles' kinds that the document names, ``is_whole`` tells names of the department itself;
    ``compared``: whether several documents are.
    """
    text = normalised_question(asked.question)
    named = _taken_over(asked, text, kinds)
    if not (named or _any_asset().search(text)) or not _asks_numbers(asked, compared=compared):
        return []
    for stretch in [t for t in asked.tokens if t.group in _MASKED] + list(dates):
        text = text[: stretch.start] + " " * (stretch.end - stretch.start) + text[stretch.end :]
    given, named = named, []
    explained: set[int] = {place for date in dates for place in range(date.start, date.end)}
    for clause in _CLAUSE.finditer(text):
        found = list(_in_clause(text, clause.start(), clause.end(), kinds))
        if not found and any(count.search(clause.group()) for count in _counts().values()):
            found = _counted_only(text, clause.start(), clause.end(), named or given)
        found = [_continued(asset, clause.group(), (*given, *named)) for asset in found]
        named += [asset for asset in found if asset.key not in {each.key for each in named}]
        explained |= {place for asset in found for place in range(asset.start, asset.end)}
    for pattern in (*_counts().values(), *_other_words(), *((_MORE,) if compared else ())):
        explained |= {place for m in pattern.finditer(text) for place in range(m.start(), m.end())}
    left = [t for t in asked.tokens if t.group in _CONTENT and t.text not in _PLAIN and not any(map(is_whole, t.links))]
    is_other = any(not explained.issuperset(range(t.start, t.end)) or _is_of_each(t, text) for t in left)
    return [] if is_other or len(named) == 0 else named


def _taken_over(asked: Understanding, text: str, kinds: Collection[str]) -> list[AskedAsset]:
    """The assets that the question before named (``有几台设备？打算买几台？``)."""
    names = [t.text for operand in asked.operands for t in operand.terms if t.text not in text]
    return [asset for name in names for asset in _in_clause(name, 0, len(name), kinds) if asset.end == len(name)]


def _continued(asset: AskedAsset, clause: str, before: Sequence[AskedAsset]) -> AskedAsset:
    """``购置几辆，都是什么车``: kinds asked for without a word on it are of what was spoken of, held or bought."""
    says_which = _bought().search(clause) or _pattern("held").search(clause)
    if asset.asset not in _VEHICLES or says_which or not before:
        return asset
    return replace(asset, is_bought=before[-1].is_bought)


def _asks_numbers(asked: Understanding, *, compared: bool) -> bool:
    """Whether numbers of things are asked for: no amounts of money, nothing computed of them."""
    names = {t.name for t in asked.tokens if t.group == "operations"}
    allowed = _OPERATIONS | _COMPARING if compared else _OPERATIONS | {"max"}
    is_part = any(t.group == "own" for t in asked.tokens)  # 本级, of which no sentence tells
    is_money = is_part or asked.asked_unit or any(t.group == "filler" and _MONEY.search(t.text) for t in asked.tokens)
    return asked.intent == "figure" and names <= allowed and not is_money and not asked.relative_year


def _is_of_each(token: Token, text: str) -> bool:
    """``各所属单位``: the units one by one, which no sentence tells."""
    return token.group == "classes" and ("各" in token.text or text[: token.start].endswith(("各", "每", "每个")))


def _in_clause(text: str, start: int, end: int, kinds: Collection[str]) -> Iterator[AskedAsset]:
    place = start
    while place < end:
        found = max(_at(text, place, end, kinds), key=lambda asset: asset.end, default=None)
        if found:
            is_bought = _bought().search(text, start, found.start) or _bought().match(text, found.end, end)
            yield replace(found, is_bought=bool(is_bought))
        place = found.end if found else place + 1


def _at(text: str, place: int, end: int, kinds: Collection[str]) -> Iterator[AskedAsset]:
    if match := _pattern("which_kind").match(text, place, end):
        yield AskedAsset(KINDS, *match.span())
    for kind in kinds:
        for form in (kind, kind.replace("用车", "车")):
            if text.startswith(form, place, end):
                yield AskedAsset("kind", place, place + len(form), name=kind)
    for name, pattern in _assets().items():
        if match := pattern.match(text, place, end):
            bound = match.groupdict().get("bound")
            yield AskedAsset(name, *match.span(), bound=_number(bound) if bound else None)


def _counted_only(text: str, start: int, end: int, before: Sequence[AskedAsset]) -> list[AskedAsset]:
    """``计划购置多少辆``: what is named by its classifier alone; of several that share it, the one named before."""
    counted = [name for name, pattern in _counts().items() if pattern.search(text, start, end)]
    likely = [asset for asset in before if ("vehicle" if asset.asset in _VEHICLES else asset.asset) in counted]
    is_bought = bool(_bought().search(text, start, end))
    if likely and likely[-1].is_bought != is_bought and likely[-1].asset in _VEHICLES:
        return [AskedAsset("vehicle", start, start, is_bought)]  # 其中应急用车几辆，还要买几辆
    if likely:
        return [replace(likely[-1], start=start, end=start, is_bought=is_bought)]
    return [AskedAsset(counted[0], start, start, is_bought)] if len(counted) == 1 else []


def _number(text: str) -> int | None:
    value = float(text) if text[0].isdigit() else _HUNDRED.get(text) or chinese_number(text)
    return int(value) if value is not None else None


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """assets.yaml."""
    read: dict[str, Any] = read_yaml("assets.yaml")
    return read


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rules()[name])


@lru_cache(maxsize=1)
def _assets() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rule["asked"]) for name, rule in rules()["assets"].items()}


@lru_cache(maxsize=1)
def _counts() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rule["count"]) for name, rule in rules()["assets"].items()}


@lru_cache(maxsize=1)
def _any_asset() -> re.Pattern[str]:
    return re.compile("|".join(rule["asked"].replace("?P<bound>", "?:") for rule in rules()["assets"].values()))


def _bought() -> re.Pattern[str]:
    return _pattern("bought")


def _other_words() -> tuple[re.Pattern[str], ...]:
    return (_pattern("bought"), _pattern("held"), _pattern("section"))
