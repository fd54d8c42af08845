"""Every document of the shared corpus against its reviewed summary, where the corpus is present."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.corpus import CORPUS, SUMMARIES, summary

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")


def test_each_document_has_a_summary_and_none_is_left_over() -> None:
    assert {path.stem for path in SUMMARIES.iterdir()} == {path.stem for path in CORPUS.glob("*.pdf")}


@pytest.mark.parametrize("reviewed", sorted(SUMMARIES.glob("*.tsv")), ids=lambda path: path.stem)
def test_document_is_read_as_reviewed(reviewed: Path) -> None:
    assert summary(CORPUS / f"{reviewed.stem}.pdf") == reviewed.read_text(encoding="utf-8")
