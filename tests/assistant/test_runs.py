"""Runs of a question set: kept as a batch's answers, judged when read, compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.evaluate import EvalQuestion, Score, evaluate
from assistant.runs import RunUnreadable, changes, load_run, run_path, save_run

QUESTIONS = [
    EvalQuestion(id="1", kind="k", question="甲", expect=["w:1"]),
    EvalQuestion(id="2", kind="k", question="乙", expect=["w:2"]),
    EvalQuestion(id="3", kind="k", question="丙", refuse=True),
    EvalQuestion(id="4", kind="k", question="丁", expect=["w:4"]),
]


def scored(**answers: str) -> Score:
    """A run whose answers are given by question, as texts; an empty one is a refusal."""

    def answer(question: EvalQuestion) -> Answer:
        text = answers[question.question]
        return Answer(
            id=question.id, question=question.question, standalone_question=question.question,
            route="text" if text else "refuse", refused=not text, answer=text,
        )  # fmt: skip

    return evaluate([each for each in QUESTIONS if each.question in answers], answer)


def test_a_kept_run_is_the_same_when_read_again(tmp_path: Path) -> None:
    run = scored(甲="1 万元", 乙="", 丙="3 万元", 丁="4")
    path = tmp_path / "runs" / "set.jsonl"
    save_run(path, run)
    save_run(path, run)
    assert load_run(path, QUESTIONS) == run
    assert [file.name for file in path.parent.iterdir()] == ["set.jsonl"]


def test_a_kept_run_is_judged_by_the_questions_of_today(tmp_path: Path) -> None:
    save_run(tmp_path / "set.jsonl", scored(甲="1 万元"))
    corrected = [QUESTIONS[0].model_copy(update={"expect": ["w:7"]}), QUESTIONS[1]]
    (judgement,) = load_run(tmp_path / "set.jsonl", corrected).judgements
    assert judgement.verdict == "wrong" and judgement.reasons == ("w:7",)


def test_changes_are_told_by_what_they_mean() -> None:
    before = scored(甲="1 万元", 乙="3 万元", 丙="", 丁="5 万元")
    after = scored(甲="2 万元", 乙="2 万元", 丙="", 丁="")
    assert [(c.after.question.question, c.kind) for c in changes(before, after)] == [
        ("甲", "failing"), ("乙", "right"), ("丁", "verdict"),
    ]  # fmt: skip
    assert changes(after, after) == ()


def test_questions_of_one_run_only_are_no_change() -> None:
    assert changes(scored(甲="1 万元"), scored(甲="1 万元", 乙="9 万元")) == ()


def test_sets_and_indexes_have_runs_of_their_own(tmp_path: Path) -> None:
    places = [(tmp_path / a / "set.jsonl", tmp_path / b) for a in ("x", "y") for b in ("i", "j")]
    paths = {run_path(tmp_path, questions, index) for questions, index in places}
    assert len(paths) == 4 and all(path.name.startswith("set-") for path in paths)


@pytest.mark.parametrize("content", ["{", '{"id": "1"}', "\xff"])
def test_what_is_no_run_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(RunUnreadable, match="读不了评测结果"):
        load_run(path, QUESTIONS)
