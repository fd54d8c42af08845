"""The box is always ready: focus, questions one behind the other, what was asked before, too long a text."""

from __future__ import annotations

import pytest

from tests.browser.visitor import SETTLED, Visitor


def test_the_focus_stays_in_the_box(visitor: Visitor) -> None:
    assert visitor.focused() == "question"
    visitor.ask("第45项费用是多少？")
    assert visitor.focused() == "question"
    visitor.page.keyboard.type("第2项费用是多少？")
    visitor.page.keyboard.press("Enter")
    visitor.wait_for_turn(2)
    assert "2.69" in visitor.text("#chat .bot-row >> nth=1")


def test_what_is_typed_while_it_works_is_kept(visitor: Visitor) -> None:
    visitor.page.fill("#question", "慢：第45项")
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.type("第2项费用是多少")
    visitor.wait_for_turn(1)
    assert visitor.page.input_value("#question") == "第2项费用是多少"


def test_questions_fired_one_behind_the_other_are_all_answered_in_order(visitor: Visitor) -> None:
    for number in range(1, 7):
        visitor.page.fill("#question", f"慢不了：第{number}项" if number > 1 else "慢：第1项")
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_timeout(60)
    visitor.wait_for_turn(6)
    asked = visitor.page.locator("#chat .user-row p").all_inner_texts()
    assert [text[-3:] for text in asked] == [f"第{number}项" for number in range(1, 7)]


def test_a_new_conversation_while_an_answer_is_coming_leaves_the_page_free(visitor: Visitor) -> None:
    for delay in (20, 60, 100, 140, 200, 700, 1450, 1600):
        visitor.page.fill("#question", "慢：第45项")
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_timeout(delay)
        visitor.page.click("#new-talk")
        visitor.has("#chat .welcome")
        assert visitor.page.locator("#chat .turn").count() == 0
    visitor.ask("第2项费用是多少？")
    visitor.page.wait_for_timeout(1800)
    assert visitor.page.locator("#chat .turn").count() == 1, "no late answer of another conversation"
    assert "2.69" in visitor.text("#evidence td.cited-cell")


def test_the_last_questions_come_back_with_the_arrow(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.ask("第2项费用是多少？")
    visitor.page.keyboard.press("ArrowUp")
    assert visitor.page.input_value("#question") == "第2项费用是多少？"
    visitor.page.keyboard.press("ArrowUp")
    assert visitor.page.input_value("#question") == "第45项费用是多少？"
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("ArrowDown")
    assert visitor.page.input_value("#question") == ""


def test_too_long_a_text_is_counted_and_kept(visitor: Visitor) -> None:
    visitor.page.fill("#question", "长" * 420)
    assert "420 / 500" in visitor.text("#count") and "像是一封来信" in visitor.text("#count")
    visitor.page.fill("#question", "长" * 600)
    visitor.page.keyboard.press("Enter")
    assert len(visitor.page.input_value("#question")) == 600
    assert visitor.page.locator(SETTLED).count() == 0
    visitor.page.click("#as-letter")
    assert len(visitor.page.input_value("#letter-from")) == 600


def test_blanks_ask_nothing(visitor: Visitor) -> None:
    visitor.page.fill("#question", "  \n ")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_timeout(300)
    assert visitor.page.locator("#chat .turn").count() == 0


@pytest.mark.parametrize("key", ["Enter"])
def test_a_line_break_with_shift(visitor: Visitor, key: str) -> None:
    visitor.page.keyboard.type("第一行")
    visitor.page.keyboard.press(f"Shift+{key}")
    visitor.page.keyboard.type("第二行")
    assert visitor.page.input_value("#question") == "第一行\n第二行"


def test_a_lost_server_is_told_in_chinese_and_asked_again(visitor: Visitor) -> None:
    visitor.page.route("**/page/ask", lambda route: route.abort())
    visitor.page.fill("#question", "第2项费用是多少？")
    visitor.page.keyboard.press("Enter")
    visitor.has("#chat .problem")
    assert "连不上服务" in visitor.text("#chat .problem")
    visitor.page.unroute("**/page/ask")
    visitor.page.click("#chat .again")
    visitor.has("#chat .mark")
    assert "2.69" in visitor.text("#evidence td.cited-cell")


def test_ten_tabs_of_one_browser_work(visitor: Visitor) -> None:
    tabs = [visitor.context.new_page() for _ in range(9)]
    for tab in tabs:
        tab.goto(visitor.server)
        tab.wait_for_selector("#chat .welcome", timeout=30_000)
    tabs[-1].fill("#question", "第2项费用是多少？")
    tabs[-1].keyboard.press("Enter")
    tabs[-1].wait_for_selector("#chat .mark", timeout=15_000)
    visitor.ask("第45项费用是多少？")
