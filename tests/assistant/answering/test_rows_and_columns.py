"""Columns of rows: several listed side by side, those of a row that is picked by its rank, rows told by change."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant


def test_columns_are_listed_side_by_side(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("各采购品目的数量和单价分别是多少？")
    told = [(f.value, f.unit) for f in answer.figures]
    assert told[:4] == [("50", ""), ("200.00", "元"), ("3", ""), ("38000.00", "元")]
    assert len(told) == 10
    assert all(len(figure.citations) == 1 for figure in answer.figures)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("政府采购里金额最大的品目单价多少，买几台", [("38000.00", "元"), ("3", "")]),
        ("基本支出最多的功能科目人员经费是多少", [("269.35", "万元")]),
    ],
)
def test_columns_of_a_row_that_is_picked(
    seed_assistant: Assistant, question: str, figures: list[tuple[str, str]]
) -> None:
    assert [(f.value, f.unit) for f in seed_assistant.ask(question).figures] == figures


@pytest.mark.parametrize(
    "question",
    [
        "哪个经济科目比上年增长超过50%",  # no table and too few sentences state changes of such items
        "取暖费最高的品目单价多少",
        "截至2030年1月31日有车辆几辆",
        "调整预算数里办公费多少",
    ],
)
def test_what_the_budget_does_not_state_is_refused(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert answer.route in ("refuse", "clarify"), answer.answer
    assert not answer.figures


def test_what_cannot_be_answered_of_several_things_is_told(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("公务接待费多少？取暖费占三公经费多少？")
    assert [figure.value for figure in answer.figures] == ["0.69"]
    assert "取暖费" in "".join(answer.unanswered)


def test_a_misprint_is_told(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("公务接侍费是多少")
    assert [f.value for f in answer.figures] == ["0.69"]
    assert "“公务接侍费”按“公务接待费”理解" in answer.answer
