"""Last year's figures beside this year's, with a pronoun, and several short questions about the one item."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import FOREST_2025, assistant_over

PROSE = (
    "一、支出情况",
    "1.“农林水支出（类）林业和草原（款）行政运行（项）”500.00万元，主要用于人员支出。2024年当年预算执行数为460.00万元，"
    "2025年预算安排500.00万元，比2024年预算执行数增加8.70%。主要原因是：人员增加。",
    "（2）农林水支出（类）林业和草原（款）森林资源培育（项）180.00万元，主要用于绿色长廊示范工程。"
    "比上年执行数减少20.00万元，下降10.00%，主要原因是上年苗圃改造已完成。",
    "第一季度用款计划45万元，第二季度用款计划45万元，第三季度用款计划45万元，第四季度用款计划45万元。",
    "二、“三公”经费情况",
    "公务接待费预算 2.75 万元，比上年增加 0.25 万元，同比增加 10.0%，主要原因是：新增防火联防接待。",
    "会议费预算 6.00 万元，比上年增加 5.00 万元，增长 83.33%，主要原因是：承办现场会。",
    "培训费预算 3.00 万元，比上年减少 1.00 万元，主要原因是：压减场次。",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over one budget that tells what was spent the year before."""
    return assistant_over(tmp_path_factory.mktemp("before"), replace(FOREST_2025, prose=PROSE))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("行政运行2024年预算执行数是多少，2025年比它增加百分之几？", ("460.00 万元", "8.7 %")),
        ("行政运行2024年的当年预算执行数是多少？2025年预算比它增加多少？", ("460.00 万元", "40.00 万元")),
        ("行政运行比上年执行数增加多少？", ("40.00 万元",)),
        ("绿色长廊示范工程安排了多少？", ("180.00万元",)),
        ("绿色长廊示范工程安排了多少？这个科目为什么比上年执行数下降？", ("180.00万元", "苗圃改造")),
        ("全年的用款计划是多少？", ("180.00 万元", "推算")),
        ("公务接待费安排了没有，多少？", ("有", "2.75 万元")),
        ("公务接待费比上年是增是减？差多少，为什么？", ("增加 **0.25 万元**", "防火联防")),
    ],
)
def test_all_that_is_asked_of_the_item_is_said(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = assistant.ask(question).answer
    assert [each for each in said if each not in answer] == [], answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("培训费比上年减少了百分之几？", ("下降 **25 %**",)),
        ("会议费比上年增加多少，增幅多少？", ("增长 **500 %**", "与文件写的 83.33 % 不符")),
        ("培训费去年是多少，今年压了百分之几？", ("4.00 万元", "**25 %**")),
    ],
)
def test_a_rate_is_worked_out(assistant: Assistant, question: str, said: tuple[str, ...]) -> None:
    answer = assistant.ask(question).answer
    assert [each for each in said if each not in answer] == [], answer


def test_a_rate_that_is_so_is_not_repeated(assistant: Assistant) -> None:
    assert "计算" not in assistant.ask("公务接待费比上年增加多少，增幅多少？").answer


@pytest.mark.parametrize(
    "question",
    [
        "行政运行比上年预算数增加多少？",
        "2024年森林资源培育的预算数是多少？",
        "绿色长廊示范工程第三季度安排了多少？",
        "截至2025年6月30日公务接待费是多少？",
    ],
)
def test_another_basis_or_time_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused or answer.route == "clarify", answer.answer
