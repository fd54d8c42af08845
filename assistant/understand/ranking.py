"""Questions over rows: the largest, the smallest, the first k, the k-th, their average, their number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from assistant.understand.types import Operand, Operation, Token, Understanding

RANKS: Final = ("top", "ordinal", "max", "min")
GROUPED: Final = (*RANKS, "mean", "count")

_ASCENDING: Final = ("低", "少", "小", "便宜", "最后", "垫底", "倒数")
ACTUAL: Final = "实有"
_DEFAULT_LIMIT: Final = 3
_SPELLED: Final = {"平米": "平方米", "平方": "平方米"}
"""Classifiers as people say them → as budgets print them."""


def rank_tokens(tokens: Sequence[Token]) -> list[Token]:
    """The words that pick rows by rank, in order: ``最高``, ``前三``, ``第二高``."""
    return [t for t in tokens if t.group == "operations" and t.name in RANKS]


def grouped(base: Understanding, name: str, tokens: Sequence[Token], operands: tuple[Operand, ...]) -> Understanding:
    """``base`` as a question over rows; ``name`` is the operation as question_words.yaml calls it."""
    token = next(t for t in tokens if t.group == "operations" and t.name == name)
    if name == "count":
        return replace(base, operation="count", operands=operands, counted=next(iter(counted_units(tokens)), None))
    if name == "ordinal":
        first = [1] if any(t.name in ("max", "min") for t in tokens) else []  # 最多的和第二多的
        ranks = (*first, *(int(t.value) for t in tokens if t.name == "ordinal" and t.value is not None))
        return replace(base, operation="top", operands=operands, ordinals=ranks, descending=_is_descending(token))
    if name == "top":
        limit = _DEFAULT_LIMIT if token.value is None else int(token.value)
        return replace(base, operation="top", operands=operands, limit=limit, descending=_is_descending(token))
    if name in ("max", "min") and (asked := _asked(tokens)) > 1:
        return replace(base, operation="top", operands=operands, limit=asked, descending=name == "max")
    operation: Operation = "min" if name == "min" else "mean" if name == "mean" else "max"
    return replace(base, operation=operation, operands=operands, descending=operation != "min", limit=1)


def _asked(tokens: Sequence[Token]) -> int:
    """How many rows are asked for beside the word that ranks them (哪五个项目最大), 1 where that is open."""
    return next(
        (int(t.value) for which, t in pairwise(tokens) if which.text == "哪" and t.group == "filler" and t.value), 1
    )


def picking(base: Understanding, token: Token, tokens: Sequence[Token], operands: tuple[Operand, ...]) -> Understanding:
    """The question that picks the rows of one rank out of ``tokens``: ``最高的三个项目``, ``排第二的``."""
    others = [t for t in tokens if t not in rank_tokens(tokens)]
    return grouped(replace(base, thresholds=()), token.name, [token, *others], operands)


def counted_units(tokens: Sequence[Token]) -> list[str]:
    """The classifiers of all that is counted: ``多少批次、多少人次``, ``几辆车``."""
    said = (re.sub(r"^[实共一有]*[几多少]+|(?<=辆).+", "", t.text) for t in tokens if t.name == "count")
    return list(dict.fromkeys(_SPELLED.get(unit, unit) for unit in said if unit))


def counts_actual(asked: Understanding) -> bool:
    """``实有多少人``: how many there are, not how many there may be."""
    return any(t.name == "count" and t.text.startswith(ACTUAL) for t in asked.tokens)


def _is_descending(token: Token) -> bool:
    return not any(mark in token.text for mark in _ASCENDING)
