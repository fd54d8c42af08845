"""The large figure of the meeting view is the answer's, with the direction of a change."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer, Figure
from assistant.ui.key_figure import key_figure
from tests.doubles import FixtureEngine, table_citation


@pytest.fixture
def answer(fixture_engine: FixtureEngine) -> Answer:
    """A change, and what it was worked out from."""
    figures = [
        Figure(label="第45项", value="45.69", unit="万元", citations=[1]),
        Figure(label="第45项增减", value="0.09", unit="万元", citations=[1, 2]),
    ]
    told = "第45项比上年减少 **0.09 万元**[1][2]（本年 **45.69 万元**[1]）。"
    cited = [table_citation(1, 45), table_citation(2, 45, 5)]
    asked = fixture_engine.ask("第45项费用是多少？")
    return asked.model_copy(update={"answer": told, "figures": figures, "citations": cited})


def shown(answer: Answer) -> tuple[str, ...]:
    return tuple(re.findall(r"<(?:span|b|small)>(.*?)</", re.sub("</?em>", "", key_figure(answer))))


def test_a_decrease_says_so_with_its_sources(answer: Answer) -> None:
    name, value, source = shown(answer)
    assert (name, value) == ("第45项增减", "减少 0.09 万元")
    assert source.endswith("附表4-6 一般公共预算基本支出表，第45项费用，合计 等 2 处")


@pytest.mark.parametrize(("said", "value"), [("增长了 ", "增长 0.09 万元"), ("少 ", "少 0.09 万元")])
def test_the_direction_is_the_texts(answer: Answer, said: str, value: str) -> None:
    assert shown(answer.model_copy(update={"answer": answer.answer.replace("减少 ", said)}))[1] == value


@pytest.mark.parametrize("said", ["变化 ", "最少 ", "至少 "])
def test_a_change_of_unknown_direction_is_not_shown(answer: Answer, said: str) -> None:
    assert key_figure(answer.model_copy(update={"answer": answer.answer.replace("减少 ", said)})) == ""


def test_no_change_needs_no_direction(answer: Answer) -> None:
    told = answer.answer.replace("减少 **0.09", "增减 **0.00")
    nought = answer.figures[1].model_copy(update={"value": "0.00"})
    assert shown(answer.model_copy(update={"answer": told, "figures": [nought]}))[1] == "0.00 万元"


def test_a_sum_is_large_and_not_its_first_part(answer: Answer) -> None:
    told = "甲、乙合计 **20000.00 元（2.00 万元）**[1][2]：\n\n- 甲为 **5000.00 元**[1]"
    figures = [
        Figure(label="甲", value="5000.00", unit="元", citations=[1]),
        Figure(label="甲、乙合计", value="20000.00", unit="元", citations=[1, 2]),
    ]
    assert shown(answer.model_copy(update={"answer": told, "figures": figures}))[:2] == ("甲、乙合计", "20,000.00 元")


def test_words_have_no_large_figure(answer: Answer) -> None:
    assert key_figure(answer.model_copy(update={"figures": []})) == ""
    assert key_figure(answer.model_copy(update={"citations": []})) == ""
