"""The one place where commands get at the engine: importing it costs time that ``--help`` must not pay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.model.chat import Chat
    from index.manifest import Manifest
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


def open_manifest(index_dir: Path | None) -> Manifest:
    """What was built from what. Raises IndexUnusable."""
    from assistant.settings import settings
    from index.manifest import open_version

    return open_version(index_dir or settings().index_dir).manifest


def open_sources(index_dir: Path | None) -> Warehouse:
    """The warehouse alone, for commands that ask nothing. Raises IndexUnusable."""
    from assistant.settings import settings
    from index.manifest import open_version
    from index.warehouse import open_warehouse

    return open_warehouse(open_version(index_dir or settings().index_dir).warehouse)
