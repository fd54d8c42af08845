"""What is said around a request, or claimed beside it, neither keeps the answer back nor counts as left open."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest

from assistant.ask import Assistant
from assistant.reading.talk import claims_in, talk_around
from assistant.relaxation import said_around, without_talk
from assistant.settings import Settings
from assistant.understand.tokenize import normalised_question, numbers_in
from index.build import build

_BUDGET: Final = """清河市水务局 2026 年部门预算

第一部分 清河市水务局概况

一、主要职责

1.负责全市水资源管理和防汛抗旱工作。

第二部分 清河市水务局 2026 年部门预算情况说明

一、2026 年“三公”经费预算情况说明

“三公”经费预算 20.00 万元，比上年减少 3.00 万元。

公务接待费预算 2.00 万元，比上年减少 1.00 万元，主要原因是减少了河道处接待。

公务用车运行维护费预算 18.00 万元，比上年减少 2.00 万元。

二、国有资产占用情况说明

截至 2025 年底，共有车辆 6 辆。

第三部分 清河市水务局 2026 年部门预算表

附表1
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
    folder = tmp_path_factory.mktemp("talk_around")
    (folder / "清河市水务局.txt").write_text(_BUDGET, encoding="utf-8")
    build([folder / "清河市水务局.txt"], folder / "built", processes=1)
    return Assistant(folder / "built", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("街对面开面馆的老周写了三页纸，字都糊了，公务接待费今年安排多少", "2.00"),
        ("我奶奶耳背，电话里喊了半天，河道清淤安排了多少钱", "100.00"),
        ("公务接待费今年安排多少，隔壁老李头跟我抬杠呢", "2.00"),
        ("（业主群里吵翻了天）节水宣传今年多少钱", "25.00"),
        ("一位卖菜大姐来信，写得歪歪扭扭，水质监测今年拨多少", "35.00"),
    ],
)
def test_talk_leaves_nothing_open(engine: Assistant, question: str, figure: str) -> None:
    answer = engine.ask(question)
    assert not answer.refused
    assert f"{figure} 万元" in answer.answer
    assert not answer.unanswered


@pytest.mark.parametrize("question", ["老街坊写信来问，宠物美容费多少", "我妈念叨好几天了，公务接待费逐月多少"])
def test_what_is_asked_still_binds(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert answer.refused or answer.unanswered


def test_brackets_that_narrow_are_no_talk() -> None:
    text = normalised_question("机关运行经费（财政拨款）多少")
    assert not any("财政拨款" in text[start:end] for start, end in talk_around(text))


@pytest.mark.parametrize(
    "question",
    [
        "公务接待费多少（武汉）",
        "2030年预算公开：公务接待费多少",
        "不算为零的，最低的项目是哪个",
        "你觉得主任人怎么样",
        "采购表，品目为印刷服务的，其余加总多少",
    ],
)
def test_what_may_name_a_place_or_a_year_is_no_talk(question: str) -> None:
    assert not talk_around(normalised_question(question))


def test_talk_is_kept_where_nothing_else_is_named() -> None:
    assert not talk_around(normalised_question("“30217”听着像门牌号，到底啥意思"))


def test_a_number_that_is_claimed_is_left_out_and_told() -> None:
    last = [
        shorter for shorter in without_talk("公务用车四百零八台，每台要花多少养车钱", ()) if "台" in shorter.dropped[-1]
    ]
    assert [(each.question, each.dropped) for each in last] == [("公务用车,每台要花多少养车钱", ("四百零八台",))]


@pytest.mark.parametrize("question", ["超过200万的项目有哪些", "10万以上的项目有哪些"])
def test_a_bound_is_no_claim(question: str) -> None:
    assert not claims_in(normalised_question(question))


def test_words_that_the_request_says_too_are_not_around_it() -> None:
    question = "公务接待费今年安排多少，隔壁老李头跟我抬杠呢"
    assert said_around(question, ("抬杠", "公务接待费")) == ("抬杠",)


def test_without_the_trained_reader_nothing_is_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.reading.talk.span_tagger", lambda: None)
    assert not talk_around("我奶奶耳背,河道清淤多少")
    assert not claims_in("公车四百零八台,每台多少")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("砍了十四亿七", "14.7", "亿元"), ("才四十七万五,跟谁比", "47.5", "万元"), ("花了三万四吗", "3.4", "万元"),
        ("三万一年", "3", "万元"), ("十四亿多", "14", "亿元"),
    ],
)  # fmt: skip
def test_the_digit_behind_a_unit_is_its_tenths(text: str, value: str, unit: str) -> None:
    found = next(numbers_in(text))
    assert (found.value, found.unit) == (Decimal(value), unit)
