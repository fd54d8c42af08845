"""Questions that ask several things: where they are split, how the parts are answered, and what is asked back."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.parts import parts_of
from assistant.steps import Steps


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("公务接待费多少？", ["公务接待费多少？"]),
        ("三公经费里，接待费多少？公车呢，谢谢", ["三公经费里，接待费多少？", "公车呢，谢谢"]),
        ("办公费多少，为什么", ["办公费多少，", "为什么"]),
        ("办公费占总支出的比例，比去年多多少", ["办公费占总支出的比例，", "比去年多多少"]),
        ("这几项，一共多少", ["这几项，一共多少"]),
        ("超过1,000元的项目（不含设备，多少不限）有哪些", ["超过1,000元的项目（不含设备，多少不限）有哪些"]),
        ("“甲，乙多少”项目多少钱", ["“甲，乙多少”项目多少钱"]),
    ],
)
def test_where_a_question_is_split(question: str, parts: list[str]) -> None:
    assert list(parts_of(question)) == parts


def read_as(engine: Assistant, question: str) -> list[str]:
    """The parts that a question is answered in."""
    return [part.question for part in engine._reader(Steps()).read(question, [])]


@pytest.mark.parametrize(
    "question",
    [
        "台式机单价多少，买几台",
        "准备采购多少箱复印纸？多少钱一箱？",
        "公务接待费比上年减少多少，为什么",
        "公务接待费比上年减少多少，降了百分之几",
        "办公费和差旅费哪个多，多多少",
        "办公费和差旅费各多少，一共多少",
        "办公费多少？差旅费多少？",
        "预算最多的项目是哪个，多少钱",
        "卫生健康支出下面有哪些项级科目，各多少",
        "超过10万元的项目有哪些，一共多少钱",
        "公务接待费是多少？公务接待费是多少？",
    ],
)
def test_one_meaning_for_the_whole(seed_assistant: Assistant, question: str) -> None:
    assert read_as(seed_assistant, question) == [question]


def test_what_is_left_out_is_left_out_of_its_own_part(seed_assistant: Assistant) -> None:
    question = "办公费多少？住房改革支出除去购房补贴还有多少？"
    assert len(read_as(seed_assistant, question)) == 2


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("公务接待费多少？公务用车运行维护费占三公经费多少？", ["0.69", "96.67"]),
        ("三公经费多少，其中公务接待费占比多少", ["20.69", "3.33"]),
        ("哪个项目最多，哪个最少", ["86.70", "0.05"]),
        ("培训费是多少，三公经费比上年减少多少？", ["0.40", "0.09"]),
        ("基本支出和项目支出各多少，基本支出占总支出多少", ["581.62", "154.04", "79.06"]),
        ("办公费和印刷费各占总支出多少，合计占多少", ["0.68", "0.68", "1.36"]),
        ("工资福利支出里哪项最高？它占工资福利支出多少？", ["145.08", "30.93"]),
        ("什么是三公经费？公务接待费多少？", ["0.69"]),
        ("2024年政府采购里货物和服务各是多少，比例多少？", ["70000.00", "70.71", "29.29"]),
    ],
)
def test_parts_are_answered_in_order(seed_assistant: Assistant, question: str, values: list[str]) -> None:
    answer = seed_assistant.ask(question)
    assert len(read_as(seed_assistant, question)) > 1
    found = iter(figure.value for figure in answer.figures)
    assert all(value in found for value in values), answer.answer
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))


def test_tables_and_prose_make_one_answer(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("什么是三公经费？公务接待费多少？")
    assert answer.route == "both" and answer.sql
    assert {citation.kind for citation in answer.citations} == {"table", "text"}


@pytest.mark.parametrize(
    ("question", "missing", "values"),
    [
        ("差旅费多少？取暖费多少？", "取暖费", ["12.60"]),
        ("差旅费多少？明年的差旅费呢？", "明年的数据", ["12.60"]),
        ("公务接待费多少，第三季度花了多少，培训费多少", "第三季度", ["0.69", "0.40"]),
    ],
)
def test_what_has_an_answer_is_answered_and_the_rest_said(
    seed_assistant: Assistant, question: str, missing: str, values: list[str]
) -> None:
    answer = seed_assistant.ask(question)
    assert not answer.refused and answer.clarify is None
    assert missing in "".join(answer.unanswered) and missing in answer.answer.split("\n\n")[0]
    assert [figure.value for figure in answer.figures if figure.value in values] == values


@pytest.mark.parametrize("question", ["你觉得差旅费高不高，会议费多少", "如果明年裁掉三分之一的人，差旅费多少"])
def test_nothing_is_answered_beside_an_opinion_or_a_forecast(seed_assistant: Assistant, question: str) -> None:
    assert not seed_assistant.ask(question).figures


def test_nothing_answerable_is_refused(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("取暖费多少？明年的差旅费呢？")
    assert answer.refused and "取暖费" in answer.answer and "明年" in answer.answer


@pytest.mark.parametrize(
    ("questions", "value"),
    [
        (["商品和服务支出里最高的是哪项？", "它比差旅费多多少"], "7.40"),
        (["预算最多的项目是哪个？", "这个项目占总支出多少"], "11.79"),
        (["三公经费多少？", "公务接待费占了多大比例"], "3.33"),
        (["差旅费多少？会议费多少？", "两项加起来呢"], "13.60"),
    ],
)
def test_what_stands_for_what_was_said_before(seed_assistant: Assistant, questions: list[str], value: str) -> None:
    answer = seed_assistant.ask(questions[-1], questions[:-1])
    assert value in [figure.value for figure in answer.figures], answer.answer


@pytest.mark.parametrize("questions", [["会议费多少", "差多少？"], ["三公经费多少", "占三公经费多少？"]])
def test_a_comparison_with_nothing_is_refused(seed_assistant: Assistant, questions: list[str]) -> None:
    assert seed_assistant.ask(questions[-1], questions[:-1]).refused
