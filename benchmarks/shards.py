"""How answer time and memory grow from 100 documents to many, kept in shards of 100.

``python -m benchmarks.shards [DOCUMENTS]`` (1,000 unless said). Each size is asked in a process of its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from statistics import median
from typing import Final

from assistant.ask import Assistant
from benchmarks.answers import TO_PROSE, TO_TABLES
from benchmarks.many import ORGANS, PLACES, copy_of, embedded, write_index
from index.parsed import ParsedDocument
from index.shards import publish_shards, shard_dir

DOCUMENTS: Final = 1_000
PER_SHARD: Final = 100
_COUNTIES: Final = tuple("宁和兴泰昌丰永德新康")
_UNITS: Final = tuple(
    f"{place}{county}县{organ}务局" for county in _COUNTIES for place in PLACES for organ in ORGANS
)  # fmt: skip
_YEARS: Final = (2024, 2023, 2022, 2021)
_OWNERS: Final = tuple((unit, year) for year in _YEARS for unit in _UNITS)
_TO_ALL: Final = (
    "2024年哪个部门的公务接待费最高？", "2024年各部门的差旅费一共多少？", "2024年有几个部门的公务接待费超过1万元？",
)  # fmt: skip


def measure(folder: Path, documents: int) -> None:
    """Prints, for 100 documents and for many, median times by kind of question, time to open, and memory."""
    for count in (PER_SHARD, documents):
        index_dir = folder / str(count)
        started = time.perf_counter()
        _write_shards(index_dir, count)
        size = sum(file.stat().st_size for file in index_dir.rglob("*") if file.is_file())
        print(
            f"{count} 份文件，{count // PER_SHARD} 片：写好用 {time.perf_counter() - started:.0f} 秒，"
            f"一份占 {size / count / 1e6:.2f} MB",
            flush=True,
        )
        subprocess.run([sys.executable, "-m", "benchmarks.shards", "--ask", str(index_dir)], check=True)


def _write_shards(index_dir: Path, count: int) -> None:
    if len(_OWNERS) < count:
        raise SystemExit(f"{len(_OWNERS)} documents at most")
    parsed, starts = embedded(), range(0, count, PER_SHARD)
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write_shard, repeat(index_dir), repeat(parsed), starts))
    publish_shards(index_dir)


def _write_shard(index_dir: Path, parsed: ParsedDocument, start: int) -> None:
    copies = (copy_of(parsed, n, *_OWNERS[n]) for n in range(start, start + PER_SHARD))
    write_index(shard_dir(index_dir, f"片-{start // PER_SHARD:03}"), copies)


def ask(index_dir: Path) -> None:
    """Prints what one process needs to answer over an index."""
    started = time.perf_counter()
    assistant = Assistant(index_dir)
    assistant.ask(f"{_UNITS[0]}2024年的办公费是多少？")
    print(f"  打开并答出第一问：{time.perf_counter() - started:.1f} 秒；内存 {_resident():.0f} MiB", flush=True)
    units = _UNITS[:PER_SHARD:3]
    for way, questions in (("问一份、查表", TO_TABLES), ("问一份、查正文", TO_PROSE)):
        asked = [f"{units[n % len(units)]}2024年的{question}" for n, question in enumerate(questions * 3)]
        _print(way, assistant, asked)
    _print("问所有单位", assistant, _TO_ALL)
    _print("没说哪个单位", assistant, TO_PROSE[:4])


def _print(way: str, assistant: Assistant, questions: Sequence[str]) -> None:
    assistant.ask(questions[0])
    times = []
    for question in questions:
        started = time.perf_counter()
        assistant.ask(question)
        times.append((time.perf_counter() - started) * 1000)
    print(f"  {way}：中位 {median(times):.0f} 毫秒，最长 {max(times):.0f}；内存 {_resident():.0f} MiB", flush=True)


def _resident() -> float:
    """The memory of this process now, in MiB; the most so far where the system doesn't tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        ask(Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
