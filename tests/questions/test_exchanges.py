"""Questions that ask for what no document holds, made by exchanging a word: refused, or asked back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from assistant.ask import Assistant
from assistant.evaluate import Judgement, Score, evaluate
from assistant.library import Library
from tests.questions.exchange import WORDS, Exchange, Exchanger

LEAST = {"seed": 98.6, "corpus": 97.8}
"""Per cent refused or asked back, a point below what was measured when it was last moved. It only rises."""

CLASSES = {"unit": 50, "year": 50, "item": 40, "measure": 30}
"""How many questions must be made of each class of word at least."""


EVERY = {"seed": 1, "corpus": 2}
"""Of so many questions made one is asked."""


class Exchanges(NamedTuple):
    """The questions made over one index, and what became of them."""

    index: str
    made: list[Exchange]
    score: Score

    @property
    def answered(self) -> list[tuple[Exchange, Judgement]]:
        """What was answered and should not have been; other parts may be, where this one is told to be left open."""
        pairs = zip(self.made, self.score.judgements, strict=True)
        return [
            (e, j) for e, j in pairs if j.verdict != "right" and not any(e.new in text for text in j.answer.unanswered)
        ]


@pytest.fixture(scope="module", params=sorted(LEAST))
def exchanges(request: pytest.FixtureRequest) -> Exchanges:
    """All questions made from those that were answered rightly, asked once."""
    folder: Path = request.getfixturevalue(f"{request.param}_index")
    engine: Assistant = request.getfixturevalue(f"{request.param}_assistant")
    scores: dict[str, Score] = request.getfixturevalue(f"{request.param}_scores")
    judgements = [judgement for score in scores.values() for judgement in score.judgements]
    made = Exchanger(Library(folder)).exchanges(judgements)[:: EVERY[request.param]]
    asked = [exchange.question for exchange in made]
    return Exchanges(request.param, made, evaluate(asked, lambda q: engine.ask(q.question, q.history, q.id)))


def test_there_are_enough_of_every_class(exchanges: Exchanges) -> None:
    made = Counter(exchange.word_class for exchange in exchanges.made)
    assert made.total() >= 200
    assert {name: made[name] for name, least in CLASSES.items() if made[name] < least} == {}


def test_one_word_is_exchanged_for_another(exchanges: Exchanges) -> None:
    questions = [exchange.question.question for exchange in exchanges.made]
    assert len(set(questions)) == len(questions)
    for exchange in exchanges.made:
        before, _, after = exchange.question.question.partition(exchange.new)
        assert exchange.new != exchange.old and (before or after)


def test_what_no_document_holds_is_not_answered(exchanges: Exchanges) -> None:
    refused = 100 - 100 * len(exchanges.answered) / len(exchanges.made)
    assert refused >= LEAST[exchanges.index], told(exchanges.answered)


def test_none_is_answered_as_the_original_is(exchanges: Exchanges) -> None:
    repeated = [
        (exchange, judgement)
        for exchange, judgement in exchanges.answered
        if exchange.repeats_the_original(judgement.answer) and exchange.question.question not in WORDS["known"]
    ]
    assert not repeated, told(repeated)


def told(answered: list[tuple[Exchange, Judgement]]) -> str:
    """What was answered, a line each."""
    return "\n".join(f"{e.old} → {e.new}: {j.question.question} {j.answer.answer[:120]!r}" for e, j in answered)
