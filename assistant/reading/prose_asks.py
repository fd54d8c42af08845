"""What a clause asks that only sentences or a row's funds tell, by its words: who pays, what a code stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.query import (
    Ask,
    Coded,
    Holder,
    Mentioned,
    Origin,
    Query,
    Rank,
    Say,
    Select,
    Stated,
    Travel,
    names_of,
    nodes_of,
)
from assistant.reading.patterns import pattern
from assistant.understand.wording import normalise
from assistant.words import content_of

_CODE: Final = re.compile(r"[“\"'‘「](?P<code>\d{3,6})[”\"'’」]")
_COUNT: Final = pattern("count")
_MEANS: Final = pattern("code_means")
_TRAVEL: Final = pattern("travels")
COUNTRIES: Final = re.compile("(?:去|赴|到|访|飞)(?:了)?(?:哪|什么|啥)[几些个一]*个?(?:国|国家)")
_LEFT_OUT: Final = pattern("why_left_out")
_PAYS: Final = pattern("who_pays")
_WHY_CHANGED: Final = pattern("why_changed")
_HOW_MUCH: Final = re.compile("(各|分别|一共|总共|都?是)*多少(钱|万|万元)?")
_ORIGIN: Final = pattern("funds_of")
_CARRIES: Final = pattern("carries_out")
_CARRIES_OUT: Final = pattern("who_carries_out")


def number_stated(clause: str) -> Stated | None:
    """The number of things that a clause asks for, to be found in a sentence; None where it asks for none."""
    text = normalise(clause)
    found = _COUNT.search(text)
    unit = found.groupdict().get("unit") if found else None
    return Stated(text=text, counted=unit) if unit else None


def prose_queries(ask: Ask, before: Sequence[Query], question: str) -> Iterator[Query]:
    """What an ask may be for, the likeliest first."""
    text = normalise(ask.text)
    own = (name for node in nodes_of(ask.query) if isinstance(node, Select) for name in node.names)
    names = tuple(dict.fromkeys((*own, *names_of(ask.query))))
    if _CARRIES_OUT.search(text) and (of := tuple(n for n in names if n.is_linked and not _CARRIES.fullmatch(n.text))):
        yield Holder(names=of)
    if (code := _CODE.search(question)) and _MEANS.search(text):
        yield Coded(code=code["code"])
    if _TRAVEL.search(text):
        yield Travel()
    if _LEFT_OUT.search(text):
        words = tuple(dict.fromkeys(word for word in content_of(normalise(question)) if len(word) > 1))
        yield Mentioned(words=words, left_out=True)
    if (_PAYS.search(text) or _WHY_CHANGED.search(text)) and names:
        yield Say(intent="why", topic=tuple(name for name in names if name.is_linked))
    if before and isinstance(before[-1], Origin) and _HOW_MUCH.fullmatch(text):
        yield before[-1]
    if _ORIGIN.search(text):
        if before and isinstance(before[-1], Rank):
            yield Origin(of=before[-1])
        if names:
            yield Origin(of=Select(names=tuple(name for name in names if name.is_linked)))
