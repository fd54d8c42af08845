"""What holds most of a question's words together: the best first, then what adds most to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar


class Weighed(Protocol):
    """A word of the question with what it counts for."""

    @property
    def text(self) -> str: ...

    @property
    def weight(self) -> float: ...


class Holding(Protocol):
    """What holds words, each by its text with how near."""

    @property
    def held(self) -> dict[str, float]: ...


Each = TypeVar("Each", bound=Holding)


def best_together(
    found: Sequence[Each],
    words: Sequence[Weighed],
    most: int,
    adds: float,
    first_adds: float,
    bonus: Callable[[Each], float] = lambda each: 0.0,
) -> tuple[list[Each], dict[str, float]]:
    """At most so many of what was found, and what they hold together.

    ``adds``, ``first_adds``: which share of all words, by weight, one more and the first have to add. ``bonus``: what
    the first has for other reasons.
    """
    total = sum(word.weight for word in words)
    chosen: list[Each] = []
    have: dict[str, float] = {}
    while found and len(chosen) < most:
        best = max(found, key=lambda each: _gain(each, have, words) + (0.0 if chosen else bonus(each)))
        if _gain(best, have, words) / total < (adds if chosen else first_adds):
            break
        chosen.append(best)
        have = {text: max(have.get(text, 0.0), best.held.get(text, 0.0)) for text in {*have, *best.held}}
    return chosen, have


def share_held(have: dict[str, float], words: Sequence[Weighed]) -> float:
    """Which share of words, by weight, is held."""
    return sum(have.get(word.text, 0.0) * word.weight for word in words) / sum(word.weight for word in words)


def _gain(each: Holding, have: dict[str, float], words: Sequence[Weighed]) -> float:
    return sum(max(0.0, each.held.get(w.text, 0.0) - have.get(w.text, 0.0)) * w.weight for w in words)
