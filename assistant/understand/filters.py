"""Filters on amounts: ``超过10万元``, ``5万元以上``, ``不为0``, ``在1万到5万之间``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.understand.types import Comparison, Threshold, Token

_EQUALS: Final = ("是", "为", "等于", "达到")
_AFTER: Final[dict[str, Comparison]] = {"ge_after": "ge", "le_after": "le", "gt_after": "gt", "lt_after": "lt"}
_BEFORE: Final[tuple[Comparison, ...]] = ("gt", "ge", "lt", "le", "eq")


def take_thresholds(tokens: tuple[Token, ...]) -> tuple[tuple[Threshold, ...], tuple[Token, ...]]:
    """The filters on amounts, and the tokens without them. Numbers that filter nothing become left-over words."""
    found: list[Threshold] = []
    while (taken := _take_threshold(tokens)) is not None:
        found.append(taken[0])
        tokens = taken[1]
    return tuple(found), tuple(replace(t, group="other") if t.group == "number" else t for t in tokens)


def _take_threshold(tokens: tuple[Token, ...]) -> tuple[Threshold, tuple[Token, ...]] | None:
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        after = tokens[i + 1 :]
        if token.group == "compare" and token.name in ("zero", "nonzero"):
            comparison: Comparison = "eq" if token.name == "zero" else "ne"
            return Threshold(comparison, (Decimal(0),)), _without(tokens, i, i + 1)
        if token.group != "number" or token.value is None:
            continue
        if token.value == 0 and before and before.name == "except":
            return Threshold("ne", (Decimal(0),)), _without(tokens, i - 1, i + 1)
        if (end := _range_end(after)) is not None:
            upper = after[end]
            assert upper.value is not None
            trailing = end + 2 if len(after) > end + 1 and after[end + 1].name == "range_after" else end + 1
            return (
                Threshold("range", (token.value, upper.value), token.unit or upper.unit),
                _without(tokens, i, i + 1 + trailing),
            )
        if after and after[0].name in _AFTER:
            return Threshold(_AFTER[after[0].name], (token.value,), token.unit), _without(tokens, i, i + 2)
        if token.unit == "%" and _follows_completion(tokens[:i]):
            return Threshold("eq", (token.value,), token.unit), _without(tokens, i, i + 1)
        if before and before.text in _EQUALS and any(t.name == "exists" for t in after):  # 是100万元吗
            return Threshold("eq", (token.value,), token.unit), _without(tokens, i, i + 1)
        if before and before.group == "compare" and before.name in _BEFORE:
            name = next(b for b in _BEFORE if b == before.name)
            return Threshold(name, (token.value,), token.unit), _without(tokens, i - 1, i + 1)
    return None


def _follows_completion(before: Sequence[Token]) -> bool:
    """Whether a per cent stands behind words for how far a budget was spent (``正好完成年初预算的100%``)."""
    told = [t for t in before if t.group != "filler"]
    return bool(told) and told[-1].group == "execution"


def _range_end(after: Sequence[Token]) -> int | None:
    if (len(after) >= 2 and after[0].name in ("range",)) or (after and after[0].group == "conjunctions"):
        return 1 if len(after) > 1 and after[1].group == "number" else None
    return None


def _without(tokens: tuple[Token, ...], start: int, end: int) -> tuple[Token, ...]:
    return tokens[:start] + tokens[end:]
