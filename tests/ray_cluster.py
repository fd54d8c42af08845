"""A Ray cluster of this machine alone: a head that reads nothing, and nodes of one processor each."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.conftest import ROOT

_STARTS_WITHIN: Final = 180
"""Seconds; on a busy machine a node takes long."""

_STARTED: Final = "Ray runtime started."
_ENVIRONMENT: Final = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_raylet_start_wait_time_s": str(_STARTS_WITHIN)}


@dataclass
class RayCluster:
    """A running head at ``address``; nodes join and are lost."""

    address: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """One ``ray start`` that stays in the foreground, in a process group of its own, once it has started."""
        program = (str(Path(sys.executable).with_name("ray")), "start", *arguments)
        common = ("--block", "--object-store-memory=80000000", "--disable-usage-stats")
        path = self.folder / f"{len(self.processes)}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(
                [*program, *common], env={**os.environ, **_ENVIRONMENT}, stdout=log, stderr=log, cwd=ROOT,
                start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        until = time.monotonic() + _STARTS_WITHIN
        while _STARTED not in (told := path.read_text(errors="replace")):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"ray did not start: {told[-2_000:]}")
            time.sleep(0.2)
        return process

    def join(self) -> subprocess.Popen[bytes]:
        """One more node."""
        return self.start(f"--address={self.address}", "--num-cpus=1")


def lose(process: subprocess.Popen[bytes]) -> None:
    """Ends a node at once, with all that runs on it."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def ray_cluster() -> Iterator[RayCluster]:
    """A cluster without any node yet that reads."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as name:
        cluster = RayCluster(f"127.0.0.1:{port}", Path(name))
        try:
            cluster.start(
                "--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false", f"--temp-dir={name}/t"
            )
            yield cluster
        finally:
            for process in reversed(cluster.processes):
                if process.poll() is None:
                    lose(process)
