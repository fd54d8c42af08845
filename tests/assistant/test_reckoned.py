"""Figures reckoned within one document: what is left, one item in two tables, parts of purchases, sums of lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "松川市档案局"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、部门主要职责

1.{_UNIT}负责全市档案的收集、保管和利用。

二、人员情况

本部门人员编制40人，其中行政编制30人、事业编制10人。

第二部分 2026 年部门预算情况说明

一、政府采购预算安排情况

2026年{_UNIT}政府采购预算总额200.00万元，其中：政府采购货物预算40.00万元，政府采购工程预算0.00万元，政府采购服务预算160.00万元。

第三部分 2026 年部门预算表

公开01表
收支总表
部门：{_UNIT}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t900.00\t一、一般公共服务支出\t700.00
\t\t二、住房保障支出\t200.00
收入总计\t900.00\t支出总计\t900.00

公开05表
财政拨款支出表（功能科目）
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t900.00\t600.00\t300.00
201\t一般公共服务支出\t700.00\t400.00\t300.00
20126\t档案事务\t700.00\t400.00\t300.00
2012601\t行政运行\t700.00\t400.00\t300.00
221\t住房保障支出\t200.00\t200.00\t0.00
22101\t保障性安居工程支出\t120.00\t120.00\t0.00
2210106\t公共租赁住房\t120.00\t120.00\t0.00
22102\t住房改革支出\t80.00\t80.00\t0.00
2210201\t住房公积金\t50.00\t50.00\t0.00
2210203\t购房补贴\t30.00\t30.00\t0.00

公开06表
财政拨款基本支出表（经济科目）
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t人员经费\t公用经费
\t合计\t600.00\t480.00\t120.00
301\t工资福利支出\t480.00\t480.00\t
30101\t基本工资\t480.00\t480.00\t
302\t商品和服务支出\t120.00\t\t120.00
30201\t办公费\t25.00\t\t25.00
30211\t差旅费\t20.00\t\t20.00
30215\t会议费\t15.00\t\t15.00
30299\t其他商品和服务支出\t60.00\t\t60.00

公开09表
“三公”经费、会议费、培训费支出表
部门：{_UNIT}\t\t\t\t\t\t\t\t单位：万元
单位名称\t“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t会议费\t培训费
\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t\t\t
{_UNIT}\t42.00\t0.00\t40.00\t36.00\t4.00\t2.00\t45.00\t8.00

公开12表
机关运行经费支出预算表
部门：{_UNIT}\t\t单位：万元
科目编码\t科目名称\t机关运行经费支出
\t合计\t131.00
302\t商品和服务支出\t131.00
30201\t办公费\t25.00
30211\t差旅费\t91.00
30215\t会议费\t15.00

公开13表
政府采购支出表
部门：{_UNIT}\t\t\t\t单位：万元
采购品目大类\t专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计
合计\t\t\t\t\t200.00
一、货物A\t\t\t\t\t40.00
\t馆藏保护经费\t办公设备购置\t\t\t24.00
\t\t\t台式计算机\t政府集中采购\t16.00
\t\t\t密集架\t分散自行组织\t8.00
\t库房维修经费\t专用设备购置\t\t\t16.00
\t\t\t除湿机\t分散自行组织\t16.00
三、服务C\t\t\t\t\t160.00
\t馆藏保护经费\t会议费\t\t\t30.00
\t\t\t会议服务\t政府集中采购\t30.00
\t\t物业管理费\t\t\t70.00
\t\t\t物业管理服务\t分散自行组织\t70.00
\t库房维修经费\t维修（护）费\t\t\t60.00
\t\t\t维修服务\t分散自行组织\t60.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose tables print one item on several bases."""
    return assistant_over_text(tmp_path_factory.mktemp("档案"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("档案局政府采购里服务占百分之几", ("80 %", "160.00")),
        ("有人说档案局今年政府采购九成以上都是买服务，准不准", ("80 %", "不到问题里说的“九成”")),
        ("公用经费花得最多的两样是啥？“其他商品和服务支出”这种兜底的别算进来", ("办公费", "25.00", "差旅费")),
        ("公用经费最多的两样是啥，别把其他商品和服务支出算进来", ("办公费", "25.00", "差旅费")),
        ("档案局公用经费多少？其他商品和服务支出不用算", ("120.00", "60.00")),
        ("住房保障支出里，住房改革支出（职工公积金、购房补贴）占百分之几", ("40 %", "80.00", "200.00")),
        ("档案局差旅费基本支出表是20万，机关运行经费表变成91万，差了多少", ("20.00", "91.00", "71.00")),
        ("三公那张表里的会议费减去机关运行经费表里的会议费，差额是多少", ("45.00", "15.00", "30.00")),
        ("会议费在公开09表和机关运行经费表（公开12表）里数不一样，各是多少、差多少", ("45.00", "15.00", "30.00")),
        ("档案局会议费一共多少，不在基本支出里的有多少", ("45.00", "15.00", "30.00")),
        ("总共多少编制，公用经费平均到每个编制头上几万块", ("40 人", "3.00 万元")),
    ],
)
def test_whole_answers(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    whole_reply(engine, question, told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("馆藏保护经费名下要走政府采购的，货物和服务各多少，拢共多少", ("24.00", "100.00", "124.00")),
        ("政府采购支出表里馆藏保护经费一共多少", ("124.00",)),
        ("采购明细表里，采购组织形式标着“政府集中采购”的各行加总是多少", ("46.00",)),
    ],
)
def test_sums_of_purchases_leave_out_no_line(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    answer = engine.ask(question)
    values = {figure.value for figure in answer.figures}
    assert set(told) <= values and not answer.unanswered, answer.answer


def test_what_is_left_out_is_not_told(engine: Assistant) -> None:
    answer = engine.ask("公用经费最多的两样是啥？“其他商品和服务支出”这种兜底的别算进来")
    assert "60.00" not in answer.told


def test_each_part_in_brackets_is_told_where_it_is_asked_for(engine: Assistant) -> None:
    answer = engine.ask("住房改革支出（住房公积金、购房补贴）各多少")
    assert {"50.00", "30.00"} <= {figure.value for figure in answer.figures}


def test_services_in_a_question_that_follows(engine: Assistant) -> None:
    answer = engine.ask("里头买服务的占百分之几", ["政府采购预算总额是多少"])
    assert "80 %" in answer.told


def test_how_many_things_all_lines_buy(tmp_path: Path) -> None:
    lines = """
公开13表
政府采购预算表
部门：松川市档案局\t\t\t\t\t单位：万元
单位名称\t采购项目\t采购目录\t购买数量\t预算金额
合计\t\t\t\t21.00
松川市档案局\t办公设备购置\tA02010104台式计算机\t13\t7.80
松川市档案局\t库房设备购置\tA02010104台式计算机\t21\t12.60
松川市档案局\t库房设备购置\tA02010604显示器\t1\t0.60
"""
    (tmp_path / "documents").mkdir()
    text = BUDGET[: BUDGET.index("\n公开13表")] + lines
    (tmp_path / "documents" / "预算.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "documents"], tmp_path / "index", processes=1)
    engine = Assistant(tmp_path / "index", Settings(conversations=tmp_path / "talks.sqlite"))
    answer = engine.ask("政府采购表里，采购目录为“台式计算机”的总共要买几台")
    assert "34" in {figure.value for figure in answer.figures}, answer.answer
    answer = engine.ask("采购表里这项的数量填的是多少", ["办公设备购置安排了多少钱"])
    assert [figure.value for figure in answer.figures] == ["13"], answer.answer


def test_a_number_in_words_is_divided_by(engine: Assistant) -> None:
    answer = engine.ask("听说档案局今年要更新两部公车，合一部多少钱")
    assert "18.00 万元" in answer.told
