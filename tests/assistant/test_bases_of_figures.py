"""One basis for figures that are set against each other: the item as a whole, not its line among basic expenditure."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

_UNIT = "松川市数据局"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、部门主要职责

1.{_UNIT}负责全市公共数据的归集和共享。

第二部分 2026 年部门预算情况说明

一、委托业务费情况

委托业务费指委托外单位办理业务而支付的各项资金。2026年本部门委托业务费财政拨款预算为600.00万元，比上年预算减少150.00万元，下降20%。

二、国有资产占用情况

截至2025年底，{_UNIT}共有车辆45台，单位价值100万元以上的设备26台（套）。2026年预算安排中，购置单位价值100万元以上的设备9台（套）。

第三部分 2026 年部门预算表

公开01表
收支总表
部门：{_UNIT}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、预算拨款\t750.00\t一、科学技术支出\t750.00
收入总计\t750.00\t支出总计\t750.00

公开02表
收入总表
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t财政拨款收入\t
\t\t\t一般公共预算\t政府性基金预算
\t合计\t750.00\t300.00\t450.00
206\t科学技术支出\t750.00\t300.00\t450.00
2060101\t行政运行\t750.00\t300.00\t450.00

公开03表
基本支出预算表
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t财政拨款\t
\t\t\t一般公共预算\t政府性基金预算
\t合计\t105.40\t105.40\t0.00
301\t工资福利支出\t100.00\t100.00\t0.00
30101\t基本工资\t100.00\t100.00\t0.00
302\t商品和服务支出\t5.40\t5.40\t0.00
30216\t培训费\t3.00\t3.00\t0.00
30227\t委托业务费\t2.40\t2.40\t0.00
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("bases")
    return assistant_over_text(folder, BUDGET)


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("委托业务费占总支出的百分之几", ("80 %", "600.00 万元", "750.00 万元"), ("0.32 %",)),
        ("委托业务费比培训费多多少", ("597.00 万元",), ("0.60 万元",)),
        ("基本支出里委托业务费比培训费少多少", ("0.60 万元",), ("597.00 万元",)),
        ("听说八成的预算都拿去委托外面公司干活了，真有这么高？", ("80 %",), ()),
        ("九成的钱都花在委托业务费上了吧", ("80 %", "不到问题里说的“九成”"), ()),
        ("一般公共预算拨款占总支出百分之几", ("40 %", "300.00 万元"), ("105.40",)),
        ("九成的收入都来自一般公共预算拨款，是不是", ("40 %", "不到问题里说的“九成”"), ()),
    ],
)
def test_figures_of_one_basis(
    assistant: Assistant, question: str, told: tuple[str, ...], not_told: tuple[str, ...]
) -> None:
    whole_reply(assistant, question, told, not_told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("大设备有多少台", ("26 台（套）",)),
        ("手上百万以上的大设备有多少台了，今年还打算再添几台", ("26 台（套）", "9 台（套）")),
    ],
)
def test_what_is_counted_is_what_is_named(assistant: Assistant, question: str, told: tuple[str, ...]) -> None:
    answer = whole_reply(assistant, question, told)
    assert all(figure.label != "车辆" for figure in answer.figures), answer.answer


def test_a_name_that_ends_a_longer_one_is_not_missed(assistant: Assistant) -> None:
    """``一般公共预算拨款`` is told as 一般公共预算, though a row is called 预算拨款."""
    whole_reply(assistant, "一般公共预算拨款多少", ("300.00 万元",))
