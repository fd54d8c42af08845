"""The seed's tables are the same whichever format its owner publishes them in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from index.clean import clean_tables
from index.clean.table import CleanTable
from index.convert import convert
from index.document import Block, Document, RawTable
from index.outline import outline
from tests.writers.excel import write_xls, write_xlsx
from tests.writers.html import write_html
from tests.writers.merging import merge_headers
from tests.writers.text import write_text
from tests.writers.word import write_docx

Writer = Callable[[Sequence[Block], Path], None]

_FORMATS: dict[str, Writer] = {
    ".txt": write_text, ".html": write_html, ".docx": write_docx, ".xlsx": write_xlsx, ".xls": write_xls,
}  # fmt: skip


@cache
def _seed(path: Path) -> tuple[Document, tuple[CleanTable, ...]]:
    document = convert(path)
    return document, _tables(document)


def _tables(document: Document) -> tuple[CleanTable, ...]:
    """The clean tables without what the format decides: where in the file a table and its rows stand."""
    return tuple(
        replace(
            table, line=None, page_first=None, page_last=None, rows=tuple(replace(row, page=None) for row in table.rows)
        )
        for table in clean_tables(document, outline(document))
    )


@pytest.mark.parametrize("merged", [False, True], ids=["plain", "merged"])
@pytest.mark.parametrize("extension", _FORMATS)
def test_every_format_gives_the_tables_of_the_text(
    seed_path: Path, tmp_path: Path, extension: str, merged: bool
) -> None:
    document, expected = _seed(seed_path)
    headers = [table.grid[: table.header_rows] for table in expected if table.header_rows]
    blocks = merge_headers(document.blocks, headers) if merged else document.blocks
    path = tmp_path / f"预算{extension}"
    _FORMATS[extension](blocks, path)
    found = _tables(convert(path))
    assert [(table.kind, table.title, table.unit) for table in found] == [
        (table.kind, table.title, table.unit) for table in expected
    ]
    for table, known in zip(found, expected, strict=True):
        assert table == known


def test_headers_are_really_merged(seed_path: Path) -> None:
    document, tables = _seed(seed_path)
    merged = merge_headers(document.blocks, [table.grid[: table.header_rows] for table in tables if table.header_rows])
    rows = [row for block in merged if isinstance(block, RawTable) for row in block.rows]
    assert max(cell.column_span for row in rows for cell in row.cells if cell) > 2
    assert max(cell.row_span for row in rows for cell in row.cells if cell) > 1
