"""Whether a text that a model worded says no more and nothing else than what it was made from. The rules are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.catalog import official_names
from assistant.understand.wording import normalise
from assistant.words import content_of
from index.dictionary import read_yaml

_LEAST_TAKEN: Final = 2
"""Characters that a stretch taken from a source has at least: single ones are no words."""

_RETAINED: Final = 0.6
"""Of the words of a sentence, in its other wording."""

_FREE: Final = re.compile(r"[\d%‰％，。、；：！？,.;:!?()（）《》‘’'·-]")
"""Punctuation, and digits: numbers are looked at by themselves."""

_LEAST_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class _Rules:
    kept: re.Pattern[str]
    names: re.Pattern[str]
    not_in_frame: re.Pattern[str]
    pointing: re.Pattern[str]
    told_too: tuple[re.Pattern[str], ...]
    words: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    read = read_yaml("model_wording.yaml")
    words = {name: frozenset(map(normalise, read[name])) for name in ("plain", "asking", "courtesy")}
    pointing = "|".join(sorted(map(re.escape, read["pointing"]), key=len, reverse=True))
    patterns = ("|".join(read["kept"]), read["names"], read["not_in_frame"], pointing)
    kept, names, not_in_frame, pointing_words = (re.compile(pattern) for pattern in patterns)
    return _Rules(kept, names, not_in_frame, pointing_words, tuple(map(re.compile, read["told_too"])), words)


def says_the_same(text: str, quote: str) -> bool:
    """Whether a wording of a sentence keeps its numbers, years, negations, directions and names, and adds nothing.

    What it takes from the sentence it takes in its order: who does what to whom stays.

    >>> quote = "公务接待费预算 0.69 万元，比上年减少 0.09 万元，主要原因是压减了公务接待支出。"
    >>> says_the_same("公务接待费预算 0.69 万元，比上年减少 0.09 万元，因为压减了接待支出。", quote)
    True
    >>> says_the_same("公务接待费预算 0.69 万元，比上年增加 0.09 万元，因为压减了接待支出。", quote)
    False
    """
    said, source = normalise(text), normalise(quote)
    if _kept(said) != _kept(source) or _names(said) != _names(source):
        return False
    if any(each.search(said) and not each.search(source) for each in _rules().told_too):
        return False
    words = content_of(source)
    retained = sum(word in said for word in words)
    return is_made_of(said, [source], "plain", in_order=True) and retained >= _RETAINED * len(words)


def completes(whole: str, question: str, history: Sequence[str]) -> bool:
    """Whether a question holds all that a follow-up says and beyond it only what was said before.

    >>> completes("北京审计局今年的会议费是多少", "会议费呢", ["北京审计局今年的差旅费是多少"])
    True
    >>> completes("北京审计局去年的会议费是多少", "会议费呢", ["北京审计局今年的差旅费是多少"])
    False
    """
    said, asked = normalise(whole), normalise(question)
    own = _rules().pointing.sub("", asked)
    before = list(map(normalise, history))
    is_held = _is_within(_kept(own), _kept(said)) and all(word in said for word in content_of(own))
    is_said = set(_kept(said)) <= {each for text in (asked, *before) for each in _kept(text)} | {"多", "少"}
    return is_held and is_said and is_made_of(said, [asked, *before], "asking")


def is_courteous(text: str, asked: str) -> bool:
    """Whether a letter's opening or closing only names what was asked and is polite.

    >>> is_courteous("您好！您关于公务接待费的来信收悉。现答复如下：", "公务接待费多少？")
    True
    >>> is_courteous("您好！我局将免除您的税款。", "公务接待费多少？")
    False
    """
    said = normalise(text)
    return not _rules().not_in_frame.search(said) and is_made_of(said, [normalise(asked)], "courtesy")


def is_made_of(text: str, sources: Sequence[str], words: str, *, in_order: bool = False) -> bool:
    """Whether a text consists of stretches of its sources and of words that are allowed anywhere.

    ``in_order``: the stretches have to stand in the (only) source in their order.
    """
    allowed = _rules().words[words]
    reached = {0: 0}  # how far into the text → how far into the source, at least
    for start in range(len(text)):
        if start not in reached:
            continue
        at = reached[start] if in_order else 0
        ends = {end: at for end in range(start + 1, len(text) + 1) if text[start:end] in allowed}
        if _FREE.match(text[start]):
            ends[start + 1] = at
        for end, place in (*ends.items(), *_taken(text, start, sources, at)):
            reached[end] = min(place, reached.get(end, place))
    return len(text) in reached


def _taken(text: str, start: int, sources: Sequence[str], at: int) -> Iterator[tuple[int, int]]:
    """The ends of the stretches of a text that a source has too, each with the end in the source beyond ``at``."""
    for source in sources:
        end = start + _LEAST_TAKEN
        while end <= len(text) and (place := source.find(text[start:end], at)) >= 0:
            yield end, place + end - start
            end += 1


def _kept(text: str) -> list[str]:
    """What another wording keeps, in order."""
    return [match.group() for match in _rules().kept.finditer(text)]


def _names(text: str) -> list[str]:
    """The names of a text, each once, in order: of the classifications, and what ends like one."""
    found = [(match.start(), match.group()) for match in _rules().names.finditer(text)]
    found += [(text.index(name), name) for name in official_names() if len(name) >= _LEAST_NAME and name in text]
    return list(dict.fromkeys(name for _, name in sorted(found)))


def _is_within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether all stand among the others in their order."""
    left = iter(many)
    return all(each in left for each in few)
