"""Which of the lists in prose a question is about, and which of its parts it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.statements import statements_about
from assistant.keywords import search_words
from assistant.prose_lists import ProseList
from assistant.understand.asked_words import AskedWord, asked_words, item_word
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise, wording_rules

_ASKED: Final = 0.6
"""Share of a title's words, by weight, that a question must hold to be about the list."""

_LINKED: Final = 0.3


def list_meant(draft: Draft, asked: Understanding) -> ProseList | None:
    """The list whose title the question holds best; None where none is asked for or several are as likely."""
    words, whole_ids, sides = _words(asked), _wholes_named(draft, asked), _sides_named(asked)
    question = normalise(normalised_question(asked.question) + "".join(t.text for t in terms_in(asked)))
    meant: list[tuple[float, ProseList]] = []
    for each in draft.contents.lists:
        if not _holds_all(words, asked.leftover, each):
            continue
        held, title = _coverage(draft, question, each.title), normalise(each.title)
        is_named = held >= _ASKED and any(word.is_in(title) for word in words)
        is_linked = each.whole is not None and (each.whole.statement_id in whole_ids or title in sides)
        if is_named or is_linked or _is_told_by_parts(asked, each):
            meant.append((held, each))
    best = max((held for held, _ in meant), default=0.0)
    lists = [each for held, each in meant if held == best]
    return lists[0] if lists and len({_figures(each) for each in lists}) == 1 else None


def named_parts(terms: Iterable[Token], listed: ProseList) -> list[int] | None:
    """The parts that are named one by one; None where a name is that of several."""
    labels = [normalise(entry.label) for entry in listed.entries]
    title, named = normalise(listed.title), dict[int, None]()
    for word in map(item_word, terms):
        bearing = [i for i, label in enumerate(labels) if word.is_in(label)]
        if word.is_in(title) or len(bearing) == len(labels):
            continue
        if len(bearing) > 1:
            return None
        named |= dict.fromkeys(bearing)
    return list(named)


def terms_in(asked: Understanding) -> list[Token]:
    """All names of a question: what is asked about, compared with, or a whole."""
    named: Iterable[Operand] = (*asked.operands, *filter(None, (asked.base, asked.share_of)))
    within = [pick for operand in named if operand.picked for pick in operand.picked.operands]
    return [term for operand in (*named, *within) for term in operand.within_context.terms]


def _words(asked: Understanding) -> list[AskedWord]:
    """The words that name something, but for class nouns."""
    said = normalised_question(asked.question)
    rows = "".join(t.text for t in asked.tokens if t.group in ("classes", "levels"))
    return [w for w in asked_words(asked) if (w.names or w.unexplained) and w.text != said and w.text not in rows]


def _operands(asked: Understanding) -> Iterator[Operand]:
    yield from (o for o in (*asked.operands, asked.base, asked.share_of) if o is not None and o != Operand())


def _wholes_named(draft: Draft, asked: Understanding) -> set[str]:
    """The statements that are about what the question names."""
    return {s.statement_id for operand in _operands(asked) for s in statements_about(operand, draft, _LINKED)}


def _sides_named(asked: Understanding) -> set[str]:
    """The names of a side's grand total, where that is asked about."""
    totals = wording_rules()["totals"]
    return {normalise(name) for o in _operands(asked) if o.total and not o.terms for name in totals[o.total]}


def _holds_all(words: Sequence[AskedWord], leftover: Sequence[str], listed: ProseList) -> bool:
    """Whether a list and what stands above it account for every word that names something."""
    around = normalise("\n".join((listed.title, listed.above, *(entry.label for entry in listed.entries))))
    return all(word.is_in(around) for word in words) and all(normalise(left) in around for left in leftover)


def _is_told_by_parts(asked: Understanding, listed: ProseList) -> bool:
    """Whether all parts are named, or those whose share is asked without a whole."""
    named = len(named_parts(terms_in(asked), listed) or ())
    is_share = asked.operation == "share" and asked.base == Operand() and named == len(asked.operands)
    return named == len(listed.entries) or (is_share and named > 0)


def _figures(listed: ProseList) -> tuple[Decimal | None, ...]:
    return tuple(entry.statement.amount_yuan or entry.statement.number for entry in listed.entries)


def _coverage(draft: Draft, question: str, title: str) -> float:
    """Which share of a title's words, by weight, a question holds."""
    rarity = draft.contents.retriever.rarity
    weights = {word: rarity(word) for word in search_words(title)}
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if normalise(word) in question) / total if total else 0.0
