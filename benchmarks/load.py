"""Twenty people at the page for two minutes, how soon the page is there, and what it adds to an answer over HTTP.

``python -m benchmarks.load [--users 20] [--seconds 120]``, over the seed. The page's part needs Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
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
from typing import Any

from assistant.ui.ways import examples
from index.paths import ROOT
from tests.browser.conftest import FLAGS, free_port, running

PAUSE_SECONDS = 2.0
"""What a person takes to read an answer, at least."""
SETTLE_MILLISECONDS = 300
"""What a person takes to type, at least: the page has drawn what came before."""
MEASURED = 40
"""Questions asked both on the page and over HTTP."""
SEED_QUESTIONS = ROOT / "tests" / "questions" / "seed.jsonl"


@dataclass
class Measured:
    """How long each kind of request took, and what failed."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """Asks, looks at the evidence, reloads; as a browser does."""

    def __init__(self, address: str, measured: Measured) -> None:
        self._address = address
        self._measured = measured
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def work(self, questions: Sequence[str], until: float) -> None:
        talk, number = "", 0
        while time.monotonic() < until:
            body = {"question": questions[number % len(questions)], "talk": talk}
            number += 1
            answer = self._call("ask", "page/ask", body)
            if answer:
                talk = answer["talk"]
                self._call("evidence", f"page/evidence?c={talk}&turn={answer['turn']['number']}&n=1")
            if number % 5 == 0:
                self._call("state", f"page/state?c={talk}")
                talk = ""
            time.sleep(PAUSE_SECONDS)

    def _call(self, kind: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self._address}/{path}", data, {"Content-Type": "application/json"})
        started = time.perf_counter()
        try:
            with self._browser.open(request, timeout=60) as response:
                told = json.load(response)
        except (OSError, ValueError) as error:
            with self._measured.lock:
                self._measured.failed.append(f"{kind}: {error}")
            return None
        with self._measured.lock:
            self._measured.seconds.setdefault(kind, []).append(time.perf_counter() - started)
        return told


def load(address: str, users: int, seconds: float) -> Measured:
    """So many people for so long, each beginning with another question."""
    measured, questions = Measured(), examples().one
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(users) as pool:
        for number in range(users):
            turned = [*questions[number % len(questions) :], *questions[: number % len(questions)]]
            pool.submit(Person(address, measured).work, turned, until)
    return measured


def report(measured: Measured) -> None:
    for kind, seconds in sorted(measured.seconds.items()):
        cuts = statistics.quantiles(seconds, n=20)
        print(f"  {kind}: {len(seconds)} requests, median {cuts[9]:.2f} s, 95 % within {cuts[18]:.2f} s, "
              f"longest {max(seconds):.2f} s")  # fmt: skip
    print(f"  errors: {len(measured.failed)} {measured.failed[:3]}")


def page(address: str, chromium: str) -> None:
    """How soon the box can be typed in, and how long an answer takes on the page and over HTTP, in turns."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        opened = []
        for _ in range(5):
            tab = browser.new_page()
            started = time.perf_counter()
            tab.goto(address)
            tab.wait_for_selector("#chat .welcome")
            opened.append(time.perf_counter() - started)
            tab.close()
        print(f"  page interactive: median {statistics.median(opened):.2f} s, longest {max(opened):.2f} s")
        tab = browser.new_page()
        tab.goto(address)
        tab.wait_for_selector("#chat .welcome")
        pairs = [_both(tab, address, each, number) for number, each in enumerate(_questions())]
        browser.close()
    _compare(pairs)


def _questions() -> list[str]:
    """Different ones, so that no way profits from an answer that the other has just been given of another question."""
    lines = SEED_QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[:MEASURED]]


def _both(tab: Any, address: str, question: str, number: int) -> tuple[list[float], float]:
    """One question on the page and over HTTP; which comes first, and so finds nothing remembered, alternates."""
    if number % 2:
        told = _over_http(address, question)
        return _on_the_page(tab, question), told
    shown = _on_the_page(tab, question)
    return shown, _over_http(address, question)


def _compare(pairs: Sequence[tuple[list[float], float]]) -> None:
    """Medians, and where the time goes on the page: until the request, on the server, from its reply to the answer."""
    median = statistics.median
    whole, before, waiting, after = (median(parts) for parts in zip(*(shown for shown, _ in pairs), strict=True))
    told = median(seconds for _, seconds in pairs)
    each = median(shown[0] / seconds for shown, seconds in pairs)
    print(f"  an answer ({len(pairs)} questions): on the page {whole:.3f} s, over HTTP {told:.3f} s, "
          f"{whole / told:.2f} times (question by question {each:.2f})")  # fmt: skip
    print(f"  on the page: {before:.3f} s to the request, {waiting:.3f} s to the reply, {after:.3f} s to the answer")


def _on_the_page(tab: Any, question: str) -> list[float]:
    """From the key to the answer in the chat by the page's own clock, and its three parts; each question alone."""
    tab.click("#new-talk")
    tab.fill("#question", question)
    tab.wait_for_timeout(SETTLE_MILLISECONDS)
    milliseconds = tab.evaluate(
        """() => new Promise((done) => {
            performance.clearResourceTimings();
            const started = performance.now();
            const chat = document.querySelector("#chat");
            const seen = new MutationObserver(() => {
                if (!chat.querySelector(".turn:not(.pending)")) return;
                seen.disconnect();
                const ended = performance.now();
                setTimeout(() => {
                    const asked = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/ask"));
                    const at = [started, asked.requestStart, asked.responseEnd, ended];
                    done([ended - started, ...at.slice(1).map((moment, n) => moment - at[n])]);
                });
            });
            seen.observe(chat, { childList: true, subtree: true });
            document.querySelector("#ask").requestSubmit();
        })"""
    )
    tab.wait_for_timeout(SETTLE_MILLISECONDS)
    return [each / 1000 for each in milliseconds]


def _over_http(address: str, question: str) -> float:
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as response:
        response.read()
    return time.perf_counter() - started


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--users", type=int, default=20)
    arguments.add_argument("--seconds", type=float, default=120)
    chosen = arguments.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        shutil.copytree(ROOT / "data" / "documents", folder / "documents")
        environment = {
            "BUDGET_DOCUMENTS_DIR": str(folder / "documents"), "BUDGET_INDEX_DIR": str(folder / "index")
        }  # fmt: skip
        command = ["-m", "assistant", "serve", "--port", str(port)]
        with running(command, port, folder / "log", **environment):
            address = f"http://127.0.0.1:{port}"
            time.sleep(10)  # it warms up
            if chromium:
                print("one person:")
                page(address, chromium)
            print(f"{chosen.users} people for {chosen.seconds:.0f} s (load {os.getloadavg()[0]:.1f}):")
            measured = load(address, chosen.users, chosen.seconds)
            report(measured)
            log = (folder / "log").read_text(encoding="utf-8")
            print(f"  tracebacks in the log: {log.count('Traceback')}")
    sys.exit(bool(measured.failed))


if __name__ == "__main__":
    main()
