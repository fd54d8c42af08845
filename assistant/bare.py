"""Questions that only continue one before, with nothing before them: what they are about is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from assistant.answer import Clarify
from assistant.answering.assets.asked import names_assets
from assistant.conversation import points_back
from assistant.reading.patterns import pattern
from assistant.understand.types import Understanding
from assistant.understand.wording import wording_rules

_COUNT: Final = pattern("count")
_OF_ANYTHING: Final = (None, "个", "项", "条", "种", "家", "批", "次")
"""Counting words that do not tell what is counted, as 人 and 辆 do."""

_WITHIN: Final = re.compile(r"^(那么?|请问)?其中")
_WHICH: Final = pattern("which_item")
_SPENT_MOST: Final = pattern("spent_most")
_ASKED: Final = "这像是接着前面问的话，可是前面还没有问过哪一项。问的是哪一项？"


def is_bare(asked: Understanding) -> bool:
    """Whether a question names nothing that it could be about: no item, no rows, no whole budget, no word left over."""
    around = points_back(asked.question)
    if (around and not around[0].strip("，,那么请问而但 ")) or _WITHIN.match(asked.question):
        return True
    named = (asked.operands, asked.classes, asked.share_of, asked.thresholds, asked.excluded, asked.leftover)
    is_whole = asked.whole or asked.mentions_budget or asked.document_type
    counted = _COUNT.search(asked.question)
    is_other = is_whole or names_assets(asked) or (counted and counted["unit"] not in _OF_ANYTHING)
    return asked.intent in ("figure", "reason") and not any(named) and not is_other


def what_is_meant(question: str, is_answered: Callable[[str], bool]) -> Clarify:
    """Asks back; the options are the question about each of the usual items, else the items by themselves."""
    items: Sequence[str] = wording_rules()["usual_items"]
    lead, rest = led(question)
    ways = ([lead + _about(item, rest) for item in items], [f"{lead}{item}是多少？" for item in items])
    answered = ([option for option in options if is_answered(option)] for options in ways)
    return Clarify(question=_ASKED, options=next(filter(None, answered), []))


def over_classes(question: str) -> str | None:
    """A question for the most of all that is spent as one over classes of it (支出最多的是哪一类); None for others."""
    is_meant = _WHICH.search(question) and _SPENT_MOST.search(question)
    return _WHICH.sub("哪一类", question, count=1) if is_meant else None


def led(question: str) -> tuple[str, str]:
    """A question as what stands before its last colon, with that, and what stands behind."""
    lead, colon, rest = question.rpartition("：")
    return (lead + colon, rest) if rest else ("", question)


def _about(item: str, question: str) -> str:
    around = points_back(question)
    if around:
        return item.join(around)
    return f"{item}{_WITHIN.sub('中', question)}"
