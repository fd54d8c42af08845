"""Bounds around a model: a time for each call and for each question, a rest after failures, replies kept."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from assistant.model.chat import Chat, ModelSilent, Prompt

_MOST_KEPT: Final = 512
_FAILURES: Final = 3
"""In a row, after which the endpoint is left alone."""

_REST: Final = 60.0
"""Seconds."""


class Allowance:
    """The seconds that one question may spend on a model."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    @property
    def left(self) -> float:
        """What is left of them."""
        return max(0.0, self._end - self._clock())


class Bounded:
    """A model within bounds. Safe to share between threads."""

    def __init__(self, chat: Chat, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._chat = chat
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._failures = 0
        self._rests_until = 0.0
        self._lock = threading.Lock()

    def ask(self, prompt: Prompt, allowance: Allowance) -> str:
        """The reply, kept or new. Raises ModelSilent."""
        with self._lock:
            if prompt.key in self._kept:
                self._kept.move_to_end(prompt.key)
                return self._kept[prompt.key]
            if self._clock() < self._rests_until:
                raise ModelSilent("resting")
        seconds = min(self._seconds, allowance.left)
        if seconds <= 0:
            raise ModelSilent("no_time")
        try:
            reply = self._chat(prompt, seconds)
        except ModelSilent as silent:
            self._failed(silent)
            raise
        self._succeeded(prompt, reply)
        return reply

    def _failed(self, silent: ModelSilent) -> None:
        if silent.reason == "no_reply_yet":
            return
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._rests_until = self._clock() + _REST
                self._failures = _FAILURES - 1  # one more try after the rest

    def _succeeded(self, prompt: Prompt, reply: str) -> None:
        with self._lock:
            self._failures = 0
            self._kept[prompt.key] = reply
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
