"""What is left without one kind of money, definitions of items, indicators by weight, one of several of a name."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "云岭市水利局"
_RIVERS = "云岭市河道管理所"
_DAMS = "云岭市水库管理中心"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、主要职责

1.{_UNIT}负责全市水资源管理和防洪工作。

2.{_UNIT}负责水利工程建设管理。

二、机构设置

下设预算单位2个，分别为：{_RIVERS}、{_DAMS}。

第二部分 2026 年部门预算表

表1
收支总表
部门：{_UNIT}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t600.00\t一、节能环保支出\t400.00
二、事业收入\t300.00\t二、教育支出\t500.00
收入总计\t900.00\t支出总计\t900.00

表2
支出总表
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t900.00\t500.00\t400.00
211\t节能环保支出\t400.00\t0.00\t400.00
21103\t污染防治\t400.00\t0.00\t400.00
2110302\t水体\t400.00\t0.00\t400.00
205\t教育支出\t500.00\t500.00\t0.00
20503\t职业教育\t500.00\t500.00\t0.00
2050302\t中等职业教育\t120.00\t120.00\t0.00
2050303\t技校教育\t160.00\t160.00\t0.00
2050305\t高等职业教育\t220.00\t220.00\t0.00

表3
财政拨款支出表
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t600.00\t350.00\t250.00
211\t节能环保支出\t250.00\t0.00\t250.00
21103\t污染防治\t250.00\t0.00\t250.00
2110302\t水体\t250.00\t0.00\t250.00

表7
支出总体情况表
部门：{_UNIT}\t\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出\t预留中小企业采购
\t合计\t900.00\t500.00\t400.00\t16.00
2110302\t水体\t400.00\t0.00\t400.00\t16.00
2050302\t中等职业教育\t120.00\t120.00\t0.00\t0.00
2050303\t技校教育\t160.00\t160.00\t0.00\t0.00
2050305\t高等职业教育\t220.00\t220.00\t0.00\t0.00

表4
项目支出预算表
部门：{_UNIT}\t\t\t单位：万元
单位名称\t项目名称\t合计\t绩效目标
合计\t\t400.00\t
{_UNIT}（本级）\t机构运行辅助经费\t35.00\t聘请编外人员，优化人力资源分布
{_RIVERS}\t机构运行辅助经费\t75.00\t购买后勤管理服务，提高保障水平
{_DAMS}\t机构运行辅助经费\t228.00\t聘用森林防灭火专业人员，落实消防队伍的配备
{_DAMS}\t水库维修养护\t62.00\t保障大坝安全

表5
政府采购预算表
部门：{_UNIT}\t\t\t\t\t单位：万元
项目\t总计\t一般公共预算拨款收入\t事业收入\t其他收入
合计\t190.00\t130.00\t50.00\t10.00
货物\t90.00\t30.00\t50.00\t10.00
服务\t100.00\t100.00\t\t

表6
2026年部门整体绩效目标表
指标名称\t指标性质\t指标值\t计量单位\t指标权重(%)
新增供水能力\t≥\t100\t万吨\t30
完成河道治理\t≥\t35\t公里\t30
水库安全检查\t≥\t97\t次\t20
群众满意度\t≥\t92\t%\t20

第三部分 名词解释

一、节能环保支出（类）污染防治（款）水体（项）：反映政府在排水、污水处理、河流治理与保护等方面的支出。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one department, whose money is of several kinds."""
    return assistant_over_text(tmp_path_factory.mktemp("水利"), BUDGET)


@pytest.mark.parametrize(
    "question",
    [
        "云岭市水利局政府采购总额里，不是一般公共预算出的那部分有多少，分别用的什么收入",
        "云岭市水利局政府采购里，一般公共预算之外的有多少，用的是哪些资金",
    ],
)
def test_what_is_not_of_one_kind_of_money_is_the_rest(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ("外还有", "60.00", "事业收入为", "50.00", "其他收入为", "10.00"))


@pytest.mark.parametrize(
    "question",
    [
        "2110302“水体”这个科目到底管哪些事啊？云岭市水利局今年这块四百万，财政拨款出多少，剩下的别的钱又是多少",
        "云岭市水利局水体科目管哪些事？这笔四百万，财政拨款出多少，其余是多少",
    ],
)
def test_an_item_is_for_what_its_definition_says(engine: Assistant, question: str) -> None:
    told = ("污水处理", "250.00", "外还有", "150.00")
    whole_reply(engine, question, told, untold=("防洪工作", "600.00"))


def test_money_of_something_else_is_not_taken_off(engine: Assistant) -> None:
    answer = engine.ask("云岭市水利局基本支出里，不是政府性基金的有多少")
    assert answer.refused, answer.answer


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("云岭市水利局聘森林防灭火专业队员的那笔“机构运行辅助经费”挂在哪个单位，今年给了多少？别跟局本级那笔搞混",
         (_DAMS.removeprefix("云岭市"), "228.00"), ("35.00", "75.00")),
        ("云岭市水利局买后勤管理服务的那笔机构运行辅助经费是哪个单位的，多少钱",
         (_RIVERS.removeprefix("云岭市"), "75.00"), ("228.00",)),
        ("云岭市水利局除了局本级，机构运行辅助经费还挂在哪个单位，多少钱", ("75.00", "228.00"), ("35.00",)),
    ],
)  # fmt: skip
def test_one_of_several_of_a_name_is_meant_by_its_goal(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered, answer.answer
    first = answer.told.split("供核对")[0]
    assert [text for text in told if text not in first] == [], answer.answer
    assert [text for text in untold if text in first] == [], answer.answer


def test_schools_are_named_shortly(engine: Assistant) -> None:
    question = "云岭市水利局还管着一堆学校，中职、技校、高职三类哪类预算最大，比中等职业教育那块多出多少万"
    whole_reply(engine, question, ("高等职业教育", "220.00", "100.00"))


@pytest.mark.parametrize(
    "question",
    [
        "云岭市水利局部门整体绩效目标表里，权重只给20%的是哪两个指标，指标值分别要求到多少",
        "云岭市水利局部门整体绩效目标表里，哪些指标的权重不是30%？权重是几、目标值各多少",
    ],
)
def test_indicators_are_picked_by_their_weight(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ("水库安全检查", "97", "群众满意度", "92"), untold=("新增供水能力", "完成河道治理"))


def test_an_item_that_something_is_under_is_no_unit(engine: Assistant) -> None:
    question = "云岭市水利局预留中小企业采购有多少？挂在哪个项级科目下"
    whole_reply(engine, question, ("水体", "16.00"), untold=("技校教育", " 0.00"))
