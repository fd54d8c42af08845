"""Documents come and go on the page while it is open: read first, then joined; the conversation goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from index.document import Cell, Paragraph, Provenance, RawRow, RawTable
from index.recognition import can_recognise
from tests.browser.test_original import BOX, DRAWN, ORIGINAL, SHEET, on_the_picture
from tests.browser.visitor import Visitor
from tests.index.convert.scan.invented import PAGE
from tests.writers.ofd import write_ofd

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST: Final = Provenance(page=1)
BEFORE: Final = (
    "甲乙县图书馆2025年部门预算",
    "第一部分 单位概况",
    "一、主要职能",
    "甲乙县图书馆负责图书借阅。",
    "第二部分 2025年部门预算表",
    "三公经费支出表",
    "单位：万元",
)
TABLE: Final = (
    ("项目", "2025年预算数"),
    ("合计", "7.77"),
    ("因公出国（境）费", "0.00"),
    ("公务接待费", "3.33"),
    ("公务用车购置及运行费", "4.44"),
)
BEHIND: Final = ("第三部分 2025年部门预算情况说明", "2025年公务接待费预算3.33万元。")
PATIENCE: Final = 180_000
"""Milliseconds: files are read by a process that lets others go first."""

CHANGE: Final = "#shelf-items .change"
LISTED: Final = "document.querySelectorAll('#document-list tbody tr').length === {count}"


@pytest.fixture
def editor(browser: Browser, real_server: str) -> Iterator[Visitor]:
    """Somebody before the seed's budget."""
    visitor = Visitor(browser, real_server, 1300, 850)
    yield visitor
    visitor.leave()


def print_budget(path: Path) -> None:
    """The budget as an OFD."""
    table = RawTable(tuple(RawRow(tuple(map(Cell, row)), FIRST) for row in TABLE))
    before, behind = ([Paragraph(text, FIRST) for text in texts] for texts in (BEFORE, BEHIND))
    write_ofd([*before, table, *behind], path)


def joined(visitor: Visitor) -> None:
    """What was read joins; the list is closed."""
    visitor.page.click(f"{CHANGE}.read [data-join]")
    visitor.page.wait_for_function(LISTED.format(count=2), timeout=PATIENCE)
    visitor.page.click("#documents [data-close]")


def removed(visitor: Visitor, name: str) -> None:
    """A document is taken out again."""
    visitor.page.click("#choose-scope")
    visitor.page.locator("#document-list tr", has_text=name).locator("[data-remove]").click()
    visitor.page.click("#confirm-yes")
    visitor.page.wait_for_function(LISTED.format(count=1), timeout=PATIENCE)
    visitor.page.click("#documents [data-close]")


def test_an_ofd_joins_is_shown_boxed_and_leaves_while_a_conversation_goes_on(editor: Visitor, tmp_path: Path) -> None:
    budget, broken = tmp_path / "图书馆.ofd", tmp_path / "坏.pdf"
    print_budget(budget)
    broken.write_bytes(b"%PDF-1.4 broken")
    empty = tmp_path / "空.pdf"
    empty.touch()
    editor.ask("公务接待费预算是多少？")
    editor.page.click("#choose-scope")
    editor.page.set_input_files("#shelf-files", [empty, budget, broken])
    editor.page.wait_for_selector(f"{CHANGE}.read", timeout=PATIENCE)
    assert "“空.pdf”是空的" in editor.text("#shelf-state")
    report = editor.text(f"{CHANGE}.read")
    assert "甲乙县图书馆2025年" in report and "4 个数据格" in report
    assert editor.page.locator("#document-list tbody tr").count() == 1, "it has not joined"
    editor.page.wait_for_selector(f"{CHANGE}.unusable", timeout=PATIENCE)
    assert "坏.pdf" in editor.text(f"{CHANGE}.unusable")
    editor.page.click(f"{CHANGE}.unusable [data-clear]")

    joined(editor)
    editor.ask("甲乙县图书馆2025年公务接待费是多少？")
    assert "3.33 万元" in editor.text("#chat .bot-row >> nth=1")
    editor.page.click(ORIGINAL)
    editor.has(DRAWN)
    editor.page.wait_for_timeout(150)
    assert editor.is_in_view(BOX, SHEET)
    assert min(on_the_picture(editor, inside=True)) < 100, "the cell's number is inside the box"
    assert editor.page.locator("#chat .turn").count() == 2
    editor.page.locator("#chat .mark").first.click()
    editor.page.wait_for_function("document.querySelector('#evidence td.cited-cell')?.textContent.startsWith('0.69')")

    removed(editor, "图书馆")
    editor.page.locator("#chat .turn >> nth=1").locator(".mark").first.click()
    editor.page.wait_for_function("document.querySelector('#evidence').textContent.includes('找不到这处原文')")


@pytest.mark.skipif(not can_recognise(), reason="the extra ocr is not installed")
def test_a_scan_joins_and_says_that_it_was_recognised(editor: Visitor) -> None:
    editor.page.click("#choose-scope")
    editor.page.set_input_files("#shelf-files", [PAGE])
    editor.page.wait_for_selector(f"{CHANGE}.read", timeout=PATIENCE)
    joined(editor)
    editor.ask("某某市统计局2024年卫生健康支出是多少？")
    assert "61.08 万元" in editor.text("#chat .told") and "识别所得" in editor.text("#chat .bot-row")
    assert "识别所得，请核对原件" in editor.text("#evidence .reading")
    editor.page.click(ORIGINAL)
    editor.has(DRAWN)
    assert "本页是扫描页" in editor.text("#evidence figcaption")
    editor.page.wait_for_timeout(150)
    assert editor.is_in_view(BOX, SHEET)
    assert min(on_the_picture(editor, inside=True)) < 100, "the cell's number is inside the box"
    removed(editor, "统计局")
