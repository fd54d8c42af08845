"""Query relaxation: a question once more without the words that nobody could read and that bind no answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.draft import Draft
from assistant.answering.route import unknown_words
from assistant.compose import Outcome
from assistant.query import Claim
from assistant.reader import ReadQuestion
from assistant.reading.talk import binds_nothing
from assistant.reply.claims import claim_lines
from assistant.understand.tokenize import normalised_question, numbers_in


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A question without the words that were dropped from it, in their order."""

    question: str
    dropped: tuple[str, ...]


def relaxed(question: str, unread: Iterable[str]) -> Relaxed | None:
    """The question without those of the unread words that bind no answer; None where there is none to drop."""
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


def with_claims(dropped: Sequence[str], draft: Draft) -> tuple[str, ...]:
    """Compares the amounts among dropped words with the figures of an answer; what of the words is left then."""
    left: list[str] = []
    for word in dropped:
        claims = [Claim(value=t.value, unit=t.unit, text=word) for t in numbers_in(word) if t.value is not None]
        lines = list(claim_lines(claims[:1], draft.figures))
        draft.lines += [line for line in lines if line not in draft.lines]
        left += [] if lines else [word]
    return tuple(left)
