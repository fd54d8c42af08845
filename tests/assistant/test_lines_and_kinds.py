"""Lines of tables that meet something, the lines of one purchase or one project together, and units of one kind."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "柳湾市卫生局"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、部门主要职责

1.{_UNIT}负责全市卫生工作。

第二部分 2026 年部门预算表

表1
收入总表
部门：{_UNIT}\t\t\t\t单位：万元
单位编码\t单位名称\t合计\t一般公共预算\t事业收入
\t合计\t2200.00\t1350.00\t850.00
101\t{_UNIT}\t2200.00\t1350.00\t850.00
101001\t{_UNIT}（本级）\t500.00\t500.00\t
101002\t柳湾市第一医院\t600.00\t200.00\t400.00
101003\t柳湾市妇幼医疗中心\t550.00\t150.00\t400.00
101004\t柳湾市第二医院\t250.00\t200.00\t50.00
101005\t柳湾市急救指挥中心\t100.00\t100.00\t
101006\t柳湾市东区疗养所\t120.00\t120.00\t
101007\t柳湾市西区疗养所\t80.00\t80.00\t

表2
部门预算项目支出预算表
部门：{_UNIT}\t\t\t\t\t单位：万元
单位名称\t项目名称\t总计\t一般公共预算\t单位资金\t上年结余、结转
合计\t\t700.00\t480.00\t50.00\t170.00
{_UNIT}（本级）\t实施统一用车\t40.00\t40.00\t\t
{_UNIT}（本级）\t疫苗采购储备\t300.00\t300.00\t\t
{_UNIT}（本级）\t信息系统续建\t90.00\t\t\t90.00
{_UNIT}（本级）\tWS2026A\t25.00\t25.00\t\t
{_UNIT}（本级）\tWS2026B\t15.00\t15.00\t\t
柳湾市第一医院\t实施统一用车\t20.00\t20.00\t\t
柳湾市第一医院\t门诊楼修缮\t130.00\t50.00\t\t80.00
柳湾市第二医院\t实施统一用车\t10.00\t10.00\t\t
柳湾市第二医院\t科研辅助\t70.00\t20.00\t50.00\t

表3
政府采购支出表
部门：{_UNIT}\t\t\t\t单位：万元
专项名称\t经济科目\t采购物品名称\t采购组织形式\t合计
合计\t\t\t\t190.00
服务\t\t\t\t90.00
\t\t\t\t
系统测评\t维修费\t检测认证服务\t分散采购\t14.00
平台测评\t维修费\t检测认证服务\t分散采购\t16.00
楼宇管理费\t物业费\t物业管理服务\t集中采购\t30.00
年会筹备\t会议费\t会议服务\t分散采购\t12.00
专家会务\t会议费\t会议服务\t集中采购\t18.00
货物\t\t\t\t100.00
\t\t\t\t
办公设备添置\t办公设备购置\t台式计算机（20万以下）\t集中采购\t22.00
办公设备添置\t办公设备购置\t打印设备\t集中采购\t8.00
诊室设备更新\t办公设备购置\t台式计算机（20万以下）\t集中采购\t70.00

表4
支出总表
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t2200.00\t1500.00\t700.00
210\t卫生健康支出\t2200.00\t1500.00\t700.00

表5
一般公共预算“三公”经费、会议费、培训费支出表
部门：{_UNIT}\t\t\t\t单位：万元
合计\t公务接待费\t会议费\t培训费
75.00\t5.00\t50.00\t20.00

第三部分 名词解释

（一）基本支出：指为保障机构正常运转而发生的人员支出和公用支出。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget with units of several kinds, projects and purchases."""
    return assistant_over_text(tmp_path_factory.mktemp("卫生"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (
            "柳湾市卫生局的医院里收入最高的前两家是谁，各多少",
            ("第一医院", "600.00", "妇幼医疗中心", "550.00"),
            ("500.00",),
        ),
        ("柳湾市卫生局系统里头年度收入盘子最大的两家医院是谁", ("600.00", "550.00"), ("250.00",)),
        ("柳湾市卫生局两所疗养所的收入合计跟三家医院的合计比，哪边多，多多少", ("200.00", "1400.00", "1200.00"), ()),
        ("柳湾市卫生局下面那三家医院，2026年预算全加一块多少？", ("1400.00",), ()),
        ("柳湾市卫生局哪个疗养所的收入最多", ("东区疗养所", "120.00"), ()),
    ],
)
def test_units_of_one_kind(engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(engine, question, told, untold)


def test_no_sum_of_some_units_of_a_kind(engine: Assistant) -> None:
    answer = engine.ask("柳湾市卫生局几所疗养所的收入合计和三家医院的收入合计比，哪个多").answer
    assert "医院合计为 **1400.00 万元**" in answer and "合计 **850.00" not in answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("柳湾市卫生局机关加下属几家的统一用车费合起来多少？哪家最少", ("70.00", "第二医院", "10.00")),
        ("柳湾市卫生局局里连下面两家一共列了几笔统一用车，合计多少，哪笔最大", ("3 个", "70.00", "40.00")),
        ("柳湾市卫生局全系统统一用车费排前两位的是哪两家", ("40.00", "20.00")),
        ("柳湾市卫生局项目支出表里叫“实施统一用车”的出现了几行，加一起多少", ("3 项", "70.00")),
        ("除开局本级，柳湾市卫生局下面的单位里今年预算排前两位的是谁", ("第一医院", "600.00", "550.00")),
        ("柳湾市卫生局机关名下金额最大的前三个项目", ("300.00", "90.00", "40.00")),
    ],
)
def test_lines_of_one_project_over_the_units(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    whole_reply(engine, question, told)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (
            "柳湾市卫生局2026项目表里，哪些项目动用了“单位资金”这一栏？名称和金额列给我",
            ("科研辅助", "50.00"),
            ("疫苗",),
        ),
        (
            "柳湾市卫生局的项目，哪些是今年一般公共预算一分没新给、全部吃上年结余结转的",
            ("信息系统续建", "90.00"),
            ("门诊",),
        ),
        ("柳湾市卫生局的项目，连30万都不到的有哪几个，加一块儿多少钱", ("4 项", "70.00"), ("300.00",)),
        ("柳湾市卫生局项目清单里有一串WS打头的代号，总共几个、合计多少钱", ("2 个", "25.00", "15.00", "40.00"), ()),
        (
            "柳湾市卫生局项目里单个过100万的有几个？这几个合起来占项目支出总额百分之多少",
            ("2 个", "430.00", "61.43 %"),
            (),
        ),
    ],
)
def test_lines_that_meet_something(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("柳湾市卫生局采购表里“检测认证服务”一共几笔、合计多少，占服务类采购的百分之几", ("30.00", "33.33 %")),
        ("柳湾市卫生局采购表里“办公设备添置”专项，往下拆了几种采购物品？哪种最多", ("2 个", "22.00", "台式计算机")),
        ("柳湾市卫生局采购表，“诊室设备更新”这个专项一共排了多少，其中集中采购的是多少", ("70.00",)),
        ("柳湾市卫生局会议费里，列进政府采购表的会议服务合计多少，没列进采购的还剩多少", ("30.00", "20.00")),
        ("柳湾市卫生局台式机分在两个专项里，合计多少", ("22.00", "70.00", "92.00")),
        ("柳湾市卫生局台式机分在两个专项里，合计多少？打印机也帮我加一下", ("92.00", "8.00")),
        ("柳湾市卫生局政府采购表：台式计算机和打印设备这两类合起来要买多少钱的，楼宇管理费不算", ("92.00", "100.00")),
        (
            "柳湾市卫生局采购表里买“会议服务”的有哪几笔，分别是多少，合计跟表5的会议费是不是一个数",
            ("年会筹备", "12.00", "专家会务", "18.00"),
        ),
    ],
)
def test_lines_of_purchases(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    whole_reply(engine, question, told)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("柳湾市卫生局各单位预算从高到低排一下",
         ("1. 柳湾市第一医院为 **600.00", "3. 柳湾市卫生局（本级）为 **500.00"), ()),
        ("不算局本级，柳湾市卫生局下属单位2026年预算谁大谁小，排一下",
         ("1. 柳湾市第一医院为 **600.00", "6. 柳湾市西区疗养所为 **80.00"), ("500.00",)),
    ],
)  # fmt: skip
def test_units_in_order(engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(engine, question, told, untold)


def test_a_unit_is_meant_by_the_pronoun_behind_whose_it_is(engine: Assistant) -> None:
    whole_reply(
        engine, "柳湾市第一医院是卫生局下属的吧，它自己2026年收入多少", ("第一医院为 **600.00 万元",), ("2200.00",)
    )
