"""From likelihoods to a reading: spans of the question, and what is asked of what, each with how likely it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod
from typing import Final

from assistant.trained.alphabet import OPERATIONS, ROLES, SPANS, runs_in
from assistant.trained.network import Likelihoods, Likely

_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text that was looked at, from ``start`` to ``end``, and what it is."""

    start: int
    end: int
    label: str
    text: str
    likely: float


@dataclass(frozen=True, slots=True)
class ReadAsk:
    """One thing asked: the operation, what it is done to, what it is set against. ``likely``: that all of it holds.

    ``answerable``: how likely a budget is to tell it.
    """

    operation: str
    first: tuple[Stretch, ...]
    second: tuple[Stretch, ...]
    likely: float
    answerable: float


@dataclass(frozen=True, slots=True)
class TrainedReading:
    """What a question is taken to say. Places are those in ``text``, where it stands from ``start`` on."""

    text: str
    start: int
    spans: tuple[Stretch, ...]
    asks: tuple[ReadAsk, ...]
    likely: float


def reading_of(said: Likely) -> TrainedReading:
    """The likeliest reading. An argument is a whole span of the question, or a stretch of the ones before it."""
    spans = tuple(_runs(said))
    asks: list[ReadAsk] = []
    ends = 1.0
    for number, each in enumerate(said.operations):
        best = int(each.argmax())
        if best == 0:
            ends = float(each[0])
            break
        arguments = (*_before(said, number), *_arguments(said.roles[number], spans))
        first, second = (tuple(a for a in arguments if a.label == label) for label in ("first", "second"))
        likely = float(each[best]) * prod(argument.likely for argument in arguments)
        asks.append(ReadAsk(OPERATIONS[best], first, second, likely, float(said.answerable[number])))
    return TrainedReading(said.text, said.start, spans, tuple(asks), min([ends, *(ask.likely for ask in asks)]))


def _runs(said: Likely) -> Iterator[Stretch]:
    """The runs of characters of the question that are of one kind."""
    kinds = [SPANS[number].partition("-")[2] for number in said.spans.argmax(-1)]
    at = 0
    for kind, run in groupby(kinds):
        start, at = at, at + len(list(run))
        if kind:
            sure = min(_of_kind(said.spans[place], SPANS, kind) for place in range(start, at))
            places = said.start + start, said.start + at
            yield Stretch(*places, kind, said.text[slice(*places)], sure)


def _before(said: Likely, number: int) -> Iterator[Stretch]:
    """What an ask takes from the questions before."""
    roles = said.roles[number][: said.start]
    for start, end, label in runs_in([ROLES[role] for role in roles.argmax(-1)]):
        sure = min(_of_kind(roles[place], ROLES, label) for place in range(start, end))
        yield Stretch(start, end, label, said.text[start:end], sure)


def _arguments(roles: Likelihoods, spans: tuple[Stretch, ...]) -> Iterator[Stretch]:
    """The spans that are arguments of an ask more likely than not: what their characters are on average."""
    for span in spans:
        mean = roles[span.start : span.end].mean(0)
        kinds = {kind: _of_kind(mean, ROLES, kind) for kind in ("first", "second")}
        kind = max(kinds, key=lambda kind: kinds[kind])
        if sum(kinds.values()) >= _HALF:
            yield replace(span, label=kind, likely=kinds[kind])


def _of_kind(likely: Likelihoods, names: tuple[str, ...], label: str) -> float:
    """How likely a character is of a kind, whether it begins one or not."""
    return float(sum(likely[n] for n, name in enumerate(names) if name.partition("-")[2] == label))
