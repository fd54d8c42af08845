"""What a project's form says nearest to what has no answer, and parts that name a unit of which nothing is told."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.choose import with_own_units
from assistant.compose import Outcome


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("专用通信保障运行经费给了多少钱，办会单位对它满意到什么地步", "满意度"),
        ("专用通信保障运行经费花多少钱，线路通畅程度承诺到多高", "线路通畅率"),
    ],
)
def test_the_nearest_target_stands_beside(seed_assistant: Assistant, question: str, target: str) -> None:
    answer = seed_assistant.ask(question)
    assert len(answer.unanswered) == 1
    assert "18.00 万元" in answer.answer
    assert f"{target}（专用通信保障运行经费）的指标值" in answer.answer
    assert any(target in str(citation) for citation in answer.citations)


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


def test_the_departments_figure_is_none_of_a_units(seed_assistant: Assistant) -> None:
    state = seed_assistant._final("公务接待费是多少", ())
    (outcome,) = state["outcomes"]
    told = Outcome(seed_assistant._final("专用通信保障中心的印刷费是多少", ())["outcomes"][0].part, outcome.draft)
    (kept,), (refused,) = with_own_units([outcome]), with_own_units([told])
    assert kept.is_answered
    assert not refused.is_answered and "专用通信保障中心" in refused.refusal
