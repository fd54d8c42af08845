"""Scoring: the same verdicts as the question sets' authors give."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.evaluate import (
    EvalQuestion,
    QuestionSetError,
    evaluate,
    holds,
    judge,
    load_questions,
    printed_numbers,
)


def answer(text: str, route: str = "text", **parts: object) -> Answer:
    fields = {"id": "Q", "question": "问", "standalone_question": "问", "refused": route == "refuse"}
    return Answer.model_validate({**fields, "route": route, "answer": text, **parts})


def question(**parts: object) -> EvalQuestion:
    return EvalQuestion.model_validate({"id": "Q", "kind": "lookup", "question": "问", **parts})


@pytest.mark.parametrize(
    ("expectation", "text", "expected"),
    [
        ("w:735.66", "共 735.66 万元[1]", True),
        ("w:735.66", "共 7,356,600.00 元", True),
        ("w:735.66", "共0.073566亿元", True),
        ("w:735.66", "| 合计 | 735.66 |", True),
        ("w:735.66", "共 735.66 元", False),
        ("w:735.66", "共 735.66%", False),
        ("w:735.66", "共 735.67 万元", False),
        ("w:0.69", "20.69 万元", False),
        ("w:5", "５万元", True),
        ("w:12000", "1.2 个亿元", True),
        ("n:12", "12 个内设机构", True),
        ("n:12", "见第 3 页[12]", False),
        ("n:2", "A12 和 2，5", True),
        ("p:136.9", "增加 136.98%", True),
        ("p:136.9", "增加 137.1％", False),
        ("p:8.8", "增加 8.8 万元", False),
        ("t:其他交通费用", "其 他“交通”**费用**", True),
        ("t:培训费", "会议费", False),
        ("a:六月|6月", "截至 6 月底", True),
        ("a:六月|6月", "截至七月底", False),
        ("x:583", "2583 人", True),
        ("x:583", "共 583 人", False),
        ("x:财政局", "没有财政局的数据", False),
    ],
)
def test_expectations(expectation: str, text: str, expected: bool) -> None:
    assert holds(expectation, text) is expected


def test_citation_marks_are_no_numbers_and_full_width_commas_do_not_group() -> None:
    values = [number.value for number in printed_numbers("12，345 万元[3]，其中 1,234.5")]
    assert values == [Decimal(12), Decimal(345), Decimal("1234.5")]


@pytest.mark.parametrize(
    ("asked", "got", "verdict"),
    [
        (question(expect=["w:1"]), answer("1 万元"), "right"),
        (question(expect=["w:1"]), answer("2 万元"), "wrong"),
        (question(expect=["w:1"]), answer("不知道", "refuse"), "refused"),
        (question(expect=["w:1"]), answer("哪一个？", "clarify"), "refused"),
        (question(expect=["w:1"], cite=["附表4-7"]), answer("1 万元"), "uncited"),
        (question(refuse=True), answer("没有", "refuse"), "right"),
        (question(refuse=True), answer("哪一年？", "clarify"), "right"),
        (question(refuse=True), answer("5 万元"), "answered"),
    ],
)
def test_verdicts(asked: EvalQuestion, got: Answer, verdict: str) -> None:
    assert judge(asked, got).verdict == verdict


def test_all_parts_of_an_alternative_must_stand_in_one_citation() -> None:
    def cite(n: int, section: str, quote: str) -> dict[str, object]:
        place = {"document": "d", "unit_name": "u", "year": 2024, "paragraph": 1, "paragraph_id": "p", "page": None}
        return {"n": n, "kind": "text", "section": [section], "quote": quote, **place}

    asked = question(expect=["w:1"], cite=["收入预算&735.66"])
    apart = answer("1 万元", citations=[cite(1, "收入预算", "无"), cite(2, "支出预算", "735.66")])
    together = answer("1 万元", citations=[cite(1, "收入预算", "共 735.66 万元")])
    assert judge(asked, apart).verdict == "uncited"
    assert judge(asked, together).verdict == "right"


def test_score_counts_by_kind() -> None:
    questions = [
        question(id="1", expect=["w:1"]),
        question(id="2", expect=["w:9"]),
        question(id="3", kind="x", refuse=True),
    ]
    score = evaluate(questions, lambda _: answer("1 万元"))
    assert {kind: dict(counts) for kind, counts in score.by_kind().items()} == {
        "lookup": {"right": 1, "wrong": 1},
        "x": {"answered": 1},
    }
    assert round(score.percent_right, 1) == Decimal("33.3")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "第 2 行"),
        ('{"id": "1"}', "第 2 行"),
        ('{"id":"1","kind":"k","question":"q","expect":["z:1"]}', "不认识的期望"),
    ],
)
def test_a_bad_question_set_is_told_by_line(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(json.dumps({"id": "0", "kind": "k", "question": "q"}) + "\n" + line, encoding="utf-8")
    with pytest.raises(QuestionSetError, match=message):
        load_questions(file)


SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.mark.skipif(not (SHARED / "questions").is_dir(), reason="the shared question sets are not here")
@pytest.mark.parametrize("name", ["dev", "corpus_dev"])
def test_shared_question_sets_can_be_read(name: str) -> None:
    assert len(load_questions(SHARED / "questions" / f"{name}.jsonl")) > 50
