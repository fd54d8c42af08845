"""Cases in YAML that say what a question means: questions.yaml and conversations.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.understand.types import Operand, Threshold, Understanding

DEFAULTS: dict[str, Any] = {
    "intent": "figure",
    "operation": "lookup",
    "operands": [],
    "classes": [],
    "level": None,
    "ordinals": [],
    "descending": True,
    "thresholds": [],
    "asked_unit": None,
    "years": [],
    "relative_year": None,
    "excluded": [],
    "leftover": [],
}
"""What a case that doesn't say so means; other fields count only where a case names them."""

_SYMBOLS = {">": "gt", ">=": "ge", "<": "lt", "<=": "le", "==": "eq", "!=": "ne"}


def read_cases(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The cases of a file by topic."""
    cases: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf8"))
    return cases


def parameters(path: Path, key: str) -> Iterator[Any]:
    """For each case what is asked (its ``key``) and what it means; ``xfail`` marks what is not met yet."""
    for topic, entries in read_cases(path).items():
        for entry in entries:
            expected = {name: value for name, value in entry.items() if name not in (key, "xfail")}
            mark = [pytest.mark.xfail(strict=True, reason=entry["xfail"])] if "xfail" in entry else []
            yield pytest.param(entry[key], expected, id=f"{topic}-{entry[key]}", marks=mark)


def check_meaning(asked: Understanding, expected: dict[str, Any]) -> None:
    """Asserts that the meaning is the expected one, and the default wherever nothing is expected."""
    complete = DEFAULTS | expected
    assert {f: _described(asked, f) for f in complete} == {f: _wanted(f, v) for f, v in complete.items()}


def names(operand: Operand) -> frozenset[str]:
    """The names of an operand in any order."""
    return frozenset({t.text for t in operand.terms} | ({f"{operand.total}总计"} if operand.total else set()))


def _described(asked: Understanding, field: str) -> Any:
    value = getattr(asked, field)
    if field in ("operands", "excluded"):
        return [names(operand) for operand in value]
    if field == "base":
        return value and names(value)
    return list(value) if isinstance(value, tuple) else value


def _wanted(field: str, value: Any) -> Any:
    if field in ("operands", "excluded"):
        return [_names_wanted(entry) for entry in value]
    if field == "base":
        return _names_wanted(value)
    return [_threshold(entry) for entry in value] if field == "thresholds" else value


def _names_wanted(entry: str | list[str]) -> frozenset[str]:
    return frozenset([entry] if isinstance(entry, str) else entry)


def _threshold(text: str) -> Threshold:
    """``> 10 万元``, ``5 ~ 10 万元``, ``== 0``."""
    first, *rest = text.split()
    if first in _SYMBOLS:
        return Threshold(_SYMBOLS[first], (Decimal(rest[0]),), rest[1] if rest[1:] else None)  # type: ignore[arg-type]
    _, upper, unit = rest
    return Threshold("range", (Decimal(first), Decimal(upper)), unit)
