"""Marked questions as the network sees them: characters before and in the question, labels, what is asked in order.

A text is its normalised characters. What is asked is told by the operation, and by the characters that each of its
arguments stands at: in the question, else in the questions before it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.trained.alphabet import MOST_ASKS, NONE, OPERATIONS, SPANS, laid_out, role_of
from assistant.understand.tokenize import normalised_as_put
from training.marked import Asked, Marked, Piece, labelled_pieces, pieces_of

_FRAMING: Final = "f"
_NAMED: Final = ("i", "c")
_JOINTS: Final = (",", "?", ",另外", ",还有", ";")
_ENDS: Final = ",.;:?!"


@dataclass(frozen=True, slots=True)
class Example:
    """One question in pieces, with the questions before it and what it asks."""

    pieces: tuple[Piece, ...]
    history: tuple[str, ...]
    asks: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the network is shown and what it is to say.

    ``spans``: a number for each character (``SPANS``). ``operations``: of each ask, 0 behind the last one.
    ``roles``: for each ask, a number for each character. ``answerable``: whether such a document can tell it.
    """

    characters: str
    is_question: tuple[bool, ...]
    spans: tuple[int, ...]
    operations: tuple[int, ...]
    roles: tuple[tuple[int, ...], ...]
    answerable: tuple[bool, ...]


def example_of(marked: Marked) -> Example:
    """A marked question in pieces."""
    pieces = tuple(piece for piece in pieces_of(marked.marked) if piece[1])
    return Example(pieces, marked.history, marked.asks)


def labelled_example(example: Example) -> Labelled | None:
    """What is to be said of a question; None where an argument can't be found in it once it is normalised."""
    text, labels = labelled_pieces(example.pieces)
    history = tuple(normalised_as_put(before) for before in example.history)
    characters, start = laid_out(history, text)
    spans = [0] * len(characters)
    for at, label in enumerate(labels[: len(characters) - start]):
        begins = at == 0 or labels[at - 1] != label
        spans[start + at] = SPANS.index(NONE) if label == NONE else SPANS.index(("B-" if begins else "I-") + label)
    asks = example.asks[:MOST_ASKS]
    roles = []
    for ask in asks:
        found = _roles(ask, characters, start, labels)
        if found is None:
            return None
        roles.append(found)
    blank = MOST_ASKS - len(asks)
    return Labelled(
        characters,
        tuple(at >= start for at in range(len(characters))),
        tuple(spans),
        (*(OPERATIONS.index(ask.op) for ask in asks), *[0] * blank),
        (*roles, *[(0,) * len(characters)] * blank),
        (*(ask.answerable for ask in asks), *[True] * blank),
    )


def _roles(ask: Asked, characters: str, start: int, labels: Sequence[str]) -> tuple[int, ...] | None:
    roles = [0] * len(characters)
    for number, arg in enumerate(ask.args):
        text = normalised_as_put(arg)
        place = _place_of(text, characters, start, labels, roles)
        if place is None:
            return None
        first = role_of(ask.op, number, len(ask.args))
        roles[place : place + len(text)] = [first, *[first + 1] * (len(text) - 1)]
    return tuple(roles)


def _place_of(text: str, characters: str, start: int, labels: Sequence[str], roles: Sequence[int]) -> int | None:
    """Where an argument stands: best in the question and not in talk, then in the latest question before."""
    places = [m.start() for m in re.finditer(f"(?={re.escape(text)})", characters)] if text else []
    free = [place for place in places if not any(roles[place : place + len(text)])]
    asked = [place for place in free if place >= start]
    plain = [place for place in asked if labels[place - start] != _FRAMING]
    before = [place for place in free if place < start]
    return next(iter([*plain, *asked, *before[::-1]]), None)


class Varied:
    """Questions put anew each time: other names, other talk in front, two questions in one."""

    def __init__(self, examples: Sequence[Example], seed: int) -> None:
        self._chance = random.Random(seed)
        self._alone = [example for example in examples if not example.history]
        self._names = sorted({text for e in examples for label, text in e.pieces if label in _NAMED and len(text) > 1})
        self._talk = [piece for e in examples if (piece := _opening(e))]

    def of(self, example: Example) -> Example:
        """A question as it was written, or varied."""
        if self._chance.random() < 0.35:
            example = self._renamed(example)
        chance = self._chance.random()
        if chance < 0.2 and not _opening(example):
            example = replace(example, pieces=(*self._chance.choice(self._talk), *example.pieces))
        elif chance > 0.85 and (opening := _opening(example)):
            example = replace(example, pieces=example.pieces[len(opening) :])
        if self._chance.random() < 0.1 and len(example.asks) <= 2:
            example = _joined(example, self._chance.choice(self._alone), self._chance.choice(_JOINTS))
        return example

    def _renamed(self, example: Example) -> Example:
        """One name that is asked about, everywhere by another one."""
        names = [text for label, text in example.pieces if label in _NAMED and text in example.asks[0].args]
        if not names:
            return example
        old, new = self._chance.choice(names), self._chance.choice(self._names)
        asks = tuple(a.model_copy(update={"args": tuple(new if x == old else x for x in a.args)}) for a in example.asks)
        pieces = tuple((label, new if text == old else text) for label, text in example.pieces)
        return Example(pieces, example.history, asks)


def _opening(example: Example) -> tuple[Piece, ...]:
    """The talk that a question begins with, and the mark behind it."""
    if len(example.pieces) < 3 or example.pieces[0][0] != _FRAMING:
        return ()
    label, text = example.pieces[1]
    if label == NONE and text in ",，:：。;；":
        return example.pieces[:2]
    return example.pieces[:1] if normalised_as_put(example.pieces[0][1])[-1:] in tuple(_ENDS) else ()


def _joined(first: Example, second: Example, joint: str) -> Example:
    if len(first.asks) + len(second.asks) > MOST_ASKS:
        return first
    opened = second.pieces[len(_opening(second)) :]
    joined = "k" if len(joint) > 1 else NONE
    between: tuple[Piece, ...] = ((NONE, joint[0]), (joined, joint[1:])) if len(joint) > 1 else ((NONE, joint),)
    return Example((*first.pieces, *between, *opened), first.history, (*first.asks, *second.asks))


def labelled_all(examples: Sequence[Example]) -> Iterator[Labelled]:
    """What can be shown of questions."""
    return (found for example in examples if (found := labelled_example(example)))
