"""Answerable questions with one word exchanged for one that the document doesn't hold: refused, never answered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.evaluate import holds

FIGURES = {
    "公务接待费": "0.69",
    "培训费": "0.40",
    "差旅费": "12.60",
    "基本工资": "103.62",
    "工资福利支出": "469.08",
    "行政运行": "338.74",
    "机要专线维护费": "4.00",
    "公务用车运行维护费": "20.00",
}
"""Items of the seed and their figures in 万元."""

UNITS = ("教育局", "财政局", "区政府办公室", "市委办公室", "区委组织部", "区纪委", "老干部局", "市场监督管理局")
YEARS = ("2026年", "2025年", "2021年", "2019年", "明年", "前年")
ITEMS = ("取暖费", "咨询费", "劳务费", "抚恤金", "物业管理费", "被装购置费", "专用材料费", "奖学金", "拆迁补偿")
MEASURES = ("人均", "第三季度", "上半年", "12月份", "决算", "每平方米", "已执行的", "税后")

IN_QUESTIONS = {
    "unit": ("{word}{item}是多少？", "{word}2024年{item}预算安排了多少万元？"),
    "year": ("{word}{item}是多少？", "{word}区委办公室{item}预算多少？"),
    "measure": ("{word}{item}是多少？", "曾都区委办公室{word}{item}是多少万元？"),
}
ABOUT_ITEMS = (
    "{word}是多少？",
    "曾都区委办公室2024年{word}预算是多少万元？",
    "{word}占总支出的比例是多少？",
    "{word}和{item}加起来是多少？",
    "{item}比{word}多多少？",
    "{word}比上年增加了多少？",
)
NEAR_ITEMS = (
    "公务接待人数",
    "公务接待批次",
    "公务用车租赁费",
    "培训中心建设费",
    "工资福利支出进度",
    "基本工资调整数",
    "差旅补助",
    "机要设备费",
    "行政复议费",
    "办公楼维修费",
    "电子政务外网建设费",
    "专用通信设备购置费",
)
"""Like an item of the seed, and another thing."""

PRINTED_WITHOUT_FIGURES = {"决算", "前年", "市委办公室"}
"""决算 stands in the glossary, 前年 in 以前年度, 市委办公室 in the duties; the seed has no figure of any of them."""

SHARE_REFUSED = Decimal("0.97")


@dataclass(frozen=True)
class Exchanged:
    """A question with a foreign word, and the figure of the question it was made from."""

    kind: str
    word: str
    question: str
    figure: Decimal


def exchanged() -> tuple[Exchanged, ...]:
    """Each foreign word in questions about a few items; the items take turns."""
    words = {"unit": UNITS, "year": YEARS, "measure": MEASURES}
    items = list(FIGURES)
    made = []
    for kind, templates in IN_QUESTIONS.items():
        for number, (word, template) in enumerate(product(words[kind], templates)):
            for item in (items[number % 8], items[(number + 3) % 8]):
                question = template.format(word=word, item=item)
                made.append(Exchanged(kind, word, question, Decimal(FIGURES[item])))
    for number, (word, template) in enumerate(product(ITEMS, ABOUT_ITEMS)):
        item = items[number % 8]
        made.append(Exchanged("item", word, template.format(word=word, item=item), Decimal(FIGURES[item])))
    return tuple(made)


QUESTIONS = exchanged()


@pytest.fixture(scope="module")
def answers(seed_assistant: Assistant) -> list[tuple[Exchanged, Answer]]:
    """Each question asked once."""
    return [(each, seed_assistant.ask(each.question)) for each in QUESTIONS]


def test_there_are_enough_and_they_are_foreign(seed_path: Path) -> None:
    assert len({each.question for each in QUESTIONS}) >= 120
    text = "".join(seed_path.read_text(encoding="utf-8").split())
    words = {*UNITS, *YEARS, *ITEMS, *MEASURES, *NEAR_ITEMS}
    assert {word for word in words if word in text} <= PRINTED_WITHOUT_FIGURES


def test_the_unexchanged_questions_are_answered(seed_assistant: Assistant) -> None:
    for item, figure in FIGURES.items():
        for question in (f"{item}是多少？", f"曾都区委办公室2024年{item}预算安排了多少万元？"):
            assert holds(f"w:{figure}", seed_assistant.ask(question).answer), question


def test_nearly_all_are_refused_or_asked_back(answers: list[tuple[Exchanged, Answer]]) -> None:
    answered = [(each, answer) for each, answer in answers if answer.route not in ("refuse", "clarify")]
    share = 1 - Decimal(len(answered)) / len(answers)
    assert share >= SHARE_REFUSED, _told(answered)


def test_none_is_answered_with_the_figure_of_the_original(answers: list[tuple[Exchanged, Answer]]) -> None:
    leaked = [
        (each, answer)
        for each, answer in answers
        if answer.route not in ("refuse", "clarify") and holds(f"w:{each.figure}", answer.answer)
    ]
    assert not leaked, _told(leaked)


@pytest.mark.parametrize("item", NEAR_ITEMS)
def test_what_sounds_like_an_item_is_not_answered_with_it(seed_assistant: Assistant, item: str) -> None:
    for question in (f"{item}是多少？", f"曾都区委办公室2024年{item}预算是多少万元？"):
        answer = seed_assistant.ask(question)
        assert answer.route in ("refuse", "clarify"), f"{question} → {answer.answer[:160]}"


def test_refusals_name_the_foreign_word_or_what_is_there(answers: list[tuple[Exchanged, Answer]]) -> None:
    refused = [(each, answer) for each, answer in answers if answer.refused]
    silent = [(e, a) for e, a in refused if "曾都区委办公室" not in a.answer or not a.answer.strip().endswith("。")]
    assert not silent, _told(silent)


def _told(failed: list[tuple[Exchanged, Answer]]) -> str:
    return "\n".join(f"{each.kind} {each.word}: {each.question} → {answer.answer[:120]}" for each, answer in failed)
