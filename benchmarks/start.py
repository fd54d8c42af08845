"""How soon the first answer comes after a start: on the command line, and from the server over HTTP.

``python -m benchmarks.start``, over the seed; each several times, in processes of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.build import DOCUMENTS
from tests.browser.conftest import free_port

REPEATS: Final = 5
QUESTION: Final = "公务接待费预算是多少？"
COMMAND_LINE, SERVER = 3, 5
"""Seconds that may pass."""
_LOOK_EVERY: Final = 0.05


def measure(index_dir: Path) -> None:
    """Prints the median and the longest of each, beside what it may be; the processor's load before."""
    print(f"平均负载 {os.getloadavg()[0]:.1f}，各 {REPEATS} 次，从启动到答出第一问：")
    for name, start, most in (
        ("命令行", _on_the_command_line, COMMAND_LINE),
        ("服务（HTTP）", _from_the_server, SERVER),
    ):
        seconds = [_seconds(start, index_dir) for _ in range(REPEATS)]
        print(f"  {name}：中位 {median(seconds):.2f} 秒，最长 {max(seconds):.2f} 秒（目标 {most} 秒以内）")


def _seconds(start: Callable[[Path], float], index_dir: Path) -> float:
    started = time.perf_counter()
    return start(index_dir) - started


def _on_the_command_line(index_dir: Path) -> float:
    _run("ask", "--no-model", "--index", str(index_dir), QUESTION)
    return time.perf_counter()


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "assistant", *arguments], check=True, stdout=subprocess.DEVNULL)


def _from_the_server(index_dir: Path) -> float:
    port = free_port()
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port), "--index", str(index_dir)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while not _is_answered(port):
            time.sleep(_LOOK_EVERY)
        return time.perf_counter()
    finally:
        process.terminate()
        process.wait()


def _is_answered(port: int) -> bool:
    body = json.dumps({"question": QUESTION}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/ask", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return bool(json.load(response)["figures"])
    except OSError:
        return False


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        _run("build", str(DOCUMENTS), "--index", name)
        measure(Path(name))
