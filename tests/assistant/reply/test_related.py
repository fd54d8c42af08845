"""What is shown beside an answer: sentences and rows near to the question, which are no part of the answer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import RELATED, Answer
from assistant.ask import Assistant
from assistant.papers.letter import draft_letter
from assistant.papers.places import source_names
from assistant.papers.text import text_with_sources
from assistant.ui.messages import answer_message
from tests.assistant.budgets import Budget, assistant_over

NEAR = "河道保洁由各镇街道承担，市级财政按每公里两万元的标准给予补助。"
BUDGET = Budget(
    "青山市水务局",
    2026,
    (("2130301", "行政运行", "120.00"),),
    (("30217", "公务接待费", "8.00"), ("30211", "差旅费", "12.50")),
    hospitality="8.00",
    prose=(NEAR, "泵站值守实行两班轮换，由排涝中心统一调度。"),
)
ASKED = "差旅费和公务接待费合计是多少，河道保洁每公里补助标准是多少"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("related"), BUDGET)


@pytest.fixture(scope="module")
def answer(engine: Assistant) -> Answer:
    return engine.ask(ASKED)


def test_what_is_near_stands_behind_the_answer(answer: Answer) -> None:
    told, _, beside = answer.answer.partition(RELATED)
    assert "20.50 万元" in told
    assert NEAR in beside
    assert answer.told == told.rstrip()


def test_it_is_no_part_of_the_answer(engine: Assistant, answer: Answer) -> None:
    assert [figure.value for figure in answer.figures] == ["12.50", "8.00", "20.50"]
    assert {n for figure in answer.figures for n in figure.citations} <= {each.n for each in answer.sources}
    letter = draft_letter([answer], source_names(engine.warehouse), date(2026, 3, 9), "")
    assert NEAR not in letter.text
    assert NEAR not in text_with_sources(answer, source_names(engine.warehouse))


def test_every_line_has_its_source(answer: Answer) -> None:
    known = {each.n for each in answer.citations}
    for line in answer.related:
        marks = {int(n) for n in re.findall(r"\[(\d+)\]", line)}
        assert marks and marks <= known
    assert set(answer.related_citations) <= known


def test_a_plain_look_up_stays_plain(engine: Assistant) -> None:
    assert engine.ask("差旅费是多少？").related == []


def test_a_refusal_shows_nothing(engine: Assistant) -> None:
    refused = engine.ask("2019年的公务接待费是多少，河道保洁每公里补助标准又是多少？")
    assert refused.refused
    assert refused.related == []


def test_the_page_folds_it(answer: Answer) -> None:
    page = answer_message(answer, 1)
    told, _, beside = page.partition('<details class="related">')
    assert NEAR not in told
    assert "每公里两万元" in beside


def test_the_row_of_an_item_in_another_table(tmp_path: Path) -> None:
    other = Budget(
        "青山市林业局",
        2026,
        (("2130205", "森林资源培育", "260.00"), ("2130234", "林业草原防灾减灾", "75.00")),
        (("30211", "差旅费", "3.00"),),
        hospitality="1.00",
        prose=("全年安排造林专项，重点是森林资源培育。",),
    )
    answer = assistant_over(tmp_path, other).ask("差旅费是多少？林业草原防灾减灾今年动不动？会不会停")
    assert any("林业草原防灾减灾" in line and "75.00" in line for line in answer.related)


def test_no_other_row_of_a_table_that_rows_were_chosen_from(tmp_path: Path) -> None:
    rows = (
        ("30211", "差旅费", "12.50"),
        ("30217", "公务接待费", "8.00"),
        ("30215", "会议费", "6.00"),
        ("30216", "培训费", "3.00"),
    )
    budget = Budget("青山市林业局", 2026, (("2130205", "森林资源培育", "60.00"),), rows, hospitality="8.00")
    answer = assistant_over(tmp_path, budget).ask(
        "基本支出表里，金额在5万元以上的差旅和接待有哪些，各多少，培训差旅补贴不算"
    )
    assert {"12.50", "8.00"} <= {figure.value for figure in answer.figures}
    assert "3.00" not in "".join(answer.related)
