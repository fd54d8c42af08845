"""Words of a question with what tells what they are: themselves, their neighbours, their clause.

Nothing of a document is looked at: the same question reads the same over every budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.words import frequency, tagged

BREAKS: Final = frozenset(",;:。?!")
_ASKS: Final = re.compile("多少|几|什么|啥|哪|谁|怎|咋|吗|呢|为何|是否|多大|多久|是不是|有没有")
_SHAPES: Final = (
    (re.compile(r"^\d"), "number"),
    (re.compile("[多几]少|^几"), "how_many"),
    (re.compile("[什啥哪谁怎咋]"), "wh"),
    (re.compile("^[,;:。?!]$"), "break"),
)
_FAR: Final = 3
"""Clauses, and words on either side, beyond which it makes no difference how far."""

_LONGEST: Final = 4
_COMMONEST: Final = 6


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a normalised question: its part of speech, its first position, the number of its clause."""

    text: str
    tag: str
    start: int
    clause: int

    @property
    def end(self) -> int:
        """The position behind it."""
        return self.start + len(self.text)


def words_in(text: str) -> tuple[Word, ...]:
    """The words of a normalised question in order."""
    found, start, clause = [], 0, 0
    for word, tag in tagged(text):
        found.append(Word(word, tag, start, clause))
        start += len(word)
        clause += word in BREAKS
    return tuple(found)


def features_of(words: Sequence[Word]) -> list[list[str]]:
    """The features of each word, as names of what holds for it."""
    if not words:
        return []
    asking = {word.clause for word in words if _ASKS.search(word.text)}
    clauses = words[-1].clause + (words[-1].text not in BREAKS)
    bounds = {clause: _ends(words, clause) for clause in range(clauses + 1)}
    return [
        [*_own(word), *_place(word.clause, clauses, asking), *bounds[word.clause], *_around(words, place)]
        for place, word in enumerate(words)
    ]


def _own(word: Word) -> Iterator[str]:
    yield "any"
    yield f"w={word.text}"
    yield f"t={word.tag}"
    yield f"t1={word.tag[0]}"
    yield f"shape={_shape(word.text)}"
    yield f"first={word.text[:1]}"
    yield f"last={word.text[-1:]}"
    yield f"common={min(_COMMONEST, len(str(frequency(word.text))))}"


def _shape(text: str) -> str:
    return next((name for shape, name in _SHAPES if shape.search(text)), f"w{min(len(text), _LONGEST)}")


def _place(clause: int, clauses: int, asking: set[int]) -> Iterator[str]:
    """Where the clause stands, and whether it or what follows asks."""
    yield f"clause={min(clause, _FAR)}"
    yield f"left={min(clauses - 1 - clause, _FAR)}"
    yield f"asks={clause in asking}"
    yield f"next_asks={clause + 1 in asking}"
    yield f"later_asks={any(number > clause for number in asking)}"
    yield f"alone={clauses == 1}"


def _ends(words: Sequence[Word], clause: int) -> list[str]:
    """How a clause begins and ends."""
    own = [word.text for word in words if word.clause == clause and word.text not in BREAKS]
    return [*(f"begins={text}" for text in own[:2]), *(f"ends={text}" for text in own[-1:])]


def _around(words: Sequence[Word], place: int) -> Iterator[str]:
    for distance in (*range(-_FAR, 0), *range(1, _FAR + 1)):
        at = place + distance
        if 0 <= at < len(words):
            yield f"{distance}w={words[at].text}"
            yield f"{distance}t={words[at].tag[0]}"
        else:
            yield f"{distance}none"
    if place:
        yield f"-1+0={words[place - 1].text}|{words[place].text}"
        yield f"-1+0t={words[place - 1].tag}|{words[place].tag}"
    if place + 1 < len(words):
        yield f"0+1={words[place].text}|{words[place + 1].text}"
