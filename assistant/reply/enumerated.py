"""Counting what a sentence enumerates: how many of the names that it lists end alike (公路分局有几个)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.query import Ask, Count, Rows, Say, Select
from assistant.understand.wording import normalise
from index.records import ParagraphRecord

_OPENS: Final = re.compile(r"(?:包括|分别[为是]|如下|有|是|为)?[:：]|(?:包括|分别[为是])")
_PARTS: Final = re.compile(r"[、，,；;。]|(?<=[局处站院所校队心])[和及](?=[^、]+$)")
_COUNTED: Final = ("个", "家", "所")
_CLASSES: Final = frozenset({"单位", "部门", "机构", "项目", "科目", "人员"})
_FEWEST: Final = 2
_SHORTEST: Final = 2


def enumerated_lines(ask: Ask, draft: Draft) -> list[str]:
    """The number of names of one ending that one sentence lists, with the names; empty where none does.

    Only names that no item of the document bears are looked for: what is printed as an item is counted as that.
    """
    if not _counts(ask):
        return []
    for ending in sorted(_endings(ask), key=len, reverse=True):
        if found := max(_found(ending, draft), key=lambda entry: len(entry[1]), default=None):
            return _lines(ending, *found, draft)
    return []


def _counts(ask: Ask) -> bool:
    """Whether so many units or offices are asked for."""
    query = ask.query
    if isinstance(query, Count):
        return isinstance(query.of, Rows) and query.of.kind == "unit"
    return isinstance(query, Say | Select) and query.counted in _COUNTED


def _endings(ask: Ask) -> set[str]:
    """What the names may end in: words that the question doesn't narrow by another one before them (企业|审计处)."""
    words = {*ask.unread, *(ask.query.words if isinstance(ask.query, Say) else ())}
    text = normalise(ask.text)
    return {
        word
        for word in words - _CLASSES
        if len(word) >= _SHORTEST and word in text and not any(f"{other}{word}" in text for other in words)
    }


def _found(ending: str, draft: Draft) -> Iterator[tuple[ParagraphRecord, list[str]]]:
    for told in draft.contents.told:
        opens = _OPENS.search(told.text)
        if opens is None or not isinstance(told.source, ParagraphRecord):
            continue
        names = [part.strip() for part in _PARTS.split(told.text[opens.end() :])]
        kept = [name for name in names if normalise(name).endswith(ending) and len(name) > len(ending)]
        if len(kept) >= _FEWEST:
            yield told.source, list(dict.fromkeys(kept))


def _lines(ending: str, source: ParagraphRecord, names: Sequence[str], draft: Draft) -> list[str]:
    mark = draft.cite_passage(source, source.text)
    number = draft.add_figure(f"{ending}个数", Value("quantity", Decimal(len(names)), unit="个"), [mark])
    return [
        f"{draft.heading}所列的名单里，名称以“{ending}”结尾的有 {number}：",
        *(f"- {draft.named(name)}" for name in names),
    ]
