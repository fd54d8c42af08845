"""Many people at the page at once: errors, how long they wait, and what the memory of each process does meanwhile.

``python -m benchmarks.load [--users 50] [--seconds 300] [--workers 1] [--pause 5] [--documents DIR] [--index DIR]``.
Over the documents of the shared corpus where that is present, else over the seed; the questions are those of the sets
in ``tests/questions``, each person's in an order of its own. ``--index``: one that is built already, else it is built
first. People and service share the machine's processors, so what is measured is both.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any, Final

from index.paths import ROOT
from tests.browser.conftest import free_port, running

CORPUS: Final = ROOT.parent / "shared" / "corpus"
SEED: Final = ROOT / "data" / "documents"
_SETS: Final = ROOT / "tests" / "questions"
_TIMEOUT: Final = 60
_WARM: Final = 0.2
"""The share of the time after which memory is looked at for the first time: caches are full by then."""

_ALONE: Final = 30
"""Questions that one person asks before the others come."""

Asking = Sequence[str]
"""What is asked one after the other in one conversation."""


@dataclass
class Measured:
    """How long each kind of request took, and what failed."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """Asks, reads, looks at the evidence, reloads now and then; as a browser does. ``pause``: seconds to read."""

    def __init__(self, address: str, measured: Measured, pause: float) -> None:
        self._address = address
        self._measured = measured
        self._pause = pause
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def work(self, askings: Sequence[Asking], until: float) -> None:
        """Goes through the questions, over again if need be, until it is time."""
        time.sleep(random.uniform(0, self._pause))  # they don't all come at once
        number = 0
        while time.monotonic() < until:
            talk = ""
            for question in askings[number % len(askings)]:
                if time.monotonic() < until:
                    talk = self.ask(question, talk)
                    time.sleep(self._pause)
            number += 1
            if talk and number % 5 == 0:
                self._call("state", f"page/state?c={talk}")

    def ask(self, question: str, talk: str = "") -> str:
        """The conversation that the question was asked in; empty where it failed."""
        told = self._call("ask", "page/ask", {"question": question, "talk": talk})
        if told is None:
            return ""
        if "内部错误" in told["turn"]["html"]:
            with self._measured.lock:
                self._measured.failed.append(f"internal error: {question}")
        if told["first"] is not None:
            self._call("evidence", f"page/evidence?c={told['talk']}&turn={told['turn']['number']}&n={told['first']}")
        return str(told["talk"])

    def _call(self, kind: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self._address}/{path}", data, {"Content-Type": "application/json"})
        started = time.perf_counter()
        try:
            with self._browser.open(request, timeout=_TIMEOUT) as response:
                told = json.load(response)
        except (OSError, ValueError) as error:
            with self._measured.lock:
                self._measured.failed.append(f"{kind}: {error}")
            return None
        with self._measured.lock:
            self._measured.seconds.setdefault(kind, []).append(time.perf_counter() - started)
        return told


def askings(documents: Path) -> list[Asking]:
    """The questions over these documents, follow-ups behind what they follow."""
    files = sorted(_SETS.glob("corpus*.jsonl" if documents == CORPUS else "seed*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [(*line.get("history", ()), line["question"]) for line in lines]


def load(address: str, users: int, seconds: float, pause: float, asked: Sequence[Asking]) -> Measured:
    """So many people for so long, each with the questions in another order."""
    measured, until = Measured(), time.monotonic() + seconds
    with ThreadPoolExecutor(users) as pool:
        for number in range(users):
            own = random.Random(number).sample(asked, len(asked))
            pool.submit(Person(address, measured, pause).work, own, until)
    return measured


def family(parent: int) -> list[int]:
    """A service's processes: itself and those that it has started."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    return [parent, *(int(child) for task in tasks for child in task.read_text().split())]


def memory(parent: int) -> dict[int, float]:
    """What each process holds, in MiB."""
    return {process: int(_status(process).get("VmRSS", "0").split()[0]) / 1024 for process in family(parent)}


def _status(process: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return {}
    return dict(line.partition(":")[::2] for line in lines)


def worked(parent: int) -> float:
    """The seconds that processors have worked for a service's processes that still run."""
    ticks = 0
    for process in family(parent):
        user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
        ticks += int(user) + int(system)
    return ticks / os.sysconf("SC_CLK_TCK")


def middle_and_late(seconds: Sequence[float]) -> tuple[float, float]:
    """The median, and what 95 of 100 are within."""
    cuts = statistics.quantiles(seconds, n=20) if len(seconds) > 1 else [*seconds] * 19
    return cuts[9], cuts[18]


def report(alone: Measured, measured: Measured, seconds: float) -> None:
    """Prints times, and how many times as long a question takes as one person's alone."""
    for kind, taken in sorted(measured.seconds.items()):
        middle, late = middle_and_late(taken)
        print(f"  {kind}: {len(taken)} ({len(taken) / seconds:.1f} a second), p50 {middle:.3f} s, p95 {late:.3f} s, "
              f"longest {max(taken):.2f} s")  # fmt: skip
    if alone.seconds.get("ask") and measured.seconds.get("ask"):
        before, after = middle_and_late(alone.seconds["ask"]), middle_and_late(measured.seconds["ask"])
        print(f"  a question ÷ one person's alone: p50 {after[0] / before[0]:.2f}, p95 {after[1] / before[1]:.2f}")
    print(f"  errors: {len(measured.failed)} {measured.failed[:3]}")


def report_memory(warm: dict[int, float], end: dict[int, float]) -> None:
    """Prints what each process held and holds."""
    for process, held in end.items():
        before = warm.get(process)
        grown = f"{before:.0f} → {held:.0f} MiB, ÷ {held / before:.3f}" if before else f"new, {held:.0f} MiB"
        print(f"  process {process}: {grown}")


def measure(address: str, process: int, chosen: argparse.Namespace, asked: Sequence[Asking]) -> int:
    """One person, then many; prints both and the memory. How many requests failed."""
    alone = Measured()
    somebody = Person(address, alone, 0)
    for asking in random.Random(1).sample(asked, min(_ALONE, len(asked))):
        somebody.ask(asking[-1])
    middle, late = middle_and_late(alone.seconds["ask"])
    print(f"one person: p50 {middle:.3f} s, p95 {late:.3f} s over {len(alone.seconds['ask'])} questions")
    print(f"{chosen.users} people for {chosen.seconds:.0f} s, {chosen.pause:.0f} s to read, {chosen.workers} "
          f"worker(s), load before {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors:", flush=True)  # fmt: skip
    warm: dict[int, float] = {}
    timer = threading.Timer(chosen.seconds * _WARM, lambda: warm.update(memory(process)))
    timer.start()
    before = worked(process)
    measured = load(address, chosen.users, chosen.seconds, chosen.pause, asked)
    work, end = worked(process) - before, memory(process)
    report(alone, measured, chosen.seconds)
    questions = max(1, len(measured.seconds.get("ask", ())))
    print(f"  processor time: {work / questions:.3f} s a question with its evidence, {work / chosen.seconds:.2f} of "
          f"{os.cpu_count()} processors busy, load after {os.getloadavg()[0]:.1f}")  # fmt: skip
    report_memory(warm, end)
    return len(alone.failed) + len(measured.failed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; exit code 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--pause", type=float, default=5)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--documents", type=Path, default=CORPUS if CORPUS.is_dir() else SEED)
    parser.add_argument("--index", type=Path)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = {
            "BUDGET_DOCUMENTS_DIR": str(chosen.documents.resolve()),
            "BUDGET_INDEX_DIR": str((chosen.index or folder / "index").resolve()),
            "BUDGET_CONVERSATIONS": str(folder / "talks.sqlite"), "BUDGET_AUDIT_DIR": str(folder / "audit"),
        }  # fmt: skip
        command = ["-m", "assistant", "serve", "--port", str(port), "--workers", str(chosen.workers)]
        with running(command, port, folder / "log", **environment) as process:
            _wait_until_ready(f"http://127.0.0.1:{port}/api/ready")
            failed = measure(f"http://127.0.0.1:{port}", process.pid, chosen, askings(chosen.documents))
        traces = (folder / "log").read_text(encoding="utf-8").count("Traceback")
    print(f"  tracebacks in the log: {traces}")
    return int(bool(failed or traces))


def _wait_until_ready(address: str) -> None:
    while True:
        try:
            urllib.request.urlopen(address, timeout=_TIMEOUT).close()
            return
        except OSError:
            time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
