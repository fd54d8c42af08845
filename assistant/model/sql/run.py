"""Running statements in a process of their own, which is ended when it is late and at once replaced."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assistant.model.sql.errors import QueryStopped
from index.paths import ROOT

SECONDS: Final = 5.0
"""That the statements of one question may take together."""

MEMORY: Final = 3 << 30
"""Bytes of address space."""

_START_SECONDS: Final = 20.0
"""That the process may take before it can run any."""

_PROCESSOR_SECONDS: Final = 600
_MOST_BYTES: Final = 16 << 20
"""Of one reply."""

Rows = list[list[str | None]]


class Runner:
    """Runs statements over one warehouse, one question's at a time. Safe to share between threads."""

    def __init__(self, warehouse: Path, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._command = [
            sys.executable, "-m", "assistant.model.sql.worker", str(warehouse), str(memory), str(_PROCESSOR_SECONDS),
        ]  # fmt: skip
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._finalizer: weakref.finalize[..., Runner] | None = None

    def run(self, statements: Sequence[str]) -> list[Rows]:
        """The rows of each statement, their values as texts. Raises QueryStopped."""
        with self._lock:
            process = self._running()
            try:
                if not self._is_ready:
                    _line(process, time.monotonic() + _START_SECONDS)
                    self._is_ready = True
                said = _exchanged(process, json.dumps(list(statements)), time.monotonic() + self._seconds)
            except (QueryStopped, OSError) as stopped:
                self.close()
                self._started()  # so that the next question does not wait for it
                raise QueryStopped(str(stopped)) from stopped
        if "problem" in said:
            raise QueryStopped(said["problem"])
        return list(said["rows"])

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._finalizer is not None:
            self._finalizer()
        self._process = self._finalizer = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        return self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT,
            env=environment,
        )  # fmt: skip
        self._finalizer = weakref.finalize(self, _ended, self._process)
        self._is_ready = False
        return self._process


def _exchanged(process: subprocess.Popen[bytes], line: str, end: float) -> dict[str, list[Rows]]:
    """What the process replies to a line until ``end``. Raises QueryStopped, OSError."""
    assert process.stdin
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()
    return dict(json.loads(_line(process, end)))


def _line(process: subprocess.Popen[bytes], end: float) -> bytes:
    """The next line of the process until ``end``. Raises QueryStopped."""
    assert process.stdout
    read = bytearray()
    while not read.endswith(b"\n"):
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise QueryStopped("查询超时。")
        part = os.read(process.stdout.fileno(), 1 << 16)
        if not part or len(read) > _MOST_BYTES:
            raise QueryStopped("查询占用的内存太多。" if not part else "查询的结果太大。")
        read += part
    return bytes(read)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
