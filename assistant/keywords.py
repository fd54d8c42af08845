"""Keyword search: BM25 over jieba's words. Budget questions are full of codes and names, which vectors blur."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from assistant.words import tokenizer
from index.dictionary import read_yaml
from index.paths import DICTIONARY

_SATURATION: Final = 1.2
_LENGTH: Final = 0.6
_WORD: Final = re.compile(r"\w")
_INNER_BLANK: Final = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_ASKING: Final = re.compile(r"^(?:哪[些个几]?|几|多少|什么)(?=\w)")


def without_asking(word: str) -> str:
    """A word without the asking word that the tokenizer left at its head (哪些项目)."""
    return _ASKING.sub("", word)


@lru_cache(maxsize=50_000)
def flat(text: str) -> str:
    """``text`` as words are compared: half-width, lower case, no blanks around Chinese characters.

    >>> flat("公务接待费 0.69 万元，ＬＲＡ 证书")
    '公务接待费0.69万元,lra证书'
    """
    return _INNER_BLANK.sub("", unicodedata.normalize("NFKC", text)).lower()


def content_words(question: str) -> list[str]:
    """The question's words in order that are about something: no stop words, no punctuation, none twice."""
    words = (without_asking(word) for word in tokenizer().cut(flat(question)))
    return list(dict.fromkeys(filter(_counts, words)))


def search_words(text: str) -> list[str]:
    """All words of ``text`` that are searched for, long ones also in parts (公务接待 → 公务, 接待, 公务接待)."""
    words = (without_asking(word) for word in tokenizer().cut_for_search(flat(text)))
    return list(filter(_counts, words))


def related_words(question: str) -> list[str]:
    """Words that an answer to ``question`` is likely to hold although the question doesn't."""
    plain = flat(question)
    return [word for pattern, words in _related() if pattern.search(plain) for word in words]


def printed_names(question: str, is_known: Callable[[str], bool]) -> list[str]:
    """What budgets print for everyday names in ``question`` that ``is_known`` has not seen (饭局 → 公务接待费)."""
    plain = flat(question)
    names = []
    for alias, printed in _aliases():
        if alias in plain and not is_known(alias):
            names.append(printed)
            plain = plain.replace(alias, " ")
    return names


class KeywordIndex:
    """Texts that can be searched by words. Built in memory: the 150 passages of a budget take 0.1 s."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._postings: dict[str, dict[int, int]] = defaultdict(dict)
        self._lengths: list[int] = []
        self._holdings: dict[str, int] = {}
        self._texts = tuple(map(flat, texts))
        for position, text in enumerate(self._texts):
            words = Counter(search_words(text))
            self._lengths.append(words.total())
            for word, times in words.items():
                self._postings[word][position] = times
        self._mean_length = sum(self._lengths) / len(self._lengths) if self._lengths else 1.0

    def knows(self, text: str) -> bool:
        """Whether any of the texts holds ``text``."""
        return any(text in known for known in self._texts)

    def rarity(self, word: str) -> float:
        """How much ``word`` tells texts apart: near 0 where all have it, highest where none has it."""
        having = len(self._postings.get(word, ())) or self._holding(word)
        return math.log(1 + (len(self._lengths) - having + 0.5) / (having + 0.5))

    def _holding(self, part: str) -> int:
        """How many texts hold a part of a word."""
        if part not in self._holdings:
            self._holdings[part] = sum(part in text for text in self._texts)
        return self._holdings[part]

    def search(self, words: Sequence[str]) -> list[tuple[int, float]]:
        """The positions of texts that hold any of ``words``, best first, with their scores."""
        scores: dict[int, float] = defaultdict(float)
        for word in dict.fromkeys(words):
            rarity = self.rarity(word)
            for position, times in self._postings.get(word, {}).items():
                scores[position] += rarity * self._saturated(times, position)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    def _saturated(self, times: int, position: int) -> float:
        length = 1 - _LENGTH + _LENGTH * self._lengths[position] / (self._mean_length or 1.0)
        return times * (_SATURATION + 1) / (times + _SATURATION * length)


def is_stop_word(word: str) -> bool:
    """Whether a word is about nothing: one that only asks, or punctuation."""
    return not _WORD.search(word) or word in _stop_words()


def _counts(word: str) -> bool:
    return not is_stop_word(word)


@cache
def _stop_words() -> frozenset[str]:
    lines = (DICTIONARY / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _related() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(pattern), tuple(words)) for pattern, words in read_yaml("related_words.yaml").items())


@cache
def _aliases() -> tuple[tuple[str, str], ...]:
    """Everyday names, longest first, each with the name it is printed under."""
    pairs = [(flat(alias), printed) for printed, names in read_yaml("aliases.yaml").items() for alias in names]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
