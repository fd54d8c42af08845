"""What a follow-up takes from the conversation. The cases stand in conversations.yaml, to be read and extended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.catalog import DocumentCatalog
from assistant.conversation import inherit, items_so_far, standalone
from assistant.understand.types import Understanding
from assistant.understand.understand import understand
from tests.assistant.meaning import check_meaning, names, parameters


def last_of(
    questions: list[str], catalog: DocumentCatalog
) -> tuple[Understanding, Understanding, Understanding | None]:
    """The last question's meaning in the conversation and on its own, and the meaning of the one before it."""
    meanings: list[Understanding] = []
    for question in questions:
        own = understand(question, catalog)
        previous = items_so_far(own, meanings)
        meanings.append(inherit(own, previous))
    return meanings[-1], own, previous


@pytest.mark.parametrize(
    ("questions", "expected"), parameters(Path(__file__).with_name("conversations.yaml"), "questions")
)
def test_in_a_conversation(questions: list[str], expected: dict[str, Any], seed_catalog: DocumentCatalog) -> None:
    check_meaning(last_of(questions, seed_catalog)[0], expected)


@pytest.mark.parametrize("question", ["那培训费呢？", "为什么？", "公务接待费多少"])
def test_the_first_question_stands_alone(question: str, seed_catalog: DocumentCatalog) -> None:
    own = understand(question, seed_catalog)
    assert inherit(own, None) == own


@pytest.mark.parametrize(
    ("questions", "written"),
    [
        (["公务接待费多少？"], "公务接待费多少？"),
        (["公务接待费多少？", "为什么？"], "公务接待费：为什么？"),
        (["办公费和印刷费各多少", "一共多少？"], "办公费、印刷费：一共多少？"),
        (["公务接待费多少", "会议费多少"], "会议费多少"),
    ],
)
def test_the_question_written_out(questions: list[str], written: str, seed_catalog: DocumentCatalog) -> None:
    assert standalone(*last_of(questions, seed_catalog)) == written


@pytest.mark.parametrize(
    "questions",
    [
        ["公务接待费多少？", "比去年呢？"],
        ["公务接待费多少？", "为什么减少？"],
        ["行政运行的公用经费", "人员经费呢？"],
        ["办公费和印刷费各多少", "一共多少？"],
        ["工资福利支出包括哪些", "最高的是哪项"],
        ["公务接待费比去年减少多少？", "培训费呢？"],
        ["预算最多的项目是哪个", "最少的呢？"],
    ],
)
def test_written_out_it_means_the_same_without_the_conversation(
    questions: list[str], seed_catalog: DocumentCatalog
) -> None:
    asked, own, previous = last_of(questions, seed_catalog)
    alone = understand(standalone(asked, own, previous), seed_catalog)
    assert (alone.operation, alone.intent, alone.classes) == (asked.operation, asked.intent, asked.classes)
    assert [names(operand) for operand in alone.operands] == [names(operand) for operand in asked.operands]
