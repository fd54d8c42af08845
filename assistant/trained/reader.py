"""The trained reader of the process: a question and the ones before it, put again plainly."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import Final

from assistant.settings import settings
from assistant.trained.decode import TrainedReading, reading_of
from assistant.trained.network import TrainedNetwork
from assistant.understand.tokenize import normalised_as_put

_MOST_BEFORE: Final = 2
_log: Final = logging.getLogger(__name__)


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
    if settings().reader != "network":
        return None
    try:
        return TrainedNetwork()
    except (OSError, ValueError, KeyError) as error:
        _log.warning("训练的读题器没有装入，按规则读题：%s", error)
        return None
