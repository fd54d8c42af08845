"""The one place where commands get at the engine: importing it costs time that ``--help`` must not pay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.model.chat import Chat
    from index.manifest import FileEntry
    from index.opened import OpenedIndex
    from index.warehouse import Warehouse

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", help="已建索引的目录（默认 data/built，或环境变量 BUDGET_INDEX_DIR）。"),
]

JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON。")]


RepliesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--model-replies", metavar="FILE", help="用这些文件里的模型回复（OpenAI 批处理的输出），可给多次，不连模型。"
    ),
]


def open_assistant(index_dir: Path | None, chat: Chat | None = None) -> Assistant:
    """The engine over a built index; ``chat`` replies for the model. Raises IndexUnusable where there is none."""
    from assistant.ask import Assistant

    return Assistant(index_dir, chat=chat)


def open_files(index_dir: Path | None) -> tuple[FileEntry, ...]:
    """What became of each file that the index was built from. Raises IndexUnusable."""
    return tuple(_opened(index_dir).files())


def open_sources(index_dir: Path | None) -> Warehouse:
    """The warehouse alone, for commands that ask nothing. Raises IndexUnusable."""
    return _opened(index_dir).warehouse


def _opened(index_dir: Path | None) -> OpenedIndex:
    from assistant.settings import settings
    from index.opened import open_index

    return open_index(index_dir or settings().index_dir)
