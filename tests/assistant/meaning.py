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
    "share_of": None,
    "of_each_unit": False,
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


def names(operand: Operand) -> Any:
    """The names of an operand in any order; of a sum those of its members, of picked rows what picks them."""
    if operand.added:
        return [names(member) for member in operand.added]
    if picks := operand.picked:
        return picks.operation, picks.ordinals or picks.limit, [names(o) for o in picks.operands], list(picks.classes)
    return frozenset({t.text for t in operand.terms} | ({f"{operand.total}总计"} if operand.total else set()))


def _described(asked: Understanding, field: str) -> Any:
    value = getattr(asked, field)
    if field == "thresholds":
        return [_bound(threshold) for threshold in value]
    if field in ("operands", "excluded"):
        return [names(operand) for operand in value]
    if field in ("base", "share_of"):
        return value and names(value)
    return list(value) if isinstance(value, tuple) else value


def _wanted(field: str, value: Any) -> Any:
    if field in ("operands", "excluded"):
        return [_names_wanted(entry) for entry in value]
    if field in ("base", "share_of"):
        return None if value is None else _names_wanted(value)
    return [_threshold(entry) for entry in value] if field == "thresholds" else value


def _names_wanted(entry: Any) -> Any:
    """``公务接待费``, ``[行政运行, 公用经费]``, ``{sum: [会议费, 培训费]}``, ``{pick: top, places: 3, of: [项目]}``."""
    if not isinstance(entry, dict):
        return frozenset([entry] if isinstance(entry, str) else entry)
    if "sum" in entry:
        return [_names_wanted(member) for member in entry["sum"]]
    places = entry.get("places", 1)
    wanted = tuple(places) if isinstance(places, list) else places
    return entry["pick"], wanted, [_names_wanted(o) for o in entry.get("of", [])], entry.get("classes", [])


def _bound(threshold: Threshold) -> Any:
    """A filter; one whose bound is a figure of the budget with that figure's names."""
    return (threshold.comparison, names(threshold.than)) if threshold.than else threshold


def _threshold(entry: str | dict[str, Any]) -> Any:
    """``> 10 万元``, ``5 ~ 10 万元``, ``== 0``, ``> 平均``; ``{">": 公务接待费}``."""
    if isinstance(entry, dict):
        return next((_SYMBOLS[symbol], _names_wanted(than)) for symbol, than in entry.items())
    first, *rest = entry.split()
    if rest == ["平均"]:
        return Threshold(_SYMBOLS[first], of_mean=True)  # type: ignore[arg-type]
    if first in _SYMBOLS:
        return Threshold(_SYMBOLS[first], (Decimal(rest[0]),), rest[1] if rest[1:] else None)  # type: ignore[arg-type]
    _, upper, unit = rest
    return Threshold("range", (Decimal(first), Decimal(upper)), unit)
