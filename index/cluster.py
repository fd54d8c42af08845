"""Files read and embedded on the machines of a Ray cluster, over folders that all of them share. Only importer of ray.

A task reads one file and embeds its passages; both are kept in the shared folder, and only where comes back. Each
machine has the same program at hand. Ray itself retries nothing: its own retries have no end where memory runs out.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from index.embed import load_embeddings
from index.errors import BudgetError
from index.manifest import parser_version
from index.workers import Limits, ParsedFile, Problem, parse_in, parsing_pool

if TYPE_CHECKING:
    from pebble import ProcessPool

_TRIES: Final = 3
"""How often a file is begun in all, where the machine or the process that reads it ends."""

_WAITING: Final = 4
"""Tasks at a time for each processor: enough that none waits, few enough that a build can be stopped."""

_REACHED_WITHIN: Final = 5.0
"""Seconds."""

_NO_STATISTICS: Final = {"RAY_USAGE_STATS_ENABLED": "0"}


@dataclass(frozen=True, slots=True)
class _Work:
    """What a task needs to know beside the file: where to keep what it reads, and how to read it."""

    spool: Path
    model: str
    limits: Limits
    parser: str


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file on its way, and how often it was begun."""

    number: int
    path: Path
    times: int = 1


def parse_on_cluster(
    address: str, paths: Iterable[Path], spool: Path, model: str, limits: Limits
) -> Iterator[tuple[Path, ParsedFile | Problem]]:
    """As ``parse.parse_files``, by the Ray cluster at ``address`` (host:port); the vectors are at hand as well.

    A file whose machine or process ends ``_TRIES`` times is a problem, and the others go on. Raises BudgetError where
    the cluster can't be reached or has another program.
    """
    with _connected(address) as ray:
        read = ray.remote(num_cpus=1, max_retries=0)(_read)
        at_once = max(1, int(ray.cluster_resources().get("CPU", 1))) * _WAITING
        waiting = deque(_Begun(number, path) for number, path in enumerate(paths))
        running: dict[Any, _Begun] = {}
        while waiting or running:
            while waiting and len(running) < at_once:
                begun = waiting.popleft()
                folder = spool.absolute() / f"{begun.number}-{begun.times}"
                work = _Work(folder, model, limits, parser_version())
                running[read.remote(begun.path.absolute(), work)] = begun
            (done, *_), _ = ray.wait(list(running))
            begun, outcome = running.pop(done), _outcome(ray, done)
            if outcome is None and begun.times < _TRIES:
                waiting.append(replace(begun, times=begun.times + 1))
            else:
                told = f"读“{begun.path.name}”的机器或进程 {_TRIES} 次意外终止，没有读成。"
                yield begun.path, outcome or Problem(told)


def _outcome(ray: Any, reference: Any) -> ParsedFile | Problem | None:
    """What a task came to; None where its machine or process ended, or what it returned went with them."""
    try:
        outcome: ParsedFile | Problem = ray.get(reference)
        return outcome
    except ray.exceptions.RayTaskError as error:
        cause = error.cause
        raise (cause if isinstance(cause, BudgetError | OSError) else error) from error
    except ray.exceptions.RayError:
        return None


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """The ray module, connected. Raises BudgetError."""
    os.environ.update(_NO_STATISTICS)
    try:
        import ray
    except ImportError:
        raise BudgetError("没有安装 Ray。", "请先运行 pip install -c constraints.txt -e '.[cluster]'。") from None
    _require_reachable(address)
    try:
        ray.init(
            address=address, logging_level=logging.ERROR, log_to_driver=False, runtime_env={"env_vars": _NO_STATISTICS}
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise BudgetError(f"连不上 Ray 集群“{address}”：{error}", "请检查地址和 Ray 的版本。") from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _require_reachable(address: str) -> None:
    """Ray itself would try for a minute and end the process."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), _REACHED_WITHIN).close()
    except (OSError, ValueError, OverflowError) as error:
        remedy = "地址写成 主机:端口，与 ray start --head --port 给的一样；先在各台机器上 ray start。"
        raise BudgetError(f"连不上 Ray 集群“{address}”：{error}。", remedy) from error


def _read(path: Path, work: _Work) -> ParsedFile | Problem:
    """One file, read in a process of its own that may not take too long or too much, then embedded here."""
    if parser_version() != work.parser:
        told = f"机器“{socket.gethostname()}”上的程序或词典与这里的不同。"
        raise BudgetError(told, "请在各台机器上装同一个版本，文字识别也要都装或都不装。")
    work.spool.mkdir(parents=True, exist_ok=True)
    ((_, outcome),) = parse_in(_pool(work.limits), [path], work.spool, work.limits)
    if isinstance(outcome, Problem):
        return outcome
    vectors = work.spool / "vectors.npy"
    np.save(vectors, np.asarray(_embeddings(work.model).embed_documents(list(outcome.passages)), np.float32))
    return replace(outcome, vectors=vectors)


_embeddings = lru_cache(maxsize=1)(load_embeddings)


@lru_cache(maxsize=1)
def _pool(limits: Limits) -> ProcessPool:
    """A process that stays for the files that follow; it ends with this one."""
    return parsing_pool(1, limits)
