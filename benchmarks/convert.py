"""How long converting a folder of PDF files takes, beside what the PDF library alone takes to yield words and tables.

Each file is opened in a process of its own, once for the floor and once for the conversion, so that neither finds
anything prepared and the memory that is told is that of one file.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pdfplumber

from index.convert import convert
from index.paths import ROOT

CORPUS: Final = ROOT.parent / "shared" / "corpus"
TARGET: Final = 0.2
_KIBIBYTES_PER_MEBIBYTE: Final = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, and MiB at the peak of the process."""

    seconds: float
    memory: float


def measure(folder: Path = CORPUS) -> None:
    """Prints both times, their ratio and the peak memory of a process."""
    files = sorted(folder.glob("*.pdf"))
    if not files:
        print(f"转换 PDF：没有文件可量（{folder}）")
        return
    floors, costs = [], []
    # One process at a time, new for each task: that of the floor must not warm up the conversion.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        for file in files:
            floors.append(pool.submit(_cost, partial(_words_and_tables, file)).result())
            costs.append(pool.submit(_cost, partial(convert, file)).result())
    _report(floors, costs)


def _cost(task: Callable[[], object]) -> Cost:
    started = time.perf_counter()
    task()
    seconds = time.perf_counter() - started
    return Cost(seconds, _peak_kibibytes() / _KIBIBYTES_PER_MEBIBYTE)


def _peak_kibibytes() -> int:
    """This process's own peak. Linux's ``ru_maxrss`` would begin with what the parent had when it started it."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.split("VmHWM:")[1].split()[0])


def _words_and_tables(file: Path) -> None:
    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_tables()


def _report(floors: list[Cost], costs: list[Cost]) -> None:
    floor, cost = (sum(each.seconds for each in group) for group in (floors, costs))
    ratios = [ours.seconds / theirs.seconds for ours, theirs in zip(costs, floors, strict=True)]
    print(
        f"转换 {len(costs)} 份 PDF：{cost:.1f} 秒，是下限的 {cost / floor:.2f} 倍（目标 {TARGET} 倍以内），"
        f"单份最多 {max(ratios):.2f} 倍\n"
        f"  下限（pdfplumber 取出文字和表格）：{floor:.1f} 秒\n"
        f"  一个进程的内存峰值：{max(each.memory for each in costs):.0f} MiB，"
        f"下限的 {max(each.memory for each in floors):.0f} MiB"
    )
