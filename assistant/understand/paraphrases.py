"""What questions ask in other words, put as it usually is: tables of patterns and what stands for them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict

from index.dictionary import read_yaml

_WORDS: Final = re.compile(r"\{([a-z_]+)\}")
_LIST_NUMBER: Final = re.compile("[\u2460-\u2487\u2776-\u2793]")
"""A circled or bracketed number before an entry of a list."""

_ASKING: Final = re.compile("[多少几哪啥什怎谁为。？！?!]")
"""What an entry has that asks by itself."""

_CODES_APART: Final = re.compile(r"(?<=\d{5})\s+(?=\d{5,}(?!\d))")
"""The blank between two codes."""

_NUMBERS_APART: Final = re.compile(r"(?<=\d)\s+(?=\d{4,}(?!\d))")
"""The blank between a number and a code or a year."""

Rule = tuple[str, str]


class Paraphrases(BaseModel):
    """paraphrases.yaml: ``words`` are alternatives by name; each rule is a pattern and what stands for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, str]
    signs: list[Rule]
    wordings: list[Rule]


class _Tables(NamedTuple):
    """Compiled rules, each table in its order: of signs, of forms of talk and dialects, of whole wordings."""

    signs: tuple[tuple[re.Pattern[str], str], ...]
    forms: tuple[tuple[re.Pattern[str], str], ...]
    wordings: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """All tables. Raises pydantic.ValidationError, re.error or KeyError."""
    read = Paraphrases.model_validate(read_yaml("paraphrases.yaml"))
    forms: list[Rule] = [*read_yaml("dialects.yaml"), *read_yaml("spoken.yaml")]

    def compiled(rules: list[Rule]) -> tuple[tuple[re.Pattern[str], str], ...]:
        named = ((_WORDS.sub(lambda word: f"(?:{read.words[word[1]]})", said), usual) for said, usual in rules)
        return tuple((re.compile(said), usual) for said, usual in named)

    return _Tables(compiled(read.signs), compiled(forms), compiled(read.wordings))


def in_plain_signs(text: str) -> str:
    """A question as it is typed, with words for the signs that stand for some; a list's numbers are commas.

    >>> in_plain_signs("科目①30108 ②2080505，共__笔、合计____万元"), in_plain_signs("30108 2080505 分别多少")
    ('科目，30108、2080505，共几笔、合计多少万元', '30108、2080505 分别多少')
    """
    apart = _NUMBERS_APART.sub("，", _CODES_APART.sub("、", _without_list_numbers(text)))
    return _replaced(apart, _tables().signs)


def in_written_forms(text: str) -> str:
    """A normalised text in the forms that are usually written, for those of dialects and of talk."""
    return _replaced(text, _tables().forms)


def in_usual_words(text: str) -> str:
    """A normalised question in the words in which questions are usually put, without the talk around it."""
    return _replaced(text, _tables().wordings)


def _replaced(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, usual in rules:
        text = pattern.sub(usual, text)
    return text


def _without_list_numbers(text: str) -> str:
    """A text with its list's numbers as the marks that part the entries; nothing parts the first one from its colon."""
    lead, *entries = _LIST_NUMBER.split(text)
    told = lead
    for before, entry in pairwise((lead, *entries)):
        told = told.rstrip(" ，、；,;")
        parts = bool(told) and told[-1] not in "：:。？！?!（("
        mark = "，" if before is lead or _ASKING.search(before) else "、"
        told += f"{mark * parts}{entry.strip()}"
    return told
