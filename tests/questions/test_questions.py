"""The question sets as a floor: an engine that answers fewer of them, or more of them wrongly, fails."""

from __future__ import annotations

import pytest
import yaml

from assistant.evaluate import Score, Verdict, load_questions
from tests.questions.sets import HERE, sets_of

FLOORS: dict[str, dict[str, float]] = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))
SETS = sets_of("seed")
WRONG: tuple[Verdict, ...] = ("wrong", "answered")


def test_every_set_has_its_floor_and_every_floor_its_set() -> None:
    assert sorted(FLOORS) == sorted(file.name for file in HERE.glob("*.jsonl"))


@pytest.mark.parametrize("name", SETS)
def test_all_questions_are_asked(name: str, seed_scores: dict[str, Score]) -> None:
    questions = load_questions(HERE / name)
    assert [judgement.question for judgement in seed_scores[name].judgements] == list(questions)
    assert len({question.id for question in questions}) == len(questions)


@pytest.mark.parametrize("name", SETS)
def test_right_answers(name: str, seed_scores: dict[str, Score]) -> None:
    score = seed_scores[name]
    assert float(score.percent_right) >= FLOORS[name]["right"], told(score)


@pytest.mark.parametrize("name", SETS)
def test_wrong_answers(name: str, seed_scores: dict[str, Score]) -> None:
    score = seed_scores[name]
    wrong = 100 * sum(score.totals()[verdict] for verdict in WRONG) / len(score.judgements)
    assert wrong <= FLOORS[name]["wrong"], told(score)


def told(score: Score) -> str:
    """What was not right, one line a question."""
    failed = [judgement for judgement in score.judgements if judgement.verdict != "right"]
    lines = [f"{j.verdict} {j.question.id} {j.question.question}: {j.reasons} {j.answer.answer[:80]}" for j in failed]
    return "\n".join([f"{score.percent_right:.1f} % right", *lines])
