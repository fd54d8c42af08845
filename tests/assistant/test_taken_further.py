"""Answers taken further by what the same question told: times, shares of a whole, what a gap is, a rate worked out."""

from __future__ import annotations

import pytest

from assistant.core import Core
from tests.assistant.budgets import Budget, core_over, whole_answer

WATER = Budget(
    "清河市水务局", 2025,
    (("213", "农林水支出", "400.00"), ("2130301", "行政运行", "300.00"), ("2130305", "水利工程建设", "100.00")),
    (("302", "商品和服务支出", "80.00"), ("30201", "办公费", "20.00"), ("30211", "差旅费", "12.00"),
     ("30216", "培训费", "8.00")),
    "3.00", "9.00", "400.00",
    prose=(
        "一、收入预算情况",
        "财政专户管理资金收入12.25万元。",
        "二、支出预算情况",
        "水利工程建设支出100万元，比上年减少25万元，下降30%。主要原因是：项目完工。",
        "三、其他情况",
        "培训费预算8万元，比上年减少2万元。会议费预算5万元，比上年减少1万元。",
        "一般公共服务支出87.75万元。城乡社区支出100万元。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    """The algebra over the invented budget."""
    return core_over(tmp_path_factory.mktemp("further"), WATER)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("办公费加差旅费合起来是培训费的几倍，有没有五倍", ("办公费、差旅费合计是培训费的 **4 倍", "32.00 万元")),
        ("办公费和差旅费合起来占302整类的百分之几，帮我算一下", ("**40 %", "32.00 万元")),
        ("培训费和会议费加一块比去年砍了多少", ("净减少 **3.00 万元",)),
        ("水利工程建设支出说少了25万，文里写的百分之几？按它自己的数倒推应该是多少", ("30 %", "20 %")),
        ("水利工程建设今年多少，去年的底子是多少", ("100.00 万元", "125.00 万元")),
        ("城乡社区支出和一般公共服务支出差多少，差的这块是什么钱", ("12.25 万元", "财政专户管理资金收入")),
    ],
)
def test_answers_are_taken_further(core: Core, question: str, expected: tuple[str, ...]) -> None:
    text = whole_answer(core, question)
    assert [part for part in expected if part not in text] == [], text


def test_one_figure_has_no_gap_to_itself(core: Core) -> None:
    assert "0.00" not in whole_answer(core, "办公费和办公费差多少")
