"""Questions over the shared corpus of published budgets, where it is present: many units and years in one index."""

from __future__ import annotations

import pytest

from assistant.evaluate import Score
from tests.questions.test_questions import FLOORS, WRONG, told

NAME = "corpus.jsonl"


@pytest.fixture(scope="module")
def score(corpus_scores: dict[str, Score]) -> Score:
    """All questions, asked once and judged."""
    return corpus_scores[NAME]


def test_right_answers_over_the_corpus(score: Score) -> None:
    assert float(score.percent_right) >= FLOORS[NAME]["right"], told(score)


def test_wrong_answers_over_the_corpus(score: Score) -> None:
    wrong = 100 * sum(score.totals()[verdict] for verdict in WRONG) / len(score.judgements)
    assert wrong <= FLOORS[NAME]["wrong"], told(score)


def test_what_no_document_holds_is_refused(score: Score) -> None:
    refused = [judgement for judgement in score.judgements if judgement.question.refuse]
    assert len(refused) > 8
    assert [j.question.question for j in refused if j.verdict != "right"] == []
