"""Blocks of a document as a web page, with the menus and scripts that stand around published ones."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from index.document import Block, Cell, Paragraph, RawRow

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="{encoding}"><title>信息公开</title><style>td {{ border: 1px solid }}</style></head>
<body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/gk">政务公开</a></li></ul></nav>
<div class="article">
{blocks}
</div>
<footer><p>主办单位：某某人民政府办公室</p></footer>
<script>var total = "999.99";</script>
</body>
</html>
"""


def write_html(blocks: Sequence[Block], path: Path, encoding: str = "utf-8") -> None:
    """Write ``blocks`` with their spans, in ``encoding``."""
    body = "\n".join(_element(block) for block in blocks)
    page = _PAGE.format(encoding=encoding, blocks=body)
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))


def _element(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    return "<table>\n" + "\n".join(_row(row) for row in block.rows) + "\n</table>"


def _row(row: RawRow) -> str:
    return "<tr>" + "".join(_cell(cell) for cell in row.cells if cell is not None) + "</tr>"


def _cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{span}"' for name, span in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if span > 1
    )
    return f"<td{spans}><p>{escape(cell.text)}</p></td>"
