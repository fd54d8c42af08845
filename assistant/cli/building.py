"""Building an index with a progress bar: for ``build``, and for ``serve`` where there is none yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.progress import Progress, TaskID

from assistant.cli.console import err, progress_bar
from assistant.settings import settings
from index.errors import IndexUnusable

if TYPE_CHECKING:
    from index.manifest import Manifest
    from index.steps import BuildEvent

_STAGES: Final = {"parse": "读文件", "embed": "算向量", "vectors": "存向量", "check": "核验"}


def build_index(
    paths: Sequence[Path],
    index_dir: Path | None,
    time_limit: float | None = None,
    shard: str | None = None,
    cluster: str | None = None,
) -> Manifest:
    """Build from ``paths`` (default: the documents folder), telling on stderr how it goes.

    ``shard``: the name of the shard that is built, of an index in shards; its documents are in a folder of that name.
    ``cluster``: the address of the Ray cluster that reads them.
    """
    from index.build import build
    from index.shards import publish_shards
    from index.workers import Limits

    index_dir = index_dir or settings().index_dir
    with progress_bar() as progress:
        manifest = build(
            list(paths) or [settings().documents_dir / (shard or "")],
            _place(index_dir, shard),
            progress=_Reporter(progress),
            model=settings().embedding_model,
            limits=Limits(seconds=time_limit) if time_limit else Limits(),
            cluster=cluster,
        )
    figures = sum(entry.counts.figures for entry in manifest.documents)
    if shard:
        publish_shards(index_dir)
    err.print(f"[green]索引已建好[/]：{len(manifest.documents)} 份文件，{figures} 个数据格。")
    if manifest.unused:
        err.print(f"[yellow]{len(manifest.unused)} 份文件没有收入[/]，原因见 documents 命令。")
    return manifest


def _place(index_dir: Path, shard: str | None) -> Path:
    """Where an index is built. Raises BudgetError where an index of another kind would be lost."""
    from index.shards import require_ordinary, require_shards, shard_dir

    if shard is None:
        require_ordinary(index_dir)
        return index_dir
    require_shards(index_dir)
    return shard_dir(index_dir, shard)


def build_if_unusable(index_dir: Path | None) -> None:
    """Build where there is no index that this program can read."""
    from index.opened import open_index

    try:
        open_index(index_dir or settings().index_dir)
    except IndexUnusable as error:
        err.print(f"{error.problem} 现在建立……", style="yellow", markup=False)
        build_index((), index_dir)


class _Reporter:
    """Shows build events: one bar per stage; what each file gave, or why it gave nothing, as lines that stay."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, event: BuildEvent) -> None:
        if event.stage == "parse":
            err.print(event.text, style="yellow" if event.is_problem else "dim", markup=False, soft_wrap=True)
        if event.stage not in self._tasks:
            self._tasks[event.stage] = self._progress.add_task(_STAGES[event.stage])
        self._progress.update(self._tasks[event.stage], completed=event.done, total=event.total)
