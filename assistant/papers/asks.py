"""What a citizen's letter asks: the letter is cut into sentences, those that ask are its questions.

Where no sentence ends as a question and none requests, those that have a word that asks are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.understand.operands import ASKING

_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]*")
_ENDS_ASKING: Final = re.compile(r"[?？]\s*$")
_NUMBERED: Final = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|第[一二三四五六七八九十]+[，,、])\s*"
)
_WANTED: Final = re.compile(r"(?:请|希望|恳请|盼)[^，。]{0,6}(?:公开|告知|说明|提供|列出|解释|公布)")
MOST_ASKS: Final = 20


@dataclass(frozen=True, slots=True)
class Asks:
    """The questions of a letter, and how many more there were than are taken up."""

    questions: tuple[str, ...]
    left_out: int = 0


def asks_of(letter: str) -> Asks:
    """The questions in their order, without numbers before them.

    >>> asks_of("您好！我住万里街道。1、公务接待费多少？2、为什么比去年少？谢谢。").questions
    ('公务接待费多少？', '为什么比去年少？')
    """
    sentences = [_NUMBERED.sub("", sentence).strip() for sentence in _SENTENCE.findall(letter)]
    asking = [each for each in sentences if _ENDS_ASKING.search(each) or _WANTED.search(each)]
    asking = asking or [each for each in sentences if ASKING.search(each)]
    return Asks(tuple(asking[:MOST_ASKS]), max(0, len(asking) - MOST_ASKS))
