"""Framing: the words around a question that change nothing of what is asked (who asks, what for, how to reply)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict

from assistant.words import known_words
from index.dictionary import read_yaml

_TELLING: Final = 4
"""Characters from which a run is framing wherever it stands."""

_CLASS: Final = re.compile(r"\{(\w+)\}")


class FramingRules(BaseModel):
    """framing.yaml: ``words`` are word patterns by class, ``sequences`` are how classes stand together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, str]
    sequences: list[str]


@lru_cache(maxsize=1)
def framing_patterns() -> tuple[re.Pattern[str], ...]:
    """All framing runs. Raises pydantic.ValidationError for a malformed file, KeyError for an unknown class."""
    rules = FramingRules.model_validate(read_yaml("framing.yaml"))
    classes = {name: "(?:" + "|".join(words.split()) + ")" for name, words in rules.words.items()}
    runs = [_CLASS.sub(lambda m: classes[m.group(1)], sequence) for sequence in rules.sequences]
    return tuple(re.compile(run) for run in (*runs, classes["colour"], classes["polite"]))


def framing_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each framing run of a normalised question, the longest at each place.

    A short run never cuts a word in two (市|民政局, 数|据).
    """
    bounds = word_bounds(text)
    position = 0
    while position < len(text):
        matches = (pattern.match(text, position) for pattern in framing_patterns())
        ends = sorted({match.end() for match in matches if match}, reverse=True)
        end = next((e for e in ends if e > position and _is_whole(position, e, bounds)), position)
        if end > position:
            yield position, end
        position = max(end, position + 1)


def word_bounds(text: str) -> frozenset[int]:
    """The places between words."""
    places, at = [0], 0
    for word in known_words(text):
        at += len(word)
        places.append(at)
    return frozenset(places)


def _is_whole(start: int, end: int, bounds: frozenset[int]) -> bool:
    return end - start > _TELLING or {start, end} <= bounds
