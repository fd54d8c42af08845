"""What is said to a model and what may come back: a prompt in, a text out, or the reason why there is none."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, Protocol, runtime_checkable

Silence = Literal[
    "timeout", "refused", "limited", "broken", "empty", "resting", "no_time", "no_json", "no_reply_yet"
]  # fmt: skip
"""Why a model said nothing of use: too slow, an error of the endpoint, nothing, left alone for a while …"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said to a model: what it is to do, and the data to do it with. ``most`` tokens may come back.

    ``name``: which of the prompts this is, with its version.
    """

    system: str
    user: str
    most: int = 700
    name: str = "prompt"

    @property
    def key(self) -> str:
        """Its name, and what is the same for the same words."""
        words = sha256(f"{self.system}\0{self.user}".encode()).hexdigest()[:32]
        return f"{self.name}-{words}"

    @property
    def messages(self) -> list[dict[str, str]]:
        """In the form of the OpenAI protocol."""
        return [{"role": "system", "content": self.system}, {"role": "user", "content": self.user}]


class ModelSilent(Exception):
    """No text of use came from the model; never shown to users, whose answer is then given without it."""

    def __init__(self, reason: Silence) -> None:
        super().__init__(reason)
        self.reason: Silence = reason


class Spent:
    """How many replies there were, and the tokens read and written for them, as far as that is told. For threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.replies = self.read = self.written = 0

    def add(self, read: int, written: int) -> None:
        """One more reply."""
        with self._lock:
            self.replies += 1
            self.read += read
            self.written += written


@runtime_checkable
class Metered(Protocol):
    """Whatever tells what it has spent."""

    spent: Spent


class Chat(Protocol):
    """Whatever replies to prompts."""

    def __call__(self, prompt: Prompt, seconds: float) -> str:
        """The reply, within so many seconds. Raises ModelSilent."""
