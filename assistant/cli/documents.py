"""``build`` and ``documents``: what is loaded, and how it got there."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli import engine
from assistant.cli.console import out, print_json
from assistant.cli.engine import IndexOption, JsonOption


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH …]", help="文件或目录（默认 data/documents）。", show_default=False),
    ] = None,
    index: IndexOption = None,
) -> None:
    """把公开的预算文件建成索引；已建过且没变的文件不重建。"""
    from assistant.cli.building import build_index

    manifest = build_index(paths or [], index)
    for entry in manifest.documents:
        out.print(
            f"{entry.file}　{sum(entry.tables.values())} 张表，{entry.figures} 个数据格", markup=False, soft_wrap=True
        )


def documents(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """列出已载入的文件。"""
    from assistant.sources import loaded_documents

    loaded = loaded_documents(engine.open_sources(index))
    if as_json:
        print_json([asdict(each) for each in loaded])
        return
    table = Table("编号", header_style="bold")
    for heading in ("单位", "年度", "类型", "表", "数据格", "段落", "文件"):
        table.add_column(heading, overflow="fold")
    table.columns[0].no_wrap = True
    for each in loaded:
        record, counts = each.record, (each.tables, each.figures, each.paragraphs)
        kind = f"{record.unit_level}{record.document_type}"
        table.add_row(
            record.document_id, record.unit_name, str(record.year or "—"), kind, *map(str, counts), record.file
        )
    out.print(table)
