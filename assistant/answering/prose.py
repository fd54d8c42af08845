"""Questions that sentences answer: those that hold the question's words, quoted under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.lead_ins import list_below, opens_list
from assistant.keywords import flat, related_words
from assistant.retrieve import Passage
from assistant.understand.asked_words import AskedWord, asked_words, bound_words, is_said, item_word, search_text
from assistant.understand.ranking import counted_units
from assistant.understand.types import Token, Understanding
from assistant.understand.wording import normalise
from index.ordinals import without_ordinal
from index.records import ParagraphRecord
from index.sentences import sentences

_ENOUGH: Final = 0.62
"""Share of a question's words, by weight, that the quoted sentences must hold to answer it."""

_NEARLY_ALL: Final = 0.8
"""Likewise where a definition, a duty or an office was asked for and the prose has no such entry."""

_SEARCHED: Final = 10
_AS_GOOD: Final = 0.02
_ALL: Final = 0.999
_ADDS: Final = 0.2
"""Share of the question's words that a second sentence must add."""

_PREFERRED: Final = 0.15
_UNKNOWN: Final = 0.5
"""What a word of how (参加, 上限) counts where a number is asked and the document words it otherwise."""

_MOST_ITEMS: Final = 14
_MOST_QUOTED: Final = 3
_SHORT: Final = 260
_LONGEST_TOPIC: Final = 80
_PARTED: Final = re.compile(r"[，,、；;？?]|[和及与跟]")
_GROUPED: Final = re.compile(r"(?<=\d),(?=\d{3})")
_PURPOSE: Final = re.compile(r"[，,；;：:](?=(?:主要)?用于)")
"""What stands between an amount and what it is for."""

_PART: Final = re.compile(r"[，,；;：:（(、]")
_LISTED: Final = re.compile(
    r"哪(?!个|家|一|位|里|条|项)|什么|[几两二三四五六七八九十]大|[两二三四五六七八九十]?[个项条家种类块](?!人)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer; ``words``: the question's words that it holds, its headings and lead-in included."""

    passage: Passage
    paragraph: ParagraphRecord
    text: str
    words: frozenset[str]
    score: float
    fits: bool


class Question:
    """What a sentence is judged by: the question's words, and the numbers and the kind of sentence it asks for."""

    def __init__(self, draft: Draft, asked: Understanding, words: Sequence[AskedWord], *, needs_number: bool) -> None:
        self.draft, self.asked, self.words, self.needs_number = draft, asked, words, needs_number
        rarity = draft.contents.retriever.rarity
        known = {w.text for w in words if w.is_in(draft.contents.full_text)}
        weights = {w.text: w.weight(rarity) * (1 if w.text in known else _UNKNOWN) for w in words}
        self.unknown = [w.text for w in words if not w.asks and w.text not in known]
        self.weights = {w.text: weights[w.text] for w in words if w.names or needs_number or w.text in known}
        self.asks_change = asked.operation == "change" and "多少" in asked.question
        self.wants_list = asked.operation == "list" or bool(_LISTED.search(asked.question))
        self.has_parts = len(asked.operands) > 1 or bool(_PARTED.search(asked.question.rstrip("？?。 ")))
        self.likely = related_words(asked.question)

    def held(self, text: str) -> frozenset[str]:
        """The words that a text holds."""
        plain = normalise(text)
        return frozenset(word.text for word in self.words if word.text in self.weights and word.is_in(plain))

    def coverage(self, held: Iterable[str]) -> float:
        """Which share of the words, by weight, these are."""
        total = sum(self.weights.values())
        return sum(self.weights[word] for word in held) / total if total else 0.0

    @cached_property
    def counted(self) -> list[str]:
        """The units of the numbers asked for; "" for any number, % for a share."""
        if not self.needs_number:
            return []
        units = [normalise(unit) for unit in counted_units(self.asked.tokens)] or [""]
        return ["%"] if self.asked.operation in ("share", "ratio") else units

    @cached_property
    def nouns_counted(self) -> list[str]:
        """Words right behind ``多少个``: with another noun the number is another."""
        plain = normalise(self.asked.question)
        ends = [plain[t.end :] for t in self.asked.tokens if t.name == "count"]
        return [word.text for word in self.words if word.unexplained and any(e.startswith(word.text) for e in ends)]

    def fits(self, text: str, headings: str) -> bool:
        """Whether a sentence states one of the numbers asked for, of the noun that is counted."""
        plain = normalise(text)
        if not self.needs_number:
            return True
        is_about = any(word.names and word.is_in(normalise(headings) + plain) for word in self.words)
        return is_about and any(self.states(plain, unit) for unit in self.counted)

    def states(self, plain: str, unit: str) -> bool:
        """Whether a number of a unit stands beside one of the words; a lone one anywhere in the sentence."""
        text = _PURPOSE.sub("", _GROUPED.sub("", without_ordinal(plain)))
        number = re.compile(rf"\d\s*{re.escape(unit)}")
        if unit == "%" or (unit and len(number.findall(text)) == 1):
            return bool(number.search(text))
        marks = r"[，,；;：:]" if "(" in unit else r"[，,；;：:（(]"
        return any(
            number.search(part) and any(word.is_in(part) for word in self.words) for part in re.split(marks, text)
        )

    def holds_bound(self, plain: str) -> bool:
        """Whether words that are one name together stand in one part of the sentence."""
        parts = _PART.split(_GROUPED.sub("", plain))
        return all(any(all(w.is_in(part) for w in pair) for part in parts) for pair in bound_words(self.asked))


def answer_from_prose(
    draft: Draft, asked: Understanding, *, needs_number: bool, named: Sequence[AskedWord] = ()
) -> bool:
    """The sentences that hold the question's words; False where none holds enough of them.

    ``named``: names in the question that only the document's wording tells.
    """
    words = [*asked_words(asked), *named]
    if not any(word.names for word in words) or unknown_names(words, draft):
        return False
    question = Question(draft, asked, words, needs_number=needs_number)
    if question.counted == [""] and question.unknown:  # of money, any word that stands nowhere may change the amount
        return False
    chosen = _chosen(question, list(_candidates(question)))
    if not _answers(question, chosen):
        return False
    quoted: dict[str, None] = {}
    for candidate in sorted(chosen, key=lambda c: c.paragraph.position):
        quoted |= dict.fromkeys(_quoted(question, candidate))
    draft.lines = [f"{draft.heading}中相关的原文：", *(f"> {text}" for text in quoted)]
    draft.route = "text"
    return True


def unknown_names(words: Iterable[AskedWord], draft: Draft) -> list[str]:
    """The words that name something which the document holds nowhere, in prose or tables."""
    return [word.text for word in words if word.names and not word.is_printed_in(draft.contents.full_text)]


def _candidates(question: Question) -> Iterator[Candidate]:
    """The sentences of the passages found, each read under its headings and its list's lead-in."""
    retriever, paragraphs = question.draft.contents.retriever, question.draft.contents.paragraphs
    for passage in retriever.search(search_text(question.asked), limit=_SEARCHED):
        lines = passage.text.split("\n")
        whole = len(lines) == len(passage.paragraph_ids)
        lead = lines[0] if len(lines) > 1 and lines[0].endswith(("：", ":")) else ""
        headings = "\n".join((*passage.section, lead))
        for number, line in enumerate(lines):
            paragraph = paragraphs[passage.paragraph_ids[number if whole else 0]]
            for text in sentences(line):
                above = f"{headings}\n{_topic(line)}"
                if held := question.held(f"{above}\n{text}"):
                    score, fits = _score(question, held, text), question.fits(text, above)
                    yield Candidate(passage, paragraph, text, held, score, fits)


def _topic(text: str) -> str:
    """The short sentence that a paragraph begins with: what its other sentences are about (（3）事业运行（项）。)."""
    first = next(iter(sentences(text)), "")
    return first if len(first) <= _LONGEST_TOPIC else ""


def _score(question: Question, held: Iterable[str], text: str) -> float:
    """How well a sentence fits: by its words, and by being of the kind that is asked for."""
    kind = any(word in text for word in question.likely) and not question.needs_number
    return round(question.coverage(held) + _PREFERRED * kind, 3)


def _chosen(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence, as good ones beside it, and ones that hold what it lacks."""
    fitting = [c for c in candidates if c.fits]
    if not fitting:
        return []
    best = max(fitting, key=lambda c: c.score)
    chosen = [best]
    if question.coverage(best.words) < _ALL or question.wants_list:
        chosen += _as_good(question, best, fitting)
    for _ in range(_MOST_QUOTED - 1 if question.has_parts else 0):
        held = frozenset[str]().union(*(c.words for c in chosen))
        adding = max(_beside(best, candidates), key=lambda c: question.coverage(c.words - held))
        if question.coverage(adding.words - held) < _ADDS:
            break
        chosen.append(adding)
    return chosen


def _beside(best: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """What may complete an answer: sentences of the kind asked for, and others of the same section."""
    return [c for c in candidates if c.fits or c.passage.section == best.passage.section]


def _as_good(question: Question, best: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Sentences that fit as well: of a list all in the section, else one of another passage."""
    equal = [c for c in candidates if c is not best and c.score >= best.score - _AS_GOOD]
    if question.wants_list and not question.needs_number:
        return [c for c in equal if c.passage.section == best.passage.section][:_MOST_ITEMS]
    return [c for c in equal if c.passage.chunk_id != best.passage.chunk_id][:1]


def _answers(question: Question, chosen: Sequence[Candidate]) -> bool:
    """Whether the sentences together hold enough, and their passages all that only they can account for."""
    if not chosen:
        return False
    least = _ENOUGH if question.asked.intent in ("figure", "reason", "prose") else _NEARLY_ALL
    held = frozenset[str]().union(*(c.words for c in chosen))
    text = normalise("\n".join("\n".join((*c.passage.section, c.passage.text)) for c in chosen))
    said = normalise("，".join("，".join((*c.passage.section, c.text)) for c in chosen))
    return (
        question.coverage(held) >= least
        and all(word.is_in(text) for word in question.words if _is_required(word, question))
        and (question.asked.intent != "reason" or _is_told_of(said, question))
        and (question.asked.intent != "definition" or all(normalise(left) in said for left in question.asked.leftover))
        and all(rest.is_in(text) for pair in bound_words(question.asked) for rest in pair if rest.unexplained)
        and all(is_said(head, said) for head in _heads_left(question.asked))
        and (not question.asks_change or bool(re.search(r"\d", "".join(c.text for c in chosen))))
        and (not question.needs_number or (_holds_terms(text, question) and _holds_numbers(said, question)))
    )


def _heads_left(asked: Understanding) -> Iterator[str]:
    """Words that nothing explains behind a name: they are what is asked of it (政府采购|支付|进度)."""
    before: Token | None = None
    for token in asked.tokens:
        if token.group == "other" and before is not None and before.group == "term" and len(token.text) > 1:
            yield token.text
        if token.group != "filler" or token.text.startswith("的"):
            before = token


def _is_told_of(said: str, question: Question) -> bool:
    """Whether the sentences speak of the items asked about, not just list them in brackets."""
    bare = re.sub(r"\([^()]*\)", "", said)
    return all(word.is_in(bare) for word in question.words if word.is_item)


def _is_required(word: AskedWord, question: Question) -> bool:
    """What must stand in the passages: items, words that only they account for; all names where a number is asked."""
    tells = word.names or question.needs_number
    return word.is_item or (tells and word.unexplained) or (word.names and question.needs_number)


def _holds_terms(text: str, question: Question) -> bool:
    """Whether a text prints everything that is named, as the question or the budget words it."""
    terms = [term for operand in question.asked.operands for term in operand.terms if term.name != "own"]
    return all(item_word(term).is_printed_in(text) for term in terms)


def _holds_numbers(said: str, question: Question) -> bool:
    """Whether the sentences state all numbers asked for, of the nouns counted and with their words about them."""
    return (
        all(question.states(said, unit) for unit in question.counted)
        and all(noun in said for noun in question.nouns_counted)
        and (question.counted not in ([""], ["%"]) or _holds_all_named(said, question))
    )


def _holds_all_named(said: str, question: Question) -> bool:
    """Whether the sentences hold all that could change an amount or a share: the names, and what nothing explains."""
    left = question.asked.leftover
    return question.holds_bound(said) and all(is_said(word, said) for word in left) and _holds_terms(said, question)


def _quoted(question: Question, candidate: Candidate) -> Iterator[str]:
    """What is quoted of a passage, each with its mark: all of a short one, else the sentences; a list to its end."""
    draft, passage = question.draft, candidate.passage
    explains = question.asked.wants_reason and question.asked.operation == "change"
    if explains or (not question.needs_number and len(passage.text) <= _SHORT):
        ids = passage.paragraph_ids
        paragraphs = [draft.contents.paragraphs[each] for each in ids]
        quotes = [(p, p.text) for p in paragraphs]
    else:
        quotes = [(candidate.paragraph, text) for text in _with_next(question, candidate)]
    for paragraph, text in quotes:
        yield _cited(draft, paragraph, text)
    if question.wants_list and opens_list(quotes[-1][1]):
        yield from list_below(draft, quotes[-1][0])


def _with_next(question: Question, candidate: Candidate) -> list[str]:
    """A sentence and the one of its paragraph that holds most of the words too, in order."""
    paragraph = candidate.paragraph
    if flat(candidate.text) not in flat(paragraph.text):
        return [paragraph.text]
    topic = _topic(paragraph.text)
    others = [s for s in sentences(paragraph.text) if flat(s) not in (flat(candidate.text), flat(topic))]
    other = max(others, key=lambda s: question.coverage(question.held(s)), default="")
    kept = {flat(candidate.text)} | ({flat(other)} if question.coverage(question.held(other)) >= _ADDS else set())
    if question.held(topic) - question.held(candidate.text):
        kept.add(flat(topic))
    return [s for s in sentences(paragraph.text) if flat(s) in kept] or [candidate.text]


def _cited(draft: Draft, paragraph: ParagraphRecord, quote: str) -> str:
    return f"{quote}[{draft.cite_passage(paragraph, quote)}]"
