"""Documents come and go on the page while it is open: read first, then joined; the conversation goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BUDGET = """甲乙县图书馆2025年部门预算
第一部分 单位概况
一、主要职能
甲乙县图书馆负责图书借阅。
第二部分 2025年部门预算表
三公经费支出表
单位：万元
项目\t2025年预算数
合计\t7.77
因公出国（境）费\t0.00
公务接待费\t3.33
公务用车购置及运行费\t4.44
第三部分 2025年部门预算情况说明
2025年公务接待费预算3.33万元。
"""
CHANGE = "#shelf-items .change"


def test_a_document_joins_and_leaves_while_a_conversation_goes_on(
    browser: Browser, real_server: str, tmp_path: Path
) -> None:
    budget, picture = tmp_path / "图书馆.txt", tmp_path / "坏.pdf"
    budget.write_text(BUDGET, encoding="utf-8")
    picture.write_bytes(b"%PDF-1.4 broken")
    visitor = Visitor(browser, real_server, 1300, 850)
    visitor.ask("公务接待费预算是多少？")
    visitor.page.click("#choose-scope")
    visitor.page.set_input_files("#shelf-files", [budget, picture])
    visitor.page.wait_for_selector(f"{CHANGE}.read", timeout=60_000)
    report = visitor.text(f"{CHANGE}.read")
    assert "甲乙县图书馆2025年" in report and "4 个数据格" in report
    assert visitor.page.locator("#document-list tbody tr").count() == 1, "it has not joined"
    visitor.page.wait_for_selector(f"{CHANGE}.unusable", timeout=60_000)
    assert "坏.pdf" in visitor.text(f"{CHANGE}.unusable")
    visitor.page.click(f"{CHANGE}.unusable [data-clear]")

    visitor.page.click(f"{CHANGE}.read [data-join]")
    visitor.page.wait_for_function("document.querySelectorAll('#document-list tbody tr').length === 2", timeout=60_000)
    visitor.page.click("#documents [data-close]")
    visitor.ask("甲乙县图书馆2025年公务接待费是多少？")
    assert "3.33 万元" in visitor.text("#chat .bot-row >> nth=1")
    assert visitor.page.locator("#chat .turn").count() == 2
    visitor.page.locator("#chat .mark").first.click()
    visitor.page.wait_for_function("document.querySelector('#evidence td.cited-cell')?.textContent.startsWith('0.69')")

    visitor.page.click("#choose-scope")
    visitor.page.locator("#document-list tr", has_text="图书馆").locator("[data-remove]").click()
    visitor.page.click("#confirm-yes")
    visitor.page.wait_for_function("document.querySelectorAll('#document-list tbody tr').length === 1", timeout=60_000)
    visitor.page.click("#documents [data-close]")
    visitor.page.locator("#chat .turn >> nth=1").locator(".mark").first.click()
    visitor.page.wait_for_function("document.querySelector('#evidence').textContent.includes('找不到这处原文')")
    visitor.leave()
