"""Files to parsed documents: all stages of one file, and many files over several processes."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.chunk import chunk
from index.clean import clean_tables
from index.convert import convert
from index.errors import BudgetError, DocumentError
from index.outline import outline
from index.parsed import ParsedDocument
from index.profile import profile
from index.reconcile import reconcile
from index.statements import read_statements

_AHEAD: Final = 2
"""Files per process that are handed out early; more would only pile up parsed documents in memory."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file can't be used, in Chinese."""

    message: str


Parsing = ParsedDocument | Problem


def parse(path: Path) -> Parsing:
    """One file through all stages; whatever goes wrong with it is its own problem only."""
    try:
        document = convert(path)
        paragraphs = outline(document)
        tables = clean_tables(document, paragraphs)
        statements = read_statements(paragraphs)
        described = profile(document, paragraphs, tables)
        if not tables and not statements and described.year is None:
            raise DocumentError(f"“{path.name}”里没有表格、金额和年度。", "请确认它是部门预算或决算文件。")
        return ParsedDocument(
            document=document,
            profile=described,
            paragraphs=paragraphs,
            tables=tables,
            statements=statements,
            findings=reconcile(tables, statements),
            chunks=chunk(paragraphs),
        )
    except BudgetError as error:
        return Problem(str(error))
    except Exception as error:
        _log.exception("parsing %s failed", path)
        return Problem(f"处理“{path.name}”时程序出错（{type(error).__name__}：{error}）。")


def parse_files(paths: Iterable[Path], processes: int) -> Iterator[tuple[Path, Parsing]]:
    """All files, in order. A file that kills its process is a problem, and the others go on."""
    waiting = deque(paths)
    if processes == 1 or len(waiting) == 1:
        yield from ((path, parse(path)) for path in waiting)
        return
    while waiting:
        suspects = yield from _parse_until_broken(waiting, processes)
        for path in suspects:
            yield path, _parse_alone(path)


def _parse_until_broken(waiting: deque[Path], processes: int) -> Generator[tuple[Path, Parsing], None, list[Path]]:
    """Parses ``waiting`` until it is empty or a process dies; returns the files that were under way then."""
    running: deque[tuple[Path, Future[Parsing]]] = deque()
    with _pool(processes) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < _AHEAD * processes:
                    running.append((waiting[0], pool.submit(parse, waiting[0])))
                    waiting.popleft()
                path, future = running[0]
                yield path, future.result()
                running.popleft()
        except BrokenProcessPool:
            pool.shutdown(wait=False, cancel_futures=True)
    return [path for path, _ in running]


def _parse_alone(path: Path) -> Parsing:
    with _pool(1) as pool:
        try:
            return pool.submit(parse, path).result()
        except BrokenProcessPool:
            return Problem(f"处理“{path.name}”的进程意外终止，文件可能已损坏，或内存不足。")


def _pool(processes: int) -> ProcessPoolExecutor:
    """Fresh processes: forking a process that runs threads (a server, torch) can hang."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_die_with_parent)


def _die_with_parent() -> None:
    """Without this, workers of a killed build would wait for work for ever."""
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
