"""Which words of a question an answer in prose is found and judged by."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.reader import QuestionReader, ReadQuestion
from assistant.steps import Steps
from assistant.understand.asked_words import AskedWord, asked_words, search_text
from assistant.understand.types import Understanding


@pytest.fixture(scope="module")
def reader(seed_assistant: Assistant) -> QuestionReader:
    return seed_assistant._reader(Steps())


def _meaning(reader: QuestionReader, question: str) -> Understanding:
    (part,) = reader.read(question, ())
    assert isinstance(part.reading, ReadQuestion)
    return part.reading.asked


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("固定资产原值为什么增长？", ["固定资产原值"]),  # printed, so whole
        ("应急通信体系的建设归谁？", ["应急", "通信", "体系"]),  # cut as words
        ("秘书股有几名律师？", ["秘书股", "律师"]),
        ("区委办公室2024年预算里说的外事工作有哪些？", ["外事"]),
    ],
)
def test_names_are_what_is_asked_about(reader: QuestionReader, question: str, names: list[str]) -> None:
    assert [word.text for word in asked_words(_meaning(reader, question)) if word.names] == names


@pytest.mark.parametrize(
    "question", ["一共有几块牌子？", "有哪三大牌子？", "是什么时候的牌子？", "那段说明里的牌子呢？"]
)
def test_counts_and_words_of_talk_are_no_words_of_the_answer(reader: QuestionReader, question: str) -> None:
    assert [word.text for word in asked_words(_meaning(reader, question))] == ["牌子"]


def test_scope_is_not_searched_by(reader: QuestionReader) -> None:
    assert search_text(_meaning(reader, "曾都区委办公室2024年车辆有几辆？")).strip().startswith("车辆")


def test_a_word_is_held_in_any_of_its_forms_or_by_all_its_parts() -> None:
    word = AskedWord("保密工作", ("保密工作", "保密事务"), ("保密",))
    assert word.is_in("负责保密") and word.is_in("保密事务") and not word.is_in("工作")
    assert word.is_printed_in("保密事务") and not word.is_printed_in("负责保密")
