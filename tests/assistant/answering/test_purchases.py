"""Purchases of one project over several lines, over invented budgets in the two forms in which they are printed."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build

BY_UNIT = """青湾市渔业局 2026 年部门预算

第一部分 青湾市渔业局概况

一、部门主要职责

1.青湾市渔业局负责全市渔业管理工作。

第二部分 2026 年部门预算表

表1
收入总表
部门/单位：青湾市渔业局\t\t单位：万元
单位代码\t单位名称\t合计
\t合计\t900.00
301001\t青湾市渔业局\t600.00
301002\t青湾市渔港服务站\t300.00

表2
政府采购支出表
部门：青湾市渔业局\t\t\t\t\t单位：万元
采购品目大类\t专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计
合计\t\t\t\t\t117.00
一、货物A\t\t\t\t\t40.00
青湾市渔业局\t\t\t\t\t30.00
\t码头监控改造\t办公设备购置\t摄像设备\t集中采购\t30.00
青湾市渔港服务站\t\t\t\t\t10.00
\t渔港日常运行\t办公费\t复印纸\t集中采购\t10.00
三、服务C\t\t\t\t\t77.00
青湾市渔业局\t\t\t\t\t52.00
\t码头监控改造\t委托业务费\t软件开发服务\t分散采购\t45.00
\t码头监控改造\t委托业务费\t监理服务\t分散采购\t7.00
青湾市渔港服务站\t\t\t\t\t25.00
\t渔港日常运行\t物业管理费\t物业管理服务\t分散采购\t25.00
"""

BY_PROJECT = """白沙市林业局 2026 年部门预算

第一部分 白沙市林业局概况

一、部门主要职责

1.白沙市林业局负责全市林业管理工作。

第二部分 2026 年部门预算表

表1
政府采购预算表
部门：白沙市林业局\t\t\t\t单位：万元
采购项目名称\t采购目录\t规格型号\t采购数量\t采购金额
合计\t\t\t\t132.00
防火瞭望塔更新\tA0201望远设备\t\t6\t18.00
防火瞭望塔更新\tB07装修工程\t\t1\t24.00
防火瞭望塔更新\tC0801维护服务\t\t2\t10.00
苗圃灌溉系统\tA0603灌溉设备\t\t20\t80.00
"""

SHARED_CELL = BY_UNIT.replace(
    "\t渔港日常运行\t物业管理费\t物业管理服务\t分散采购\t25.00\n",
    "\t渔港日常运行\t物业管理费\t物业管理服务\t分散采购\t5.00\n\t\t\t\t集中采购\t20.00\n",
)
"""What is bought stands in one cell for two lines."""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """One index over both."""
    folder = tmp_path_factory.mktemp("purchases")
    files = []
    for name, text in (("渔业局.txt", BY_UNIT), ("林业局.txt", BY_PROJECT)):
        (folder / name).write_text(text, encoding="utf-8")
        files.append(folder / name)
    build(files, folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


def amounts(answer: Answer) -> list[str]:
    """The amounts of an answer, in order, each once."""
    return list(dict.fromkeys(figure.value for figure in answer.figures if figure.unit == "万元"))


def test_each_line_with_its_catalogue_and_the_sum(assistant: Assistant) -> None:
    answer = assistant.ask("白沙市林业局采购预算表里防火瞭望塔更新是拆成三条报的，请把三个采购目录和对应金额写全")
    assert amounts(answer) == ["18.00", "24.00", "10.00", "52.00"]
    for catalogue in ("A0201望远设备", "B07装修工程", "C0801维护服务"):
        assert catalogue in answer.answer
    assert all(figure.citations for figure in answer.figures)


def test_a_line_of_another_project_is_none_of_them(assistant: Assistant) -> None:
    answer = assistant.ask("白沙市林业局政府采购表中“苗圃灌溉系统”分了几条采购目录？逐条金额和合计报一下")
    assert "24.00" not in amounts(answer)
    assert "80.00" in amounts(answer)


def test_the_price_of_one_thing(assistant: Assistant) -> None:
    answer = assistant.ask("我是记者，想核一个数：白沙市林业局采购苗圃灌溉系统，总价除以采购数量，平均每一个合多少钱")
    assert "4.00" in amounts(answer)


def test_what_one_unit_buys_of_each_class_and_together(assistant: Assistant) -> None:
    answer = assistant.ask("青湾市渔港服务站今年政府采购，货物、服务分别安排多少，加一块是多少？报数字即可")
    assert amounts(answer) == ["10.00", "25.00", "35.00"]
    assert "52.00" not in answer.told


def test_another_units_purchases_are_not_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("青湾市渔港服务站政府采购里码头监控改造一共多少钱？")
    assert not {"30.00", "45.00", "82.00"} & set(amounts(answer))


def test_the_largest_purchase_is_said_with_what_it_is_for(assistant: Assistant) -> None:
    answer = assistant.ask("青湾市渔业局今年采购单子里最大一笔是啥 多少")
    assert amounts(answer) == ["45.00"]
    assert "码头监控改造" in answer.answer


def test_lines_that_share_the_cell_of_what_they_buy_are_all_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("shared")
    (folder / "budget.txt").write_text(SHARED_CELL, encoding="utf-8")
    build([folder / "budget.txt"], folder / "index", processes=1)
    assistant = Assistant(folder / "index", Settings(_env_file=None))
    answer = assistant.ask("渔业局政府采购支出表里集中采购的那几行加起来多少钱")
    assert "60.00" in answer.told and "20.00" in answer.told, answer.answer
