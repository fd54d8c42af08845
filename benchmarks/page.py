"""How soon the page is there, and how long an answer takes on it beside the same question over HTTP.

``python -m benchmarks.page``, over the seed. Needs Chromium.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.paths import ROOT
from tests.browser.conftest import FLAGS, free_port, running

SETTLE_MILLISECONDS = 300
"""What a person takes to type, at least: the page has drawn what came before."""
MEASURED = 40
"""Questions asked both on the page and over HTTP."""
SEED_QUESTIONS = ROOT / "tests" / "questions" / "seed.jsonl"


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
    """Medians, and where the time goes on the page: until the request, on the server, from its reply to the answer.

    What is asked for the second time is answered several times as fast, so the two orders are set against each other:
    the mean of their ratios (geometric) has as many first answers of the one way as of the other.
    """
    median = statistics.median
    whole, before, waiting, after = (median(parts) for parts in zip(*(shown for shown, _ in pairs[::2]), strict=True))
    told = median(seconds for _, seconds in pairs[1::2])
    page_first, http_first = (median(shown[0] / seconds for shown, seconds in pairs[at::2]) for at in (0, 1))
    print(f"  a first answer ({len(pairs) // 2} questions each): on the page {whole:.3f} s, over HTTP {told:.3f} s")
    print(f"  question by question, in both orders: {math.sqrt(page_first * http_first):.2f} times "
          f"({page_first:.2f} with the page first, {http_first:.2f} after HTTP)")  # fmt: skip
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
    """Serves the seed and measures; ends with 1 where there is no Chromium."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("没有找到 Chromium。")
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        shutil.copytree(ROOT / "data" / "documents", folder / "documents")
        environment = {
            "BUDGET_DOCUMENTS_DIR": str(folder / "documents"), "BUDGET_INDEX_DIR": str(folder / "index")
        }  # fmt: skip
        with running(["-m", "assistant", "serve", "--port", str(port)], port, folder / "log", **environment):
            time.sleep(10)  # it warms up
            print(f"one person (load {os.getloadavg()[0]:.1f}):")
            page(f"http://127.0.0.1:{port}", chromium)


if __name__ == "__main__":
    main()
