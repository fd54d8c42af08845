"""Every clean table of the golden documents, against its reviewed file. A missing or an extra file fails."""

from __future__ import annotations

from functools import cache

import pytest

from tests.golden.render import DOCUMENTS, FOLDER, golden_files

_EXPECTED = [(name, path.name) for name in DOCUMENTS for path in sorted((FOLDER / name).glob("*.tsv"))]


@cache
def _made(document: str) -> dict[str, str]:
    return golden_files(DOCUMENTS[document])


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_table_has_its_golden_file_and_no_file_is_left_over(document: str) -> None:
    reviewed = {path.name for path in (FOLDER / document).iterdir()}
    assert reviewed == set(_made(document))


@pytest.mark.parametrize(("document", "file"), _EXPECTED)
def test_table_is_as_reviewed(document: str, file: str) -> None:
    assert _made(document)[file] == (FOLDER / document / file).read_text(encoding="utf-8")
