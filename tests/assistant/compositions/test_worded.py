"""Compositions asked in words: what is read, computed and printed is what brute force comes to."""

from __future__ import annotations

from collections import Counter
from typing import Final

from tests.assistant.compositions.conftest import Shelf
from tests.assistant.compositions.judge import is_answered, judged
from tests.assistant.compositions.wordings import Worded, worded

QUESTIONS: Final = 120
"""How many are asked about each document."""

LEAST_ANSWERED: Final = 0.93
SEED: Final = 20240613


def verdict(asked: Worded, shelf: Shelf) -> str:
    """ "refused", "right", or the question with what is wrong with its answer."""
    answer = shelf.core.answer(shelf.core.read(asked.question, []))
    if answer is None or not answer.is_whole or not is_answered(answer.draft.lines, answer.draft):
        return "refused"
    wrong = judged(asked.query, answer.draft.lines, answer.draft, shelf.ledger)
    return f"{asked.question}: {wrong}" if wrong else "right"


def test_no_answer_in_words_differs_from_brute_force(shelf: Shelf) -> None:
    verdicts = Counter(verdict(asked, shelf) for asked in worded(shelf.ledger, QUESTIONS, SEED))
    print(f"{verdicts['right']} of {QUESTIONS} answered, {verdicts['refused']} refused")
    assert set(verdicts) <= {"right", "refused"}
    assert verdicts["right"] >= LEAST_ANSWERED * QUESTIONS
