"""Columns of the row that was asked for before, and of the lines below a heading that leaves them blank."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "青山市排水局（本级）"
BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、部门主要职责

1.青山市排水局负责全市排水管理工作。

第二部分 部门预算情况说明

一、政府采购情况

2026年度政府采购支出预算总额1312.45万元，其中：拟采购货物支出312.45万元、拟购买服务支出1000.00万元。

第三部分 部门预算表

表1
收入总表
部门：{_UNIT}\t\t\t单位：万元
单位代码\t单位名称\t合计\t一般公共预算\t政府性基金预算
\t合计\t9000.00\t5000.00\t4000.00
301001\t{_UNIT}\t9000.00\t5000.00\t4000.00

表2
支出总表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出\t2026年政府采购项目\t
\t\t\t\t\t2026年政府采购项目总额\t其中：2026年政府采购项目中预留给中小企业的项目资金规模\
\t其中：2026年政府采购项目中预留给小型、微型企业的项目资金规模
\t{_UNIT}\t9000.00\t3000.00\t6000.00\t1312.45\t524.00\t210.00
212\t城乡社区支出\t9000.00\t3000.00\t6000.00\t1312.45\t524.00\t210.00

表3
政府采购支出表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计\t资金来源\t
\t\t\t\t\t一般公共预算\t政府性基金预算
合计\t\t\t\t1312.45\t712.45\t600.00
污水厂运营服务费\t委托业务费\t污水治理服务\t分散采购\t1000.00\t400.00\t600.00
泵站水泵更新\t专用设备购置\t水泵\t集中采购\t312.45\t312.45\t
"""

LINES = """青山市档案馆 2026 年部门预算

第一部分 青山市档案馆概况

一、部门主要职责

1.青山市档案馆负责全市档案管理工作。

第二部分 部门预算表

表1
政府采购支出表
部门：青山市档案馆\t\t\t\t\t单位：万元
采购品目大类\t专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计
合计\t\t\t\t\t140.00
服务\t\t\t\t\t140.00
\t库房平台租用费\t租赁费\t\t\t100.00
\t\t\t租赁服务\t政府集中采购\t100.00
\t档案数字化\t委托业务费\t\t\t40.00
\t\t\t数据处理服务\t分散自行组织\t40.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose rows print the kinds of money they are paid from."""
    return assistant_over_text(tmp_path_factory.mktemp("排水"), BUDGET)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose purchases stand below headings of projects."""
    return assistant_over_text(tmp_path_factory.mktemp("档案"), LINES)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("排水局污水厂运营服务费采购总共多少，一般公共预算和政府性基金各承担多少",
         ("1000.00", "400.00", "600.00"), ("5000.00", "4000.00")),
        ("排水局污水厂运营服务费采购多少，政府性基金出多少", ("1000.00", "600.00"), ("4000.00",)),
        ("排水局政府采购预留给中小企业的有多少，其中小微多少", ("524.00", "210.00"), ()),
        ("排水局采购里留给中小企业的占政府采购的百分之几？其中小微是多少", ("39.93 %", "210.00"), ()),
        ("排水局政府采购里货物和服务各多少", ("312.45", "1000.00"), ()),
        ("排水局采购表里的水泵打算花多少，走集中采购还是分散采购", ("312.45", "集中采购"), ("分散采购",)),
        ("排水局泵站水泵更新采购预算多少，组织形式填的啥？占采购总额的百分之几",
         ("312.45", "集中采购", "23.81 %"), ("分散采购",)),
        ("排水局污水厂运营服务费采购多少，谁来采", ("1000.00", "分散采购"), ()),
        ("排水局污水厂运营服务费采购多少，是不是全由财政掏", ("1000.00", "400.00", "600.00"), ()),
        ("排水局污水厂运营服务费采购有多少是政府性基金出的", ("600.00",), ("4000.00",)),
    ],
)  # fmt: skip
def test_columns_of_the_row_before(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold)


def test_a_total_of_its_own_is_no_column(engine: Assistant) -> None:
    answer = engine.ask("排水局污水厂运营服务费采购多少，政府性基金收入多少")
    assert "4000.00" in answer.told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("档案馆库房平台租用费的采购组织形式是哪种", "政府集中采购"),
        ("档案馆档案数字化的采购组织形式是哪一种", "分散自行组织"),
        ("档案馆档案数字化的采购组织形式是什么", "分散自行组织"),
    ],
)
def test_what_a_heading_leaves_blank(lines: Assistant, question: str, told: str) -> None:
    answer = lines.ask(question)
    assert told in answer.told and "表中为空" not in answer.told, answer.answer


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("档案馆采购表里的服务类有哪几笔，分别是怎么采", ("租赁服务", "40.00", "政府集中采购", "分散自行组织"), ()),
        ("档案馆采购里数据处理服务多少，是分散采购吗", ("40.00", "分散自行组织"), ("政府集中采购",)),
        ("档案馆库房平台租用费100万采购的是什么品目，怎么个采购法", ("政府集中采购",), ("140.00", "分散")),
    ],
)
def test_how_lines_are_bought(lines: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(lines, question, told, untold)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (
            "听说污水厂运营服务费采购高达312.45万，实际是多少",
            ("1000.00", "“泵站水泵更新”的“总计”"),
            "没有与它相符",
        ),
        ("听说污水厂运营服务费采购高达312.46万，实际是多少", ("1000.00", "多于问题里说的"), "在文件里是"),
        ("听说排水局污水厂运营服务费采购三百多万，实际是多少", ("1000.00",), "在文件里是"),
    ],
)
def test_where_a_claimed_amount_stands(engine: Assistant, question: str, told: tuple[str, ...], untold: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered, answer.answer
    assert [text for text in told if text not in answer.told] == [] and untold not in answer.told, answer.answer
