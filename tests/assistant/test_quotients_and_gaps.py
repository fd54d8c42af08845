"""Quotients, wholes without several parts, net changes, shares and places set apart, over an invented budget."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

BUREAU = """云岭市水产局 2026 年部门预算

第一部分 云岭市水产局概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

第二部分 云岭市水产局 2026 年部门预算情况说明

2026年支出预算 900.00 万元，其中：基本支出预算 500.00 万元，项目支出预算 330.00 万元。

年终结转结余资金 70.00 万元。

与上年相比，基本支出减少 40.00 万元，项目支出增加 65.00 万元。

2026年“三公”经费预算 30.00 万元，比上年减少 5.00 万元。其中：因公出国（境）费 4.00 万元，公务接待费 2.00 万元。

公务用车运行维护费 24.00 万元，与上年持平。

截至上年末，云岭市水产局共有车辆 8 辆，其中：执法执勤用车 5 辆、其他用车 3 辆。

2026年，云岭市水产局编报绩效目标的项目共 4 个，涉及资金 300.00 万元。

第三部分 云岭市水产局 2026 年部门预算表

附表1
收支总表
部门/单位：云岭市水产局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算\t700.00\t一、农林水支出\t800.00
二、单位资金\t200.00\t二、住房保障支出\t100.00
收入总计\t900.00\t支出总计\t900.00

附表4
支出总表
部门/单位：云岭市水产局\t\t\t\t单位：万元
科目编码\t科目名称\t支出总计\t基本支出\t项目支出
\t合计\t900.00\t500.00\t400.00
213\t农林水支出\t800.00\t440.00\t360.00
2130101\t行政运行\t440.00\t440.00\t0.00
2130110\t执法监管\t200.00\t0.00\t200.00
2130135\t渔业发展\t160.00\t0.00\t160.00
221\t住房保障支出\t100.00\t60.00\t40.00

附表2
一般公共预算支出表
部门/单位：云岭市水产局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t700.00\t500.00\t200.00
213\t农林水支出\t600.00\t440.00\t160.00
2130101\t行政运行\t440.00\t440.00\t0.00
2130110\t执法监管\t120.00\t0.00\t120.00
2130135\t渔业发展\t40.00\t0.00\t40.00
221\t住房保障支出\t100.00\t60.00\t40.00

附表3
项目支出表
部门/单位：云岭市水产局\t\t单位：万元
项目名称\t\t预算数
合计\t\t400.00
渔船检验\t\t150.00
增殖放流\t\t120.00
渔港维护\t\t90.00
水产品抽检\t\t40.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the one bureau's budget."""
    return assistant_over_text(tmp_path_factory.mktemp("bureau"), BUREAU)


@pytest.mark.parametrize(
    "question",
    [
        "云岭市水产局车子养护费摊到每辆车头上一年多少万",
        "都说云岭市水产局养一台公车一年得五六万，拿运行维护费除以车辆数，实际一台合多少",
        "云岭市水产局那么多车，平均养一台一年要花多少。拿车辆总数和运行维护费除一下",
    ],
)
def test_money_for_each_vehicle(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ["**3.00 万元**", "**24.00 万元**", "**8 辆**"])


@pytest.mark.parametrize(
    "question",
    [
        "云岭市水产局报了绩效目标的那几个项目，平均下来每个项目摊多少资金",
        "云岭市水产局4个项目做绩效管理，匀到每个项目头上是多少钱",
    ],
)
def test_money_for_each_project_with_a_goal(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ["**75.00 万元**", "**300.00 万元**", "**4 个**"])


@pytest.mark.parametrize(
    ("question", "left", "history"),
    [
        ("云岭市水产局项目支出表的合计，扣掉渔船检验，再扣掉渔港维护，余下是多少万元", "**160.00 万元**", []),
        ("云岭市水产局2026支出预算九百万，把年终要结转结余的那块抠掉，真正安排的有多少", "**830.00 万元**", []),
        ("云岭市水产局在册的车，刨去执法执勤用车还剩几辆", "**3 辆**", []),
        ("刨开它还剩多少", "**640.00 万元**", ["云岭市水产局农林水支出多少", "其中渔业发展多少"]),
    ],
)
def test_a_whole_without_parts(engine: Assistant, question: str, left: str, history: list[str]) -> None:
    whole_reply(engine, question, [left, "外还有"], history=history)


def test_what_is_left_against_last_year(engine: Assistant) -> None:
    question = "云岭市水产局三公里把出国那一笔拿掉还剩多少，比它去年三公总数低出多少"
    whole_reply(engine, question, ["**26.00 万元**", "低 **9.00 万元**"])


def test_a_sum_with_an_unknown_part_has_no_share(engine: Assistant) -> None:
    answer = engine.ask("云岭市水产局农林水支出里，鱼苗补助和渔业发展这两项就占了百分之几", [])
    assert answer.refused or answer.unanswered or answer.clarify, answer.answer


def test_a_share_of_what_is_left(engine: Assistant) -> None:
    question = "云岭市水产局农林水支出里把行政运行剔掉，余下多少？其中渔业发展占余下的百分之几"
    whole_reply(engine, question, ["**360.00 万元**", "**44.44 %**"])


def test_what_is_left_of_two_that_have_a_share_together(engine: Assistant) -> None:
    question = "云岭市水产局农林水支出里，光执法监管和渔业发展这两项就占了百分之几？别的加一起多少钱"
    whole_reply(engine, question, ["**45 %**", "**440.00 万元**"])


def test_a_part_whose_name_is_unknown_is_not_the_whole(engine: Assistant) -> None:
    answer = engine.ask("云岭市水产局农林水支出一共八百万，里头喂鱼占百分之几", [])
    assert answer.refused or answer.unanswered, answer.answer
    assert "88.89" not in answer.told, answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "云岭市水产局基本支出减40万、项目支出增65万，一减一增净额是多少",
        "云岭市水产局项目支出涨了六十多万，可基本支出是降的，两项抵一抵净增多少",
    ],
)
def test_changes_are_netted(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ["净增加 **25.00 万元**"])


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("云岭市水产局执法监管的项目支出，全口径比一般公共预算口径多出多少万元", ["**200.00", "**120.00", "**80.00"]),
        ("云岭市水产局项目表里，排第二的项目比排第三的多多少", ["**120.00", "**90.00", "**30.00"]),
        ("云岭市水产局执法监管比渔业发展多多少？是渔业发展的几倍", ["**40.00 万元**", "**1.25 倍**"]),
    ],
)
def test_two_figures_set_apart(engine: Assistant, question: str, told: list[str]) -> None:
    whole_reply(engine, question, told)


FLEET = BUREAU.replace("30.00 万元，比上年减少 5.00 万元", "110.00 万元，比上年增加 75.00 万元").replace(
    "公务用车运行维护费 24.00 万元",
    "公务用车购置费 80.00 万元，比上年增加 80.00 万元。\n\n公务用车运行维护费 24.00 万元",
)


@pytest.fixture(scope="module")
def buyer(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over a budget that buys cars beside those it has."""
    return assistant_over_text(tmp_path_factory.mktemp("买车"), FLEET)


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("今年准备添4台公务用车，一台多少万", ("20.00 万元",), ("10.00 万元",)),
        (
            "今年准备添4台公务用车，摊下来一台多少？现有8辆车的公务用车运行维护费摊到每辆又是多少",
            ("20.00 万元", "3.00 万元"),
            (),
        ),
        ("今年准备添4台公务用车，公务用车运行维护费每辆多少", ("3.00 万元",), ("6.00 万元",)),
    ],
)
def test_cars_that_are_bought_and_those_in_use_are_divided_by_their_own_numbers(
    buyer: Assistant, asked: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(buyer, f"云岭市水产局{asked}", told, untold)


def test_of_another_number_than_pointed_at_nothing_is_added(engine: Assistant) -> None:
    listed = "云岭市水产局金额超过100万元的项目有哪些"
    whole_reply(engine, "这俩加起来，占全部项目支出的百分之几", ("270.00 万元", "67.5 %"), (), [listed])
    answer = engine.ask("这三个摞一块，占全部项目支出的百分之几", [listed])
    assert "67.5" not in answer.told and (answer.refused or answer.unanswered)
