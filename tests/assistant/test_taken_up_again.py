"""What an answer told, or a turn named, is taken up again: both moves, the one found first, a remainder, a unit."""

from __future__ import annotations

from typing import Final

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from assistant.understand.tokenize import normalised_question
from index.build import build
from tests.assistant.budgets import whole_reply

_BUDGET: Final = """清河市水务局 2026 年部门预算

第一部分 清河市水务局概况

一、主要职责

1.负责全市水资源管理和防汛抗旱工作。

第二部分 清河市水务局 2026 年部门预算情况说明

一、2026 年收支预算情况说明

本年收入预算 320.00 万元。上年结转结余 30.00 万元。

二、2026 年“三公”经费预算情况说明

“三公”经费预算 20.00 万元，比上年减少 3.00 万元。

因公出国（境）费用预算 8.00 万元，比上年增加 3.00 万元，增长 60%。

公务接待费预算 2.00 万元，比上年减少 1.00 万元，主要原因是减少了河道处接待。

公务用车运行维护费预算 10.00 万元，比上年减少 5.00 万元，下降 33.33%。

三、住房改革支出情况说明

住房公积金预算 40.00 万元，比上年增加 8.00 万元，增长 25%。

提租补贴预算 60.00 万元，比上年增加 20.00 万元，增长 50%。

第三部分 清河市水务局 2026 年部门预算表

附表1
收入总表
部门/单位：清河市水务局\t\t\t\t单位：万元
单位名称\t总计\t财政拨款收入\t其他收入\t上年结转结余
清河市水务局\t320.00\t250.00\t40.00\t30.00
清河市水务局（本级）\t200.00\t180.00\t0.00\t20.00
清河市水利学校\t120.00\t70.00\t40.00\t10.00

附表2
支出总表
部门/单位：清河市水务局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t320.00\t160.00\t160.00
213\t农林水支出\t260.00\t100.00\t160.00
208\t社会保障和就业支出\t60.00\t60.00\t0.00

附表3
财政拨款支出总表
部门/单位：清河市水务局\t\t\t\t单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t255.00\t155.00\t100.00
213\t农林水支出\t195.00\t95.00\t100.00
208\t社会保障和就业支出\t60.00\t60.00\t0.00

附表4
项目支出表
部门/单位：清河市水务局\t\t单位：万元
项目名称\t单位名称\t合计
合计\t\t160.00
河道清淤\t清河市水务局\t100.00
水质监测\t清河市水务局\t35.00
节水宣传\t清河市水务局\t25.00
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the budget of an invented authority."""
    folder = tmp_path_factory.mktemp("again")
    (folder / "清河市水务局.txt").write_text(_BUDGET, encoding="utf-8")
    build([folder / "清河市水务局.txt"], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        (("清河市水务局2026年提租补贴多少",), "住房公积金也涨得这么多吗，两个涨幅摆一起看看", ("50 %", "25 %")),
        (("清河市水务局2026年三公经费多少", "比去年是多还是少"), "照这么说上年才多少", ("23.00 万元",)),
        (("清河市水务局三公经费和上年比变了多少",), "哪块加了、哪块减了", ("3.00 万元", "1.00 万元")),
        (("清河市水务局2026年三公经费多少",), "把公务接待费刨掉呢", ("18.00 万元",)),
        (("清河市水务局2026年项目支出总共多少",), "去掉河道清淤那笔，剩下的是什么项目、多少钱", ("60.00 万元",)),
        (("清河市水务局2026年项目支出多少",), "最大的项目是哪个？拿掉它，别的加一起多少", ("河道清淤", "60.00 万元")),
        (("清河市水务局2026年公务接待费多少",), "前一年呢？少掉的是谁的接待", ("3.00 万元", "河道处")),
        (("清河市水务局2026年农林水支出多少",), "里面财政拨款以外的资金有多少，占这一类几成", ("65.00 万元", "25 %")),
        (("清河市水利学校的收入总计是多少",), "该校的上年结转结余呢", ("10.00 万元",)),
        (("清河市水务局公务接待费和公务用车运行维护费分别减了多少",), "原来各给了多少", ("3.00", "15.00")),
        (
            ("清河市水务局因公出国费比上年减了多少", "公务用车运行维护费和公务接待费这两样呢"),
            "这三样合起来减掉多少", ("净减少 **3.00 万元**",),
        ),
        (("清河市水务局2026年公务接待费多少",), "那提租补贴跟住房公积金加一块呢，顶它几倍", ("的 **50 倍**",)),
        (("清河市水利学校的收入总计是多少",), "其中其他收入有多少，占该校总计的百分之几", ("40.00 万元", "33.33 %")),
    ],
)  # fmt: skip
def test_what_was_told_is_taken_up_again(
    engine: Assistant, history: tuple[str, ...], question: str, told: tuple[str, ...]
) -> None:
    whole_reply(engine, question, told, history=history)


def test_both_natures_behind_the_amount_of_an_item_are_its_own(engine: Assistant) -> None:
    question = "清河市水务局农林水支出260万，基本支出多少、项目支出多少"
    whole_reply(engine, question, ("100.00 万元", "160.00 万元"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("一年吃几顿", "一年公务接待几次"),
        ("绩效表里写了招待次数没", "绩效表里公务接待次数是多少"),
        ("按你这么说去年才多少", "去年才多少"),
        ("会议费顶它几倍", "会议费是它的几倍"),
        ("培训费比公务接待费多出几倍", "培训费是公务接待费的几倍"),
        ("培训费比去年多几倍", "培训费比去年多几倍"),
        ("三公里没有花钱的是哪几项", "三公里为0的是哪几项"),
        ("这笔钱最后压在哪个项目上", "这笔钱压在哪个项目上"),
        ("占局本级自己那块项目支出的几成", "占本级的项目支出的几成"),
    ],
)
def test_what_is_said_in_talk(said: str, meant: str) -> None:
    assert normalised_question(said) == meant


def test_more_by_how_many_times_sets_one_item_against_another(engine: Assistant) -> None:
    whole_reply(engine, "清河市水务局提租补贴比公务接待费多几倍", ("提租补贴是公务接待费的 **30 倍**",))


@pytest.mark.parametrize(
    ("history", "question"),
    [
        (("清河市水务局2026年提租补贴多少",), "拆成两块说，涨了几个点"),
        (("清河市水务局2026年社会保障和就业支出多少",), "这里面财政拨款以外的资金有多少，占这一类的几成"),
    ],
)
def test_what_is_not_taken_up_is_said(engine: Assistant, history: tuple[str, ...], question: str) -> None:
    answer = engine.ask(question, history)
    assert answer.refused or answer.unanswered
