"""Questions to meaning, over the seed's catalogue. The cases stand in questions.yaml, to be read and extended."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalog import DocumentCatalog
from assistant.understand.types import Operand, Threshold, Understanding
from assistant.understand.understand import understand

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "questions.yaml").read_text(encoding="utf8")
)
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
"""What a case that doesn't say so means; ``base``, ``limit`` and ``document_type`` count only where a case names them."""

_SYMBOLS = {">": "gt", ">=": "ge", "<": "lt", "<=": "le", "==": "eq", "!=": "ne"}


def cases() -> Iterator[Any]:
    for topic, entries in CASES.items():
        for entry in entries:
            expected = {name: value for name, value in entry.items() if name not in ("question", "xfail")}
            mark = [pytest.mark.xfail(strict=True, reason=entry["xfail"])] if "xfail" in entry else []
            yield pytest.param(entry["question"], expected, id=f"{topic}-{entry['question']}", marks=mark)


def names(operand: Operand) -> frozenset[str]:
    return frozenset({t.text for t in operand.terms} | ({f"{operand.total}总计"} if operand.total else set()))


def _names_expected(expected: str | list[str]) -> frozenset[str]:
    return frozenset([expected] if isinstance(expected, str) else expected)


def threshold(text: str) -> Threshold:
    first, *rest = text.split()
    if first in _SYMBOLS:
        return Threshold(_SYMBOLS[first], (Decimal(rest[0]),), rest[1] if rest[1:] else None)  # type: ignore[arg-type]
    _, upper, unit = rest
    return Threshold("range", (Decimal(first), Decimal(upper)), unit)


def described(asked: Understanding, field: str) -> Any:
    value = getattr(asked, field)
    if field in ("operands", "excluded"):
        return [names(operand) for operand in value]
    if field == "base":
        return value and names(value)
    return list(value) if isinstance(value, tuple) else value


def wanted(field: str, value: Any) -> Any:
    if field in ("operands", "excluded"):
        return [_names_expected(entry) for entry in value]
    if field == "base":
        return _names_expected(value)
    return [threshold(entry) for entry in value] if field == "thresholds" else value


@pytest.mark.parametrize(("question", "expected"), cases())
def test_a_question_means(question: str, expected: dict[str, Any], seed_catalog: DocumentCatalog) -> None:
    asked = understand(question, seed_catalog)
    complete = DEFAULTS | expected
    assert {field: described(asked, field) for field in complete} == {f: wanted(f, v) for f, v in complete.items()}


def test_every_case_names_fields_that_exist() -> None:
    known = set(Understanding.__slots__) | {"question", "xfail"}
    assert [case for entries in CASES.values() for case in entries if set(case) - known] == []


@given(st.text(max_size=40))
def test_any_text_has_a_meaning(seed_catalog: DocumentCatalog, question: str) -> None:
    assert understand(question, seed_catalog).question == question


@given(st.text(alphabet="甲乙丙丁戊庚辛壬癸", min_size=4, max_size=12))
def test_words_of_no_budget_are_left_over(seed_catalog: DocumentCatalog, word: str) -> None:
    asked = understand(f"公务接待费{word}多少", seed_catalog)
    assert asked.operands
    assert asked.leftover == (word,)
