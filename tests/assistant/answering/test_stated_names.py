"""``平均得分``: what a sentence states under a name that begins like an operation is quoted, not computed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import FOREST_2025, assistant_over

PROSE = (
    "一、预算绩效管理情况",
    "绩效跟踪评价的2025年度项目12个，涉及预算金额415.48万元；绩效自评的2025年度项目9个，涉及预算金额300.10万元，"
    "平均得分97.35分；绩效自评中共发现问题0个。",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over one budget that tells of its evaluations."""
    return assistant_over(tmp_path_factory.mktemp("scores"), replace(FOREST_2025, prose=PROSE))


@pytest.mark.parametrize(
    "question",
    [
        "绩效自评平均得分是多少？",
        "绩效自评了多少个项目，平均得分多少？",
        "绩效自评的项目有多少个，平均得多少分？",
    ],
)
def test_a_stated_name_is_quoted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "平均得分97.35分" in answer.answer
    assert [f"{figure.value}{figure.unit}" for figure in answer.figures] in ([], ["9个"])


@pytest.mark.parametrize(
    "question",
    ["绩效跟踪评价平均得分多少？", "绩效自评最高得分多少？", "绩效自评平均金额多少？", "行政运行平均得分多少？"],
)
def test_of_what_no_sentence_states_nothing_is_said(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).refused
