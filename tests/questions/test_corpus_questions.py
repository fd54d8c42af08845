"""Questions over the shared corpus of published budgets, where it is present: many units and years in one index."""

from __future__ import annotations

import pytest

from assistant.evaluate import Score
from tests.questions.sets import sets_of
from tests.questions.test_questions import FLOORS, WRONG, told

SETS = sets_of("corpus")


@pytest.mark.parametrize("name", SETS)
def test_right_answers_over_the_corpus(name: str, corpus_scores: dict[str, Score]) -> None:
    score = corpus_scores[name]
    assert float(score.percent_right) >= FLOORS[name]["right"], told(score)


@pytest.mark.parametrize("name", SETS)
def test_wrong_answers_over_the_corpus(name: str, corpus_scores: dict[str, Score]) -> None:
    score = corpus_scores[name]
    wrong = 100 * sum(score.totals()[verdict] for verdict in WRONG) / len(score.judgements)
    assert wrong <= FLOORS[name]["wrong"], told(score)


@pytest.mark.parametrize("name", SETS)
def test_what_no_document_holds_is_refused(name: str, corpus_scores: dict[str, Score]) -> None:
    refused = [judgement for judgement in corpus_scores[name].judgements if judgement.question.refuse]
    assert len(refused) > 8
    assert [j.question.question for j in refused if j.verdict != "right"] == []
