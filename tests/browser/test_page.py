"""Questions, answers and evidence in a browser."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING

import pytest

from assistant.ui.ways import examples
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MARK = "#chat .mark"


def test_an_answer_shows_its_cell_in_the_printed_table(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    assert "45.69 万元" in visitor.text("#chat .bot-row")
    assert "表中合计与正文相差" in visitor.text("#chat .note")
    assert visitor.page.locator('#chat .note .mark[data-n="2"]').count() == 1
    assert visitor.text("#evidence td.cited-cell").startswith("45.69")
    assert "第45项费用" in visitor.text("#evidence tr.cited-row")
    assert "合计" in visitor.text("#evidence th.cited-column")
    assert visitor.page.locator("#evidence td.also-cited").count() == 1
    visitor.page.wait_for_timeout(200)
    assert visitor.is_in_view("#evidence td.cited-cell", "#evidence .grid-scroll")
    assert "问：第45项费用是多少？" in visitor.text("#evidence .asked")


@pytest.mark.parametrize(("width", "height", "scale"), [(911, 417, 1), (1280, 600, 1), (1366, 625, 2), (1300, 850, 4)])
def test_the_cited_cell_is_in_sight_in_low_windows_and_with_large_type(
    browser: Browser, server: str, width: int, height: int, scale: int
) -> None:
    visitor = Visitor(browser, server, width, height)
    for _ in range(scale - 1):
        visitor.page.click("#size")
    visitor.ask("第45项费用是多少？")
    visitor.page.wait_for_timeout(300)
    assert visitor.is_in_view("#evidence td.cited-cell", "#evidence .grid-scroll")
    assert visitor.is_in_view("#evidence td.cited-cell", "#evidence .evidence")
    assert visitor.is_in_view("#evidence td.cited-cell", "#right")
    visitor.leave()


def test_marks_and_chips_show_their_citation(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.page.locator(MARK).nth(1).click()
    visitor.has("#evidence mark.cited-cell")
    assert visitor.text("#evidence mark.cited-cell") == "公务接待费预算 0.69 万元，比上年减少 0.09 万元。"
    assert "“三公”经费预算情况说明" in visitor.text("#evidence .path")
    assert "<b>其中</b>" in visitor.text("#evidence .paragraph")
    assert visitor.page.locator(MARK).nth(1).get_attribute("aria-pressed") == "true"
    visitor.page.locator("#evidence .chip").nth(2).click()
    visitor.has("#evidence td.cited-cell")
    assert visitor.text("#evidence td.cited-cell").startswith("3.69")
    assert "公用经费" in visitor.text("#evidence tr:nth-child(2) th.cited-column")


def test_marks_of_an_earlier_answer_still_work(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.ask("第2项费用是多少？")
    assert visitor.text("#evidence td.cited-cell").startswith("2.69")
    visitor.page.locator(MARK).first.click()
    visitor.page.wait_for_function("document.querySelector('#evidence td.cited-cell').textContent.startsWith('45.69')")


def test_the_first_figure_said_is_the_source_shown(visitor: Visitor) -> None:
    visitor.ask("列出全部，哪项最高")
    visitor.ask("列出全部")
    assert "12.69" in visitor.text("#evidence td.cited-cell")
    visitor.page.wait_for_timeout(200)
    assert visitor.is_in_view('#evidence .chip[aria-pressed="true"]', "#evidence .chips")


def test_the_query_is_there_on_demand(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    assert not visitor.page.locator("#query pre").is_visible()
    visitor.page.locator("#query summary").click()
    assert 'SELECT "合计"' in visitor.text("#query pre")
    assert "456,900.00" in visitor.text("#query table")


def test_options_and_follow_ups_ask_their_question(visitor: Visitor) -> None:
    visitor.ask("哪一项？")
    visitor.page.locator("#offered .clarify .suggestion").nth(1).click()
    visitor.wait_for_turn(2)
    assert "2.69 万元" in visitor.text("#chat .bot-row >> nth=1")
    assert "第2项费用是多少？" in visitor.text("#chat .user-row >> nth=1")
    visitor.page.locator("#offered .follow-ups .suggestion").nth(1).click()
    visitor.wait_for_turn(3)


def test_a_refusal_offers_what_can_be_asked(visitor: Visitor) -> None:
    visitor.ask("财政局多少")
    assert "可以这样问" in visitor.text("#offered")
    visitor.page.locator("#offered .suggestion").first.click()
    visitor.wait_for_turn(2)
    assert "45.69" in visitor.text("#evidence td.cited-cell")


def test_a_greeting_gets_one(visitor: Visitor) -> None:
    visitor.ask("你好")
    assert "直接用平常的话问" in visitor.text("#chat .bot-row")
    visitor.ask("有哪些文件？")
    assert "某某区委办公室2024年部门预算" in visitor.text("#chat .bot-row >> nth=1")


def test_only_examples_that_are_answered_are_offered(visitor: Visitor) -> None:
    offered = visitor.page.locator("#offered .suggestion").all_inner_texts()
    assert offered and set(offered) <= set(examples().one)
    # the fixture engine asks back where a question has 哪
    assert not any("哪" in question for question in offered)


@pytest.mark.parametrize(("question", "expected"), [("空", "问题是空的"), ("崩", "内部错误")])
def test_errors_are_told_in_the_chat_and_the_page_goes_on(visitor: Visitor, question: str, expected: str) -> None:
    visitor.ask(question)
    assert expected in visitor.text("#chat .problem")
    visitor.ask("第2项费用是多少？")
    assert "2.69" in visitor.text("#evidence td.cited-cell")


HOSTILE = [
    "第2项 <img src=x onerror=alert(1)> ${1+1} {{x}}",
    "![x](http://example.com/a.png) 第2项是多少",
    "[点我](http://example.com/b) 第2项",
    '<img src="http://example.com/c.png"> 第2项',
    "第2项 http://example.com/d",
    "1. 第2项\n---\n| a | b |\n# 标题 **粗** 5~10%~~",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_what_a_visitor_types_is_shown_as_typed_and_asks_no_host(visitor: Visitor, question: str) -> None:
    visitor.page.fill("#question", question)
    visitor.page.click("#send")
    visitor.wait_for_turn(1)
    assert visitor.text("#chat .user-row p") == question
    visitor.page.reload()
    visitor.has("#chat .turn")
    assert visitor.text("#chat .user-row p") == question
    assert visitor.page.locator("#chat img, #chat a, #evidence img, #evidence a").count() == 0


def test_an_answer_asks_no_host_and_stands_as_written(visitor: Visitor) -> None:
    visitor.ask("怪")
    told = visitor.text("#chat .told")
    for written in (
        "下降 5~10%，其中3~4月最低",
        "合计：38.52 万元",
        "2024. 年初预算如此",
        "1.\n甲",
        "3.\n丙",
        "![x](http",
    ):
        assert written in told
    assert visitor.page.locator("#chat .told b").inner_text() == "合计："


def test_a_long_list_is_a_table_seen_from_its_beginning(phone: Visitor) -> None:
    phone.ask("列出全部")
    phone.page.wait_for_timeout(200)
    assert phone.is_in_view("#chat .user-row", "#chat")
    assert phone.page.locator("#chat .list tr:visible").count() == 11
    phone.page.locator("#chat .more").click()
    assert phone.page.locator("#chat .list tr:visible").count() == 13


def test_a_list_can_be_sorted_by_keyboard(visitor: Visitor) -> None:
    visitor.ask("列出全部")
    head = visitor.page.locator('#chat th[data-sort="number"] button')
    head.press("Enter")
    head.press("Enter")
    assert "1.69" in visitor.text("#chat tbody tr >> nth=0")
    assert visitor.page.locator("#chat tbody tr:visible").count() == 10


def test_a_phone_shows_evidence_over_the_chat_and_leads_back(phone: Visitor) -> None:
    phone.ask("第45项费用是多少？")
    assert not phone.scrolls_sideways()
    chat = phone.page.locator("#chat").bounding_box()
    assert chat and chat["height"] > 420
    mark = phone.page.locator(MARK).nth(2)
    size = mark.bounding_box()
    assert size and size["width"] >= 44
    mark.tap()
    phone.has("#evidence .chip:visible")
    phone.page.wait_for_timeout(300)
    assert phone.is_in_view("#evidence td.cited-cell", "#evidence .grid-scroll")
    left, edge = (
        phone.page.locator(each).first.bounding_box()
        for each in ("#evidence tr.cited-row td.name", "#evidence .grid-scroll")
    )
    assert left and edge and left["x"] >= edge["x"] - 1, "the row's name stays in sight"
    cell = phone.page.locator("#evidence td.cited-cell").bounding_box()
    assert cell and cell["x"] >= left["x"] + left["width"] - 1, "and doesn't cover the cited cell"
    code = phone.page.locator("#evidence tr.cited-row td").first.bounding_box()
    assert code and code["x"] < edge["x"], "the code is scrolled away"
    phone.page.tap("#back")
    assert not phone.page.locator("#evidence").is_visible()
    assert phone.page.locator(MARK).nth(2).is_visible()


def test_the_api_can_be_used_by_gradios_client(server: str) -> None:
    from gradio_client import Client

    answer = Client(server, verbose=False).predict("第2项费用是多少？", ["第45项费用是多少？"], api_name="/ask")
    assert answer["figures"][0]["value"] == "2.69"


def test_the_real_engine_from_an_empty_folder_to_the_cited_cell(browser: Browser, real_server: str) -> None:
    visitor = Visitor(browser, real_server, 390, 844)
    visitor.ask("公务接待费预算是多少？")
    assert "0.69 万元" in visitor.text("#chat .bot-row >> nth=0")
    visitor.page.locator(MARK).first.click()
    visitor.has("#evidence td.cited-cell:visible")
    assert visitor.text("#evidence td.cited-cell").startswith("0.69")
    visitor.page.click("#back")
    visitor.page.reload()
    visitor.has("#chat .turn")
    visitor.ask("比去年呢？")
    assert "公务接待费比上年减少 0.09 万元" in visitor.text("#chat .bot-row >> nth=1")
    visitor.ask("培训费预算是多少？")
    assert "0.40 万元" in visitor.text("#chat .bot-row >> nth=2")
    assert not visitor.scrolls_sideways()
    visitor.leave()


def test_every_example_is_answered_with_its_sources(real_server: str) -> None:
    for question in examples().one:
        request = urllib.request.Request(
            f"{real_server}/api/ask",
            data=json.dumps({"question": question}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
        assert not answer["refused"] and answer["citations"], question
