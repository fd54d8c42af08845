"""The reply to a citizen: form, figures with their sources in words, what stays with the official."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from assistant.answer import Clarify
from assistant.papers.asks import MOST_ASKS, asks_of
from assistant.papers.docx import letter_docx
from assistant.papers.letter import NOT_IN_BUDGET, NOT_LOOKED_UP, Letter, draft_letter, unknown_numbers
from assistant.papers.places import SourceNames
from tests.doubles import FixtureEngine

TODAY = date(2026, 3, 9)
LETTER = """您好！我是某某街道的居民，看了你们公开的预算，有几个问题想请教。
一、“三公”经费一共是多少？其中公务接待费是多少？
（2）办公费为什么这么多？
3、请公开2024年的培训费。
请尽快答复，谢谢！"""


@pytest.fixture
def names(fixture_engine: FixtureEngine) -> SourceNames:
    return SourceNames(fixture_engine.warehouse)


@pytest.fixture
def letter(fixture_engine: FixtureEngine, names: SourceNames) -> Letter:
    answers = [fixture_engine.ask("第45项费用是多少？"), fixture_engine.ask("财政局的呢？")]
    return draft_letter(answers, names, TODAY, "我想问……")


def test_the_usual_form(letter: Letter) -> None:
    order = [
        "关于预算公开",
        "来信内容：",
        "我想问……",
        "尊敬的",
        "一、关于",
        "二、关于",
        "数据来源：",
        "口径说明：",
        "2026年3月9日",
    ]
    places = [letter.text.index(part) for part in order]
    assert places == sorted(places)
    assert letter.signature == "某某区委办公室"


def test_a_figure_has_its_source_in_words(letter: Letter) -> None:
    assert "45.69 万元（见附表4-6 一般公共预算基本支出表）" in letter.body
    assert "[1]" not in letter.text and "**" not in letter.text
    assert (
        "1. 《某某区委办公室2024年部门预算》附表4-6 一般公共预算基本支出表：第45项费用，合计，45.69 万元；"
        "第3项费用，公用经费，3.69 万元。"
    ) in letter.sources
    assert "“公务接待费预算 0.69 万元，比上年减少 0.09 万元。”" in letter.sources


def test_contradictions_are_for_the_official_alone(letter: Letter) -> None:
    assert any("表中合计与正文相差 1.00 万元" in note for note in letter.notes)
    assert "相差 1.00" not in letter.text


def test_a_sentence_that_only_contradicts_is_no_source(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    text = "第45项为 **45.69 万元**[1]。\n\n⚠ 文件前后不一致：正文写 0.69 万元[2]"
    answer = fixture_engine.ask("第45项费用是多少？").model_copy(update={"answer": text, "notes": []})
    letter = draft_letter([answer], names, TODAY)
    assert "45.69" in letter.sources and "0.69 万元，" not in letter.sources
    assert letter.notes == ("“第45项费用是多少？”：文件前后不一致：正文写 0.69 万元",)


def test_an_ask_without_an_answer_is_marked_and_told(letter: Letter) -> None:
    assert f"二、关于“财政局的呢”\n{NOT_IN_BUDGET}" in letter.body
    assert any("财政局" in note and "信里留了位置" in note for note in letter.notes)


def test_what_kind_of_figures_these_are(letter: Letter) -> None:
    assert "2024年的数为部门预算数" in letter.basis and "金额单位：万元" in letter.basis


def test_figures_that_were_typed_are_found(letter: Letter, fixture_engine: FixtureEngine) -> None:
    from dataclasses import replace

    answers = [fixture_engine.ask("第45项费用是多少？")]
    assert unknown_numbers(letter, answers) == []
    assert unknown_numbers(replace(letter, body=letter.body + "另有 77.70 万元。"), answers) == ["77.7"]


def test_the_word_file_has_real_styles_and_fonts(letter: Letter) -> None:
    document: Any = docx.Document(io.BytesIO(letter_docx(letter)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == letter.title and document.paragraphs[0].style.name == "Title"
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["来信内容", "答复", "数据来源", "口径说明"]
    assert any("45.69 万元" in text for text in texts)
    assert "相差 1.00" not in "\n".join(texts)
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Heading 1", "Title")
    }
    assert fonts == {"Normal": "仿宋", "Heading 1": "黑体", "Title": "黑体"}
    assert round(document.sections[0].page_width.mm) == 210


def test_no_character_breaks_the_file(letter: Letter) -> None:
    from dataclasses import replace

    odd = replace(letter, incoming="\x00\x0b\ud800<&>]]>", signature="￿")
    texts = [p.text for p in docx.Document(io.BytesIO(letter_docx(odd))).paragraphs]
    assert "<&>]]>" in texts


def test_what_was_only_asked_back_is_not_said_to_be_missing(fixture_engine: FixtureEngine, names: SourceNames) -> None:
    back = Clarify(question="问的是哪一份文件？", options=[])
    answer = fixture_engine.ask("第45项费用是多少？")
    asked_back = answer.model_copy(update={"route": "clarify", "answer": back.question, "clarify": back})
    letter = draft_letter([asked_back], names, TODAY)
    assert NOT_LOOKED_UP in letter.body
    assert "没有查到" not in letter.body


def test_a_letter_is_cut_into_its_asks() -> None:
    assert asks_of(LETTER).questions == (
        "“三公”经费一共是多少？",
        "其中公务接待费是多少？",
        "办公费为什么这么多？",
        "请公开2024年的培训费。",
    )


def test_words_that_ask_do_where_no_sentence_ends_as_a_question() -> None:
    assert asks_of("你好。想知道公务接待费多少，谢谢。").questions == ("想知道公务接待费多少，谢谢。",)


def test_a_wish_to_know_and_a_numbered_point_are_asks_beside_questions() -> None:
    letter = """想请教几个问题，想咨询一下：1、2026年三公经费总额；2、我是退休教师。
    他们一年也没接待几次，想知道接待费用在什么地方。3.15那天看到了预算。我想了解车辆情况。多少钱？"""
    assert asks_of(letter).questions == (
        "2026年三公经费总额；", "他们一年也没接待几次，想知道接待费用在什么地方。", "我想了解车辆情况。", "多少钱？",
    )  # fmt: skip


def test_more_asks_than_are_taken_up_are_counted() -> None:
    asks = asks_of("多少？" * (MOST_ASKS + 3))
    assert (len(asks.questions), asks.left_out) == (MOST_ASKS, 3)


def test_no_ask_no_question() -> None:
    assert asks_of("你好。\n\n谢谢。").questions == ()
