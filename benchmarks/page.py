"""How soon the page is there, and what it adds to an answer over HTTP; needs Chromium.

``python -m benchmarks.page``, over the seed.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from assistant.ui.ways import examples
from index.paths import ROOT
from tests.browser.conftest import FLAGS, free_port, running


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
        shown, told = [], []
        for number, question in enumerate(examples().one * 3, 1):
            shown.append(_on_the_page(tab, question, number))
            told.append(_over_http(address, question))
            tab.wait_for_timeout(200)
        browser.close()
    ratio = statistics.median(shown) / statistics.median(told)
    print(f"  an answer: on the page {statistics.median(shown):.3f} s, over HTTP {statistics.median(told):.3f} s, "
          f"{ratio:.2f} times")  # fmt: skip


def _on_the_page(tab: Any, question: str, number: int) -> float:
    """From the key to the answer in the chat, told by the page's own clock; each question stands alone."""
    tab.click("#new-talk")
    tab.fill("#question", question)
    milliseconds = tab.evaluate(
        """() => new Promise((done) => {
            const started = performance.now();
            const chat = document.querySelector("#chat");
            const seen = new MutationObserver(() => {
                if (chat.querySelector(".turn:not(.pending)")) { seen.disconnect(); done(performance.now() - started); }
            });
            seen.observe(chat, { childList: true, subtree: true });
            document.querySelector("#ask").requestSubmit();
        })"""
    )
    return float(milliseconds) / 1000


def _over_http(address: str, question: str) -> float:
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as response:
        response.read()
    return time.perf_counter() - started


def main() -> None:
    """Prints seconds."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        environment = {
            "BUDGET_DOCUMENTS_DIR": str(ROOT / "data" / "documents"), "BUDGET_INDEX_DIR": str(folder / "index")
        }  # fmt: skip
        with running(["-m", "assistant", "serve", "--port", str(port)], port, folder / "log", **environment):
            time.sleep(10)  # it warms up
            page(f"http://127.0.0.1:{port}", chromium)


if __name__ == "__main__":
    main()
