"""``build``, ``shards`` and ``documents``: what is loaded, and how it got there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from assistant.cli import engine
from assistant.cli.console import out, print_json
from assistant.cli.engine import IndexOption, JsonOption

if TYPE_CHECKING:
    from index.manifest import FileEntry

_STATUSES: Final = {
    "document": "已收", "part": "已合并", "duplicate": "重复", "replaced": "被替代", "unusable": "未收"
}  # fmt: skip
_STYLES: Final = {"document": "green", "part": "green", "duplicate": "dim", "replaced": "yellow", "unusable": "red"}
_NUMBERS: Final = ("表", "数据格", "正文数", "表内相符", "不符")


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH …]", help="文件或目录（默认 data/documents）。", show_default=False),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            min=1,
            metavar="SECONDS",
            help="一个文件最多处理多少秒（默认 300，装了文字识别时 1800）。",
            show_default=False,
        ),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option("--shard", metavar="NAME", help="建成分片的索引里的一片，如 湖北-2024。", show_default=False),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option("--ray", metavar="ADDRESS", help="由这个 Ray 集群（主机:端口）来读文件。", show_default=False),
    ] = None,
    index: IndexOption = None,
) -> None:
    """把公开的预算文件建成索引；已建过且没变的文件不重建。"""
    from assistant.cli.building import build_index

    out.print(files_report(build_index(paths or [], index, time_limit, shard, cluster).files))


def shards(index: IndexOption = None) -> None:
    """重新登记分片的索引的各片（拷来了别处建的、删了或单独重建了以后），列出各片。"""
    from assistant.settings import settings
    from index.shards import publish_shards

    table = Table("片", "文件", "版本", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for shard in publish_shards(index or settings().index_dir).shards:
        table.add_row(shard.name, str(len(shard.documents)), shard.version)
    out.print(table)


def documents(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """列出已载入的文件，以及没有收入的和原因。"""
    files = engine.open_files(index)
    if as_json:
        print_json([_as_json(entry) for entry in files])
    else:
        out.print(files_report(files))


def files_report(files: Sequence[FileEntry]) -> Group:
    """One line a file: whose budget it is and how much was read from it; below, what to know about some."""
    table = Table("预算", *_NUMBERS, "结果", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.columns[0].overflow = "fold"
    for column in table.columns[1:]:
        column.no_wrap = True
        column.justify = "right" if column.header in _NUMBERS else "left"
    for entry in files:
        result = Text(_STATUSES[entry.status], style=_STYLES[entry.status])
        table.add_row(_name(entry), *_numbers(entry), result)
    told = [Text(f"{entry.name}：{entry.told}", overflow="fold") for entry in files if entry.told]
    return Group(table, *told)


def _name(entry: FileEntry) -> Text:
    if entry.summary is None:
        return Text(entry.name)
    return Text.assemble(entry.summary.budget, "\n", (entry.name, "dim"))


def _numbers(entry: FileEntry) -> list[str]:
    if entry.status != "document":
        return [""] * len(_NUMBERS)
    from assistant.checking.report import held_percent

    counts = entry.counts
    held = held_percent(counts.row_checks)
    read = [sum(counts.tables.values()), counts.figures, counts.statements]
    return [*map(str, read), "—" if held is None else f"{held} %", str(counts.findings.get("differs", 0))]


def _as_json(entry: FileEntry) -> dict[str, Any]:
    compared = {"table_amounts", "prose_amounts"}
    return entry.model_dump(mode="json", exclude={"summary": compared})
