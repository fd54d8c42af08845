"""What follows a unit that isn't loaded is about it too: the figures of the department above are not its own."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over


def _budget(unit: str) -> Budget:
    return Budget(
        unit, 2025, (("201", "一般公共服务支出", "400.00"), ("2010101", "行政运行", "400.00")),
        (("302", "商品和服务支出", "52.00"), ("30201", "办公费", "52.00")), "3.00", "0.00", "400.00",
    )  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over two invented budgets."""
    return assistant_over(tmp_path_factory.mktemp("before"), _budget("清河市水务局"), _budget("清河市体育局"))


@pytest.mark.parametrize(
    "question",
    [
        "清河市河道管理中心不是归水务局管吗，它自己2025年的预算总额是多少",
        "清河市体育馆归体育局么，它2025年支出总额多少，公务接待费多少",
        "清河市游泳中心是体育局划出去的，该中心今年的公务接待费多少",
        "清河市河道管理中心今年预算多少，公务接待费多少？它归水务局管",
    ],
)
def test_another_institutions_figures_are_not_told(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused and not answer.figures, answer.answer


def test_the_department_is_told_where_it_is_meant(assistant: Assistant) -> None:
    answer = assistant.ask("清河市水务局是管河道的吧，它2025年的公务接待费是多少")
    assert not answer.refused and "3.00 万元" in answer.answer, answer.answer
