"""Conversations are found again: after a reload, after a restart, by their words; and are deleted for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import fixture_server, free_port
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_reload_keeps_the_conversation_its_evidence_and_its_address(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.ask("第2项费用是多少？")
    address = visitor.page.url
    assert "?c=" in address
    visitor.page.reload()
    visitor.has("#chat .turn")
    assert visitor.page.locator("#chat .turn").count() == 2
    assert visitor.text("#evidence td.cited-cell").startswith("2.69")
    visitor.page.click("#new-talk")
    assert "?c=" not in visitor.page.url
    visitor.open(address)
    assert visitor.page.locator("#chat .turn").count() == 2


def test_a_restart_of_the_server_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with fixture_server(tmp_path, port):
        visitor = Visitor(browser, f"http://127.0.0.1:{port}", 1300, 850)
        visitor.ask("第45项费用是多少？")
    with fixture_server(tmp_path, port):
        visitor.ask("第2项费用是多少？")
        assert visitor.page.locator("#chat .turn").count() == 2
        visitor.page.reload()
        visitor.has("#chat .turn")
        assert visitor.page.locator("#chat .turn").count() == 2
        visitor.leave()


def test_a_new_conversation_files_the_old_one_away(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.page.click("#new-talk")
    visitor.has("#offered .examples")
    assert visitor.page.locator("#chat .turn").count() == 0
    assert visitor.page.locator("#evidence .chip").count() == 0
    assert visitor.focused() == "question"
    visitor.page.click("#open-talks")
    visitor.page.click("#talk-list .open")
    visitor.has("#chat .turn")
    assert "第45项" in visitor.text("#chat .user-row")
    visitor.page.locator("#chat .mark").first.click()
    visitor.has("#evidence td.cited-cell")


def test_found_named_and_deleted_after_a_question(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.page.click("#new-talk")
    visitor.ask("第2项费用是多少？")
    visitor.page.click("#open-talks")
    visitor.page.fill("#talk-words", "45.69")
    visitor.page.wait_for_function("document.querySelectorAll('#talk-list .talk').length === 1")
    assert "第45项" in visitor.text("#talk-list .open")
    visitor.page.click("#talk-list .rename")
    visitor.page.fill("#talk-list input", "预算会上的")
    visitor.page.keyboard.press("Enter")
    visitor.page.fill("#talk-words", "会上")
    visitor.page.wait_for_function("document.querySelector('#talk-list .open')?.textContent === '预算会上的'")
    visitor.page.click("#talk-list .delete")
    assert "预算会上的" in visitor.text("#confirm p")
    visitor.page.click("#confirm [data-close]")
    assert visitor.page.locator("#talk-list .talk").count() == 1
    visitor.page.click("#talk-list .delete")
    visitor.page.click("#confirm-yes")
    visitor.page.wait_for_function("document.querySelectorAll('#talk-list .talk').length === 0")


def test_what_another_window_did_to_a_conversation_is_shown_with_the_next_answer(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    other = visitor.context.new_page()
    other.goto(visitor.page.url)
    other.wait_for_selector("#chat .turn")
    other.fill("#question", "第3项费用是多少？")
    other.keyboard.press("Enter")
    other.wait_for_selector("#chat .turn:not(.pending) >> nth=1")
    for question in ("慢：第2项", "第4项费用是多少？"):
        visitor.page.fill("#question", question)
        visitor.page.keyboard.press("Enter")
    visitor.wait_for_turn(4)
    asked = visitor.page.locator("#chat .user-row p").all_inner_texts()
    assert asked == ["第45项费用是多少？", "第3项费用是多少？", "慢：第2项", "第4项费用是多少？"]
    visitor.page.evaluate("fetch('page/talks/' + new URL(location).searchParams.get('c'), { method: 'DELETE' })")
    visitor.page.locator("[data-act=letter]").last.click()
    visitor.page.wait_for_function(
        "document.querySelector('#chat .problem')?.getBoundingClientRect().top < innerHeight"
    )
    visitor.page.fill("#question", "第2项费用是多少？")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("document.querySelectorAll('#chat .turn').length === 1")
    assert visitor.text("#evidence td.cited-cell").startswith("2.69")


def test_back_leads_to_the_conversation_before(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.page.click("#new-talk")
    visitor.ask("第2项费用是多少？")
    visitor.page.go_back()
    visitor.page.wait_for_function("document.querySelector('#chat .user-row p')?.textContent.startsWith('第45项')")
    visitor.page.go_forward()
    visitor.page.wait_for_function("document.querySelector('#chat .user-row p')?.textContent.startsWith('第2项')")


def test_visitors_have_conversations_of_their_own(visitor: Visitor, phone: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    phone.ask("第2项费用是多少？")
    phone.page.click("#open-talks")
    phone.has("#talk-list .talk")
    assert phone.page.locator("#talk-list .talk").count() == 1
    phone.open(visitor.page.url)
    assert "没有这个对话" in phone.text("#chat .problem")
    assert phone.page.locator("#chat .turn").count() == 0
