"""Asking back where an item isn't in the document: only for another word for an item, never for another scope."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant


@pytest.fixture(scope="module")
def assistant(seed_index: Path) -> Assistant:
    return Assistant(seed_index)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("租车费用多少", "租赁费多少"),
        ("公务接送费是多少", "公务接待费是多少"),
        ("复印机买了多少钱", "复印纸买了多少钱"),
    ],
)
def test_a_near_item_is_offered_as_a_whole_question(question: str, first: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.route, answer.refused) == ("clarify", False)
    assert answer.clarify
    assert answer.clarify.options[0] == first
    assert assistant.ask(first).route not in ("refuse", "clarify")


@pytest.mark.parametrize(
    "question",
    [
        "财政局公务接待费多少", "大连的办公费多少", "公务接待费上半年多少", "人均公务接待费多少",
        "2019年公务接待费多少", "公务接待费决算多少", "游泳馆门票多少", "火箭发射安排了多少", "律师费多少",
        "宠物医院多少钱", "公务接待费白酒多少",
    ],
)  # fmt: skip
def test_another_scope_or_nothing_near_stays_a_refusal(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question).route == "refuse"
