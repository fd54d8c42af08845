"""Filters on figures: whether one passes, and how the filter is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.values import Value, plain
from assistant.understand.types import Threshold
from index.money import to_yuan

_WORDS: Final = {
    "gt": "大于", "ge": "不低于", "lt": "小于", "le": "不超过", "eq": "等于", "ne": "不等于", "range": "介于",
}  # fmt: skip


def passes(value: Value, threshold: Threshold, unit: str | None) -> bool:
    """Whether a number passes; ``unit`` is that of a bound that names none."""
    unit = threshold.unit or unit
    assert value.exact is not None
    bounds = [to_yuan(v, unit) if value.kind == "amount" and unit else v for v in threshold.values]
    tests = {
        "gt": value.exact > bounds[0], "ge": value.exact >= bounds[0], "lt": value.exact < bounds[0],
        "le": value.exact <= bounds[0], "eq": value.exact == bounds[0], "ne": value.exact != bounds[0],
        "range": bounds[0] <= value.exact <= bounds[-1],
    }  # fmt: skip
    return tests[threshold.comparison]


def passes_all(value: Value, thresholds: Sequence[Threshold], unit: str | None) -> bool:
    """Whether a value passes all filters; words and blanks pass no filter."""
    return all(value.exact is not None and passes(value, threshold, unit) for threshold in thresholds)


def condition(draft: Draft, thresholds: Sequence[Threshold]) -> str:
    """``，金额大于 10 万元的``; nothing without a filter."""
    conditions = [
        f"{_WORDS[t.comparison]} {' 和 '.join(map(plain, t.values))}{' ' + t.unit if t.unit else ''}"
        for t in thresholds
    ]
    return draft.named(f"，金额{'、'.join(conditions)} 的") if conditions else ""
