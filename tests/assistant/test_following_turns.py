"""Turns that leave out what the turn before said: another item, unit, year or kind of money, one more operation."""

from __future__ import annotations

from typing import Final

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import whole_reply

_BUDGET: Final = """白石市农业农村局 2026 年部门预算

第一部分 白石市农业农村局概况

一、主要职责

1.负责全市种植业和畜牧业工作。

第二部分 白石市农业农村局 2026 年部门预算情况说明

一、2026 年“三公”经费预算情况说明

“三公”经费预算 30.00 万元，比上年减少 4.00 万元。

公务接待费预算 6.00 万元，比上年减少 2.00 万元，主要原因是压减来访接待。

公务用车运行维护费预算 24.00 万元，比上年减少 2.00 万元，主要原因是报废一辆旧车。

二、住房改革支出情况说明

住房公积金预算 48.00 万元，比上年增加 8.00 万元，增长 20%，主要原因是缴存基数提高。

提租补贴预算 12.00 万元，比上年增加 2.00 万元，增长 20%，主要原因是新进人员。

第三部分 白石市农业农村局 2026 年部门预算表

附表1
支出总表
部门/单位：白石市农业农村局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t500.00\t200.00\t300.00
213\t农林水支出\t420.00\t140.00\t280.00
208\t社会保障和就业支出\t80.00\t60.00\t20.00

附表2
一般公共预算基本支出表
部门/单位：白石市农业农村局\t\t单位：万元
科目编码\t科目名称\t合计
\t合计\t200.00
302\t商品和服务支出\t80.00
30201\t办公费\t24.00
30202\t印刷费\t6.00
30215\t会议费\t9.00

附表3
项目支出表
部门/单位：白石市农业农村局\t\t单位：万元
项目名称\t单位名称\t合计
合计\t\t300.00
高标准农田建设\t白石市农业农村局\t180.00
动物疫病防控\t白石市农业农村局\t90.00
良种推广\t白石市农业农村局\t30.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the budget of an invented bureau."""
    folder = tmp_path_factory.mktemp("following")
    (folder / "白石市农业农村局.txt").write_text(_BUDGET, encoding="utf-8")
    build([folder / "白石市农业农村局.txt"], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        (("白石市农业农村局农林水支出多少",), "基本多少，项目多少", ("140.00 万元", "280.00 万元")),
        (("白石市农业农村局公务接待费比上年少了2万",), "公务用车运行维护费", ("2.00 万元", "26.00 万元")),
        (("白石市农业农村局农林水支出420万",), "基本、项目分列", ("140.00 万元", "280.00 万元")),
        (("白石市农业农村局项目支出是多少",), "213里的多少、208里的多少", ("280.00 万元", "20.00 万元")),
        (("白石市农业农村局住房公积金为什么涨那么多",), "提租补贴", ("新进人员",)),
        (("白石市农业农村局印刷费多少", "商品和服务支出多少"), "占比呢", ("7.5 %",)),
        (("白石市农业农村局三公经费多少", "公务接待费多少"), "再算占比", ("20 %",)),
        (("白石市农业农村局办公费占商品和服务支出的比重",), "同样算印刷费与会议费", ("7.5 %", "11.25 %")),
        (("白石市农业农村局住房公积金增加多少",), "错了，是提租补贴不是住房公积金", ("2.00 万元", "12.00 万元")),
        (("白石市农业农村局办公费多少", "印刷费呢"), "和多少", ("30.00 万元",)),
        (("白石市农业农村局办公费多少", "印刷费呢"), "和会议费加一起", ("39.00 万元",)),
        (("白石市农业农村局商品和服务支出多少",), "那办公费和会议费合起来呢", ("33.00 万元",)),
        (("白石市农业农村局商品和服务支出多少", "会议费呢"), "扣掉上面这项还剩几何", ("71.00 万元",)),
        (("白石市农业农村局商品和服务支出80万吧",), "扣减办公费", ("56.00 万元",)),
        (("白石市农业农村局办公费多少",), "与印刷费之和占商品和服务支出几成", ("37.5 %",)),
        (("白石市农业农村局动物疫病防控90万",), "比这个多的项目有几个", ("1 个", "高标准农田建设")),
        (("白石市农业农村局办公费多少",), "再除以12个月", ("2.00 万元",)),
        (("白石市农业农村局农林水支出多少",), "换成亿", ("0.042 亿元",)),
        (("白石市农业农村局三公经费多少", "公务用车运行维护费多少"), "接待那点零头占多少", ("20 %",)),
        (("白石市农业农村局办公费占商品和服务支出30%，对吗",), "按支出合计重算一遍", ("4.8 %",)),
        (("白石市农业农村局住房公积金48万没变吧",), "先不管那个，会议费呢", ("9.00 万元",)),
        (("白石市农业农村局住房公积金比上年涨了多少",), "那公务接待费减没减", ("2.00 万元",)),
        (
            ("白石市农业农村局公务接待费今年多少", "公务用车运行维护费呢"),
            "那就把2025年数也并列写上", ("8.00 万元", "26.00 万元"),
        ),
    ],
)  # fmt: skip
def test_what_a_turn_leaves_out_is_taken_from_those_before(
    engine: Assistant, history: tuple[str, ...], question: str, told: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, history=history)


@pytest.mark.parametrize(
    ("history", "question"),
    [
        (("白石市农业农村局农林水支出多少",), "不是财政？"),
        (("白石市农业农村局办公费多少",), "兽药经费同理呢"),
        (("白石市农业农村局农林水支出的基本支出多少",), "财政专户管理资金呢"),
    ],
)
def test_what_no_item_bears_takes_no_place(engine: Assistant, history: tuple[str, ...], question: str) -> None:
    answer = engine.ask(question, history)
    assert not answer.figures or answer.unanswered
