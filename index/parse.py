"""Files to parsed documents: all stages of one file, and many files over several processes."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import resource
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from pebble import ProcessExpired, ProcessPool

from index.chunk import chunk, embedded_text
from index.clean import clean_tables
from index.clean.unread import unread_numbers
from index.collector import collect_rarely
from index.convert import convert
from index.document import Document
from index.errors import BudgetError, is_disk_trouble
from index.outline import outline
from index.owners import of_their_owners
from index.parsed import ParsedDocument
from index.profile import profile, require_budget
from index.recognition import can_recognise
from index.reconcile import reconcile
from index.reread import reread
from index.statements import read_statements
from index.summarise import summarise
from index.summary import FileSummary

_GIBIBYTE: Final = 1 << 30
_FILES_PER_PROCESS: Final = 50
"""After so many a fresh process takes over, so that what libraries hold on to does not pile up."""

Outcome = TypeVar("Outcome")

_log = logging.getLogger(__name__)


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


def parse(path: Path) -> ParsedDocument | Problem:
    """One file through all stages; whatever goes wrong with it is its own problem only, but for a full disk."""
    return _guarded(path, lambda: _parse(path))


def _parse(path: Path) -> ParsedDocument:
    parsed = understood(convert(path))
    return reread(parsed, path.read_bytes(), understood) if parsed.document.recognised else parsed


def understood(document: Document) -> ParsedDocument:
    """All stages after the converter. Raises DocumentError for what is no budget."""
    paragraphs = outline(document)
    tables = clean_tables(document, paragraphs)
    statements = read_statements(paragraphs)
    require_budget(paragraphs, tables, document.file, document.gaps)
    found = profile(document, paragraphs, tables)
    tables = of_their_owners(tables, found)
    return ParsedDocument(
        document=replace(document, gaps=(*document.gaps, *unread_numbers(tables))),
        profile=found,
        paragraphs=paragraphs,
        tables=tables,
        statements=statements,
        findings=reconcile(tables, statements),
        chunks=chunk(paragraphs),
    )


def _guarded(path: Path, work: Callable[[], Outcome]) -> Outcome | Problem:
    try:
        return work()
    except BudgetError as error:
        return Problem(str(error))
    except MemoryError:
        return Problem(f"处理“{path.name}”需要的内存超过了限度，文件可能已损坏或异常庞大。")
    except Exception as error:
        if isinstance(error, OSError) and is_disk_trouble(error):
            raise
        _log.exception("parsing %s failed", path)
        return Problem(f"处理“{path.name}”时程序出错（{type(error).__name__}：{error}）。")


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
    return _guarded(path, lambda: kept(_parse(path), spooled))


def kept(parsed: ParsedDocument, spooled: Path) -> ParsedFile:
    """Writes what was read to ``spooled``, for ``ParsedFile.load``."""
    spooled.write_bytes(pickle.dumps(parsed, protocol=pickle.HIGHEST_PROTOCOL))
    return ParsedFile(summarise(parsed), tuple(map(embedded_text, parsed.chunks)), spooled)


def _prepare_process(memory: int) -> None:
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
