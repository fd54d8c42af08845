"""The trained reader of the process: a question and the ones before it, put again plainly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from assistant.settings import settings
from assistant.shipped import loaded
from assistant.trained.decode import TrainedReading, reading_of
from assistant.trained.network import TrainedNetwork
from assistant.understand.tokenize import normalised_as_put

_MOST_BEFORE: Final = 2


def read(question: str, history: Sequence[str] = ()) -> TrainedReading | None:
    """What a question asks; None where the network isn't turned on, is missing or damaged, or has nothing to read."""
    network = trained_network()
    text = normalised_as_put(question)
    if network is None or not text:
        return None
    return reading_of(network.of(text, tuple(map(normalised_as_put, history[-_MOST_BEFORE:]))))


@cache
def trained_network() -> TrainedNetwork | None:
    """The process's network; None where it isn't turned on, is missing or damaged."""
    return loaded(TrainedNetwork) if settings().reader == "network" else None
