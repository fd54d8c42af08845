"""How long the index of the shared corpus takes from nothing, beside what a former build takes for the same files.

``python -m benchmarks.former CHECKOUT [FILE …]``: the checkout of the former build is asked in the same environment,
for example made by ``git archive dd76e2c | tar x -C CHECKOUT``.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.convert import CORPUS
from index.paths import ROOT

TARGET: Final = 6
"""How many times as fast as the former build."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that passed, and seconds of all processors: the latter hardly depend on what else the machine does."""

    passed: float
    worked: float


def measure(checkout: Path, files: Sequence[Path]) -> None:
    """Prints both costs and their ratios."""
    now, before = _build(ROOT, files), _build(checkout, files)
    print(
        f"从零建 {len(files)} 份文件的索引：{now.passed:.0f} 秒，原来 {before.passed:.0f} 秒，"
        f"快 {before.passed / now.passed:.1f} 倍（目标 {TARGET} 倍以上）；"
        f"处理器时间 {now.worked:.0f} 秒，原来 {before.worked:.0f} 秒，省到 1/{before.worked / now.worked:.1f}"
    )


def _build(code: Path, files: Sequence[Path]) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "assistant", "build", *map(str, files), "--index", folder]
        started, worked = time.perf_counter(), _worked()
        subprocess.run(
            command, cwd=code, env={**os.environ, "PYTHONPATH": str(code)}, check=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return Cost(time.perf_counter() - started, _worked() - worked)


def _worked() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    measure(Path(sys.argv[1]), [Path(name).resolve() for name in sys.argv[2:]] or sorted(CORPUS.glob("*.pdf")))
