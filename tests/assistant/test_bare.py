"""What only continues a question before is asked back where there is none: no figure of anything else is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.serving import Serving
from assistant.talks import Talks
from assistant.ui.desk import Asked, Desk

BARE = (
    "比去年呢？",
    "那去年呢",
    "今年比去年增加了多少",
    "增长率是多少",
    "2023年呢",
    "为什么减少？",
    "占总支出的多少？",
    "它占三公经费多少",
    "其中项目支出呢",
    "两项加起来呢？",
)


@pytest.mark.parametrize("question", BARE)
def test_a_first_question_about_nothing_is_asked_back(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert (answer.route, answer.figures, answer.citations) == ("clarify", [], [])
    assert answer.clarify and "问的是哪一项" in answer.clarify.question
    for option in answer.clarify.options:
        assert seed_assistant.ask(option).figures, option


def test_the_options_are_the_question_about_something(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("比去年呢？")
    assert answer.clarify and "公务接待费比去年呢？" in answer.clarify.options


def test_naming_the_document_is_not_naming_what_it_is_about(seed_assistant: Assistant) -> None:
    name = "中共随州市曾都区委办公室2024年部门预算"
    assert seed_assistant.ask(f"{name}：比去年呢").route == "clarify"
    assert seed_assistant.ask(f"{name}：公务接待费比去年呢").figures


@pytest.mark.parametrize(
    ("history", "question", "told"),
    [
        (["比去年呢？"], "公务接待费", "0.69 万元"),
        (["公务接待费是多少？"], "比去年呢？", "0.09 万元"),
        (["公务接待费是多少？"], "它占三公经费多少", "3.33 %"),
        (["谢谢", "公务接待费是多少？"], "比去年呢？", "0.09 万元"),
    ],
)
def test_with_something_named_before_it_is_answered(
    seed_assistant: Assistant, history: list[str], question: str, told: str
) -> None:
    assert told in seed_assistant.ask(question, history).answer


def test_bare_questions_before_name_nothing_either(seed_assistant: Assistant) -> None:
    assert seed_assistant.ask("为什么？", ["比去年呢？"]).route == "clarify"


@pytest.mark.parametrize("question", ["预算总额是多少？", "总支出比去年多多少", "今年预算比去年增加了多少？"])
def test_the_whole_may_still_be_asked(seed_assistant: Assistant, question: str) -> None:
    assert seed_assistant.ask(question).figures


def test_the_page_asks_back_and_goes_on_from_there(seed_assistant: Assistant, tmp_path: Path) -> None:
    desk = Desk(Serving(seed_assistant), Talks(tmp_path / "talks.sqlite"))
    (document,) = seed_assistant.warehouse.documents()
    talk, turn = desk.ask("甲", "", Asked("比去年呢？", (document.document_id,)))
    assert turn.answer and turn.answer.route == "clarify" and turn.answer.clarify
    _, then = desk.ask("甲", talk, Asked("公务接待费"))
    assert then.answer and "0.69 万元" in then.answer.answer
    _, anew = desk.ask("甲", talk, Asked("比去年呢？", fresh=True))
    assert anew.answer and anew.answer.route == "clarify"


@pytest.mark.parametrize(
    "question",
    [
        "哪一项支出最多？",
        "支出最多的是哪个科目",
        "花钱最多的是什么",
        "哪方面的支出最大",
        "有市民问花钱最多的地方是哪里，怎么答",
    ],
)
def test_the_most_of_all_that_is_spent_is_of_the_classes_of_it(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert "一般公共服务支出" in answer.answer and "558.66 万元" in answer.answer
    assert "基本工资" not in answer.answer


def test_the_most_of_nothing_is_asked_back(seed_assistant: Assistant) -> None:
    assert seed_assistant.ask("哪一项最多").route == "clarify"


def test_the_most_of_what_was_told_before_stays_of_it(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("哪一项支出最多", ["三公经费各项是多少"])
    assert "公务用车运行维护费" in answer.answer and "一般公共服务支出" not in answer.answer


@pytest.mark.parametrize("question", ["哪一类收入最多", "哪一项收入最多", "收入里最多的是哪一类"])
def test_the_most_of_the_income_is_a_source_of_it(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert "最高的是" in answer.answer and "一般公共预算拨款收入" in answer.answer and "735.66 万元" in answer.answer


def test_the_unit_with_the_most_income_is_a_unit(seed_assistant: Assistant) -> None:
    assert "631.28 万元" in seed_assistant.ask("哪家单位收入最多").answer
