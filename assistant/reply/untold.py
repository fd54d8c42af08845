"""What lines and their sources tell of an ask: its words, and a number of the kind that it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.query import Ask, Say, Select, nodes_of
from assistant.reply.quote import number_of
from assistant.understand.wording import normalise
from assistant.words import content_of

ASKS_MONEY: Final = re.compile(r"多少(钱|万|亿|元|资金|经费)|几(万|亿)元?")
_END: Final = re.compile(r"(?P<year>\d{4})年?(?:(?P<month>\d{1,2})月)?(底|末)")


def _tells(texts: Sequence[str], words: str) -> bool:
    """Whether one of several texts holds a phrase, or each of its words."""
    if end := _END.fullmatch(words):
        told = f"{end['year']}年{end['month']}月" if end["month"] else f"{end['year']}年?(度|的)?(底|末|12月)"
        return any(re.search(told, text) for text in texts)
    parts = [normalise(part) for part in content_of(words)]
    is_apart = len(parts) > 1 and all(len(part) > 1 for part in parts)
    return any(normalise(words) in text or (is_apart and all(part in text for part in parts)) for text in texts)


def untold_words(words: Sequence[str], lines: Sequence[str], drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The words that neither lines nor what they cite nor the units' names tell."""
    cited = [str(v) for c in drafts[0].citations.listed for v in c.model_dump().values()]
    own = [f"{d.catalog.unit_name}{d.catalog.region or ''}" for d in drafts]
    texts = [normalise(text) for text in (*lines, *cited, *own)]
    return tuple(word for word in words if not _tells(texts, word))


def states_number(ask: Ask, lines: Sequence[str]) -> bool:
    """Whether lines hold a number of the kind that an ask asks for: an amount for 多少钱, so many 辆 for 几辆."""
    told = "".join(lines)
    if ASKS_MONEY.search(ask.text):
        return bool(number_of("元").search(told))
    counted = next((n.counted for n in nodes_of(ask.query) if isinstance(n, Select | Say) and n.counted), None)
    return counted is None or bool(number_of(counted).search(told))
