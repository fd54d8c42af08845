"""Rows by the column that they fill, units by what they have and their shares, both ends of a ranking."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "云岭市交通局"
_POLICE = "云岭市交通执法队"
_ROADS = "云岭市公路管理中心"
_RESCUE = "云岭市水上救援中心"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、主要职责

{_UNIT}负责全市交通运输管理工作。

二、机构设置

下设预算单位3个，分别为：{_POLICE}、{_ROADS}、{_RESCUE}。

第二部分 2026 年部门预算表

表1
收支总表
部门：{_UNIT}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t800.00\t一、交通运输支出\t1000.00
二、其他收入\t200.00\t\t
收入总计\t1000.00\t支出总计\t1000.00

表2
收入总表
部门：{_UNIT}\t\t\t\t\t单位：万元
单位名称\t总计\t一般公共预算\t政府性基金预算\t国有资本经营预算\t其他收入
合计\t1000.00\t800.00\t\t\t200.00
{_UNIT}（本级）\t310.00\t310.00\t\t\t
{_POLICE}\t150.00\t150.00\t\t\t
{_ROADS}\t340.00\t340.00\t\t\t
{_RESCUE}\t200.00\t\t\t\t200.00

表3
一般公共预算“三公”经费支出表
部门：{_UNIT}\t\t\t\t\t\t单位：万元
单位名称\t“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t
合计\t80.00\t\t72.00\t20.00\t52.00\t8.00
{_UNIT}（本级）\t1.00\t\t\t\t\t1.00
{_POLICE}\t60.00\t\t56.00\t20.00\t36.00\t4.00
{_ROADS}\t19.00\t\t16.00\t\t16.00\t3.00

表4
项目支出预算表
部门：{_UNIT}\t\t\t\t单位：万元
单位名称\t项目名称\t合计\t一般公共预算\t上年结转
合计\t\t500.00\t442.50\t57.50
{_UNIT}（本级）\t智慧路网平台\t240.00\t192.50\t47.50
{_POLICE}\t超限治理设备\t90.00\t90.00\t0.00
{_ROADS}\t危桥改造\t160.00\t150.00\t10.00
{_RESCUE}\t航标更新\t10.00\t10.00\t0.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one department with four units, their projects and what these are paid from."""
    return assistant_over_text(tmp_path_factory.mktemp("交通"), BUDGET)


@pytest.mark.parametrize(
    "question",
    [
        "云岭市交通局2026年四个项目，哪几个动用了上年结转的钱？各用了多少，合计呢",
        "云岭市交通局哪几个项目里有上年结转？合计多少？",
        "云岭市交通局今年4个项目中，动用上年结转的是哪几个，一共多少",
    ],
)
def test_rows_are_those_that_fill_the_column(engine: Assistant, question: str) -> None:
    told = ("智慧路网平台", "47.50", "危桥改造", "10.00", "57.50")
    whole_reply(engine, question, told, untold=("超限治理设备", " 0.00"))


@pytest.mark.parametrize(
    "question",
    [
        "云岭市交通局表4项目支出预算表按行数，超过100万元的有几行？里头最大的是哪一个，多少钱",
        "云岭市交通局表4按行算，超过100万元的项目有几个，最大的是哪个",
    ],
)
def test_rows_of_a_table_are_counted_by_the_line(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, ("2 个", "智慧路网平台", "240.00"), untold=("超限治理设备",))


@pytest.mark.parametrize(
    "question",
    [
        "云岭市交通局三公花得最多的是哪家，多少钱，占全局三公的百分之多少",
        "云岭市交通局哪个单位三公最多，它占全系统三公的几成",
        "云岭市交通局三公大头是不是都在执法队，占全部门百分之多少",
        "云岭市交通局的三公主要是不是局机关自己花的？哪家下属单位占得最多，占了百分之多少",
    ],
)
def test_the_share_of_a_unit_is_of_the_whole_department(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, (_POLICE, "60.00", "75 %"), untold=("100 %", "72.00"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("云岭市交通局各单位的预算分别是多少", ("310.00", "150.00", "340.00", "200.00")),
        ("云岭市交通局每家单位预算各多少", ("310.00", "150.00", "340.00", "200.00")),
        ("云岭市交通局下属单位里预算最多的是哪家", (_ROADS, "340.00")),
        ("云岭市交通局预算超过300万的单位有哪几家", ("310.00", "340.00")),
        ("云岭市交通局下属单位平均预算多少", ("230.00", "150.00", "340.00", "200.00")),
    ],
)
def test_units_have_all_their_money(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    whole_reply(engine, question, told, untold=("240.00", "160.00", " 90.00"))  # those are of projects


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("云岭市交通局哪家单位三公最高、哪家最低，差多少", "59.00"),
        ("云岭市交通局三公最高和最低的单位分别是谁，两家差着多少万", "59.00"),
        ("云岭市交通局表4里最大的项目是哪个，最小的是哪个，相差多少", "230.00"),
    ],
)
def test_both_ends_of_a_ranking_are_set_against_each_other(engine: Assistant, question: str, gap: str) -> None:
    assert f"高 **{gap} 万元**" in whole_reply(engine, question, ()).answer


@pytest.mark.parametrize(
    "question",
    [
        "云岭市交通局有没有哪个下属单位一分财政拨款都不拿的",
        "云岭市交通局哪家下属单位不靠财政拨款",
        "云岭市交通局哪个单位没有财政拨款",
    ],
)
def test_a_unit_without_grants_fills_none_of_their_columns(engine: Assistant, question: str) -> None:
    whole_reply(engine, question, (_RESCUE, "200.00"), untold=(_ROADS,))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("云岭市公路管理中心收入总计是多少", ("收入总计为 **340.00 万元",)),
        ("云岭市公路管理中心和云岭市交通执法队的收入总计各是多少", ("340.00 万元", "150.00 万元")),
    ],
)
def test_the_printed_name_of_the_total_beside_a_unit_is_of_the_unit(
    engine: Assistant, question: str, told: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, untold=("1000.00",))
