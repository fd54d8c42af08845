"""How many of a thing are bought and what one costs, from the lines of a purchase table that prints numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "青山市商业局"
BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、部门主要职责

1.{_UNIT}负责全市商业管理工作。

第二部分 部门预算表

表1
支出总表
部门：{_UNIT}\t\t\t\t单位：元
单位编码\t单位名称\t合计\t基本支出\t项目支出
\t合计\t9000000.00\t6000000.00\t3000000.00
201001\t{_UNIT}\t5000000.00\t3000000.00\t2000000.00
201002\t青山市商品检测站\t4000000.00\t3000000.00\t1000000.00

表2
政府采购预算表
部门：{_UNIT}\t\t\t\t单位：元
单位（项目）名称\t采购目录\t规格型号\t数量\t预算金额
合计\t\t\t\t494200.00
{_UNIT}\t\t\t\t210000.00
日常公用经费\tA02010104台式计算机\t\t20\t120000.00
日常公用经费\tC0908其他专业技术服务\t办公电脑打印机维修\t1\t90000.00
青山市商品检测站\t\t\t\t284200.00
办公设备补充\tA0206180203空调机\t空调\t8\t31200.00
办公设备补充\tA02010104台式计算机\t\t15\t75000.00
办公设备补充\tA02010601打印设备\t\t4\t10000.00
检测仪器采购\tA0330检测仪\t\t4\t168000.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose purchases print how many are bought."""
    return assistant_over_text(tmp_path_factory.mktemp("商业"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("商品检测站要买几台空调？总价多少，合一台多少钱", ("**8**", "3.12 万元", "3900.00 元"), ("120000",)),
        ("商业局买打印机几台，一台多少钱", ("**4**", "2500.00 元"), ("90000",)),
        ("商品检测站的打印设备和空调各买几台", ("**4**", "**8**"), ("90000", "168000")),
        ("商品检测站买几台打印设备，合多少一台", ("**4**", "2500.00 元"), ("90000",)),
        ("商品检测站换多少台台式电脑", ("**15**", "5000.00 元"), ("120000",)),
        ("商业局和检测站两家都买了台式计算机，单价一样不一样，哪家买得贵",
         ("6000.00 元", "5000.00 元", "单价不相同"), ("3900",)),
    ],
)  # fmt: skip
def test_numbers_and_prices(engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(engine, question, told, untold)


@pytest.mark.parametrize("question", ["商品检测站买几台无人机，一台多少钱", "商业局买工作服，买多少套，一套多少钱"])
def test_what_nobody_buys(engine: Assistant, question: str) -> None:
    assert engine.ask(question).refused


def test_what_a_form_sets_is_not_told_by_purchases(engine: Assistant) -> None:
    answer = engine.ask("商品检测站买几台空调？绩效目标里写的数量又是几台")
    assert answer.unanswered


_BY_NAME = """云岭市应急局 2026 年部门预算

第一部分 云岭市应急局概况

一、主要职责

云岭市应急局负责全市应急管理工作。

第二部分 2026 年部门预算表

公开13表
政府采购支出表
部门：云岭市应急局\t\t\t\t\t单位：万元
采购品目大类\t专项名称\t经济科目\t采购品目名称\t采购组织形式\t总计
合计\t\t\t\t\t400.00
货物\t\t\t\t\t160.00
\t装备建设\t专用设备购置\t救援装备\t集中采购\t160.00
服务\t\t\t\t\t240.00
\t防灾减灾\t委托业务费\t其他商业保险服务\t分散采购\t120.00
\t应急支撑\t委托业务费\t其他保险服务\t分散采购\t80.00
\t办公运转\t印刷费\t印刷服务\t分散采购\t40.00
"""


def test_the_share_of_things_of_two_kinds_is_that_of_both(tmp_path: Path) -> None:
    engine = assistant_over_text(tmp_path, _BY_NAME)
    question = "云岭市应急局今年采购里买保险服务的有哪两笔，合计多少，占采购总额百分之几"
    whole_reply(engine, question, ("200.00 万元", "50 %"), untold=("30 %",))
