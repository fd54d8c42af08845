"""Spreadsheets: numbers are numbers, text is text, everything a figure rests on is there."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from assistant.papers.places import SourceNames
from assistant.papers.sheets import evidence_pack, list_csv, list_rows, list_sheet
from tests.doubles import DOCUMENT_ID, FILE, SENTENCE, FixtureEngine


@pytest.fixture
def names(fixture_engine: FixtureEngine) -> SourceNames:
    return SourceNames(fixture_engine.warehouse)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def test_the_pack_holds_all_that_an_answer_rests_on(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    book = opened(evidence_pack(fixture_engine.ask("第45项费用是多少？"), names))
    assert book.sheetnames == ["问答", "数字", "出处", "查询语句", "查询结果（金额为元）"]
    assert ("问题", "第45项费用是多少？") in rows_of(book, "问答")
    assert ("提醒", "表中合计与正文相差 1.00 万元[2]") in rows_of(book, "问答")
    assert rows_of(book, "数字")[1] == ("第45项费用", 45.69, "万元", "1")
    head, cell, sentence, _ = rows_of(book, "出处")
    told = dict(zip(head, cell, strict=True))
    assert (told["行"], told["列"], told["印出的值"], told["数值"]) == ("第45项费用", "合计", "45.69", 45.69)
    assert (told["文件名"], told["SHA-256"]) == (FILE, DOCUMENT_ID * 5 + "abcd")
    assert dict(zip(head, sentence, strict=True))["原句"] == SENTENCE
    assert rows_of(book, "查询结果（金额为元）")[1] == ("第45项费用", 456900)


def test_every_figure_is_its_cells_number(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    answer = fixture_engine.ask("列出全部")
    book = opened(evidence_pack(answer, names))
    values = {str(row[0]): row[11] for row in rows_of(book, "出处")[1:]}
    for _, value, _, marks in rows_of(book, "数字")[1:]:
        assert value == values[marks]


def test_nothing_is_a_formula(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    answer = fixture_engine.ask("列出全部").model_copy(update={"question": "=1+1", "notes": ["\x00@cmd"]})
    book = opened(evidence_pack(answer, names))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    assert ("问题", "=1+1") in rows_of(book, "问答")
    assert rows_of(book, "查询结果（金额为元）")[1] == ("=HYPERLINK(1)", "30201", 16900)


def test_a_list_as_a_sheet(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    rows = rows_of(opened(list_sheet(fixture_engine.ask("列出全部"), names)), "表格")
    assert rows[0] == ("序号", "名称", "数额", "单位", "出处")
    assert rows[1][:4] == (1, "第12项费用（30212）", 12.69, "万元")
    assert "附表4-6" in rows[1][4] and len(rows) == 13


def test_values_of_one_entry_stand_side_by_side_with_their_words(
    fixture_engine: FixtureEngine, names: SourceNames
) -> None:
    text = "- 甲局：比上年减少 **5.35 万元**[1]，下降 **39.6 %**[1]\n- 乙局：与上年持平 **0.00 万元**[2]"
    answer = fixture_engine.ask("列出全部").model_copy(update={"answer": text})
    head, first, second = rows_of(opened(list_sheet(answer, names)), "表格")
    assert head == ("序号", "名称", "名目", "数额", "单位", "名目", "数额", "单位", "出处")
    assert first[1:8] == ("甲局", "比上年减少", 5.35, "万元", "下降", 39.6, "%")
    assert second[1:8] == ("乙局", "与上年持平", 0, "万元", None, None, None)


def test_a_unit_is_only_the_unit(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    answer = fixture_engine.ask("列出全部").model_copy(update={"answer": "- 甲：**10100.00 元（1.01 万元）**[1]"})
    assert list_rows(answer, names)[1][2:4] == (Decimal("10100.00"), "元")


def test_a_list_as_csv(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    answer = fixture_engine.ask("列出全部")
    hostile = answer.model_copy(update={"answer": answer.answer.replace("1. 第12项", "1. =cmd|1")})
    text = list_csv(hostile, names).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][1:3] == ["'=cmd|1费用（30212）", "12.69"]


def test_an_answer_without_a_list_has_no_rows(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    assert list_rows(fixture_engine.ask("第45项费用是多少？"), names) == []
