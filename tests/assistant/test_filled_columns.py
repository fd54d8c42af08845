"""Rows by the columns that they fill or leave empty."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.reading.patterns import pattern
from tests.assistant.budgets import assistant_over_text

_UNIT = "云岭市林业局"
_NURSERY = "云岭市苗圃管理中心"
_SEED = "云岭市林木种子站"

BUDGET = f"""{_UNIT} 2026 年部门预算

第一部分 {_UNIT}概况

一、主要职责

{_UNIT}负责全市造林绿化工作。

二、机构设置

下设预算单位2个，分别为：{_NURSERY}、{_SEED}。

第二部分 2026 年部门预算表

表1
收支总表
部门：{_UNIT}\t\t\t单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算拨款收入\t900.00\t一、农林水支出\t1200.00
二、政府性基金预算拨款收入\t300.00\t\t
收入总计\t1200.00\t支出总计\t1200.00

表2
收入总体情况表
部门：{_UNIT}\t\t\t\t单位：万元
单位名称\t合计\t一般公共预算\t政府性基金预算\t单位资金
合计\t1200.00\t900.00\t300.00\t0.00
{_UNIT}（本级）\t700.00\t500.00\t200.00\t0.00
{_NURSERY}\t350.00\t250.00\t100.00\t0.00
{_SEED}\t150.00\t150.00\t0.00\t0.00

表3
一般公共预算支出表（按经济分类）
部门：{_UNIT}\t\t\t\t单位：万元
科目编码\t科目名称\t支出总计\t基本支出\t项目支出
\t合计\t900.00\t610.00\t290.00
301\t工资福利支出\t500.00\t500.00\t0.00
30101\t基本工资\t300.00\t300.00\t0.00
30102\t津贴补贴\t200.00\t200.00\t0.00
302\t商品和服务支出\t400.00\t110.00\t290.00
30201\t办公费\t110.00\t70.00\t40.00
30211\t差旅费\t40.00\t40.00\t
30216\t培训费\t55.00\t\t55.00
30226\t劳务费\t195.00\t0.00\t195.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose tables leave columns blank."""
    return assistant_over_text(tmp_path_factory.mktemp("林业"), BUDGET)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("哪几个款级科目只有项目支出、基本支出为零", "培训费 劳务费 55.00 195.00", "办公费 差旅费"),
        ("302商品和服务支出下，哪些款级科目基本支出为0、全靠项目支出安排", "培训费 劳务费", "办公费 差旅费"),
        ("商品和服务支出下面有哪些款是光有项目支出、基本支出为零的", "培训费 劳务费 55.00 195.00", "办公费 差旅费"),
        ("商品和服务支出里没有项目支出的科目有哪些", "差旅费", "办公费 劳务费"),
        ("302下面基本支出和项目支出都有的科目有哪些", "办公费 70.00 40.00", "差旅费 劳务费"),
        ("302下面哪些科目既有基本支出又有项目支出", "办公费 70.00 40.00", "差旅费 劳务费"),
        ("商品和服务支出里基本支出为零而项目支出超过100万元的科目有哪些", "劳务费 195.00", "培训费 办公费"),
        ("林业局哪几家单位一分政府性基金都没有，全靠一般公共预算的", "种子站 150.00", "苗圃管理中心 350.00"),
        ("林业局哪些单位全靠一般公共预算", "种子站 150.00", "苗圃管理中心 250.00"),
        ("林业局的政府性基金是三家单位都有份，还是只有其中几家", "苗圃管理中心 100.00 200.00", "种子站"),
        ("林业局没有政府性基金的单位有几家", "1 个 种子站", "苗圃管理中心"),
    ],
)
def test_rows_are_bounded_by_their_columns(engine: Assistant, question: str, told: str, untold: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered, answer.answer
    assert [text for text in told.split() if text not in answer.told.replace("**1", "1")] == [], answer.answer
    assert [text for text in untold.split() if text in answer.told] == [], answer.answer


@pytest.mark.parametrize(("behind", "is_empty"), [("空着的", True), ("是空白", True), ("空调花多少钱", False)])
def test_an_empty_column_is_no_word_that_begins_so(behind: str, is_empty: bool) -> None:
    assert bool(pattern("empty_behind").match(behind)) == is_empty
