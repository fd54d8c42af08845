"""Invented documents in each form and format, read back: what is read must be what was invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.parse import parse
from index.workers import Problem
from tests.invented.compare import differences
from tests.invented.document import Form, print_document
from tests.invented.formats import FORMATS
from tests.invented.forms import FORMS
from tests.invented.invent import invent
from tests.invented.mixed import mixed

SEED_OF_FORMAT = {"txt": 1, "docx": 2, "xlsx": 3, "html": 4, "pdf": 5}
"""Each format prints another budget, so that a form is seen with several."""

FEW = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # A smaller seed is no simpler budget.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def read_differently(form: Form, extension: str, seed: int, folder: Path) -> list[str]:
    """What was read otherwise than it was invented."""
    budget = invent(seed, form.document_type, form.units)
    document = print_document(budget, form)
    path = folder / f"文件.{extension}"
    FORMATS[extension](document, form, path)
    parsed = parse(path)
    return [parsed.message] if isinstance(parsed, Problem) else differences(budget, document, parsed)


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_is_read_as_it_was_invented(form: Form, extension: str, tmp_path: Path) -> None:
    assert read_differently(form, extension, SEED_OF_FORMAT[extension], tmp_path) == []


@FEW
@given(st.integers(0, 10**6), st.sampled_from(FORMS))
def test_any_budget_in_any_form(tmp_path: Path, seed: int, form: Form) -> None:
    assert read_differently(form, "txt", seed, tmp_path) == []


@FEW
@given(st.integers(0, 10**6), st.sampled_from(["txt", "pdf"]))
def test_any_mixture_of_habits(tmp_path: Path, seed: int, extension: str) -> None:
    assert read_differently(mixed(seed), extension, seed, tmp_path) == []
