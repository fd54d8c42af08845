"""Computation over several clauses: everyday lists, gaps and where they sit, claims, what is pointed back at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer import Figure
from assistant.ask import Assistant
from assistant.query import Claim
from assistant.reading.amounts import rough_amounts
from assistant.reply.claims import claim_lines
from assistant.settings import Settings
from index.build import build
from tests.assistant.budgets import whole_reply

TEXT = """青山市水务局 2026 年部门预算

第一部分 青山市水务局概况

一、部门主要职责

负责全市水资源的统一管理。

第二部分 青山市水务局 2026 年部门预算情况说明

一、收支预算总体情况说明

2026年收入预算1000.00万元。其中：

事业单位经营收入49.40万元。

二、支出预算情况说明

2026年支出预算1000.00万元。其中：

基本支出预算600.00万元。

项目支出预算364.62万元。

事业单位经营支出23.20万元。

年终结转结余资金35.38万元。

三、“三公”经费情况说明

因公出国（境）费70.00万元，比上年减少10.00万元。

公务用车购置及运行费411.20万元，比上年增加30.00万元，增长8%。

公务接待费27.00万元，比上年减少1.50万元。

四、政府采购情况说明

2026年政府采购预算224.14万元，其中：政府采购货物预算3.14万元、政府采购服务预算221.00万元。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget whose parts leave a rest and of which each change is told."""
    folder = tmp_path_factory.mktemp("水务")
    (folder / "documents").mkdir()
    (folder / "documents" / "青山市水务局2026预算.txt").write_text(TEXT, encoding="utf-8")
    build([folder / "documents"], folder / "index", processes=1)
    return Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("三公这块，出国、车、接待三样拢共多少钱", ("508.20", "411.20"), ("97.00",)),
        ("公车一项是接待费的多少倍，留一位小数", ("15.2 倍",), ("15.23",)),
        ("经营收入好像四十九万多，经营支出才二十几万，收入比支出到底多多少", ("26.20",), ("1000.00", "900.00")),
        ("政府采购里，买服务的钱比买货物的多出多少", ("217.86",), ("224.14",)),
        ("总盘子1000万，我把基本支出和项目支出一加只有964.62万，差的那三十几万放哪了，具体多少",
         ("964.62", "35.38", "年终结转结余"), ()),
        ("基本支出和项目支出加起来是多少，前一个比后一个多多少", ("964.62", "235.38"), ()),
        ("出国费和接待费都降了，两项合起来净减多少", ("11.50", "净减少"), ()),
        ("有人讲公务接待费涨了一截，真有这回事吗", ("减少", "1.50"), ()),
        ("说明里写公务用车购置及运行费增加30万、增长8%，我怎么算都不到8，您按今年数减增加额当基数再核一遍",
         ("381.20", "7.87 %"), ()),
    ],
)  # fmt: skip
def test_clauses_are_computed_together(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    whole_reply(engine, f"青山市水务局2026年{question}", told, untold)


@pytest.mark.parametrize(
    "question",
    ["还债的支出是多少", "还债支出多少，还债支出占几成", "接待费、烟花费和出国费一共多少", "买烟花的钱比接待费多多少"],
)
def test_an_unknown_member_is_never_dropped(engine: Assistant, question: str) -> None:
    answer = engine.ask(f"青山市水务局2026年{question}")
    assert answer.refused or answer.unanswered, answer.answer
    assert "97.00" not in answer.told and "1000.00" not in answer.told


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("四千四百多万那个", [("4400", "万元")]),
        ("有四亿九，比三亿两千多万多", [("49000", "万元"), ("32000", "万元")]),
        ("一年九十多个亿", [("90", "亿元")]),
        ("三个项目两万元", []),
        ("四亿五个项目", []),
    ],
)
def test_rough_amounts(text: str, amounts: list[tuple[str, str]]) -> None:
    assert [(str(token.value), token.unit) for token in rough_amounts(text)] == amounts


@pytest.mark.parametrize(
    ("said", "value", "unit", "agrees"),
    [
        ("三亿", "3", "亿元", False), ("四千四百多万", "4400", "万元", False), ("两亿三", "23000", "万元", True),
        ("23,689万元", "23689", "万元", True), ("两亿多", "2", "亿元", True),
    ],
)  # fmt: skip
def test_a_claim_agrees_to_the_digits_that_it_says(said: str, value: str, unit: str, agrees: bool) -> None:
    figure = Figure(label="教育支出", value="23689.00", unit="万元", citations=[1])
    (line,) = claim_lines([Claim(value=Decimal(value), unit=unit, text=said)], [figure])
    assert ("相符。" in line and "没有" not in line) is agrees


def test_a_sum_of_fewer_than_the_question_says_is_told_as_such(seed_assistant: Assistant) -> None:
    assert any("合计里只有 2 个" in text for text in seed_assistant.ask("差旅费、会议费这三项加起来多少").unanswered)
    assert not seed_assistant.ask("差旅费、会议费、培训费三项一共多少").unanswered


def test_one_block_within_each_is_neither_a_sum_nor_an_amount(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("今年的差旅费，基本支出里一块、项目支出里一块，分开报给我").answer
    assert "12.60 万元" in answer.replace("**", "")
    assert "项目支出合计" not in answer and "“一块”" not in answer
    assert "17.60 万元" in seed_assistant.ask("办公费和差旅费一块多少").answer.replace("**", "")
