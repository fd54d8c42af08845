"""Rows of tables: the projects of a unit, items described instead of named, one row's own columns, parts, units."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "云岭市水务局"
_MAIN = "云岭市水务局（本级）"
_DIKES = "云岭市堤防管理中心"
_RESCUE = "云岭市防汛抢险中心"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、部门主要职责

1.{_UNIT}负责全市水资源管理和防洪工作。

二、机构设置

下设预算单位2个，分别为：{_DIKES}、{_RESCUE}。

第二部分 2026 年部门预算情况说明

一、支出情况

（1）水文信息测报（2130331）支出220.00万元，比上年减少80.00万元，下降26.7%，主要原因是测站改造完工。

第三部分 2026 年部门预算表

表1
收支总表
部门：{_UNIT}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t2000.00\t一、农林水支出\t2000.00
收入总计\t2000.00\t支出总计\t2000.00

表2
一般公共预算支出表（按经济分类）
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t支出总计\t基本支出\t项目支出
\t合计\t400.00\t100.00\t300.00
302\t商品和服务支出\t400.00\t100.00\t300.00
30201\t办公费\t140.00\t60.00\t80.00
30227\t委托业务费\t260.00\t40.00\t220.00

表3
一般公共预算支出表
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t220.00\t0.00\t220.00
213\t农林水支出\t220.00\t0.00\t220.00
21303\t水利\t220.00\t0.00\t220.00
2130331\t水资源节约管理与保护\t220.00\t0.00\t220.00

表6
一般公共预算“三公”经费支出表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
单位名称\t“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t
{_UNIT}\t476.30\t0.00\t476.30\t421.30\t55.00\t0.00

表4
部门预算项目支出预算表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
单位名称\t项目名称\t总计\t一般公共预算\t政府性基金预算\t单位资金\t绩效目标
合计\t\t2405.00\t1305.00\t1100.00\t0.00\t
{_MAIN}\t东江堤防加固工程\t1000.00\t0.00\t1000.00\t0.00\t完成堤防加固
{_MAIN}\t西江堤防加固工程\t600.00\t600.00\t0.00\t0.00\t完成西江段
{_MAIN}\t堤防加固工程维修养护\t80.00\t80.00\t0.00\t0.00\t日常养护
{_MAIN}\t统一用车服务费\t20.00\t20.00\t0.00\t0.00\t保障出行
{_DIKES}\t运行辅助经费\t300.00\t300.00\t0.00\t0.00\t聘用巡堤护堤专业队员，提高险情处置能力
{_DIKES}\t统一用车服务费\t5.00\t5.00\t0.00\t0.00\t保障出行
{_RESCUE}\t地方专项债券项目还本付息\t400.00\t300.00\t100.00\t0.00\t偿还专项债券利息

表5
政府采购支出表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
采购品目\t采购物品名称\t采购组织形式\t合计\t一般公共预算\t政府性基金预算\t单位资金
合计\t\t\t700.00\t450.00\t250.00\t0.00
管网运行服务\t排水管网运行\t集中采购\t400.00\t150.00\t250.00\t0.00
抢险物资\t冲锋舟\t分散采购\t300.00\t300.00\t0.00\t0.00

第四部分 名词解释

（一）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget with projects and purchases line by line."""
    return assistant_over_text(tmp_path_factory.mktemp("水务"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("水务局本级的项目，单个预算六百万（含）以上的一共几个，都列出来", ("2 个", "1000.00", "600.00")),
        ("水务局本级600万（不含）以上的项目有几个", ("1000.00",)),
        ("名字里带“堤防加固工程”的项目有几个，合起来多少？维修养护那个不算", ("2 个", "1600.00")),
        ("工期都快完了，名字里带“堤防加固工程”的项目还剩几个，加起来还要付多少", ("3 个", "1680.00")),
        ("名字里带“堤防加固工程”的几个项目合计多少", ("3 个", "1680.00")),
        ("堤防管理中心请巡堤护堤专业队员那笔，今年给了多少", ("运行辅助经费", "300.00")),
        ("水务局今年有还债的支出没有，多少钱，落在哪个下属单位头上", ("400.00", "抢险中心")),
        ("30227在基本支出、项目支出里各多少，合计占302类的比重", ("40.00", "220.00", "65 %")),
        ("30201办公费基本支出里多少、项目支出里多少", ("60.00", "80.00")),
        ("今年采购单子里最大的一单买的什么，一般公共预算和政府性基金各出多少", ("管网", "150.00", "250.00")),
        ("采购里最大的一单是什么，走的什么资金", ("一般公共预算为 **150.00", "政府性基金预算为 **250.00")),
        ("东江堤防加固工程走的什么资金", ("政府性基金预算为 **1000.00",)),
        ("水资源节约管理与保护比上年少了多少", ("80.00",)),
        ("水务局2130331这个项级科目，支出合计多少", ("220.00",)),
        ("2130331水资源节约管理与保护：支出是多少，项目支出只列了多少", ("220.00",)),
        ("采购表里排水管网运行：总额、一般公共预算和政府性基金各承担多少", ("400.00", "150.00", "250.00")),
        ("采购表里排水管网运行一般公共预算和政府性基金各多少", ("150.00", "250.00", "（排水管网运行）")),
        ("采购里集采的合计多少", ("400.00",)),
        ("商品和服务支出那400万分了几块，最大的一块是什么", ("2 个", "委托业务费")),
        ("按30201这种款级科目看，商品和服务支出里最多的一项是什么", ("委托业务费", "260.00")),
        ("东江堤防加固工程和西江堤防加固工程加起来多少钱？是做什么的", ("1600.00", "完成堤防加固", "完成西江段")),
        ("抢险中心的地方专项债券项目还本付息用来干什么的", ("偿还专项债券利息",)),
        ("项目支出表里好几条统一用车服务费（含“运行辅助经费”那条），全部门加一起多少钱", ("325.00",)),
    ],
)
def test_whole_answers(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    whole_reply(engine, question, told)


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("堤防管理中心搞潜水打捞训练那笔今年多少钱", ("305.00", "300.00")),
        ("水务局有修路的支出没有，多少钱", ("2000.00",)),
        ("采购里最大的一单是什么，国有资本经营预算出多少", ("2000.00",)),
        ("名字里带“堤防加固工程”的项目有几个？已经花了300万，还剩多少", ("1380.00", "1300.00")),
    ],
)
def test_nothing_else_is_told_instead(engine: Assistant, question: str, untold: tuple[str, ...]) -> None:
    answer = engine.ask(question)
    assert answer.refused or answer.unanswered or answer.clarify
    assert not [text for text in untold if text in answer.told]


def test_rows_left_out_are_in_no_count(engine: Assistant) -> None:
    answer = engine.ask("名字里带“堤防加固工程”的项目有几个，合起来多少？维修养护那个不算")
    assert "80.00" not in answer.told and "1680" not in answer.told


def test_parts_are_listed_before_the_least_is(engine: Assistant) -> None:
    answer = engine.ask("商品和服务支出那400万，请拆开给我，各是多少，最小的是哪个")
    assert {"140.00", "260.00", "400.00"} <= {figure.value for figure in answer.figures}
    assert "最低的是办公费" in answer.answer


def test_vehicles_to_be_bought_are_no_running_costs(engine: Assistant) -> None:
    answer = engine.ask("今年要换23台公车是吧，花多少钱")
    assert "公务用车购置费为 **421.30 万元" in answer.answer and "55.00" not in answer.told


def test_columns_of_one_row_asked_for_one_after_the_other(tmp_path: Path) -> None:
    revenue = """
表9
收入总表
部门：云岭市水务局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t财政拨款收入\t事业单位经营收入
\t合计\t500.00\t330.00\t170.00
2080505\t机关事业单位基本养老保险缴费支出\t40.00\t28.00\t12.00
2130301\t行政运行\t460.00\t302.00\t158.00
"""
    whole = "一、一般公共预算拨款收入\t2000.00\t一、农林水支出\t2000.00"
    parts = "一、一般公共预算拨款收入\t1830.00\t一、农林水支出\t2000.00\n二、事业单位经营收入\t170.00\t\t"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "预算.txt").write_text(BUDGET.replace(whole, parts) + revenue, encoding="utf-8")
    build([tmp_path / "documents"], tmp_path / "index", processes=1)
    engine = Assistant(tmp_path / "index", Settings(conversations=tmp_path / "talks.sqlite"))
    answer = engine.ask("核对一下收入总表2080505这一行：财政拨款收入列了多少，事业单位经营收入列了多少")
    assert [figure.value for figure in answer.figures] == ["28.00", "12.00"]


@pytest.mark.parametrize("title", ["体育支出预算表", "部门预算体育项目支出预算表"])
def test_a_table_of_another_name_is_not_the_one_that_is_printed(engine: Assistant, title: str) -> None:
    assert engine.ask(f"云岭市水务局2026年{title}里，金额最大的项目是哪个？").refused
