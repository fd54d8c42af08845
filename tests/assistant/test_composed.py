"""Operators on top of each other: what can't be answered with all of them is refused, never answered without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.ask import Assistant

_CASES = yaml.safe_load(Path(__file__).with_name("composed.yaml").read_text("utf-8"))


def _check(engine: Assistant, case: dict[str, Any]) -> None:
    *history, question = case["ask"].split("→")
    answer = engine.ask(question, history)
    if answer.route in ("refuse", "clarify"):
        assert not answer.figures
        return
    assert case.get("not") is None or case["not"] not in answer.told
    assert case.get("has", "") in answer.answer


@pytest.mark.parametrize("case", _CASES["seed"], ids=lambda case: case["ask"])
def test_over_the_seed(seed_assistant: Assistant, case: dict[str, Any]) -> None:
    _check(seed_assistant, case)


def _marked(case: dict[str, Any]) -> Any:
    """The case, with ``xfail`` as the mark of what is not met yet."""
    marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
    return pytest.param(case, marks=marks, id=case["ask"])


@pytest.mark.parametrize("case", map(_marked, _CASES["corpus"]))
def test_over_the_corpus(corpus_assistant: Assistant, case: dict[str, Any]) -> None:
    _check(corpus_assistant, case)


@pytest.mark.parametrize(
    ("conversation", "figure"),
    [
        ("公务接待费是多少？→它比培训费多多少？→那差旅费呢？", "12.20"),
        ("工资福利支出前三是哪些？→它们合计多少？", "316.47"),
        ("工资福利支出前三是哪些？→它们合计多少？→占基本支出多少？", "54.41"),
        ("商品和服务支出最低的是哪项？", "最低的是"),
        ("商品和服务支出前三名合计多少？", "48.10"),
        ("商品和服务支出最高的和最低的分别是哪项？", "最低的是"),
        ("除差旅费外，商品和服务支出有哪些？", "共"),
    ],
)
def test_operators_that_are_used_are_answered(seed_assistant: Assistant, conversation: str, figure: str) -> None:
    *history, question = conversation.split("→")
    answer = seed_assistant.ask(question, history)
    assert not answer.refused and figure in answer.answer
