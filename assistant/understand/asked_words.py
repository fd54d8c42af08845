"""The words of a question that a passage is found and judged by: what it is about, without how it asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.keywords import is_stop_word, related_words, search_words, without_asking
from assistant.understand.plain_words import tagged_words
from assistant.understand.rates import rate_forms, rates_in
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Token, Understanding
from assistant.understand.wording import aliases, generic_words, near_forms, normalise, synonyms

_CONTENT: Final = frozenset({"term", "other", "number", "classes"})
_ASKING: Final = frozenset({"intents", "operations", "own", "total"})
"""Groups of tokens whose words may stand in an answer too (处室 of ``有哪些处室``)."""

_SCOPE: Final = frozenset({"scope", "date", "year", "years", "everyone", "document_types", "whole", "units"})
"""Groups of tokens that say of which document and in which unit: no passage is looked for by them."""

_NAMING: Final = ("n", "j", "l", "i", "z", "b", "s", "t", "vn", "eng", "x")
"""jieba's tags of words that name something; verbs, adverbs, pronouns and counts say how, or ask."""

_DETAIL: Final = 0.5
"""What a word that names nothing counts for beside one that does."""

_ASKING_WEIGHT: Final = 0.1

_COUNT: Final = re.compile(
    r"[几多哪各两百\d一二三四五六七八九十]+[大个项家块名辆条种类位笔台份次少倍成些]*|百分之[几多].*"
)
"""A number of things in words, asked or said (几名, 两块, 五大): the answer words it in figures."""

_PRINTED_CLASSES: Final = frozenset({"goal", "indicator"})
"""Classes of rows that sentences call by the same name."""

_PLACE: Final = re.compile("(?:情况)?说明(?:书)?(?:中|里|里面|部分)")
_EXTENT: Final = re.compile("多[大高长宽远重]的?")
_PER: Final = "每人"
"""每人, 人均: what the figure is divided by changes it."""

_SAME_NAME: Final = 0.7
"""Score from which a name that the budget prints stands for the one in the question."""

_SHORT: Final = 5
_TELLING: Final = 3
"""Characters from which a form of a longer name stands for it in prose: 办公 of 办公费 stands in 办公室 too."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word or name, the ``forms`` in which budgets print it, and the ``parts`` that stand for it only together.

    ``names``: it is what the question is about rather than how it asks. ``unexplained``: nothing in the catalogue
    accounts for it, so that only the passage can. ``is_item``: the budget prints it as the name of something.
    ``asks``: it is one of the words of asking that an answer may repeat (负责, 原因, 减少).
    """

    text: str
    forms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    names: bool = True
    unexplained: bool = False
    is_item: bool = False
    asks: bool = False

    def is_in(self, plain: str) -> bool:
        """Whether a normalised text holds the word in one of its forms, or all its parts (保密 of 保密工作)."""
        return self.is_printed_in(plain) or (bool(self.parts) and all(part in plain for part in self.parts))

    def is_printed_in(self, plain: str) -> bool:
        """Whether a normalised text holds the word in one of its forms."""
        return any(form in plain for form in self.forms)

    def weight(self, rarity: Callable[[str], float]) -> float:
        """How much the word tells passages apart."""
        least = min(rarity(form) for form in self.forms)
        return least if self.names else _ASKING_WEIGHT * least if self.asks else _DETAIL * least


def asked_words(asked: Understanding) -> list[AskedWord]:
    """The words in the question's order, behind them the names it takes over from the question before."""
    words = list(_spoken(asked))
    said = normalised_question(asked.question)
    words += [item_word(t) for o in asked.operands for t in o.terms if t.text not in said]
    if not any(word.names for word in words) and (words or asked.classes) and (likely := related_words(said)):
        words.append(AskedWord(said, tuple(map(normalise, likely))))
    return list({word.text: word for word in words}.values())


def covered(words: Sequence[AskedWord], text: str, rarity: Callable[[str], float]) -> float:
    """Which share of words, by weight, a text holds."""
    weights = [word.weight(rarity) for word in words]
    plain = normalise(text)
    held = sum(weight for word, weight in zip(words, weights, strict=True) if word.is_in(plain))
    return held / sum(weights) if words else 0.0


def search_text(asked: Understanding) -> str:
    """The question to search by: without the words for document, year and unit, with the names it takes over."""
    said = _without_scope(asked)
    return " ".join([said, *(t.text for o in asked.operands for t in o.terms if t.text not in said)]).strip()


def _spoken(asked: Understanding) -> Iterator[AskedWord]:
    """Names that the budget prints, whole; else the words that at least partly stand for content.

    They are cut as words, not as the grammar cuts them.
    """
    places = _places(asked)
    printed = [t for t in asked.tokens if t.group in ("term", "classes") and _is_whole_name(t) and t not in places]
    yield from map(item_word, printed)
    text = _without_extent(asked)
    for rate in rates_in(text):
        yield AskedWord(rate.group(), rate_forms(rate.group()), unexplained=True)
        text = text[: rate.start()] + " " * len(rate.group()) + text[rate.end() :]
    for start, end, cut, part in tagged_words(text):
        within = [t for t in asked.tokens if t.start < end and start < t.end]
        word = without_asking(cut)
        is_short = len(word) == 1 and word not in synonyms() and not part.startswith("n")
        is_explained = any(t in printed for t in within) and not any(t.group == "other" for t in within)
        if is_explained or is_stop_word(word) or is_short or _COUNT.fullmatch(word):
            continue
        content = [t for t in within if t.group in _CONTENT and not _is_document(t)]
        if content or any(t.group in _ASKING for t in within):
            is_named = any(t.group == "term" for t in content)
            is_noun = is_named or (
                bool(content) and (part.startswith(_NAMING) or word[0] in _PER or word in generic_words())
            )
            unexplained = is_noun and any(t.group == "other" for t in content)
            if word not in generic_words() or unexplained:
                names = is_noun and word not in generic_words()
                yield replace(_word(word, names=names, unexplained=unexplained), asks=not content)


def bound_words(asked: Understanding) -> list[tuple[AskedWord, AskedWord]]:
    """Names with the unexplained word that stands right behind or before them: one name together (差旅|补助)."""
    pairs = [(a, b) for a, b in pairwise(asked.tokens) if {a.group, b.group} == {"term", "other"}]
    return [(_piece(a), _piece(b)) for a, b in pairs if len(a.text) > 1 and len(b.text) > 1]


def _piece(token: Token) -> AskedWord:
    return item_word(token) if token.group == "term" else _word(token.text, names=True, unexplained=True)


def _is_whole_name(token: Token) -> bool:
    if token.group == "classes":
        return token.name in _PRINTED_CLASSES
    is_printed = any(link.match != "partial" for link in token.links)
    return is_printed and not _is_document(token) and token.text not in generic_words()


def _is_document(token: Token) -> bool:
    return any(link.role == "whole" for link in token.links)


def item_word(token: Token) -> AskedWord:
    """A name of the catalogue: as asked, as printed, without what may be left out of it."""
    printed = [normalise(link.name) for link in token.links if len(link.name) > 2 and link.score >= _SAME_NAME]
    near = (form for name in (token.text, *printed) for form in near_forms(name))
    forms = dict.fromkeys(form for form in near if len(form) >= min(len(token.text), _TELLING))
    parts = telling_parts(token.text)
    return AskedWord(token.text, tuple(forms), parts if len(parts) > 1 else (), is_item=True)


def _word(text: str, *, names: bool, unexplained: bool) -> AskedWord:
    return AskedWord(text, printed_forms(text), telling_parts(text), names, unexplained)


def _without_extent(asked: Understanding) -> str:
    """Likewise, without places, and without the 多大 that is no word with what stands behind it (多|大面积)."""
    text = list(_without_scope(asked))
    places = _places(asked)
    for token in asked.tokens:
        if token in places or (token.group == "filler" and _EXTENT.fullmatch(token.text)):
            text[token.start : token.end] = " " * (token.end - token.start)
    return "".join(text)


def _places(asked: Understanding) -> list[Token]:
    """Names that only say where in the text it stands (``项目经费说明中，…``)."""
    return [t for t, after in pairwise(asked.tokens) if t.group == "term" and _PLACE.fullmatch(after.text)]


def is_said(word: str, said: str) -> bool:
    """Whether a normalised text holds a word as it is, or a rate in any spelling."""
    return any(form in said for form in rate_forms(normalise(word)) or (normalise(word),))


def _without_scope(asked: Understanding) -> str:
    """The normalised question with blanks for its scope, so that the other words keep their places."""
    text = list(normalised_question(asked.question))
    for token in asked.tokens:
        if token.group in _SCOPE:
            text[token.start : token.end] = " " * (token.end - token.start)
    return "".join(text)


@lru_cache(maxsize=20_000)
def printed_forms(word: str) -> tuple[str, ...]:
    """A word and what budgets print for it (公章 → 印章, 平米 → 平方米)."""
    named = [name for name, said in aliases().items() if word in said and len(name) < _SHORT]
    return (word, *named, *synonyms().get(word, ()))


@lru_cache(maxsize=20_000)
def telling_parts(word: str) -> tuple[str, ...]:
    """The words within a long word that are telling by themselves."""
    return tuple(part for part in search_words(word) if part != word and part not in generic_words())
