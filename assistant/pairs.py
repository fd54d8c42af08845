"""What of a document shares most with a question, by pairs of characters: parts of words and misprints count too."""

from __future__ import annotations

import math
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.catalog import Row, Table
from assistant.told import Told
from assistant.understand.wording import normalise

_SAID: Final = re.compile(r"[一-鿿a-z0-9]+")
_ABOVE_SENTENCE: Final = 0.2
_ABOVE_ROW: Final = 0.3
_LENGTH: Final = 0.15
_NAME: Final = 4.0
"""What headings count for, and how a sentence's length and the rest of a row's name count against it: as measured over
questions that were written without sight of this program, by what of their answers stands in the first few."""


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence or a row with the weight of what it shares with a question, and a score to order by."""

    source: Told | Row
    weight: float
    score: float


class PairIndex:
    """The sentences and rows of one document by the pairs of characters that they hold.

    In memory; of a document of 5,000 rows it takes about 0.1 s to make.
    """

    def __init__(self, told: Iterable[Told], rows: Iterable[Row], tables: Mapping[str, Table]) -> None:
        own: list[tuple[Told | Row, str, str]] = [(each, each.plain, each.above) for each in told]
        own += _named(rows, tables)
        self._sources = [source for source, _, _ in own]
        self._above_of = [above for _, _, above in own]
        self._above = {above: pairs_in(above) for above in self._above_of}
        self._held: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, (_, text, _) in enumerate(own):
            for pair in sorted(pairs_in(text)):
                self._held[pair].append(place)
        self._weights = {pair: math.log(len(own) / len(places)) for pair, places in self._held.items()}
        self._whole = self._sums(self._weights)

    def weights(self, pairs: Iterable[str]) -> dict[str, float]:
        """Those of some pairs that the document holds, in one order, with how much each tells its texts apart."""
        return {pair: self._weights[pair] for pair in sorted(pairs) if pair in self._weights}

    def share(self, text: str, parts: Iterable[str]) -> float:
        """Which share of the pairs of a text, by weight, the part that holds most of them holds.

        One that the document doesn't hold weighs as much as the rarest.
        """
        rarest = max(self._weights.values(), default=1.0)
        asked = {pair: self._weights.get(pair, rarest) for pair in sorted(pairs_in(text))}
        held = (sum(weight for pair, weight in asked.items() if pair in pairs_in(part)) for part in parts)
        return max(held, default=0.0) / (sum(asked.values()) or 1.0)

    def search(self, asked: Mapping[str, float]) -> list[Near]:
        """The sentences and rows that hold any of the pairs asked for, best first; equal ones as the document does."""
        above = {text: sum(w for pair, w in asked.items() if pair in pairs) for text, pairs in self._above.items()}
        found = (self._near(place, weight, above) for place, weight in sorted(self._sums(asked).items()))
        return sorted(found, key=lambda near: -near.score)

    def _near(self, place: int, weight: float, above: Mapping[str, float]) -> Near:
        source, around = self._sources[place], above[self._above_of[place]]
        if isinstance(source, Told):
            score = (weight + _ABOVE_SENTENCE * around) / (1 + _LENGTH * math.sqrt(len(source.text)))
        else:
            score = weight * weight / (_NAME + self._whole[place]) + _ABOVE_ROW * around
        return Near(source, weight, score)

    def _sums(self, pairs: Iterable[str]) -> dict[int, float]:
        """What each source holds of some pairs, by weight."""
        sums: defaultdict[int, float] = defaultdict(float)
        for pair in pairs:
            weight = self._weights[pair]
            for place in self._held[pair]:
                sums[place] += weight
        return sums


def pairs_in(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text's words; no pair reaches over a mark."""
    words = _SAID.findall(normalise(text))
    return frozenset(first + second for word in words for first, second in pairwise(word))


def _named(rows: Iterable[Row], tables: Mapping[str, Table]) -> Iterator[tuple[Row, str, str]]:
    """The rows that have a name, with it, the unit's and the project's, and with their table's title."""
    for row in rows:
        if row.label:
            table = tables[row.table_id]
            yield row, f"{row.label}，{row.unit or ''}，{table.subject or ''}", table.title
