"""``build``, ``documents`` and ``check``: what concerns documents rather than questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.table import Table
from rich.text import Text

from assistant.cli import engine
from assistant.cli.console import out
from assistant.cli.engine import IndexOption

if TYPE_CHECKING:
    from index.records import DocumentRecord, FindingRecord
    from index.warehouse import Warehouse

_RESULTS: Final = {"differs": "不符", "rounding": "尾差", "holds": "相符", "not_checkable": "无从核对"}
_STYLES: Final = {"differs": "bold red", "rounding": "yellow", "holds": "green", "not_checkable": "dim"}

MAX_CELLS: Final = 8

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON。")]


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
        _print_json([asdict(each) for each in loaded])
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


def check(
    document: Annotated[
        str | None,
        typer.Argument(metavar="[DOCUMENT]", help="文件编号、文件名或单位名称的一部分。", show_default=False),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="相符的和无从核对的也列出。")] = False,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """勾稽报告：表与表、合计与分项、正文与表是否对得上。"""
    from assistant.sources import find_documents

    warehouse = engine.open_sources(index)
    chosen = find_documents(warehouse, document)
    findings: dict[str, list[FindingRecord]] = {each.document_id: [] for each in chosen}
    for finding in warehouse.findings():
        if finding.document_id in findings:
            findings[finding.document_id].append(finding)
    if as_json:
        _print_json([_as_json(warehouse, each) for found in findings.values() for each in found])
        return
    for record in chosen:
        _print_report(warehouse, record, findings[record.document_id], show_all)


def _print_report(
    warehouse: Warehouse, document: DocumentRecord, findings: Sequence[FindingRecord], show_all: bool
) -> None:
    counts = Counter(map(_outcome, findings))
    summary = Text(f"{document.title}　共 {len(findings)} 项：", style="bold")
    for outcome, name in _RESULTS.items():
        summary.append(f"{name} {counts[outcome]}　", style=_STYLES[outcome])
    out.print(summary)
    order = list(_RESULTS)
    shown = [each for each in findings if show_all or _outcome(each) in {"differs", "rounding"}]
    if shown:
        table = Table("核对", "结果", "说明", "涉及的数据格", show_lines=True, header_style="bold")
        for finding in sorted(shown, key=lambda each: order.index(_outcome(each))):
            outcome = _outcome(finding)
            cells = Text(_first_lines(list(_cells(warehouse, finding))), style="dim", overflow="fold")
            table.add_row(Text(finding.check_name), Text(_RESULTS[outcome], _STYLES[outcome]), finding.message, cells)
        out.print(table)
    out.print()


def _outcome(finding: FindingRecord) -> str:
    return "rounding" if finding.result == "differs" and finding.is_rounding else finding.result


def _first_lines(lines: list[str]) -> str:
    rest = len(lines) - MAX_CELLS
    return "\n".join([*lines[:MAX_CELLS], *([f"…… 另有 {rest} 格（--json 里有全部）"] if rest > 0 else [])])


def _cells(warehouse: Warehouse, finding: FindingRecord) -> Iterator[str]:
    from assistant.sources import named_cells

    named = named_cells(warehouse, finding.document_id, list(finding.figure_ids))
    for figure_id in finding.figure_ids:
        if cell := named.get(figure_id):
            yield f"{cell.name} = {cell.printed or '（空）'}"


def _as_json(warehouse: Warehouse, finding: FindingRecord) -> dict[str, Any]:
    return {**asdict(finding), "cells": list(_cells(warehouse, finding))}


def _print_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
