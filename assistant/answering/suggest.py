"""Asking back where an item isn't in the document but something near it is: ``文件里没有“租车费用”。是不是指：…``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from rapidfuzz import fuzz, process

from assistant.answer import Clarify
from assistant.answering.draft import Draft
from assistant.understand.types import Token, Understanding
from assistant.understand.wording import normalise, wording_rules
from assistant.words import tagged

_NEAR: Final = 0.07
"""How much nearer than to common words an item must be to what a question names."""

_AS_NEAR: Final = 0.01
_MOST: Final = 3
_LOOKED_AT: Final = 8
_SHARED: Final = 25
"""Least share (per cent) of a name's characters, so that only a few names are compared by their vectors."""

_NAMED: Final = ("term", "other", "total")
_OF_ELSEWHERE: Final = ("ns", "nt", "nr", "nz", "t", "m")
"""jieba's tags of places, organisations, people, times and numbers: these are not other words for an item."""


def which_item(draft: Draft, asked: Understanding) -> Clarify | None:
    """Asks which item is meant; each option is the question with the item in the place of what it names."""
    named = _unknown_item(asked)
    if named is None or asked.intent != "figure":
        return None
    options = [asked.question.replace(named, label) for label in _nearest(draft, named)]
    title = draft.contents.record.title
    return Clarify(question=f"《{title}》里没有“{named}”。是不是指：", options=options) if options else None


def _unknown_item(asked: Understanding) -> str | None:
    """The only stretch with words left over, where nothing in it is an item that the document has."""
    runs = [list(run) for is_named, run in groupby(asked.tokens, _is_named) if is_named]
    unknown = [run for run in runs if any(t.group == "other" and _is_left(t, asked) for t in run)]
    if len(unknown) != 1 or any(link.match != "partial" for t in unknown[0] for link in t.links):
        return None
    text = "".join(t.text for t in unknown[0])
    elsewhere = any(part.startswith(_OF_ELSEWHERE) for _, part in tagged(text))
    return None if elsewhere or asked.question.count(text) != 1 else text


def _is_named(token: Token) -> bool:
    """Whether a token may be part of an item's name, as 费用 behind it is."""
    return token.group in _NAMED or token.text in wording_rules()["suffixes"]


def _is_left(token: Token, asked: Understanding) -> bool:
    return any(token.text in word or word in token.text for word in asked.leftover)


def _nearest(draft: Draft, named: str) -> Sequence[str]:
    rows = draft.catalog.rows.values()
    labels = {normalise(r.label): r.label for r in rows if len(r.label) > 2 and not r.is_total and r.side != "收入"}
    found = process.extract(named, list(labels), scorer=fuzz.partial_ratio, limit=_LOOKED_AT, score_cutoff=_SHARED)
    common: list[str] = wording_rules()["common"]
    nearness = draft.contents.nearness(named, [*common, *(label for label, _, _ in found)])
    usual = sum(nearness[: len(common)]) / len(common)
    scored = sorted(zip(nearness[len(common) :], (label for label, _, _ in found), strict=True), reverse=True)
    near = [(score, label) for score, label in scored if score - usual >= _NEAR]
    return [labels[label] for score, label in near[:_MOST] if score >= near[0][0] - _AS_NEAR]
