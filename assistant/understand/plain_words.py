"""Words that may stand in any question without changing what it asks for: data by class, and what tags tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from assistant.words import is_word, tagged
from index.dictionary import read_yaml

_CLASS: Final = re.compile(r"\{([a-z]+)\}")


def plain_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the plain words and combinations of them in a normalised question, none of which cuts a word."""
    inside = {
        position for start, end, word, _ in tagged_words(text) if is_word(word) for position in range(start + 1, end)
    }  # fmt: skip
    stretches = (*_plain(text), *_by_tag(text))
    return ((start, end) for start, end in stretches if not inside & {start, end})


def _plain(text: str) -> Iterator[tuple[int, int]]:
    words, longest = _words()
    for start in range(len(text)):
        for end in range(start + 1, min(start + longest, len(text)) + 1):
            if text[start:end] in words:
                yield start, end
        matches = (pattern.match(text, start) for pattern in _patterns())
        yield from ((start, m.end()) for m in matches if m and m.end() > start)


def is_plain(word: str) -> bool:
    """Whether a word by itself is one that changes nothing of what is asked."""
    return word in _words()[0]


def is_lone(character: str) -> bool:
    """Whether a character may be left over on its own."""
    return character in _rules()["lone"].split()


def lone_positions(text: str) -> set[int]:
    """The positions of words of one character whose tag says that they don't change what is asked."""
    parts, changing = _rules()["lone_parts_of_speech"], set(_rules()["changing"].split())
    words = tagged_words(text)
    return {start for start, _, word, part in words if len(word) == 1 and word not in changing and part[0] in parts}


def _by_tag(text: str) -> Iterator[tuple[int, int]]:
    """Words that jieba knows as conjunctions, prepositions or particles; of a word that it guesses, so is the tag."""
    parts, not_plain = set(_rules()["parts_of_speech"]), set(_rules()["not_plain"].split())
    for start, end, word, part in tagged_words(text):
        if len(word) > 1 and part[0] in parts and word not in not_plain and is_word(word):
            yield start, end


def tagged_words(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, word and tag of the words of a text."""
    start = 0
    for word, part in tagged(text):
        yield start, (start := start + len(word)), word, part


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_yaml("plain_words.yaml")
    return rules


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], int]:
    words = frozenset(word for said in _rules()["words"].values() for word in said.split())
    return words, max(map(len, words))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The combinations, with each {class} as all its words, the longest first."""
    classes = {**_rules()["words"], **_rules()["parts"]}
    any_of = {
        name: f"(?:{'|'.join(map(re.escape, sorted(said.split(), key=len, reverse=True)))})"
        for name, said in classes.items()
    }
    return tuple(re.compile(_CLASS.sub(lambda m: any_of[m[1]], pattern)) for pattern in _rules()["patterns"])
