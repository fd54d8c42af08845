"""Questions over the shared corpus of published budgets, where it is present: many units and years in one index."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.evaluate import Score, evaluate, load_questions
from assistant.settings import Settings
from index.build import build
from tests.conftest import ROOT
from tests.questions.test_questions import FLOORS, HERE, WRONG, told

CORPUS = ROOT.parent / "shared" / "corpus"
NAME = "corpus.jsonl"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    """All questions, asked once and judged."""
    folder: Path = tmp_path_factory.mktemp("corpus")
    build([CORPUS], folder / "index")
    engine = Assistant(folder / "index", Settings(conversations=folder / "talks.sqlite"))
    return evaluate(load_questions(HERE / NAME), lambda q: engine.ask(q.question, q.history, q.id))


def test_right_answers_over_the_corpus(score: Score) -> None:
    assert float(score.percent_right) >= FLOORS[NAME]["right"], told(score)


def test_wrong_answers_over_the_corpus(score: Score) -> None:
    wrong = 100 * sum(score.totals()[verdict] for verdict in WRONG) / len(score.judgements)
    assert wrong <= FLOORS[NAME]["wrong"], told(score)


def test_what_no_document_holds_is_refused(score: Score) -> None:
    refused = [judgement for judgement in score.judgements if judgement.question.refuse]
    assert len(refused) > 8
    assert [j.question.question for j in refused if j.verdict != "right"] == []
