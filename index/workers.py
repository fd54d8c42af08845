"""Many files over several processes: what each may cost, and what became of it.

Only they import what reads files: the process that builds would need memory for it all the while.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, as_completed
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pebble import ProcessExpired, ProcessPool

from index.collector import collect_rarely
from index.recognition import can_recognise
from index.summary import FileSummary

if TYPE_CHECKING:
    from index.parsed import ParsedDocument

_GIBIBYTE: Final = 1 << 30
_FILES_PER_PROCESS: Final = 50
"""After so many a fresh process takes over, so that what libraries hold on to does not pile up."""
_READER: Final = "index.parse"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds, and bytes of address space of the process that parses it.

    A scanned page takes seconds.
    """

    seconds: float = 1_800 if can_recognise() else 300
    memory: int = 4 * _GIBIBYTE


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file can't be used, in Chinese."""

    message: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file that was parsed: its summary, what of it is embedded, and where all of it is kept until it is written.

    ``vectors``: where those of the passages are kept, if they were embedded where the file was read.
    """

    summary: FileSummary
    passages: tuple[str, ...]
    spooled: Path
    vectors: Path | None = None

    def load(self) -> ParsedDocument:
        """Everything that was read from the file."""
        parsed: ParsedDocument = pickle.loads(self.spooled.read_bytes())
        return parsed


def parse_files(
    paths: Iterable[Path], spool: Path, processes: int, limits: Limits
) -> Iterator[tuple[Path, ParsedFile | Problem]]:
    """All files, each as it is done; what was read is kept in the folder ``spool``.

    Raises OSError where the disk is full.
    """
    pool = parsing_pool(processes, limits)
    try:
        yield from parse_in(pool, paths, spool, limits)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def parsing_pool(processes: int, limits: Limits) -> ProcessPool:
    """Processes that may not take more memory than one file may cost."""
    # Fresh processes: forking a process that runs threads (a server, torch) can hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPool(processes, _FILES_PER_PROCESS, _prepare_process, [limits.memory], context)


def parse_in(
    pool: ProcessPool, paths: Iterable[Path], spool: Path, limits: Limits
) -> Iterator[tuple[Path, ParsedFile | Problem]]:
    """All files by the processes of a pool, each as it is done.

    A file that takes too long, or whose process ends twice, is a problem, and the others go on. Once may be chance: a
    process killed for want of memory while others read large files. Raises OSError where the disk is full.
    """
    numbers = {path: number for number, path in enumerate(paths)}

    def schedule(path: Path) -> Future[ParsedFile | Problem]:
        return pool.schedule(_parse_in_process, [path, spool / f"{numbers[path]}.pickle"], timeout=limits.seconds)

    lost: list[Path] = []
    for path, outcome in _as_read({schedule(path): path for path in numbers}, limits):
        if outcome is None:
            lost.append(path)
        else:
            yield path, outcome
    for path, outcome in _as_read({schedule(path): path for path in lost}, limits):
        yield path, outcome or Problem(f"处理“{path.name}”的进程意外终止，文件可能已损坏，或内存不足。")


def _as_read(
    futures: dict[Future[ParsedFile | Problem], Path], limits: Limits
) -> Iterator[tuple[Path, ParsedFile | Problem | None]]:
    """Each file as it is done; None for one whose process ended."""
    for future in as_completed(futures):
        path = futures[future]
        try:
            yield path, future.result()
        except TimeoutError:
            yield path, Problem(f"“{path.name}”处理了 {limits.seconds:g} 秒还没有完，已停止。")
        except (ProcessExpired, BrokenExecutor):
            yield path, None


def _parse_in_process(path: Path, spooled: Path) -> ParsedFile | Problem:
    outcome: ParsedFile | Problem = import_module(_READER).parse_into(path, spooled)
    return outcome


def _prepare_process(memory: int) -> None:
    import_module(_READER)  # before any file's time runs
    collect_rarely()
    # Not every system lets the address space be limited; there the time limit alone protects.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a library that crashes must not fill the disk
    # Without this, workers of a killed build would wait for work for ever.
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
