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

_SPOKEN_CODE: Final = re.compile(
    "(?<![零〇一二三四五六七八九十百千万亿幺])[一二三四五][零〇一二三四五六七八九幺]{4}(?:[零〇一二三四五六七八九幺]{2})?"
    "(?![零〇一二三四五六七八九十百千万亿幺])"
)
"""A code that is said digit by digit (三零一零八)."""

_DIGITS: Final = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_EARLIER_FIRST: Final = re.compile(
    r"(?P<one>20\d\d)年?(?:的|预算)*(?:比|较|对比)(?P<other>20\d\d)年?(?P<between>[^,，。?]{0,6}?)(?P<way>[多高大少低小])(?=的|了|$|[,，。?])"
)
_OPPOSITE: Final = dict(zip("多高大少低小", "少低小多高大", strict=True))

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
    return _replaced(_SPOKEN_CODE.sub(lambda said: said[0].translate(_DIGITS), text), _tables().forms)


def in_usual_words(text: str) -> str:
    """A normalised question in the words in which questions are usually put, without the talk around it."""
    return _replaced(_EARLIER_FIRST.sub(_later_first, text), _tables().wordings)


def _later_first(said: re.Match[str]) -> str:
    """What an earlier year has more of than a later one, as what the later one has less of."""
    if said["one"] >= said["other"]:
        return said[0]
    return f"{said['other']}年比{said['one']}年{said['between']}{_OPPOSITE[said['way']]}"


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
