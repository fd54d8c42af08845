"""What is taken away: copies, tables, the evidence pack, the reply to a letter."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.browser.visitor import Visitor

LETTER = """您好！我是某某街道居民。
一、第45项费用是多少？
二、财政局的预算是多少？
请尽快答复。"""


@pytest.fixture
def reader(visitor: Visitor) -> Visitor:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return visitor


def copied(visitor: Visitor) -> str:
    visitor.has("text=已复制")
    return str(visitor.page.evaluate("navigator.clipboard.readText()"))


def saved(visitor: Visitor, selector: str, folder: Path) -> Path:
    with visitor.page.expect_download() as waiting:
        visitor.page.click(selector)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_an_answer_is_copied_without_marks(reader: Visitor) -> None:
    reader.ask("第2项费用是多少？")
    reader.page.click("[data-act=copy]")
    assert copied(reader) == "2024年第2项费用预算 2.69 万元，比上年减少 0.09 万元。另见第3项。"


def test_an_answer_is_copied_with_its_sources(reader: Visitor) -> None:
    reader.ask("第2项费用是多少？")
    reader.page.click("[data-act=copy-sources]")
    text = copied(reader)
    assert "2.69 万元[1]" in text and "[1] 《某某区委办公室2024年部门预算》附表4-6" in text
    assert "注意：表中合计与正文相差" in text


def test_a_chart_stays_legible_on_a_phone(phone: Visitor) -> None:
    phone.ask("列出全部")
    phone.page.click("[data-act=chart]")
    phone.page.wait_for_function("document.querySelector('figure img').naturalWidth > 0")
    assert phone.page.locator("figure img").bounding_box()["width"] > 630  # type: ignore[index]
    assert not phone.scrolls_sideways()


def test_a_list_is_copied_as_a_table(reader: Visitor) -> None:
    reader.ask("列出全部")
    reader.page.click("[data-act=copy-table]")
    lines = copied(reader).splitlines()
    assert lines[1].split("\t")[:3] == ["1", "第12项费用（30212）", "12.69"] and len(lines) == 13
    html = reader.page.evaluate("navigator.clipboard.read().then(i => i[0].getType('text/html')).then(b => b.text())")
    assert "<table" in html and "12.69" in html


def test_a_list_is_saved_as_a_sheet_and_as_csv(reader: Visitor, tmp_path: Path) -> None:
    reader.ask("列出全部")
    sheet: Any = openpyxl.load_workbook(saved(reader, "[data-act=list-xlsx]", tmp_path)).active
    assert sheet["C2"].value == 12.69 and sheet.max_row == 13
    text = saved(reader, "[data-act=list-csv]", tmp_path).read_text(encoding="utf-8-sig")
    assert next(iter(list(csv.reader(io.StringIO(text)))[1:]))[2] == "12.69"


def test_the_evidence_pack_is_saved(reader: Visitor, tmp_path: Path) -> None:
    reader.ask("第45项费用是多少？")
    path = saved(reader, "[data-act=pack]", tmp_path)
    assert path.name == "证据包.xlsx"
    assert openpyxl.load_workbook(path)["数字"]["B2"].value == 45.69


@pytest.mark.parametrize("who", ["visitor", "phone"])
def test_a_whole_conversation_is_saved(who: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    person: Visitor = request.getfixturevalue(who)
    person.ask("第45项费用是多少？")
    person.ask("第2项费用是多少？")
    person.page.click("#open-talks")
    assert not person.scrolls_sideways()
    assert person.page.locator("#talk-list .open").first.bounding_box()["width"] > 200  # type: ignore[index]
    path = saved(person, "#talk-list .record", tmp_path)
    assert path.name == "第45项费用是多少？.docx"
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "第 1 问　第45项费用是多少？" in text and "第 2 问" in text and "，合计：2.69 万元" in text
    pack = openpyxl.load_workbook(saved(person, "#talk-list .pack", tmp_path))
    assert [row[2].value for row in pack["数字"].iter_rows(min_row=2)] == [45.69, 2.69]


def test_from_an_answer_to_a_changed_letter_in_word(reader: Visitor, tmp_path: Path) -> None:
    reader.ask("第2项费用是多少？")
    reader.ask("第45项费用是多少？")
    reader.page.click('.turn[data-turn="2"] [data-act=letter]')
    reader.has("#letter-docx:visible")
    assert "相差 1.00 万元" in reader.text("#letter-notes")
    body = reader.page.input_value("#letter-body")
    assert "45.69 万元（见附表4-6 一般公共预算基本支出表）" in body and "2.69 万元。" not in body
    reader.page.locator("#letter-turns input").first.check()
    reader.page.wait_for_function("document.querySelector('#letter-body').value.includes('一、关于')")
    reader.page.fill("#letter-body", reader.page.input_value("#letter-body") + "\n另有 99.99 万元。")
    reader.page.fill("#letter-signature", "某某区委办公室信息公开科")
    reader.page.wait_for_function("document.querySelector('#letter-unknown').textContent.includes('99.99')")
    document = docx.Document(str(saved(reader, "#letter-docx", tmp_path)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for part in ("关于预算公开有关问题的答复", "2.69 万元", "45.69 万元", "另有 99.99 万元。", "信息公开科"):
        assert part in text
    assert "相差 1.00" not in text


def test_a_pasted_letter_is_answered_ask_by_ask(reader: Visitor) -> None:
    reader.page.click("#open-letter")
    reader.page.fill("#letter-from", LETTER)
    reader.page.click("#letter-answer")
    reader.has("#letter-docx:visible")
    body = reader.page.input_value("#letter-body")
    assert "一、关于“第45项费用是多少”" in body and "二、关于“财政局的预算是多少”" in body
    assert "45.69 万元" in body and "在已公开的预算文件里没有查到相应的数据" in body
    assert reader.page.input_value("#letter-from") == LETTER
    assert "财政局" in reader.text("#letter-notes")
    reader.page.click("#letter [data-close]")
    assert reader.page.locator("#chat .turn").count() == 2
    assert "来信：" in reader.text("#title")


def test_a_letter_without_a_question_is_told(reader: Visitor) -> None:
    reader.page.click("#open-letter")
    reader.page.fill("#letter-from", "你好。")
    reader.page.click("#letter-answer")
    reader.page.wait_for_function(
        "document.querySelector('#letter-state').textContent.includes('没有在来信里找到问句')"
    )


def test_the_letter_fits_a_phone(phone: Visitor) -> None:
    phone.ask("第45项费用是多少？")
    phone.page.click("[data-act=letter]")
    phone.has("#letter-docx:visible")
    assert not phone.scrolls_sideways()
    width = phone.page.locator("#letter-body").bounding_box()
    assert width and width["width"] > 250


def test_an_answer_can_be_objected_to(visitor: Visitor) -> None:
    visitor.ask("第45项费用是多少？")
    visitor.page.click("[data-act=wrong]")
    visitor.page.fill("#wrong-comment", "应当是 46 万元")
    visitor.page.click("#wrong-send")
    visitor.has("text=已记下")
    assert not visitor.page.locator("#wrong").is_visible()


def test_a_list_is_drawn_and_the_picture_is_saved(visitor: Visitor, tmp_path: Path) -> None:
    visitor.ask("列出全部")
    visitor.page.click("[data-act=chart]")
    drawn = "document.querySelector('figure img').complete && document.querySelector('figure img').naturalWidth > 0"
    visitor.page.wait_for_function(drawn)
    assert "12.69" in saved(visitor, "[data-act=chart-svg]", tmp_path).read_text(encoding="utf-8")
    assert saved(visitor, "[data-act=chart-png]", tmp_path).read_bytes().startswith(b"\x89PNG")
    visitor.page.click("[data-act=chart]")
    assert visitor.page.locator("figure").count() == 0
