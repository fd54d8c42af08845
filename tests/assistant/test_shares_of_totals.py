"""Shares of all income or spending, wherever the total is said; money carried over is no item of this year."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

BUDGET = """清河市文化局 2026 年部门预算

第一部分 清河市文化局概况

一、部门主要职责

1.办公室。负责组织协调、公文处理和后勤保障工作。

第二部分 清河市文化局 2026 年部门预算表

附表1
收入总表
部门/单位：清河市文化局\t\t\t\t单位：万元
单位名称\t合计\t一般公共预算拨款\t政府性基金预算拨款\t事业收入
合计\t1000.00\t600.00\t300.00\t100.00
清河市文化局\t1000.00\t600.00\t300.00\t100.00

附表2
财政拨款收支总表
部门/单位：清河市文化局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、本年收入\t870.00\t一、文化旅游体育与传媒支出\t900.00
（一）一般公共预算资金\t580.00\t\t
（二）政府性基金预算资金\t290.00\t\t
二、上年结转\t30.00\t\t
（一）一般公共预算拨款\t20.00\t\t
（二）政府性基金预算拨款\t10.00\t\t
收入合计\t900.00\t支出合计\t900.00
"""


@pytest.fixture(scope="module")
def culture(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over it."""
    return assistant_over_text(tmp_path_factory.mktemp("culture"), BUDGET)


@pytest.mark.parametrize(
    "question",
    [
        "文化局2026年一般公共预算拨款占总收入的百分之几",
        "文化局2026年的总收入当中，一般公共预算拨款占多大比重",
        "文化局2026年一般公共预算拨款在总收入里占比多少",
        "文化局2026年一般公共预算拨款占收入合计的百分之几",
    ],
)
def test_a_share_is_of_the_total_that_is_said(culture: Assistant, question: str) -> None:
    whole_reply(culture, question, ("60 %",), ("上年结转的",))


def test_what_is_carried_over_is_no_item_of_its_own(culture: Assistant) -> None:
    whole_reply(culture, "文化局2026年一般公共预算拨款是多少", ("600.00",), ("20.00",))
    whole_reply(culture, "文化局2026年上年结转的一般公共预算拨款是多少", ("20.00",))
