"""``check``: the reconciliation report in the terminal, as HTML or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from assistant.cli import engine
from assistant.cli.console import err, out, print_json
from assistant.cli.engine import IndexOption, JsonOption
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.checking.report import CheckReport, DocumentReport, Outcome, ReportedFinding

_STYLES: Final = {"differs": "bold red", "rounding": "yellow", "holds": "green", "not_checkable": "dim"}
_COLUMNS: Final[tuple[Outcome, ...]] = ("holds", "rounding", "differs", "not_checkable")
_ROW_CHECKS: Final = ("表内核对", "无从核对", "表内相符")
_CONTRADICTIONS: Final[tuple[Outcome, ...]] = ("differs", "rounding")

MAX_CELLS: Final = 12


def check(
    document: Annotated[
        str | None,
        typer.Argument(metavar="[DOCUMENT]", help="文件编号、文件名或单位名称的一部分。", show_default=False),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="相符的和无从核对的也列出。")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="只列每份文件的项数和表内核对相符的比例。")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="写成一个网页文件。", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """勾稽报告：表与表、合计与分项、正文与表是否对得上。"""
    from assistant.checking.report import report
    from assistant.sources import find_documents

    warehouse = engine.open_sources(index)
    reports = report(warehouse, find_documents(warehouse, document))
    if as_json:
        print_json([_as_json(each) for each in reports])
    elif html:
        _write_page(html, reports, show_all)
    elif summary:
        out.print(_documents_table(reports))
    else:
        out.print(Group(*_render(reports, show_all)))


def _as_json(report: DocumentReport) -> dict[str, Any]:
    checks = [{"counts": _counts(each.counts), **asdict(each)} for each in report.checks]
    return {**asdict(report), "counts": _counts(report.counts), "checks": checks}


def _counts(counts: Counter[Outcome]) -> dict[str, int]:
    return {outcome: counts[outcome] for outcome in _COLUMNS}


def _write_page(path: Path, reports: Sequence[DocumentReport], show_all: bool) -> None:
    from assistant.checking.page import render_page

    page = render_page(reports, with_holding=show_all, now=datetime.now())
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BudgetError(f"写不了“{path}”：{error.strerror}。", "请换一个位置，或检查目录权限。") from error
    err.print(f"已写入 {path}", style="green", markup=False, soft_wrap=True)


def _render(reports: Sequence[DocumentReport], show_all: bool) -> Iterator[RenderableType]:
    if len(reports) > 1:
        yield _documents_table(reports)
    for report in reports:
        yield Text()
        yield Rule(Text(report.document.title, style="bold"), align="left")
        yield _checks_table(report)
        for each in report.checks:
            yield from _render_check(each, show_all)


def _documents_table(reports: Sequence[DocumentReport]) -> Table:
    """One line a document, and what the rows of all of them come to."""
    from assistant.checking.report import OUTCOMES

    table = Table("预算", *(OUTCOMES[each] for each in _COLUMNS), *_ROW_CHECKS, header_style="bold")
    table.columns[0].overflow = "fold"
    for column in table.columns[1:]:
        column.justify = "right"
    table.show_footer = len(reports) > 1
    for report in reports:
        table.add_row(Text(report.budget), *_numbers(report.counts), *_row_checks(report.row_checks))
    totals = (sum((report.counts for report in reports), Counter()), sum((r.row_checks for r in reports), Counter()))
    for column, footer in zip(table.columns, ["合计", *_numbers(totals[0]), *_row_checks(totals[1])], strict=True):
        column.footer = footer
    return table


def _row_checks(counts: Counter[Outcome]) -> list[RenderableType]:
    from assistant.checking.report import held_percent

    held = held_percent(counts)
    checked = counts["holds"] + counts["rounding"] + counts["differs"]
    return [str(checked), str(counts["not_checkable"]), "—" if held is None else f"{held} %"]


def _checks_table(report: DocumentReport) -> Table:
    from assistant.checking.report import OUTCOMES

    table = Table("核对", *(OUTCOMES[each] for each in _COLUMNS), header_style="bold", show_footer=True)
    for column in table.columns[1:]:
        column.justify = "right"
    for each in report.checks:
        table.add_row(Text(each.check), *_numbers(each.counts))
    for column, footer in zip(table.columns, ["合计", *_numbers(report.counts)], strict=True):
        column.footer = footer
    return table


def _numbers(counts: Counter[Outcome]) -> list[RenderableType]:
    return [Text(str(counts[each]), style=_STYLES[each] if counts[each] else "dim") for each in _COLUMNS]


def _render_check(check: CheckReport, show_all: bool) -> Iterator[RenderableType]:
    shown = [each for each in check.findings if show_all or each.outcome in _CONTRADICTIONS]
    if shown:
        yield Text(f"\n{check.check}", style="bold")
    for finding in shown:
        yield from _render_finding(finding)


def _render_finding(finding: ReportedFinding) -> Iterator[RenderableType]:
    from assistant.checking.report import OUTCOMES

    outcome = Text(f"{OUTCOMES[finding.outcome]}　", style=_STYLES[finding.outcome])
    yield Padding(outcome.append(finding.message, style="default"), (0, 0, 0, 2))
    if finding.cells:
        yield Padding(_cells_table(finding), (0, 0, 0, 4))
    for sentence in finding.sentences:
        yield Padding(Text(f"“{sentence.text}”（{sentence.place}）", style="dim"), (0, 0, 0, 4))


def _cells_table(finding: ReportedFinding) -> Table:
    cells = finding.telling_cells[:MAX_CELLS]
    table = Table("表", "页", "行", "列", "所印", box=None, header_style="dim", pad_edge=False)
    table.columns[4].justify = "right"
    for cell in cells:
        row = " ".join(filter(None, (cell.code, cell.row)))
        table.add_row(*map(Text, (cell.table, str(cell.page or ""), row, cell.column, cell.value)))
    rest = len(finding.cells) - len(cells)
    if rest:
        table.add_row(Text(f"另有 {rest} 格（--json 里有全部）", style="dim"))
    return table
