"""Keeps so many processes at the same work: one that ends is replaced, all are ended in order.

uvicorn's own supervisor waits in vain for a sign of a process that was killed while it was asked for one.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing import connection, get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import Final

CANT_START: Final = 3
"""The exit code of a process that found out that it can't do its work."""

_LOOK_SECONDS: Final = 0.2
_PAUSE_SECONDS: Final = 1.0
"""Before a process is replaced that failed: it may fail again at once, and the reason may go away."""

log = logging.getLogger(__name__)


class Supervisor:
    """Runs ``work`` in ``count`` processes. Signals come to the main thread: that is where it has to be used."""

    def __init__(self, count: int, work: Callable[[], None], patience: float) -> None:
        """``patience``: how many seconds the processes may take to end."""
        self._work = work
        self._patience = patience
        self._context = get_context("spawn")
        self._processes: list[BaseProcess] = []
        self._count = count
        self._stopped_by = 0

    def living(self) -> set[int | None]:
        """The processes' numbers."""
        return {process.pid for process in tuple(self._processes)}

    def run(self, has_started: Callable[[], bool]) -> int:
        """The signal that ended it; 0 where no process could start: ``has_started`` tells whether one ever has."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        while not self._stopped_by:
            while len(self._processes) < self._count:
                self._start()
            connection.wait([process.sentinel for process in self._processes], _LOOK_SECONDS)
            codes = self._gone()
            if CANT_START in codes and not has_started():
                break
            if max(codes, default=0) > 0:
                time.sleep(_PAUSE_SECONDS)
        self._end_all()
        return self._stopped_by

    def _stop(self, number: int, _: object) -> None:
        if self._stopped_by:  # asked twice: nothing is waited for
            for process in self._processes:
                process.kill()
        self._stopped_by = number

    def _start(self) -> None:
        process = self._context.Process(target=_working, args=(self._work,))
        process.start()
        self._processes.append(process)

    def _gone(self) -> set[int]:
        """Forgets those that have ended; how they did."""
        gone = [process for process in self._processes if not process.is_alive()]
        for process in gone:
            log.warning("worker %s has ended (%s) and is replaced", process.pid, process.exitcode)
        self._processes = [process for process in self._processes if process not in gone]
        return {process.exitcode or 0 for process in gone}

    def _end_all(self) -> None:
        """Asks all to end, and ends those that don't."""
        for process in self._processes:
            process.terminate()
        until = time.monotonic() + self._patience
        for process in self._processes:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                log.error("worker %s did not end and is killed", process.pid)
                process.kill()
                process.join()


def _working(work: Callable[[], None]) -> None:
    """The work, in a process that doesn't outlive the one that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process tells the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work()


def _end_with_parent() -> None:
    if parent := parent_process():
        connection.wait([parent.sentinel])
        signal.raise_signal(signal.SIGTERM)
