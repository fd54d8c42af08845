"""Units of a department counted and named: by a part of their names, by their kind, without its own level."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over

FORESTRY = Budget(
    "青山市林业局", 2025,
    (("213", "农林水支出", "640.00"), ("21302", "林业和草原", "640.00"), ("2130201", "行政运行", "640.00")),
    (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "60.00")),
    "2.75", "0.00", "640.00",
    prose=(
        "一、机构设置情况",
        "青山市林业局下属5个二级预算单位，分别是：青山市林业局本级，属全额拨款行政单位；青山市林业科学研究院，属全额拨款事业单位；"
        "青山市草原保护研究院，属全额拨款事业单位；青山市湿地保护中心，属差额拨款事业单位；青山市种苗站，属全额拨款事业单位。",
        "青山市林业局所属行政单位4个，包括：青山市东山林业分局、青山市西山林业分局、青山市南林场管理所、青山市北林场管理所。",
    ),
)  # fmt: skip

BELOW = ("青山市林业科学研究院", "青山市草原保护研究院", "青山市湿地保护中心", "青山市种苗站")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that lists its units in one sentence, each with its kind."""
    return assistant_over(tmp_path_factory.mktemp("林业"), FORESTRY)


@pytest.mark.parametrize(
    "question",
    [
        "除了局本级，林业局底下还有几家单位要单独编预算，名字报一下",
        "林业局底下管着哪几家事业单位，局机关本身不用说",
        "不算局机关，林业局还有几家单位",
        "林业局下属的事业单位有几家",
    ],
)
def test_the_own_level_is_none_of_the_units_below_it(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered
    assert {figure.value for figure in answer.figures} == {"4"}
    assert all(f"- {name}" in answer.answer for name in BELOW)
    assert "- 青山市林业局本级" not in answer.answer


@pytest.mark.parametrize(
    "question", ["林业局二级预算单位里叫“研究院”的数数有几家，全称报一下", "林业局名下叫“××研究院”的一共几家"]
)
def test_units_are_counted_by_what_they_are_called(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered
    assert {figure.value for figure in answer.figures} == {"2"}
    assert all(f"- {name}" in answer.answer for name in BELOW[:2])


def test_units_of_a_kind_are_counted_by_one_name_and_then_by_another(engine: Assistant) -> None:
    answer = engine.ask("林业局底下的行政单位里头，叫林业分局的有几家？叫林场管理所的又有几家？")
    assert not answer.refused and not answer.unanswered
    assert answer.answer.count("**2 个**") == 2
    assert "- 青山市西山林业分局" in answer.answer and "- 青山市北林场管理所" in answer.answer
