"""Who adds up the parts of a figure is told the parts, their sum and whether that is what the document writes."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over

FORESTRY = Budget(
    "青山市林业局", 2025,
    (("213", "农林水支出", "640.00"), ("21302", "林业和草原", "640.00"), ("2130201", "行政运行", "500.00"),
     ("2130205", "森林资源培育", "140.00")),
    (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "34.50"), ("30216", "培训费", "25.51")),
    "2.75", "0.00", "640.00",
    prose=(
        "一、转移支付情况说明",
        "已安排林草生态保护恢复转移支付资金1,200.00万元，其中：安排天然林管护方向850.00万元，主要用于管护补助。"
        "安排草原修复方向410.00万元，主要用于种草改良。安排湿地保护方向90.00万元，主要用于湿地监测。",
        "二、国有资产情况说明",
        "截至2024年末，本部门共有车辆12辆。",
        "三、“三公”经费情况说明",
        "公务用车运行维护费预算2.00万元，主要是14辆公务用车的燃料费、维修费。2025年更新3辆公务用车。",
        "四、主要项目",
        "1.综合管护300.00万元，主要包括护林员补助180.00万元，用于发放补助；防火设备租赁70.00万元，用于租赁设备等。",
        "五、其他说明",
        "由于四舍五入因素，部分分项加和与总计可能略有差异。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose totals aren't what their parts come to."""
    return assistant_over(tmp_path_factory.mktemp("林业"), FORESTRY)


@pytest.mark.parametrize(
    "question",
    [
        "林草生态保护恢复转移支付资金写的总数跟后面三个方向加起来合得拢吗，各是多少",
        "林草生态保护恢复转移支付资金写的总额比底下几个分项还小，是不是印错了？三个方向加起来是多少",
        "林草生态保护恢复转移支付写的1200万，可下面三个方向我加了一遍，比总数大，是不是写错了",
    ],
)
def test_parts_that_come_to_something_else_are_told(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered
    assert {figure.value for figure in answer.figures} >= {"1200.00", "850.00", "410.00", "90.00", "1350.00", "150.00"}
    assert "两者不一致" in answer.answer


def test_what_rounding_makes_is_said_to_be_that(engine: Assistant) -> None:
    answer = engine.ask("商品和服务支出60万，底下两个明细我加起来是60.01，是填错了吗")
    assert not answer.refused and not answer.unanswered
    assert {figure.value for figure in answer.figures} == {"60.00", "34.50", "25.51", "60.01", "0.01"}
    assert "四舍五入因素" in answer.answer


def test_a_plain_sum_is_no_doubt_about_a_total(engine: Assistant) -> None:
    answer = engine.ask("差旅费和培训费两项加起来多少钱")
    assert "两者不一致" not in answer.answer and "60.01" in answer.answer


def test_a_number_of_things_is_told_from_a_sentence_that_says_another(engine: Assistant) -> None:
    answer = engine.ask("林业局到底几台公车？讲三公的地方和讲国有资产的地方好像说得不一样")
    assert {figure.value for figure in answer.figures} == {"12"}
    assert "14辆公务用车" in answer.answer and "两处不一致" in answer.answer


def test_parts_that_are_not_all_leave_a_rest(engine: Assistant) -> None:
    answer = engine.ask("综合管护三百来万，文字里点了名的那两块加一起是多少？还剩多少没有展开说")
    assert not answer.refused and not answer.unanswered
    assert {figure.value for figure in answer.figures} == {"300.00", "180.00", "70.00", "250.00", "50.00"}
    assert "没有逐项列明" in answer.answer and "两者不一致" not in answer.answer
