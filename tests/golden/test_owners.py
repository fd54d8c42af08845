"""Owner and year of the smallest of the further shared documents, where they are present; the others take minutes."""

from __future__ import annotations

import pytest

from tests.golden.owners import DOCUMENTS, reviewed, told

SMALLEST = 10

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the further shared documents are not here")


def test_each_document_is_reviewed_and_none_is_left_over() -> None:
    assert set(reviewed()) == {path.name for path in DOCUMENTS.glob("*.pdf")}


def test_the_smallest_are_told_as_reviewed() -> None:
    documents = sorted(DOCUMENTS.glob("*.pdf"), key=lambda path: path.stat().st_size)[:SMALLEST]
    expected = reviewed()
    assert {path.name: told(path) for path in documents} == {path.name: expected[path.name] for path in documents}
