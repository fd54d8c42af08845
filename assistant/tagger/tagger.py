"""The model: a conditional random field over words, in a file that ships with the product.

It only gives likelihoods; what is made of them is the grammar's. Without the file, or with one whose checksum is not
the recorded one, everything works as before.
"""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import pycrfsuite

from assistant.settings import settings
from assistant.shipped import loaded, read_recorded
from assistant.tagger.features import features_of, words_in

MODEL: Final = Path(__file__).parent / "spans.crfsuite"
FRAMING: Final = "f"
"""The label of what changes nothing of what is asked."""

CLAIM: Final = "nc"
"""The label of what is claimed."""

NAMING: Final = ("i", "u", "b", "r", "s")
"""The labels of what is asked about: items, units, bases, what of them, and what else restricts."""

OF_FIGURES: Final = ("i", "s", "b")
"""The labels of what says which figures are asked for: items, what of them, bases."""

BESIDE: Final = (FRAMING, CLAIM, "k", "w")
"""The labels of what stands beside what is asked: background, what is claimed, connectives, wishes for the wording."""

ASKING: Final = ("a",)
"""The label of what asks."""

_REMEMBERED: Final = 2_000


class SpanTagger:
    """Tells how likely each word of a question is to be of a kind. Safe to share between threads.

    Raises ValueError where the file is not the one that was recorded, OSError where there is none.
    """

    def __init__(self, path: Path = MODEL) -> None:
        read_recorded(path)
        self._model = pycrfsuite.Tagger()
        self._model.open(str(path))
        self._lock = threading.Lock()
        self._likely = lru_cache(maxsize=_REMEMBERED)(self._likely_of)

    def framing(self, text: str) -> tuple[float, ...]:
        """For each character of a normalised question, how likely its word is framing (0 to 1)."""
        return self._likely(text, (FRAMING,))

    def naming(self, text: str) -> tuple[float, ...]:
        """For each character of a normalised question, how likely its word names what is asked about (0 to 1)."""
        return self._likely(text, NAMING)

    def of_figures(self, text: str) -> tuple[float, ...]:
        """For each character of a normalised question, how likely its word says which figures are meant (0 to 1)."""
        return self._likely(text, OF_FIGURES)

    def beside(self, text: str) -> tuple[float, ...]:
        """For each character of a normalised question, how likely its word stands beside what is asked (0 to 1)."""
        return self._likely(text, BESIDE)

    def claiming(self, text: str) -> tuple[float, ...]:
        """For each character of a normalised question, how likely its word is part of what is claimed (0 to 1)."""
        return self._likely(text, (CLAIM,))

    def asking(self, text: str) -> tuple[float, ...]:
        """For each character of a normalised question, how likely its word is part of what asks (0 to 1)."""
        return self._likely(text, ASKING)

    def labels(self, text: str) -> list[str]:
        """The likeliest label of each word of a normalised question."""
        with self._lock:
            found: list[str] = self._model.tag(features_of(words_in(text)))
        return found

    def _likely_of(self, text: str, labels: tuple[str, ...]) -> tuple[float, ...]:
        words = words_in(text)
        if not words:
            return ()
        with self._lock:
            self._model.set(features_of(words))
            each = [sum(float(self._model.marginal(label, place)) for label in labels) for place in range(len(words))]
        return tuple(p for word, p in zip(words, each, strict=True) for _ in word.text)


@cache
def span_tagger() -> SpanTagger | None:
    """The process's tagger; None where it is turned off, missing or damaged."""
    return None if settings().reader == "off" else loaded(SpanTagger)
