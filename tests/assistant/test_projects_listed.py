"""Projects of one list: by how far sentences say that they changed, and those of which no goal is published."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import assistant_over_text, whole_reply

BUDGET = """临溪市档案局 2026 年部门预算

第一部分 临溪市档案局概况

一、部门主要职责

1.临溪市档案局负责全市档案工作。

第二部分 2026 年部门预算情况说明

一、项目支出情况

1.库房恒温改造90.00万元，比上年减少30.00万元，下降25%。

2.档案数字化加工160.00万元，比上年增加40.00万元，增长33.33%。

3.方志编纂45.00万元，比上年减少5.00万元，下降10%。

4.珍贵文献征集20.00万元，比上年增加2.00万元，增长11.11%。

二、项目绩效目标情况

本部门编报项目绩效目标4个。

项目名称\t预算数（万元）\t绩效目标
库房恒温改造\t90.00\t完成两个库房改造
档案数字化加工\t160.00\t加工档案八十万页
方志编纂\t45.00\t完成初稿

第三部分 2026 年部门预算表

表1
收支总表
部门：临溪市档案局\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t315.00\t一、文化支出\t315.00
收入总计\t315.00\t支出总计\t315.00

表2
项目支出总表
部门：临溪市档案局\t\t\t单位：万元
项目名称\t总计\t一般公共预算\t单位资金
合计\t315.00\t315.00\t0.00
库房恒温改造\t90.00\t90.00\t0.00
档案数字化加工\t160.00\t160.00\t0.00
方志编纂\t45.00\t45.00\t0.00
珍贵文献征集\t20.00\t20.00\t0.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that tells of its projects one by one."""
    return assistant_over_text(tmp_path_factory.mktemp("档案"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("档案局4个项目里，比上年压下来的有哪些？压得最狠的那个少了多少万", ("方志编纂", "30.00", "5.00"), ("40.00",)),
        ("档案局哪些项目比上年增加了", ("40.00", "2.00"), ("30.00",)),
        ("档案局编报了项目绩效目标，对照项目支出总表，没列进去的是哪一个", ("珍贵文献征集", "20.00"), ("90.00",)),
        ("档案局公开了3个绩效目标、项目有4个，少的是哪一个", ("珍贵文献征集", "20.00"), ("90.00",)),
        ("档案局哪些项目没有公开绩效目标", ("珍贵文献征集",), ("方志编纂",)),
    ],
)
def test_projects_of_one_list(engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(engine, question, told, untold)


def test_projects_that_stayed_the_same_are_none_of_one_document(engine: Assistant) -> None:
    assert engine.ask("档案局哪些项目和上年一样多").refused
