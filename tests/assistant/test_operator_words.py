"""Operators in many words: what a sum comes to against a third figure, quotients, what is left, orders, means."""

from __future__ import annotations

from typing import Final

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over_text, whole_reply

_BUDGET: Final = Budget(
    "清河市水务局", 2026,
    (("213", "农林水支出", "260.00"), ("21303", "水利", "260.00"), ("2130301", "行政运行", "150.00"),
     ("2130305", "水利工程建设", "80.00"), ("2130314", "防汛", "30.00")),
    (("301", "工资福利支出", "150.00"), ("30101", "基本工资", "60.00"), ("30102", "津贴补贴", "70.00"),
     ("30103", "奖金", "20.00"), ("302", "商品和服务支出", "44.00"), ("30201", "办公费", "10.00"),
     ("30211", "差旅费", "6.00"), ("30215", "会议费", "3.00"), ("30228", "工会经费", "25.00")),
    "2.00", "3.00", "260.00",
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the one invented budget."""
    return assistant_over_text(tmp_path_factory.mktemp("operator_words"), _BUDGET.text)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("差旅费是否等于会议费加因公出国费", ("6.00", "差旅费与会议费、因公出国费合计相同", "差 **0.00 万元**")),
        ("办公费、差旅费、会议费三项相加等不等于工会经费", ("19.00", "25.00", "低 **6.00 万元**")),
        ("基本工资与奖金之和是否等于津贴补贴", ("80.00", "高 **10.00 万元**")),
        ("基本工资加津贴补贴加奖金是不是工资福利支出", ("150.00", "差 **0.00 万元**")),
        ("办公费、差旅费、会议费三项小计多少", ("合计 **19.00 万元**",)),
        ("办公费、差旅费、工会经费加总是不是25万", ("41.00", "多于问题里说的“25万”")),
        ("办公费、差旅费合计等于16万元吗", ("16.00", "相符")),
        ("商品和服务支出减去办公费、差旅费后余额", ("28.00",)),
        ("工会经费减会议费多少", ("22.00",)),
        ("工会经费/办公费", ("2.5",)),
        ("办公费同差旅费相除", ("1.67 倍",)),
        ("差旅费比会议费多出倍数", ("2 倍",)),
        ("会议费是差旅费的几分之一", ("50",)),
        ("302类款级科目中金额排前二的是哪些", ("1. 工会经费", "2. 办公费")),
        ("商品和服务支出各项从高到低列出", ("1. 工会经费", "2. 办公费", "3. 差旅费", "4. 会议费")),
        ("商品和服务支出各款按金额升序列出", ("1. 会议费", "4. 工会经费")),
        ("工资福利支出各款算术平均", ("50.00",)),
        ("办公费、差旅费、会议费的均值", ("6.33",)),
        ("差旅费、办公费、会议费按金额大小排", ("1. 办公费", "2. 差旅费", "3. 会议费")),
        ("差旅费、办公费、会议费三项由大到小排，带上金额", ("1. 办公费", "2. 差旅费", "3. 会议费")),
    ],
)
def test_operator_in_its_words(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    whole_reply(engine, question, told)


@pytest.mark.parametrize(
    "question",
    [
        "农林水支出260万元，分单位由多到少列成表",
        "办公费/差旅费各多少",
        "工资福利支出五款平均多少",
    ],
)
def test_operator_that_nothing_carries_out_is_not_passed_over(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert answer.refused or answer.unanswered, answer.answer


def test_what_a_sum_includes_is_no_equation(engine: Assistant) -> None:
    assert "低" not in engine.ask("办公费、差旅费合计是否含会议费与工会经费").told
