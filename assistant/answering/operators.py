"""Operators that a question says and its answer must have used: a figure got without one answers another question.

Whatever ranks, adds, averages or leaves out says so in ``Draft.used``; what is said and not used is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.answering.draft import Draft
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise

_ALWAYS: Final = frozenset({"max", "min", "top", "ordinal", "mean", "except"})
_ASKING: Final = re.compile(r"的?(?:多少)?$")
_LEAVES_OUT: Final = re.compile(r"除|扣|减|去|剔|不")
"""How words begin that name what is left out; others say that there is something else (``还有哪些``)."""

_RANKS: Final = frozenset({"max", "min", "top", "ordinal"})
_HOW_MANY: Final = re.compile("(?:[台辆件套张把部]|人员?)数量?(?:都|是)?(?=最|排第|第一)")


def use_rank(draft: Draft, asked: Understanding) -> None:
    """Rows, or what takes their place, were taken by their rank: the first one, the first few, or the k-th."""
    end = "max" if asked.descending else "min"
    if asked.ordinals:
        draft.used += ["ordinal", *([end] if 1 in asked.ordinals else [])]
    else:
        draft.used += ["top", end] if asked.operation == "top" else [end]


def uses_all(draft: Draft, asked: Understanding) -> bool:
    """Whether what was done for an answer used every operator that the question says."""
    return set(_said(asked)) <= set(draft.used) and not _ranks_units_by_count(asked)


def _ranks_units_by_count(asked: Understanding) -> bool:
    """Whether units are to be ranked by how many of something they have (台数最多的单位), which no money tells."""
    of_units = "unit" in asked.classes or asked.intent == "who"
    return of_units and not asked.operands and bool(_HOW_MANY.search(asked.question))


def quotes_all(draft: Draft, asked: Understanding) -> bool:
    """Likewise for sentences, which may say an operator themselves (``平均得分99.33分``)."""
    quoted = normalise("".join(draft.lines))
    said = {t.name for t in asked.tokens if t.name in _ALWAYS and _ASKING.sub("", t.text) in quoted}
    return set(_said(asked)) <= {*draft.used, *said}


def _said(asked: Understanding) -> Iterator[str]:
    """The operators said; a sum behind the first few is theirs, a gap beside ranks is between what has them."""
    tokens = [token for token in asked.tokens if token.group == "operations"]
    names = [token.name for token in tokens if token.name != "except" or _LEAVES_OUT.match(token.text)]
    yield from (name for name in names if name in _ALWAYS)
    if "top" in names and "sum" in names[names.index("top") :]:
        yield "sum"
    if "gap" in names and _RANKS & set(names):
        yield "gap"
