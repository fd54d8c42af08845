"""A question put again as plainly as it was read: the talk left out, each thing asked in the words the rules know.

What is asked of what is the network's; which names these are, what they come to and whether all of it was used stays
with the rules that read the plain question. Nothing that restricts the question may be lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.trained.decode import ReadAsk, Stretch, TrainedReading

_RESTRICTING: Final = ("u", "t", "b", "i", "c", "nb", "r")
"""The labels of spans that the plain question has to hold."""

_SCOPE: Final = ("u", "t", "b")
_LEFT_OUT: Final = ("f", "w")
_CLAIMED: Final = "nc"
_TAKES_AWAY: Final = re.compile("剔|扣|刨|抠|除|去掉|减去|撇|抛|不算|不含|余|剩")
_CHANGES: Final = re.compile("增|减|涨|降|升|跌|多|少|变|差|缩|砍|翻")
_WHOLE_CLAUSE: Final = re.compile("[^,;:。?!]+")
_TIME: Final = re.compile("20[0-9]{2}|[今去前上明本当]一?年(?![^,。?!]{0,2}比)|年初|年末|年底")
_NUMBER: Final = re.compile(r"\d")
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Restated:
    """The plain question, and what was asserted in the one it stands for."""

    question: str
    claims: tuple[str, ...]


def restated(reading: TrainedReading) -> Restated | None:
    """A reading as a plain question; None where no budget tells it, or what restricts what is asked would be lost."""
    if not reading.asks or _drops_numbers(reading) or any(ask.answerable < _HALF for ask in reading.asks):
        return None
    claims = tuple(span.text for span in reading.spans if span.label == _CLAIMED)
    said = list(dict.fromkeys(_plainly(reading, ask) for ask in reading.asks))
    scope = "".join(span.text for span in _scope(reading, "".join(said)))
    question = scope + "?".join(said) + "?"
    if _lost(reading, question):
        return None
    return Restated(question, tuple(claim for claim in claims if claim not in question))


def _lost(reading: TrainedReading, question: str) -> bool:
    """Whether a plain question lacks anything that restricts the one it stands for, or a time that it says."""
    restricting = (span.text for span in reading.spans if span.label in _RESTRICTING)
    times = (time.group() for time in _TIME.finditer(reading.text, reading.start))
    return any(text not in question for text in (*restricting, *times))


def _drops_numbers(reading: TrainedReading) -> bool:
    return any(span.label in _LEFT_OUT and _NUMBER.search(span.text) for span in reading.spans)


def _scope(reading: TrainedReading, said: str) -> Iterator[Stretch]:
    """The units, times and bases that no ask says itself."""
    for span in reading.spans:
        if span.label in _SCOPE and span.text not in said:
            yield span


def _plainly(reading: TrainedReading, ask: ReadAsk) -> str:
    by_rule = _WORDED.get(ask.operation)
    found = by_rule(reading, ask) if by_rule else None
    return found or _own_words(reading, ask)


def _value(reading: TrainedReading, ask: ReadAsk) -> str | None:
    return f"{'的'.join(_texts(ask.first))}是多少" if ask.first else None


def _sum(reading: TrainedReading, ask: ReadAsk) -> str | None:
    return f"{_and(ask.first)}合计是多少" if len(ask.first) > 1 else None


def _difference(reading: TrainedReading, ask: ReadAsk) -> str | None:
    if len(ask.first) != 1 or not ask.second:
        return None
    if _TAKES_AWAY.search(_operators(reading)):
        return f"{ask.first[0].text}扣除{_and(ask.second)}后剩多少"
    return f"{ask.first[0].text}和{_and(ask.second)}相差多少" if len(ask.second) == 1 else None


def _share(reading: TrainedReading, ask: ReadAsk) -> str | None:
    if not ask.first or len(ask.second) != 1:
        return None
    together = "合计" if len(ask.first) > 1 else ""
    return f"{_and(ask.first)}{together}占{ask.second[0].text}的比例是多少"


def _change(reading: TrainedReading, ask: ReadAsk) -> str | None:
    return f"{'的'.join(_texts(ask.first))}比上年增减多少" if ask.first else None


def _why(reading: TrainedReading, ask: ReadAsk) -> str | None:
    if not ask.first:
        return None
    item = "的".join(_texts(ask.first))
    return f"{item}增减的原因是什么" if _CHANGES.search(_operators(reading)) else f"{item}的原因是什么"


_WORDED: Final[dict[str, Callable[[TrainedReading, ReadAsk], str | None]]] = {
    "value": _value, "sum": _sum, "difference": _difference, "share": _share, "change": _change, "why": _why,
}  # fmt: skip


def _own_words(reading: TrainedReading, ask: ReadAsk) -> str:
    """The clauses in which an ask stands, without the talk; the whole question where it stands in none."""
    places = [argument.start for argument in (*ask.first, *ask.second) if argument.start >= reading.start]
    kept = _without_talk(reading)
    clauses = list(_WHOLE_CLAUSE.finditer(reading.text, reading.start))
    within = [clause for clause in clauses if any(clause.start() <= place < clause.end() for place in places)]
    stretch = range(within[0].start(), within[-1].end()) if within else range(reading.start, len(reading.text))
    return "".join(reading.text[place] for place in stretch if place in kept).strip(",;:。?!")


def _without_talk(reading: TrainedReading) -> set[int]:
    """The places of what is asked, the marks within it too."""
    talk = {place for s in reading.spans if s.label in _LEFT_OUT for place in range(s.start, s.end)}
    return set(range(reading.start, len(reading.text))) - talk


def _operators(reading: TrainedReading) -> str:
    return "".join(span.text for span in reading.spans if span.label in ("o", "s", "a", "nc"))


def _texts(stretches: Sequence[Stretch]) -> list[str]:
    return [each.text for each in stretches]


def _and(stretches: Sequence[Stretch]) -> str:
    """``甲、乙和丙``."""
    *others, last = _texts(stretches)
    return f"{'、'.join(others)}和{last}" if others else last
