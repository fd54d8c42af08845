"""What a project's form says nearest to what has no answer, and parts that name a unit of which nothing is told."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant


@pytest.mark.parametrize(
    ("question", "target", "value"),
    [
        ("专用通信保障运行经费给了多少钱，办会单位对它满意到什么地步", "参会人员及办会单位满意度", "100 %"),
        ("专用通信保障运行经费花多少钱，线路通畅程度承诺到多高", "线路通畅率", "100 %"),
    ],
)
def test_the_target_of_the_projects_form_is_told(
    seed_assistant: Assistant, question: str, target: str, value: str
) -> None:
    answer = seed_assistant.ask(question)
    assert not answer.unanswered
    assert "18.00 万元" in answer.answer
    assert f"{target}为 = **{value}**" in answer.answer and "绩效目标申报表：专用通信保障运行经费" in answer.answer
    assert any(target in str(citation) for citation in answer.citations)


@pytest.mark.parametrize("question", ["专用通信保障运行经费花多少钱，线路有多畅通"])
def test_the_nearest_target_stands_beside(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert len(answer.unanswered) == 1
    assert "18.00 万元" in answer.answer
    assert "指标值" in answer.answer or "年初目标值" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "专用通信保障运行经费2022年实际线路通畅几成",
        "专用通信保障运行经费调整预算数是多少，线路通畅率多高",
        "专用通信保障运行经费的卫星转播车有几辆",
    ],
)
def test_nothing_near_is_no_answer(seed_assistant: Assistant, question: str) -> None:
    assert seed_assistant.ask(question).refused


@pytest.mark.parametrize(
    ("question", "departments"),
    [
        ("专用通信保障中心的固定资产原值是多少", "589.74"),
        ("专用通信保障中心2024年政府采购，货物和服务加一块儿多少", "23.90"),
    ],
)
def test_the_departments_figure_is_none_of_a_units(seed_assistant: Assistant, question: str, departments: str) -> None:
    answer = seed_assistant.ask(question)
    assert answer.refused
    assert "专用通信保障中心" in answer.answer and departments not in answer.told
