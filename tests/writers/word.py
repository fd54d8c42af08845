"""Blocks of a document as a Word file, its merged cells merged."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.table import Table

from index.document import Block, Paragraph, RawTable


def write_docx(blocks: Sequence[Block], path: Path) -> None:
    """Write ``blocks``; where one's page differs from that of the block before, a page break stands between."""
    document = docx.Document()
    for before, block in pairwise([None, *blocks]):
        assert block is not None
        if before is not None and _page(before) != _page(block):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
        else:
            _add_table(document, block)
    document.save(str(path))


def _page(block: Block) -> int | None:
    return (block if isinstance(block, Paragraph) else block.rows[0]).provenance.page


def _add_table(document: Document, raw: RawTable) -> None:
    table = document.add_table(len(raw.rows), max(len(row.cells) for row in raw.rows), style="Table Grid")
    anchors = [(r, c, cell) for r, row in enumerate(raw.rows) for c, cell in enumerate(row.cells) if cell]
    for row, column, cell in anchors:
        if cell.row_span > 1 or cell.column_span > 1:
            table.cell(row, column).merge(table.cell(row + cell.row_span - 1, column + cell.column_span - 1))
    _fill(table, raw)
    # Word joins tables that follow each other directly.
    document.add_paragraph()


def _fill(table: Table, raw: RawTable) -> None:
    for row, printed in zip(table.rows, raw.rows, strict=True):
        for cell, text in zip(row.cells, printed.cells, strict=False):
            if text is not None and text.text:
                cell.text = text.text
