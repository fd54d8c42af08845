"""What something is, for whom it is and whether it goes that far: told by the glossary's entry of the item."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over

BUREAU = Budget(
    "青山市房产管理局", 2025,
    (("221", "住房保障支出", "640.00"), ("22102", "住房改革支出", "640.00"), ("2210202", "提租补贴", "640.00")),
    (("303", "对个人和家庭的补助", "36.00"), ("30301", "离休费", "6.00"), ("30302", "退休费", "30.00")),
    "2.75", "0.00", "640.00",
    prose=(
        "一、支出情况",
        "提租补贴（项）支出640.00万元，比上年增加20.00万元，主要原因是缴纳基数调整。",
        "第三部分 名词解释",
        "一、住房保障支出（类）住房改革支出（款）提租补贴（项）：反映按房改政策规定的标准，"
        "行政事业单位向职工（含离退休人员）发放的租金补贴。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget with a glossary."""
    return assistant_over(tmp_path_factory.mktemp("房产"), BUREAU)


@pytest.mark.parametrize(
    "question",
    [
        "提租补贴到底是个啥补贴",
        "提租补贴到底是啥",
        "提租补贴是什么钱，发给谁的",
        "提租补贴是发给哪些人的，退休的也有份吗",
        "提租补贴指的是什么，退休的有没有？公开里怎么解释的",
    ],
)
def test_the_entry_tells_it(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered
    assert "发放的租金补贴" in answer.answer and "退休费" not in answer.told and "缴纳基数" not in answer.told


def test_of_what_the_entry_does_not_speak_stays_open(engine: Assistant) -> None:
    answer = engine.ask("提租补贴是什么钱，外包保安有没有份")
    assert answer.refused or answer.unanswered
