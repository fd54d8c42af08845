"""How much reading one question may cause: counted in steps, not timed, so that the same question is read the same way.

A follow-up is read by reading what it follows, down to the first question of the conversation, and what came first in
an earlier answer is found by answering again. Nothing of that is done twice for one question.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

MOST: Final = 300
"""Ten times what people's questions take, and enough for eight that each rest on the answer before."""

AGAIN: Final = 100
"""For another try, with fewer questions before it."""

_Kept = TypeVar("_Kept")


class TooManySteps(Exception):
    """A question that rests on more than may be read for it."""


class Steps:
    """The steps that one question has left, and what was read for it so far."""

    def __init__(self, most: int = MOST) -> None:
        self.left = most
        self._kept: dict[Hashable, Any] = {}

    def spend(self, count: int = 1) -> None:
        """Takes steps; raises TooManySteps where there are none left."""
        self.left -= count
        if self.left < 0:
            raise TooManySteps

    def once(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """What ``make`` made when it was first asked for under this key."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: _Kept = self._kept[key]
        return kept
