"""Query relaxation: a question once more without the words that nobody could read and that name nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.route import unknown_words
from assistant.compose import Outcome
from assistant.reader import ReadQuestion
from assistant.reading.talk import binds_nothing
from assistant.understand.tokenize import normalised_question


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A question without the words that were dropped from it, in their order."""

    question: str
    dropped: tuple[str, ...]


def relaxed(question: str, unread: Iterable[str]) -> Relaxed | None:
    """The question without those of the unread words that name nothing; None where there is none to drop."""
    text = normalised_question(question)
    words = sorted({word for word in unread if word in text and binds_nothing(word, text)}, key=len, reverse=True)
    dropped: list[str] = []
    for word in words:
        if word in text:
            text = text.replace(word, "")
            dropped.append(word)
    before = normalised_question(question)
    return Relaxed(text, tuple(sorted(dropped, key=before.index))) if dropped else None


def unread_of(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The words for which parts of a question were refused, since the document holds them nowhere."""
    words: list[str] = []
    for outcome in outcomes:
        reading, draft = outcome.part.reading, outcome.draft
        if outcome.is_answered or draft is None or not isinstance(reading, ReadQuestion):
            continue
        for side in reading.sides:
            words += unknown_words(draft, side.asked)
    return tuple(dict.fromkeys(words))
