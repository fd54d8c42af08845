"""What is asked about is said and chosen, over the index of several budgets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import free_port, running
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def many(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``serve`` over the corpus."""
    folder, port = tmp_path_factory.mktemp("many"), free_port()
    environment = {"BUDGET_CONVERSATIONS": str(folder / "talks.sqlite")}
    command = ["-m", "assistant", "serve", "--index", str(corpus_index), "--port", str(port)]
    with running(command, port, folder / "log", **environment):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def clerk(browser: Browser, many: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, many, 1300, 850)
    yield visitor
    visitor.leave()


def choose(visitor: Visitor, words: str, year: str = "") -> None:
    visitor.has("#document-list tbody tr")
    visitor.page.fill("#scope-words", words)
    if year:
        visitor.page.select_option("#scope-year", year)
    rows = visitor.page.locator("#document-list tbody tr:visible")
    assert rows.count() == 1
    rows.first.click()
    visitor.page.click("#scope-chosen")


def test_a_question_that_fits_many_is_asked_of_the_one_chosen(clerk: Visitor) -> None:
    assert "全部 15 份文件" in clerk.text("#choose-scope")
    clerk.ask("公务接待费多少")
    clerk.page.click("#choose-all")
    choose(clerk, "烟台")
    clerk.wait_for_turn(2)
    assert "5.00 万元" in clerk.text("#chat .bot-row >> nth=1")
    assert "烟台市财政局 2026 预算" in clerk.text("#choose-scope")
    clerk.ask("哪个单位的三公经费最高")
    assert "890.97" in clerk.text("#chat .told >> nth=2")
    assert "2115.38" in clerk.text("#evidence mark.cited-cell"), "the highest is one that only prose states"
    assert "北京" in clerk.text('#evidence .chip[aria-pressed="true"]')


def test_one_of_several_years_is_chosen_and_dropped_again(clerk: Visitor) -> None:
    clerk.page.click("#choose-scope")
    choose(clerk, "万里街道", "2025")
    clerk.ask("“三公”经费多少")
    assert "37.91 万元" in clerk.text("#chat .told")
    clerk.page.click("#drop-scope")
    assert "全部 15 份文件" in clerk.text("#choose-scope")
    clerk.ask("哪个单位的三公经费最高")
    assert "890.97" in clerk.text("#chat .told >> nth=1")


def test_what_was_asked_before_does_not_stand_in_the_way_of_all(clerk: Visitor) -> None:
    clerk.ask("广州市统计局三公经费多少")
    assert "接着上一问：广州市统计局 2026 预算" in clerk.text("#about")
    clerk.ask("哪个单位的三公经费最高")
    assert "890.97" in clerk.text("#chat .told >> nth=1")
    clerk.ask("谢谢")
    clerk.page.reload()
    clerk.has("#chat .turn")
    assert "12 份文件" in clerk.text("#about"), "what is continued is told also where the last turn asked nothing"


def test_the_documents_are_listed_on_asking(clerk: Visitor) -> None:
    clerk.ask("载入了哪些文件")
    clerk.ask("有哪些单位？")
    for number in range(2):
        assert "长沙市信访局2026年部门预算" in clerk.text(f"#chat .told >> nth={number}")


def test_examples_of_several_budgets_are_offered(clerk: Visitor) -> None:
    offered = clerk.page.locator("#offered .suggestion").all_inner_texts()
    assert "哪个单位的三公经费最高？" in offered


LETTER = "您好！我看了万里街道2025年的预算，“三公”经费一共是多少？公务接待费是多少？"


def test_a_letter_is_answered_from_the_unit_that_it_names(clerk: Visitor) -> None:
    clerk.page.click("#open-letter")
    assert "信里写到的单位" in clerk.text("#letter-scope")
    clerk.page.fill("#letter-from", LETTER)
    clerk.page.click("#letter-answer")
    clerk.has("#letter-docx:visible")
    body = clerk.page.input_value("#letter-body")
    assert "37.91 万元" in body and "1.35 万元" in body
    assert clerk.page.input_value("#letter-signature") == "上海市普陀区人民政府万里街道办事处"


def test_a_letter_that_names_none_is_answered_from_the_one_chosen(clerk: Visitor) -> None:
    clerk.page.click("#open-letter")
    clerk.page.fill("#letter-from", "公务接待费是多少？")
    clerk.page.click("#letter-scope")
    choose(clerk, "烟台")
    assert "烟台市财政局 2026 预算" in clerk.text("#letter-scope")
    clerk.page.click("#letter-answer")
    clerk.has("#letter-docx:visible")
    assert "5.00 万元" in clerk.page.input_value("#letter-body")
