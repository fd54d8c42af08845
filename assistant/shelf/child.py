"""Builds in a process of its own, so that answering goes on meanwhile."""

from __future__ import annotations

import atexit
import os
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from index.build import build
from index.errors import BudgetError
from index.steps import BuildEvent, Progress

_ONE: Final = 1
"""More processes than files would only have to be started."""

_NICE: Final = 5
"""Answers come first."""


@dataclass(frozen=True, slots=True)
class _Failed:
    problem: str
    remedy: str


def build_apart(paths: Sequence[Path], index_dir: Path, model: str, progress: Progress) -> None:
    """As ``index.build.build``, in another process. Raises BudgetError as it does, and where the process ends early."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(theirs, paths, index_dir, model))
    process.start()
    atexit.register(process.terminate)
    theirs.close()
    try:
        while (message := ours.recv()) is not None:
            if isinstance(message, _Failed):
                raise BudgetError(message.problem, message.remedy)
            progress(message)
    except EOFError:
        raise BudgetError("建立索引的程序意外停了。", "请再试一次；反复出现时看服务的日志。") from None
    finally:
        ours.close()
        process.join()
        atexit.unregister(process.terminate)


def _build(told: Connection, paths: Sequence[Path], index_dir: Path, model: str) -> None:
    os.nice(_NICE)

    def tell(event: BuildEvent) -> None:
        told.send(event)

    try:
        build(paths, index_dir, progress=tell, model=model, processes=_ONE if len(paths) == 1 else None)
    except BudgetError as error:
        told.send(_Failed(error.problem, error.remedy))
    else:
        told.send(None)
