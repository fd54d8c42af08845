"""The page in a browser, over a server process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
START_SECONDS = 180
MARK = '#chat a[href*="#evidence-"]'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running page over the fixture engine."""
    folder, port = tmp_path_factory.mktemp("page"), _free_port()
    with _running(["-m", "tests.browser.fixture_server", str(folder), str(port)], port, folder / "log"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory, seed_path: Path) -> Iterator[str]:
    """The address of ``serve`` over the seed: it has no index at first, so it builds one."""
    folder, port = tmp_path_factory.mktemp("real"), _free_port()
    environment = {"BUDGET_DOCUMENTS_DIR": str(seed_path.parent), "BUDGET_INDEX_DIR": str(folder / "index")}
    command = ["-m", "assistant", "serve", "--port", str(port)]
    with _running(command, port, folder / "log", **environment):
        yield f"http://127.0.0.1:{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, log: Path, **environment: str) -> Iterator[None]:
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=output, stderr=output, env={**os.environ, **environment}
        )
        try:
            _wait_until_up(process, f"http://127.0.0.1:{port}/api/health", log)
            yield
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_up(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


class Visitor:
    """A page that remembers what it asked for and what went wrong in it."""

    def __init__(self, browser: Browser, server: str, width: int, height: int) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self._note(request.url, server))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(server)
        self.page.wait_for_selector("#question textarea")
        self.page.wait_for_selector("#offered .suggestion")

    def _note(self, url: str, server: str) -> None:
        if not url.startswith((server, "data:", "blob:")):
            self.foreign.append(url)

    def ask(self, question: str) -> None:
        before = self.page.locator("#chat .meta, #chat .problem").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        self.wait_for_answer(before + 1)

    def wait_for_answer(self, number: int) -> None:
        self.page.wait_for_function(
            "n => document.querySelectorAll('#chat .meta, #chat .problem').length >= n "
            "&& !document.querySelector('#question textarea').disabled",
            arg=number,
        )

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def is_in_view(self, selector: str, frame: str) -> bool:
        found: Any = self.page.evaluate(
            "([a, b]) => { const [x, y] = [a, b].map(s => document.querySelector(s).getBoundingClientRect()); "
            "return x.top >= y.top && x.bottom <= y.bottom && x.left >= y.left && x.right <= y.right + 1 }",
            [selector, frame],
        )
        return bool(found)


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    """Somebody at a desk."""
    yield from _visit(browser, server, 1360, 860)


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visitor]:
    """Somebody with a phone."""
    yield from _visit(browser, server, 390, 844)


def _visit(browser: Browser, server: str, width: int, height: int) -> Iterator[Visitor]:
    visitor = Visitor(browser, server, width, height)
    yield visitor
    visitor.page.close()
    assert visitor.foreign == [], "the page must not ask other hosts for anything"
    assert visitor.errors == []


def test_an_answer_shows_its_cell_in_the_printed_table(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    assert "45.69 万元" in visitor.text("#chat .bot-row")
    assert "表中合计与正文相差" in visitor.text("#chat .note")
    assert visitor.page.locator('#chat .note a[href*="#evidence-1-2"]').count() == 1
    assert visitor.text("#evidence td.cited-cell").startswith("45.69")
    assert "第45项费用" in visitor.text("#evidence tr.cited-row")
    assert "合计" in visitor.text("#evidence th.cited-column")
    assert visitor.page.locator("#evidence td.also-cited").count() == 1
    visitor.page.wait_for_timeout(200)
    assert visitor.is_in_view("#evidence td.cited-cell", "#evidence .grid-scroll")


def test_marks_and_chips_show_their_citation(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.page.locator(MARK).nth(1).click()
    visitor.page.wait_for_selector("#evidence mark.cited-cell")
    assert visitor.text("#evidence mark.cited-cell") == "公务接待费预算 0.69 万元，比上年减少 0.09 万元。"
    assert "“三公”经费预算情况说明" in visitor.text("#evidence .path")
    assert "<b>其中</b>" in visitor.text("#evidence .paragraph")
    visitor.page.locator("#evidence .chip").nth(2).click()
    visitor.page.wait_for_selector("#evidence td.cited-cell")
    assert visitor.text("#evidence td.cited-cell").startswith("3.69")
    assert "公用经费" in visitor.text("#evidence tr:nth-child(2) th.cited-column")


def test_marks_of_an_earlier_answer_still_work(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.ask("第2项费用是多少？")
    assert visitor.text("#evidence td.cited-cell").startswith("2.69")
    visitor.page.locator(MARK).first.click()
    visitor.page.wait_for_function("document.querySelector('#evidence td.cited-cell').textContent.startsWith('45.69')")


def test_the_query_is_there_on_demand(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    assert not visitor.page.locator("#query pre").is_visible()
    visitor.page.locator("#query summary").click()
    assert 'SELECT "合计"' in visitor.text("#query pre")
    assert "456900.00" in visitor.text("#query table")


def test_options_and_follow_ups_ask_their_question(visitor: Visitor) -> None:
    visitor.ask("哪一项？")
    visitor.page.locator("#offered .clarify .suggestion").nth(1).click()
    visitor.wait_for_answer(2)
    assert "2.69 万元" in visitor.text("#chat .bot-row >> nth=1")
    assert "第2项费用是多少？" in visitor.text("#chat .user-row >> nth=1")
    visitor.page.locator("#offered .follow-ups .suggestion").nth(1).click()
    visitor.wait_for_answer(3)


def test_examples_come_from_their_file_and_come_back_with_a_new_conversation(visitor: Visitor) -> None:
    import yaml

    examples = yaml.safe_load((ROOT / "data" / "examples.yaml").read_text(encoding="utf-8"))
    assert visitor.page.locator("#offered .suggestion").all_inner_texts() == examples
    visitor.ask("第45项费用是多少？")
    visitor.page.click("#clear")
    visitor.page.wait_for_selector("#offered .examples")
    assert visitor.page.locator("#chat .bot-row").count() == 0
    assert visitor.page.locator("#evidence .chip").count() == 0
    assert visitor.text("#query") == ""


def test_visitors_have_conversations_of_their_own(visitor: Visitor, phone: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    phone.ask("第2项费用是多少？")
    visitor.page.locator(MARK).first.click()
    visitor.page.wait_for_timeout(400)
    assert visitor.text("#evidence td.cited-cell").startswith("45.69")
    assert phone.page.locator("#chat .user-row").count() == 1


@pytest.mark.parametrize(("question", "expected"), [("空", "问题是空的"), ("崩", "内部错误")])
def test_errors_are_told_in_the_chat_and_the_page_goes_on(visitor: Visitor, question: str, expected: str) -> None:
    visitor.ask(question)
    assert expected in visitor.text("#chat .problem")
    visitor.ask("第2项费用是多少？")
    assert "2.69" in visitor.text("#evidence td.cited-cell")


def test_what_a_visitor_types_is_shown_as_typed(visitor: Visitor) -> None:
    visitor.ask("第2项 <img src=x onerror=alert(1)> ${1+1} {{x}}")
    assert "<img src=x onerror=alert(1)> ${1+1} {{x}}" in visitor.text("#chat .user-row")


def test_an_answer_can_be_copied(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server, 1360, 860)
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.ask("第2项费用是多少？")
    visitor.page.click('#chat a[href*="#copy-"]')
    visitor.page.wait_for_selector("text=已复制")
    copied = str(visitor.page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith("2024年第2项费用预算 2.69 万元[1]，")
    assert "复制" not in copied
    visitor.page.close()


def test_a_phone_shows_evidence_below_the_chat_without_sideways_scrolling(phone: Visitor) -> None:
    phone.ask("第45项费用是多少？")
    scroll_width, width = phone.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert scroll_width <= width
    chat, evidence = (phone.page.locator(each).bounding_box() for each in ("#left", "#evidence"))
    assert chat and evidence and evidence["y"] >= chat["y"] + chat["height"]
    phone.page.locator(MARK).nth(2).click()
    phone.page.wait_for_function("document.querySelector('#evidence').getBoundingClientRect().top < 100")


def test_the_api_can_be_used_by_gradios_client(server: str) -> None:
    from gradio_client import Client

    answer = Client(server, verbose=False).predict("第2项费用是多少？", ["第45项费用是多少？"], api_name="/ask")
    assert answer["figures"][0]["value"] == "2.69"


def test_the_real_engine_from_an_empty_folder_to_the_cited_cell(browser: Browser, real_server: str) -> None:
    visitor = Visitor(browser, real_server, 390, 844)
    visitor.ask("公务接待费预算是多少？")
    assert "0.69 万元" in visitor.text("#chat .bot-row >> nth=0")
    assert visitor.text("#evidence td.cited-cell").startswith("0.69")
    visitor.ask("那培训费呢？")
    assert "0.40 万元" in visitor.text("#chat .bot-row >> nth=1")
    assert "培训费" in visitor.text("#evidence tr.cited-row")
    scroll_width, width = visitor.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert scroll_width <= width
    assert visitor.foreign == [] and visitor.errors == []
    visitor.page.close()


def test_every_example_is_answered_with_its_sources(real_server: str) -> None:
    import yaml

    for question in yaml.safe_load((ROOT / "data" / "examples.yaml").read_text(encoding="utf-8")):
        request = urllib.request.Request(
            f"{real_server}/api/ask",
            data=json.dumps({"question": question}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
        assert not answer["refused"] and answer["citations"], question
