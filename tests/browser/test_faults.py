"""Faults of earlier pages that no other test would see come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import fixture_server, free_port
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SCROLLERS = """() => [...document.querySelectorAll("#right, #right *")].filter((node) => node.offsetParent
    && node.scrollHeight > node.clientHeight + 1
    && ["auto", "scroll"].includes(getComputedStyle(node).overflowY)).map((node) => node.className || node.id)"""


def _without_new_units(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("dvh", "nonsense"))


def test_browsers_without_new_units_keep_the_box_on_the_screen(browser: Browser, server: str) -> None:
    """As Chromium before 108 reads the style sheet."""
    visitor = Visitor(browser, server, 1300, 850)
    changed = []
    visitor.page.route(
        lambda url: not url.endswith((".js", ".woff2", ".png")),
        lambda route: (changed.append(route.request.url), _without_new_units(route)),
    )
    visitor.open(server)
    visitor.ask("列出全部")
    visitor.page.locator("#chat .more").click()
    assert "dvh" not in visitor.page.evaluate(
        "[...document.styleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText).join('')"
    )
    box = visitor.page.locator("#question").bounding_box()
    assert box and 0 < box["y"] < box["y"] + box["height"] <= 850
    visitor.leave()


def test_a_server_that_goes_away_puts_nothing_foreign_on_the_page(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with fixture_server(tmp_path, port):
        visitor = Visitor(browser, f"http://127.0.0.1:{port}", 1300, 850)
        visitor.ask("第45项费用是多少？")
        before = visitor.page.inner_text("body")
    visitor.page.wait_for_timeout(1500)
    assert visitor.page.inner_text("body") == before
    visitor.leave()


@pytest.mark.parametrize(("width", "height"), [(1300, 766), (1366, 768)])
def test_a_long_lists_evidence_has_one_scrollbar_and_leaves_room(
    browser: Browser, server: str, width: int, height: int
) -> None:
    visitor = Visitor(browser, server, width, height)
    visitor.ask("列出全部")
    visitor.page.wait_for_timeout(300)
    assert "evidence" not in visitor.page.evaluate(SCROLLERS)
    frame, chips = (visitor.page.locator(f"#evidence {each}").bounding_box() for each in (".grid-scroll", ".chips"))
    assert frame and chips and frame["y"] + frame["height"] <= height
    assert frame["height"] > chips["height"]
    visitor.leave()


def test_a_tablets_chat_takes_the_height_there_is(browser: Browser, server: str) -> None:
    visitor = Visitor(browser, server, 800, 1280, touch=True)
    chat = visitor.page.locator("#chat").bounding_box()
    box = visitor.page.locator("#question").bounding_box()
    assert chat and chat["height"] > 700
    assert box and 1100 < box["y"] + box["height"] <= 1280
    visitor.leave()


def test_chips_tell_apart_by_table_row_and_words(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    chips = visitor.page.locator("#evidence .chip").all_inner_texts()
    assert len(set(chips)) == 3 and "公务接待费预算 0.69 万元" in chips[1]


def test_pictures_beside_words_change_nothing(browser: Browser, real_server: str) -> None:
    visitor = Visitor(browser, real_server, 1300, 850)
    visitor.ask("公务接待费是多少😀")
    assert "0.69 万元" in visitor.text("#chat .bot-row")
    visitor.leave()


def test_a_follow_up_in_a_new_conversation_asks_back_what_is_meant(browser: Browser, real_server: str) -> None:
    visitor = Visitor(browser, real_server, 1300, 850)
    visitor.ask("公务接待费是多少？")
    visitor.page.click("#new-talk")
    visitor.ask("比去年呢？")
    assert "哪一项" in visitor.text("#chat .bot-row") and "万元" not in visitor.text("#chat .told")
    visitor.page.locator("#offered .suggestion").first.click()
    visitor.wait_for_turn(2)
    visitor.has("#chat .turn:nth-child(2) .mark")
    visitor.leave()
