"""What questions ask in other words, put as it usually is: signs and wordings as rules of paraphrases.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict

from index.dictionary import read_yaml

_WORDS: Final = re.compile(r"\{([a-z_]+)\}")


class Paraphrases(BaseModel):
    """paraphrases.yaml: ``words`` are alternatives by name; each rule is a pattern and what stands for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, str]
    signs: list[tuple[str, str]]
    wordings: list[tuple[str, str]]


Rules = tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def _rules() -> tuple[Rules, Rules]:
    """The rules for signs, and those for wordings. Raises pydantic.ValidationError, re.error or KeyError."""
    read = Paraphrases.model_validate(read_yaml("paraphrases.yaml"))

    def pattern(said: str) -> re.Pattern[str]:
        return re.compile(_WORDS.sub(lambda named: f"(?:{read.words[named[1]]})", said))

    def compiled(rules: list[tuple[str, str]]) -> Rules:
        return tuple((pattern(said), usual) for said, usual in rules)

    return compiled(read.signs), compiled(read.wordings)


def in_plain_signs(text: str) -> str:
    """A question as it is typed, with words for the signs that stand for some.

    >>> in_plain_signs("科目①30108 ②2080505，共__笔、合计____万元"), in_plain_signs("30108 2080505 分别多少")
    ('科目、30108、2080505，共几笔、合计多少万元', '30108、2080505 分别多少')
    """
    return _replaced(text, _rules()[0])


def in_usual_words(text: str) -> str:
    """A normalised question in the words in which questions are usually put."""
    return _replaced(text, _rules()[1])


def _replaced(text: str, rules: Rules) -> str:
    for pattern, usual in rules:
        text = pattern.sub(usual, text)
    return text
