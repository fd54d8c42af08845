"""Tables as a reader would type them: cells separated by ``|``, so that the tests show what is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.clean import clean_tables
from index.clean.table import CleanTable
from index.convert.text import TextConverter
from index.document import Document
from index.outline import outline

CleanText = Callable[[str], tuple[CleanTable, ...]]


def _clean(text: str) -> tuple[CleanTable, ...]:
    lines = (line.strip().replace("|", "\t") for line in text.strip("\n").split("\n"))
    blocks = TextConverter().read("\n".join(lines).encode(), Path("文件.txt"))
    document = Document("0" * 12, "文件.txt", "0" * 64, blocks)
    return clean_tables(document, outline(document))


@pytest.fixture(scope="session")
def clean() -> CleanText:
    """All clean tables of a text."""
    return _clean


@pytest.fixture(scope="session")
def clean_one() -> Callable[[str], CleanTable]:
    """The one clean table of a text."""

    def one(text: str) -> CleanTable:
        (table,) = _clean(text)
        return table

    return one
