"""Verdicts are those of the tool that comes with the shared question sets, where it is present."""

from __future__ import annotations

import importlib.util
import random
from itertools import product
from types import ModuleType
from typing import Any, Final

import pytest

from assistant.answer import Answer
from assistant.evaluate import EvalQuestion, holds, judge
from tests.conftest import ROOT
from tests.doubles import TEXT_CITATION, table_citation

TOOL: Final = ROOT.parent / "shared" / "tools" / "score.py"

pytestmark = pytest.mark.skipif(not TOOL.is_file(), reason="the shared scoring tool is not here")

AMOUNTS = [
    "735.66", "735.665", "735.655", "0", "0.69", "12", "12.6", "1297.78", "80.7", "9.2", "9.3", "100", "136.9", "-5",
]  # fmt: skip
EXPECTATIONS = (
    *(f"{kind}:{amount}" for kind, amount in product("wnpx", AMOUNTS)),
    "t:其他“交通”费用", "t:（表中为空）", "t:Ｌra", "t:[1]", "a:没有|未|0.00", "a:持平||不变", "x:财政局", "t:",
)  # fmt: skip
NUMBERS = [
    "735.66", "735.665", "7,356,600.00", "73.566", "0.073566", "20.69", "0.69", "1,2345", "12.60", "9.3", "9.19",
    "9.30", "-8.02", "−0.005", "136.98", "137.0", "80.6", "80.8", "１２", "1297.775", "99.995", "100.005", "2024", "3",
]  # fmt: skip
UNITS = [
    "", " 万元", "万元", " 元", "元", "亿元", "个亿元", "万", "万亿元", "%", "％", " %", "个百分点", "万元%",
    "台", "[3]", "[^12]",
]  # fmt: skip
AROUND = (
    ("", ""), ("共 **", "**[1]"), ("| 合计 | ", " |"), ("A", ""), ("比上年，", "，"), ("其他 “交通” 费用为", "。没有"),
)  # fmt: skip
TEXTS = [f"{before}{number}{unit}{after}" for number, unit, (before, after) in product(NUMBERS, UNITS, AROUND)]
CITES = (
    [], ["附表4-6"], ["附表4-6&第45项费用", "无"], ["公务接待费&0.69"], ["第二部分&公务接待费"],
    ['"page":null&45.69'], ["\\"],
)  # fmt: skip


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The shared tool as a module."""
    spec = importlib.util.spec_from_file_location("shared_score", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_expectation_holds_in_the_same_texts(tool: ModuleType) -> None:
    different = [
        (expectation, text)
        for expectation, text in product(EXPECTATIONS, TEXTS)
        if holds(expectation, text) is not tool.holds(expectation, text)
    ]
    assert not different


def test_answers_are_judged_the_same(tool: ModuleType) -> None:
    chance = random.Random(1)
    citations = [table_citation(1, 45), TEXT_CITATION, table_citation(3, 2)]
    verdicts: set[str] = set()
    for _ in range(20_000):
        asked: dict[str, Any] = {
            "id": "Q", "kind": "k", "question": "问", "refuse": chance.random() < 0.2, "cite": chance.choice(CITES),
            "expect": chance.sample(EXPECTATIONS, chance.choice((0, 1, 1, 2))),
        }  # fmt: skip
        route = chance.choice(("sql", "text", "both", "clarify", "refuse"))
        answer = Answer(
            id="Q", question="问", standalone_question="问", route=route, refused=route == "refuse",
            answer="，".join(chance.sample(TEXTS, 2)), citations=chance.sample(citations, chance.choice((0, 1, 3))),
        )  # fmt: skip
        verdict, _ = tool.judge(asked, answer.model_dump(mode="json"))
        assert judge(EvalQuestion.model_validate(asked), answer).verdict == verdict, (asked, answer)
        verdicts.add(verdict)
    assert verdicts == {"right", "wrong", "uncited", "refused", "answered"}
