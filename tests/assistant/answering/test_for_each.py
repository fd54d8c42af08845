"""Money for each of something: over how many are counted in the question, beside the money, or altogether."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import FOREST_2025, assistant_over

PROSE = (
    "（一）巡护无人机购置费预算36.00万元，主要用于经批准购置的3台无人机；档案数字化服务费预算8.00万元。",
    "（二）2025年度，本单位编报绩效目标的项目共4个，涉及项目预算资金90.00万元。",
    "（三）古树名木养护费预算24.00万元，养护古树100株。",
    "（四）截至2024年12月31日，本部门共有车辆16辆。",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("each"), replace(FOREST_2025, prose=PROSE))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("有街坊写信嘀咕林业局又买东西：巡护无人机购置费平均一台多少钱？", "12.00 万元"),
        ("林业局编报绩效目标的项目一共几个，平均下来一个多大盘子？", "22.50 万元"),
        ("林业局古树名木养护费多少，摊到每株是多少？", "0.24 万元"),
        ("林业局古树名木养护费，每株每个月要花多少？", "0.02 万元"),
    ],
)  # fmt: skip
def test_quotients(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.ask(question)
    assert told in answer.answer.replace("**", ""), answer.answer
    assert len(answer.citations) >= 1


def test_bought_money_is_not_divided_by_all_there_are(assistant: Assistant) -> None:
    answer = assistant.ask("林业局巡护无人机购置费平均每辆多少钱？")
    assert "2.25 万元" not in answer.told.replace("**", "")  # 36 ÷ 16 vehicles that are there


def test_a_list_is_no_quotient(assistant: Assistant) -> None:
    answer = assistant.ask("林业局每个科目各多少钱？")
    assert "平均每" not in answer.told


def test_an_operator_that_was_not_carried_out_stays_open(assistant: Assistant) -> None:
    answer = assistant.ask("林业局人均几辆车？")
    assert answer.refused or answer.route == "clarify"
