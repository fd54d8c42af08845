"""Refusals: what is missing is named, and what is near."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant

DOCUMENT = "曾都区委办公室2024年部门预算"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("取暖费是多少？", "取暖费"),
        ("劳务费安排了多少？", "劳务费"),
        ("第三季度公务接待费是多少？", "季度"),
        ("人均公务接待费是多少？", "人均"),
        ("2026年公务接待费是多少？", "2026年"),
        ("2019年的预算总额是多少？", "2019年"),
        ("公务接待费的决算数是多少？", "决算"),
        ("明年的培训费是多少？", "明年"),
        ("今天天气怎么样？", "天气"),
    ],
)
def test_what_is_missing_is_named(seed_assistant: Assistant, question: str, missing: str) -> None:
    answer = seed_assistant.ask(question)
    assert answer.refused
    assert missing in answer.answer
    assert DOCUMENT in answer.answer


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("教育局的公务接待费是多少？", "公务接待费"),
        ("财政局的培训费是多少？", "培训费"),
    ],
)
def test_what_is_near_is_named(seed_assistant: Assistant, question: str, near: str) -> None:
    answer = seed_assistant.ask(question)
    assert answer.refused
    _, _, suggested = answer.answer.partition("相近")
    assert near in suggested


@pytest.mark.parametrize("unit", ["教育局", "财政局", "组织部"])
def test_a_foreign_unit_is_named(seed_assistant: Assistant, unit: str) -> None:
    answer = seed_assistant.ask(f"{unit}的公务接待费是多少？")
    assert answer.refused
    assert unit in answer.answer


def test_what_is_near_is_in_the_document(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("公务员加班费是多少？")
    _, _, suggested = answer.answer.partition("文件里相近的项目有：")
    labels = {row[0] for row in seed_assistant.warehouse.execute("SELECT DISTINCT row_label FROM figures")[1]}
    assert all(name in labels for name in suggested.strip().rstrip("。").split("、") if name)


@pytest.mark.parametrize("question", ["写一首诗", "帮我把公务接待费改成100万元", "预测明年的三公经费"])
def test_orders_are_no_questions(seed_assistant: Assistant, question: str) -> None:
    answer = seed_assistant.ask(question)
    assert answer.refused
    assert "不代写" in answer.answer or "没有" in answer.answer
