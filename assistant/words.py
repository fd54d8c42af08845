"""Chinese words: one quiet jieba tokenizer for the whole process."""

from __future__ import annotations

import logging
import re
import threading
from functools import lru_cache
from typing import Final

import jieba
import jieba.posseg

_LIGHT: Final = frozenset({"r", "d", "p", "c", "u", "y", "e", "o", "f", "q", "m", "t", "w", "k", "h", "g"})
"""First letters of jieba's tags of words that are about nothing."""

_lock = threading.Lock()


@lru_cache(maxsize=1)
def tokenizer() -> jieba.Tokenizer:
    """The tokenizer, loaded on first use (about half a second)."""
    with _lock:
        jieba.setLogLevel(logging.WARNING)
        made = jieba.dt  # the tagger's own, which reads the dictionary when it is imported
        made.initialize()
        made.del_word("三公里")  # of 三公里头出国那块 no kilometres are meant
        made.del_word("家里")  # 那家|里
        made.add_word("三公", 100_000)
        return made


@lru_cache(maxsize=1)
def _tagger() -> jieba.posseg.POSTokenizer:
    tokenizer()
    return jieba.posseg.dt


@lru_cache(maxsize=1_000)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text in order, each with its part of speech (n, v, d, …)."""
    return tuple((pair.word, pair.flag) for pair in _tagger().cut(text))


def holds_noun(text: str) -> bool:
    """Whether a text has a word that names something."""
    return any(tag[0] in "nj" or tag == "vn" for _, tag in tagged(text))


def is_word(text: str) -> bool:
    """Whether jieba's dictionary has a text as one word (it guesses others)."""
    return frequency(text) > 0


def frequency(word: str) -> int:
    """How often a word stands in the texts from which jieba's dictionary was made; 0 where it isn't in there."""
    return int(tokenizer().FREQ.get(word) or 0)


def known_words(text: str) -> tuple[str, ...]:
    """A text in words of jieba's dictionary, and characters of their own where it has none."""
    return tuple(tokenizer().cut(text, HMM=False))


def content_of(word: str) -> tuple[str, ...]:
    """The words of an unknown stretch that are about something; colour, sounds and grammar are not.

    >>> content_of("竟然砍掉"), content_of("会议费")
    (('砍掉',), ('会议费',))
    """
    found = []
    for part, tag in tagged(word):
        if tag[0] in _LIGHT or not re.search(r"\w", part):
            continue
        if len(part) == 1 and tag[0] in "vad":
            continue
        found.append(part)
    return tuple(found)
