"""How much faster two nodes of a Ray cluster read and embed than one; both on this machine, of one processor each.

``python -m benchmarks.cluster [FILES]``, with the extra ``cluster``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.build import DOCUMENTS
from index.cluster import parse_on_cluster
from index.embed import DEFAULT_MODEL
from index.inputs import collect
from index.workers import Limits, Problem
from tests.ray_cluster import ray_cluster

FILES: Final = 40
TARGET: Final = 1.7


def measure(folder: Path, count: int) -> None:
    """Prints seconds for one node and for two, each warm, and the ratio."""
    (file,) = collect([DOCUMENTS])
    with ray_cluster() as cluster:
        cluster.join()
        one = _seconds(cluster.address, [file.path] * count, folder / "one")
        cluster.join()
        two = _seconds(cluster.address, [file.path] * count, folder / "two")
    print(f"{count} 份文件读好、算好向量：一个节点 {one:.1f} 秒，两个 {two:.1f} 秒")
    print(f"  两个的速度是一个的 {one / two:.2f} 倍，目标 {TARGET}")
    print(f"  机器 {os.cpu_count()} 核，平均负载 {os.getloadavg()[0]:.1f}")


def _seconds(address: str, paths: list[Path], spool: Path) -> float:
    """How long it takes once each node has read something."""
    read = parse_on_cluster(address, [*paths[:4], *paths], spool, DEFAULT_MODEL, Limits())
    for _ in range(4):
        next(read)
    started = time.perf_counter()
    outcomes = [outcome for _, outcome in read]
    assert len(outcomes) == len(paths) and not any(isinstance(outcome, Problem) for outcome in outcomes)
    return time.perf_counter() - started


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else FILES)
