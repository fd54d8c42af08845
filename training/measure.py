"""Measures of a tagger: words labelled right, and what the product rests on: unknown words rightly taken as framing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.tagger.features import BREAKS, Word

_CONTENT: Final = "nvajilsbz"
"""First letters of the tags of words that are about something."""


@dataclass(slots=True)
class Measure:
    """Counts of words: right, given wrongly and missed, by label; and of framing at a threshold."""

    right: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    taken_wrongly: int = 0
    left: int = 0

    def add(self, words: Sequence[Word], wanted: Sequence[str], found: Sequence[str]) -> None:
        """Counts the words of one question; punctuation doesn't count."""
        for word, one, other in zip(words, wanted, found, strict=True):
            if word.text in BREAKS:
                continue
            if one == other:
                self.right[one] += 1
            else:
                self.missed[one] += 1
                self.given[other] += 1

    def add_framing(self, words: Sequence[Word], wanted: Sequence[str], likely: Sequence[bool]) -> None:
        """Counts the words about something that are, or are not, taken as framing."""
        for word, label, is_likely in zip(words, wanted, likely, strict=True):
            if len(word.text) < 2 or word.tag[0] not in _CONTENT:
                continue
            self.taken += is_likely and label == "f"
            self.taken_wrongly += is_likely and label != "f"
            self.left += not is_likely and label == "f"

    def lines(self) -> list[str]:
        """Precision, recall and F1 of each label, of all, and of framing at the threshold, in per cent."""
        labels = sorted({*self.right, *self.given, *self.missed})
        rows = [_row(label, self.right[label], self.given[label], self.missed[label]) for label in labels]
        total = _row("全部", self.right.total(), self.given.total(), self.missed.total())
        framing = _row("词作背景话", self.taken, self.taken_wrongly, self.left)
        return ["| 标签 | 词数 | 准确率 | 召回率 | F1 |", "|---|---|---|---|---|", *rows, total, framing]


def _row(name: str, right: int, given: int, missed: int) -> str:
    precision = right / (right + given) if right + given else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"| {name} | {right + missed} | {precision:.1%} | {recall:.1%} | {f1:.1%} |"
