"""A whole conversation to be filed: every question, its answer, its sources; every figure is its cell's."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest

from assistant.ground import numbers
from assistant.papers.docx import record_docx
from assistant.papers.places import SourceNames
from assistant.papers.record import record_of
from assistant.papers.sheets import talk_pack
from assistant.talks import Turn
from index.warehouse import Warehouse
from tests.doubles import SENTENCE, FixtureEngine

QUESTIONS = ("第45项费用是多少？", "列出全部", "财政局的呢？", "第2项费用是多少？")


@pytest.fixture
def names(fixture_engine: FixtureEngine) -> SourceNames:
    return SourceNames(fixture_engine.warehouse)


@pytest.fixture
def turns(fixture_engine: FixtureEngine) -> list[Turn]:
    """Three answers, a refusal, and a question that came to nothing."""
    answered = [Turn(n, each, each, answer=fixture_engine.ask(each)) for n, each in enumerate(QUESTIONS, 1)]
    return [*answered, Turn(5, "崩", "", problem="回答时出了内部错误。")]


@pytest.fixture
def paragraphs(turns: list[Turn], names: SourceNames) -> list[tuple[str, str]]:
    """The paragraphs of the Word file, each with its style."""
    document: Any = docx.Document(io.BytesIO(record_docx(record_of("会上的\x00", turns, names, date(2026, 3, 9)))))
    return [(each.style.name, each.text) for each in document.paragraphs]


def printed(warehouse: Warehouse) -> dict[tuple[str, str], str]:
    """The fixture's cells by the names of row and column."""
    table = next(each for each in warehouse.tables() if each.table_no == "附表4-6")
    columns = ("", "", "合计", "人员经费", "公用经费")
    return {(row[1], column): text for row in table.grid[2:] for column, text in zip(columns, row, strict=True)}


def test_each_question_has_its_heading_its_answer_and_its_sources(paragraphs: list[tuple[str, str]]) -> None:
    assert paragraphs[0] == ("Title", "会上的")
    assert "共 5 问，2026年3月9日导出" in paragraphs[1][1]
    headings = [text for style, text in paragraphs if style == "Heading 1"]
    assert headings == [f"第 {n} 问　{each}" for n, each in enumerate((*QUESTIONS, "崩"), 1)]
    assert [style for style, _ in paragraphs].count("Heading 2") == 3
    texts = [text for _, text in paragraphs]
    assert any(text.startswith("2024年第45项费用预算 45.69 万元[1]") for text in texts)
    assert "注意：表中合计与正文相差 1.00 万元[2]" in texts and "回答时出了内部错误。" in texts
    assert any(text.startswith("没有财政局的预算") for text in texts)


def test_every_figure_of_the_record_is_its_cells(
    paragraphs: list[tuple[str, str]], fixture_engine: FixtureEngine, turns: list[Turn]
) -> None:
    cells = printed(fixture_engine.warehouse)
    sources = [text for _, text in paragraphs if re.match(r"\[\d+\] 《", text)]
    told = [re.fullmatch(r"\[\d+\] 《.+》附表4-6 .+，(.+)，(.+)：(.+) 万元", each) for each in sources]
    found = [match for match in told if match]
    assert len(found) == sum(len(turn.answer.citations) for turn in turns if turn.answer) - 2
    for match in found:
        assert cells[match[1], match[2]] == match[3]
    assert [each.endswith(f"：“{SENTENCE}”") for each in sources].count(True) == 2
    for turn in turns:
        for figure in turn.answer.figures if turn.answer else ():
            assert any(f"{figure.value} {figure.unit}[{figure.citations[0]}]" in text for _, text in paragraphs)
    cited = numbers(" ".join([SENTENCE, *(match[3] for match in found)]))
    amounts = re.findall(r"([\d.]+) 万元\[", "\n".join(text for _, text in paragraphs))
    assert numbers(" ".join(amounts)) <= cited | numbers("1.00")  # the gap that the note tells


def test_every_number_of_the_pack_is_its_cells(
    turns: list[Turn], names: SourceNames, fixture_engine: FixtureEngine
) -> None:
    answers = {turn.number: turn.answer for turn in turns if turn.answer}
    book = openpyxl.load_workbook(io.BytesIO(talk_pack(answers, names)))
    assert book.sheetnames[:4] == ["问答", "数字", "出处", "查询语句"]
    assert book.sheetnames[4:] == [f"查询结果 {n}（金额为元）" for n in (1, 2, 4)]
    head, *rows = book["出处"].iter_rows(values_only=True)
    sources = [dict(zip(head, row, strict=True)) for row in rows]
    cells = printed(fixture_engine.warehouse)
    values = {(each["第几问"], str(each["编号"])): each["数值"] for each in sources}
    for each in sources:
        if each["行"]:
            assert cells[each["行"], each["列"].rsplit("/", 1)[-1]] == each["印出的值"] == f"{each['数值']:.2f}"
    figures = list(book["数字"].iter_rows(min_row=2, values_only=True))
    assert len(figures) == 14
    for turn, _, value, _, mark in figures:
        assert value == values[turn, mark]
    asked = [row[2] for row in book["问答"].iter_rows(min_row=2, values_only=True) if row[1] == "问题"]
    assert asked == list(QUESTIONS)


def test_how_a_question_was_taken_is_told(turns: list[Turn], names: SourceNames) -> None:
    answer = turns[0].answer
    assert answer
    other = answer.model_copy(update={"standalone_question": "某某区委办公室的？", "engine": "model"})
    record = record_of("", [Turn(1, "第45项费用是多少？", "", answer=other)], names, date(2026, 1, 2))
    assert record.exchanges[0].told[:2] == ("（理解为：某某区委办公室的？）", "（语言模型参与）")
