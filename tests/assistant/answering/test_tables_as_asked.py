"""Which table, which column and which rows of it a question means, over an invented budget and final account."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build

FINAL = """青湾市渔业局 2024 年度部门决算

第一部分 青湾市渔业局概况

一、部门主要职责

1.青湾市渔业局负责全市渔业管理工作。

第二部分 2024 年度部门决算情况说明

一般公共预算财政拨款基本支出中，人员经费 410.00 万元，主要包括基本工资、津贴补贴。

第三部分 2024 年度部门决算表

表1
收入支出决算总表
部门：青湾市渔业局\t\t\t单位：万元
收入\t\t支出\t
项目\t决算数\t项目\t决算数
一般公共预算财政拨款收入\t500.00\t农林水支出\t500.00
本年收入合计\t500.00\t本年支出合计\t500.00

表2
财政拨款“三公”经费支出决算表
部门：青湾市渔业局\t\t\t\t\t单位：万元
“三公”经费\t\t公务接待费\t\t公务用车运行维护费\t
预算数\t决算数\t预算数\t决算数\t预算数\t决算数
8.00\t5.00\t3.00\t1.00\t5.00\t4.00

表3
一般公共预算财政拨款基本支出决算表
部门：青湾市渔业局\t\t单位：万元
科目编码\t科目名称\t决算数
301\t工资福利支出\t400.00
30101\t基本工资\t300.00
30102\t津贴补贴\t100.00
人员经费合计\t\t400.00
302\t商品和服务支出\t20.00
30205\t水费\t3.00
30206\t电费\t17.00
公用经费合计\t\t20.00
"""

BUDGET = """青湾市渔业局 2026 年部门预算

第一部分 青湾市渔业局概况

一、部门主要职责

1.青湾市渔业局负责全市渔业管理工作。

第二部分 2026 年部门预算表

表1
本年支出总体情况表
部门/单位：青湾市渔业局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t900.00\t500.00\t400.00
213\t农林水支出\t900.00\t500.00\t400.00
21301\t农业农村\t900.00\t500.00\t400.00
2130101\t行政运行\t500.00\t500.00\t0.00
2130135\t农业资源保护修复与利用\t400.00\t0.00\t400.00

表2
一般公共预算基本支出情况表
部门/单位：青湾市渔业局\t\t\t\t\t单位：万元
部门预算支出经济分类科目\t\t政府预算支出经济分类科目\t\t\t基本支出预算
科目编码\t科目名称\t类\t款\t科目名称\t合计
\t合计\t\t\t\t500.00
301\t工资福利支出\t\t\t\t450.00
30101\t基本工资\t501\t01\t工资奖金津补贴\t450.00
302\t商品和服务支出\t\t\t\t50.00
30205\t水费\t502\t01\t办公经费\t6.00
30206\t电费\t502\t01\t办公经费\t14.00
30228\t工会经费\t502\t01\t办公经费\t20.00
30228\t工会经费\t505\t02\t商品和服务支出\t10.00

表3
一般公共预算项目支出情况表（按经济分类科目）
部门/单位：青湾市渔业局\t\t单位：万元
科目编码\t科目名称\t合计
\t合计\t370.00
302\t商品和服务支出\t320.00
30201\t办公费\t50.00
30227\t委托业务费\t270.00
310\t资本性支出\t50.00
31003\t专用设备购置\t50.00

表4
项目支出表
部门/单位：青湾市渔业局\t\t\t\t单位：万元
项目名称\t合计\t一般公共预算\t其他资金
合计\t400.00\t370.00\t30.00
增殖放流经费-东港\t100.00\t100.00\t0.00
增殖放流经费-西港\t80.00\t80.00\t0.00
增殖放流经费\t60.00\t60.00\t0.00
渔港维护\t130.00\t130.00\t0.00
资源调查\t30.00\t0.00\t30.00

表5
项目支出绩效目标表
部门/单位：青湾市渔业局\t\t单位：万元
项目名称\t资金总额\t绩效目标
渔港维护\t125.00\t渔港设施完好，渔船进出安全，渔民满意。
休渔巡查\t45.00\t休渔期内海上秩序稳定，无大规模违规捕捞。
"""


@pytest.fixture(scope="module")
def fishery(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over both documents."""
    folder = tmp_path_factory.mktemp("fishery")
    paths = []
    for name, text in (("决算.txt", FINAL), ("预算.txt", BUDGET)):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    build(paths, folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


def values(answer: Answer) -> list[str]:
    """The figures in the order of the answer."""
    return [figure.value for figure in answer.figures]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2024年决算中公务接待费的年初预算数是多少？", ["3.00"]),
        ("2024年决算中三公经费的预算数是多少？", ["8.00"]),
        ("2024年公务接待费决算数是多少？", ["1.00"]),
        ("2024年公务接待费花了多少？", ["1.00"]),
    ],
)
def test_a_final_account_prints_both_bases(fishery: Assistant, question: str, expected: list[str]) -> None:
    assert values(fishery.ask(question)) == expected


def test_the_amount_spent_is_no_answer_for_the_amount_budgeted(fishery: Assistant) -> None:
    assert not values(fishery.ask("2024年决算中农林水支出的年初预算数是多少？"))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2026年名字里带“增殖放流经费”的项目一共多少钱？", "240.00"),
        ("2026年东港和西港的增殖放流经费合计多少？", "180.00"),
        ("2026年水电费合计多少？", "20.00"),
        ("2026年水电费合计多少？（一般公共预算基本支出）", "20.00"),
        ("2026年工会经费，机关（502）和事业单位（505）分别多少？", "10.00"),
        ("2026年休渔巡查项目安排了多少资金？", "45.00"),
        ("2026年支出总体情况表里2130135这个科目叫什么、合计多少？", "400.00"),
        ("2026年一般公共预算项目支出除了商品和服务支出还剩多少？", "50.00"),
        ("2026年一般公共预算项目支出表里，商品和服务支出下超过100万元的有哪些科目？", "270.00"),
        ("2026年渔港维护的一般公共预算和其他资金各多少？", "130.00"),
        ("2026年基本支出是多少？", "500.00"),
        ("2026年项目“资源调查”多少钱，是一般公共预算还是其他资金？", "30.00"),
    ],
)
def test_rows_and_columns_meant(fishery: Assistant, question: str, expected: str) -> None:
    answer = fishery.ask(question)
    assert expected in values(answer), answer.answer


def test_a_whole_and_its_part_are_not_added(fishery: Assistant) -> None:
    answer = fishery.ask("2026年资源调查总共安排多少，里面其他资金是多少？")
    assert values(answer) == ["30.00", "30.00"]


def test_what_is_not_within_the_whole_is_not_subtracted(fishery: Assistant) -> None:
    assert not values(fishery.ask("2026年基本支出扣除委托业务费还剩多少？"))


@pytest.mark.parametrize(
    "question",
    [
        "2026年一般公共预算基本支出情况表里的办公费是多少？",
        "2026年项目支出表里的基本工资是多少？",
    ],
)
def test_the_table_named_is_the_one_that_answers(fishery: Assistant, question: str) -> None:
    assert not values(fishery.ask(question))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2026年渔港维护在项目支出表和绩效目标表里写的一样吗？", ["130.00", "125.00", "5.00"]),
        ("2024年基本支出里人员经费到底是多少，表和正文对得上吗？", ["400.00", "410.00", "10.00"]),
    ],
)
def test_sources_are_put_side_by_side(fishery: Assistant, question: str, expected: list[str]) -> None:
    answer = fishery.ask(question)
    assert values(answer) == expected, answer.answer
