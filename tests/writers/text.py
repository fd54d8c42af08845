"""Blocks of a document as a text file: a paragraph a line, a table as lines of tab-separated cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.document import Block, Paragraph, RawTable


def write_text(blocks: Sequence[Block], path: Path) -> None:
    """Write ``blocks`` as UTF-8; a blank line stands between two blocks, a spanned position is blank."""
    path.write_text("\n\n".join(_lines(block) for block in blocks) + "\n", encoding="utf-8")


def _lines(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else _table(block)


def _table(table: RawTable) -> str:
    # A row of one cell keeps a tab: without one it would be a line of prose.
    return "\n".join("\t".join(row.texts) + ("\t" if len(row.cells) == 1 else "") for row in table.rows)
