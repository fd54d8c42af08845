"""What a document tells of the things that a question in words names: the sentences that share most with it.

Words are compared by pairs of characters, so that another wording of a thing (护理险, 护理保险) is found too. Like all
that is only near, the sentences answer nothing by themselves and are shown as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.keywords import is_stop_word
from assistant.pairs import Near, pairs_in
from assistant.reading.framing import framing_spans
from assistant.reading.patterns import pattern
from assistant.reply.quote import DUTIES, quoted_lines
from assistant.reply.wanted import clauses_in
from assistant.told import Told
from assistant.understand.asked_words import printed_forms
from assistant.understand.wording import generic_words, normalise
from assistant.words import frequency, tagged
from index.records import ParagraphRecord

_ASKS_AMOUNT: Final = pattern("asks_amount")
_NEVER_TOLD: Final = pattern("never_told")
_COUNTS: Final = pattern("counts_things")
_ASKS_WORDS: Final = pattern("asks_words")
_IN_CHARGE: Final = pattern("in_charge")
_ASKS: Final = pattern("ask")
_SENTENCE: Final = re.compile("[^?？。!！]+[?？。!！]*")
_NAMES: Final = ("n", "j", "l", "i", "eng")
_ACTS: Final = ("v", "s", "b")
"""jieba's tags of words that name something, and of others that tell what is spoken of."""

_TELLING: Final = 0.55
"""How rare a pair of a name has to be, beside the rarest of the document, to tell what is spoken of."""

_AROUND: Final = 0.4
"""What the words of the rest of a question count for beside a clause's own."""

_DUTY: Final = 1.6
"""What a sentence that speaks of duties counts for where it is asked who is in charge."""

_TITLE: Final = re.compile("(?<=《)[^《》]+(?=》)|[a-z][a-z0-9&/.+-]*[a-z0-9]")
"""A title, or a name in Latin letters, in a normalised text."""

_COMMON: Final = 20_000
"""How often a word stands in any text that tells nothing of what is spoken of."""

_FEW: Final = 6
"""Sentences at most that tell of what is not spoken of everywhere."""

_SEARCHED: Final = 30
_MOST: Final = 3
_NEARLY: Final = 0.35
"""What a further sentence has to have of the best one's score."""


def asks_in_words(clauses: Sequence[str]) -> bool:
    """Whether all that is asked is told in words, and may stand in a budget: no amount, no rate, no contractor.

    How many things there are is asked too where it is also asked what they are.
    """
    is_told = all(map(_may_be_words, clauses))
    return is_told and any(not _COUNTS.search(each) for each in clauses)


def _may_be_words(clause: str) -> bool:
    asks = _ASKS_WORDS.search(clause) or _IN_CHARGE.search(clause) or _COUNTS.search(clause)
    return asks is not None and not (_ASKS_AMOUNT.search(clause) or _NEVER_TOLD.search(clause))


def topic_lines(question: str, clauses: Sequence[str], draft: Draft) -> list[str]:
    """The sentences that share most with each clause of a question; none where no name in it is told of.

    The question and its clauses are without the words for their scope.
    """
    told: dict[str, Told] = {}
    for clause in clauses:
        found = _nearest(clause, question, draft) or _nearest(question, question, draft)
        told |= {each.text: each for each in (*found, *(_duty_meant(clause, draft) if found else ()))}
    return list(quoted_lines(list(told.values()), draft))


def _duty_meant(clause: str, draft: Draft) -> list[Told]:
    """The duties that are nearest by their meaning to a clause that asks who is in charge (挖沙: 河道采砂)."""
    if not _IN_CHARGE.search(clause):
        return []
    passages = draft.contents.retriever.search(clause, limit=_SEARCHED)
    meant = {key for passage in passages if passage.vector_rank == 1 for key in passage.paragraph_ids}
    sources = ((told, told.source) for told in draft.contents.told)
    found = [t for t, source in sources if isinstance(source, ParagraphRecord) and source.paragraph_id in meant]
    return [told for told in found if DUTIES.search(told.whole)]


def asks_who_is_in_charge(clause: str) -> bool:
    """Whether a clause asks who is in charge of something."""
    return _IN_CHARGE.search(clause) is not None


def untold_topics(question: str, left: Sequence[str], draft: Draft) -> Iterator[str]:
    """The clauses that ask in words of things which few sentences of the document tell of, and an answer doesn't.

    A clause that asks nothing is of what the next one asks. ``left``: the words that no table accounts for.
    """
    said = normalise("".join(draft.lines))
    before = ""
    for sentence in _SENTENCE.findall(question):
        clauses = clauses_in(sentence)
        for behind, clause in zip(reversed(range(len(clauses))), clauses, strict=True):
            before += f"{clause}，"
            if not behind or _ASKS.search(clause):
                is_words = not draft.figures or _IN_CHARGE.search(clause) or _TITLE.search(normalise(clause))
                if is_words and asks_in_words([clause]) and _is_untold(_rare_names(before, left, draft), said):
                    yield clause
                before = ""


def _rare_names(text: str, left: Sequence[str], draft: Draft) -> dict[str, float]:
    """What a text names that only few of the document's sentences tell of, with its weight."""
    plain = normalise(text)
    words = (word for word in _words(plain, _NAMES) if frequency(word) < _COMMON and any(word in each for each in left))
    names = {*_TITLE.findall(plain), *words}
    told = [each.plain for each in draft.contents.told] if names else []
    counts = {name: sum(any(form in text for form in printed_forms(name)) for text in told) for name in names}
    return {name: len(name) / count for name, count in counts.items() if 0 < count <= _FEW}


def _is_untold(names: dict[str, float], said: str) -> bool:
    """Whether a text says less than half of some names, by weight."""
    held = sum(weight for name, weight in names.items() if any(form in said for form in printed_forms(name)))
    return 2 * held < sum(names.values())


def _nearest(clause: str, question: str, draft: Draft) -> list[Told]:
    """The sentences nearest to a clause; none where none tells of what it names."""
    index = draft.contents.pairs
    names = _telling(clause, draft)
    least = _TELLING * index.rarest
    telling = {pair for pair, weight in names.items() if weight >= least}
    around = index.weights(_pairs(question, draft))
    said = {pair: weight * _AROUND for pair, weight in around.items()} | index.weights(_pairs(clause, draft)) | names
    titles = set(_TITLE.findall(normalise(clause)))
    is_of_duty = _IN_CHARGE.search(clause) is not None
    found = [(each.source, _score(each, is_of_duty)) for each in index.search(said) if isinstance(each.source, Told)]
    near = [(score + _held(told, titles) * least, told) for told, score in found if _tells(told, telling, titles)]
    near.sort(key=lambda each: -each[0])
    return [told for score, told in near[:_MOST] if score >= near[0][0] * _NEARLY]


def _score(near: Near, is_of_duty: bool) -> float:
    """How near a sentence or a row is; more where it is asked who is in charge, and it speaks of duties."""
    is_duty = is_of_duty and isinstance(near.source, Told) and DUTIES.search(near.source.plain)
    return near.score * (_DUTY if is_duty else 1.0)


def _telling(text: str, draft: Draft) -> dict[str, float]:
    """The pairs of characters of what a text names, in the forms in which budgets print it, by weight."""
    forms = [form for word in _words(text, (*_NAMES, *_ACTS)) for form in printed_forms(word)]
    return draft.contents.pairs.weights(_pairs("，".join(forms), draft))


def _pairs(text: str, draft: Draft) -> frozenset[str]:
    return pairs_in(text) - pairs_in(draft.catalog.unit_name)


def _words(text: str, tags: tuple[str, ...]) -> Iterator[str]:
    """The words of a text that are about something, without framing, by jieba's tags."""
    plain = list(normalise(text))
    for start, end in framing_spans("".join(plain)):
        plain[start:end] = "，" * (end - start)
    for word, tag in tagged("".join(plain)):
        if len(word) > 1 and tag.startswith(tags) and not is_stop_word(word) and word not in generic_words():
            yield word


def _tells(told: Told, telling: set[str], titles: set[str]) -> bool:
    return bool(telling & pairs_in(told.plain)) or _held(told, titles) > 0


def _held(told: Told, titles: set[str]) -> int:
    return sum(title in told.plain for title in titles)
