"""Questions to meaning, over the seed's catalogue. The cases stand in questions.yaml, to be read and extended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalog import DocumentCatalog
from assistant.understand.types import Understanding
from assistant.understand.understand import understand
from tests.assistant.meaning import check_meaning, parameters, read_cases

CASES = Path(__file__).with_name("questions.yaml")


@pytest.mark.parametrize(("question", "expected"), parameters(CASES, "question"))
def test_a_question_means(question: str, expected: dict[str, Any], seed_catalog: DocumentCatalog) -> None:
    check_meaning(understand(question, seed_catalog), expected)


def test_every_case_names_fields_that_exist() -> None:
    known = set(Understanding.__slots__) | {"question", "xfail"}
    assert [case for entries in read_cases(CASES).values() for case in entries if set(case) - known] == []


@given(st.text(max_size=40))
def test_any_text_has_a_meaning(seed_catalog: DocumentCatalog, question: str) -> None:
    assert understand(question, seed_catalog).question == question


@given(st.text(alphabet="甲乙丙丁戊庚辛壬癸", min_size=4, max_size=12))
def test_words_of_no_budget_are_left_over(seed_catalog: DocumentCatalog, word: str) -> None:
    asked = understand(f"公务接待费{word}多少", seed_catalog)
    assert asked.operands
    assert asked.leftover == (word,)
