"""Questions whose answer is a sentence: definitions, duties, who does what, counts, anything else in the prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from assistant.answering.contents import OFFICES, list_subjects
from assistant.answering.draft import Draft
from assistant.catalog import official_names
from assistant.keywords import content_words, flat, search_words
from assistant.retrieve import Passage, best_sentences, coverage
from assistant.understand.ranking import counted_units
from assistant.understand.types import Token, Understanding
from assistant.understand.units import unit_aliases
from assistant.understand.wording import aliases, generic_words, normalise
from index.ordinals import without_ordinal
from index.prose import ParagraphRole
from index.records import ParagraphRecord
from index.sentences import clauses

_ENOUGH: Final = 0.62
"""Share of a question's content, by rarity, that a sentence must hold to answer it."""

_SOME: Final = 0.3
_MOST_RANKED: Final = 8
_CHANGES: Final = re.compile(r"[增减降升涨]|持平|变化|变动")
_NEAR: Final = 3
_FAR: Final = 1_000
_SAME: Final = 0.7
"""Score from which a name that the budget prints stands for the one in the question."""

_NEARLY_ALL: Final = 0.8
"""Likewise where a definition, a duty or an office was asked for and the prose has no such entry."""

_MOST_PARAGRAPHS: Final = 14


def answer_definition(draft: Draft, asked: Understanding) -> bool:
    """The term's own entry in the glossary."""
    paragraphs = _linked(draft, asked, "definition")
    if not paragraphs:
        return False
    _quote(draft, paragraphs[:2])
    return True


def answer_duty(draft: Draft, asked: Understanding) -> bool:
    """All duties of an office or unit."""
    paragraphs = _linked(draft, asked, "duty") or _duties_of_unit(draft, asked)
    if not paragraphs:
        is_whole = all(link.role == "whole" for o in asked.operands for t in o.terms for link in t.links)
        return is_whole and not asked.leftover and list_subjects(draft, "duty", "列出职责的机构有")
    subject = paragraphs[0].subject or ""
    _quote(draft, [p for p in paragraphs if p.subject == subject][:_MOST_PARAGRAPHS], f"{subject}的职责：")
    return True


def answer_who(draft: Draft, asked: Understanding) -> bool:
    """The office whose duties name what the question names."""
    words = _words(asked)
    duties = [p for p in _paragraphs(draft) if p.role == "duty" and p.subject and holds_all(p.text, asked)]
    scored = [(_duty_score(words, content_words(asked.question), p, draft), p) for p in duties]
    best = max((score for score, _ in scored), default=(0.0, 0.0, 0))
    if not words or best[0] < _ENOUGH:
        return _likely_duty(draft, asked, words)
    for score, paragraph in scored:
        if score == best:
            number = draft.cite_passage(paragraph, paragraph.text)
            draft.lines.append(f"**{paragraph.subject}**：{paragraph.text}[{number}]")
    draft.lines.insert(0, f"{draft.heading}中，与“{''.join(words)}”有关的职责属于：")
    draft.route = "text"
    return True


def _likely_duty(draft: Draft, asked: Understanding, words: Sequence[str]) -> bool:
    """The duty that both searches put first, where it holds at least some of the words."""
    found = draft.contents.retriever.search(asked.question, limit=3)
    for passage in found[:1]:
        paragraph = draft.contents.paragraphs[passage.paragraph_ids[0]]
        covered = coverage(words, passage.text, draft.contents.retriever.rarity)
        if (
            paragraph.role == "duty"
            and holds_all(paragraph.text, asked)
            and covered >= _SOME
            and (passage.vector_rank or _FAR) <= _NEAR
        ):
            draft.lines.append(f"{draft.heading}中，最接近的是 **{paragraph.subject}** 的职责：")
            _quote_line(draft, paragraph, paragraph.text)
            draft.route = "text"
            return True
    return False


def answer_from_prose(draft: Draft, asked: Understanding, *, needs_number: bool) -> bool:
    """The sentences that hold the question's words; False where none holds enough of them."""
    words = _words(asked)
    if not words or any(not is_known(word, draft) for word in words):
        return False
    fits = _stating(words, asked) if needs_number else _anything
    passages = draft.contents.retriever.search(asked.question, limit=8)
    ranked = sorted(
        (
            (_passage_score(words, p, draft, fits), p)
            for p in passages
            if (not (needs_number or _rests(asked)) or _holds(p, asked)) and _accounts_for(p, asked)
        ),
        key=lambda scored: scored[0],
        reverse=True,
    )
    if not ranked or ranked[0][0] < (_ENOUGH if asked.intent in ("figure", "reason") else _NEARLY_ALL):
        return False
    best, passage = ranked[0]
    kept = [p for score, p in ranked[:2] if score >= best - 0.02] if best < 0.999 else [passage]
    for chosen in kept:
        _quote_sentences(draft, chosen, words, fits, whole=not needs_number)
    draft.lines.insert(0, f"{draft.heading}中相关的原文：")
    draft.route = "text"
    return True


def _anything(_sentence: str) -> bool:
    return True


def _stating(words: Sequence[str], asked: Understanding) -> Callable[[str], bool]:
    """Whether a sentence states a number of everything that is counted (a per cent for a share).

    What is counted must stand there as it was asked for: 行政编制 is not 行政处 and 编制.
    """
    counted = [normalise(unit) for unit in counted_units(asked.tokens)] or [""]
    marks = ["%"] if asked.operation in ("share", "ratio") else counted
    wholes = [normalise(left) for left in asked.leftover] if asked.operation == "count" else []

    def fits(sentence: str) -> bool:
        plain = normalise(sentence)
        if asked.operation == "change" and not _CHANGES.search(plain):
            return False
        return all(_states_number(plain, words, mark) for mark in marks) and all(
            whole in plain or not _is_counted_noun(whole, asked) for whole in wholes
        )

    return fits


def _is_counted_noun(word: str, asked: Understanding) -> bool:
    """Whether a word stands right behind ``多少个``."""
    return any(f"{normalise(t.text)}{word}" in normalise(asked.question) for t in asked.tokens if t.name == "count")


def is_known(word: str, draft: Draft) -> bool:
    """Whether the document holds a word anywhere, in prose or tables."""
    return normalise(word) in draft.contents.full_text


def document_words(asked: Understanding) -> list[str]:
    """The content words of a question."""
    return _words(asked)


def _words(asked: Understanding) -> list[str]:
    """Content words, also of the conversation, without the grammar's (谁负责 …) and the document's own name."""
    inherited = _inherited(asked)
    spans = [*inherited, *(t for t in asked.tokens if t.group in ("term", "other", "number", "classes"))]
    kept = [t for t in spans if not any(link.role == "whole" for link in t.links)]
    words = dict.fromkeys(word for t in kept for word in content_words(t.text) or [t.text] if len(word) > 1)
    offices = (OFFICES, *aliases()[OFFICES])
    words = {word: None for word in words if word not in offices} or words
    telling = [word for word in words if word not in generic_words()] or list(words)
    return [printed_name(word) for word in telling]


def printed_name(word: str) -> str:
    """How budgets print what people call otherwise (公章 → 印章); the word itself where there is no such."""
    names = (name for name, said in aliases().items() if word in said and word not in name)
    return next((name for name in names if len(name) < 5), word)


def _linked(draft: Draft, asked: Understanding, role: ParagraphRole) -> list[ParagraphRecord]:
    """Paragraphs of a role whose subject the question names, the best match first."""
    scores: dict[str, float] = {}
    for operand in asked.operands:
        for term in operand.terms:
            for link in term.links:
                if link.role == "passage" and draft.contents.paragraphs[link.key].role == role:
                    scores[link.key] = max(scores.get(link.key, 0.0), link.score * len(term.text))
    best = max(scores.values(), default=0.0)
    return [draft.contents.paragraphs[key] for key, score in scores.items() if score >= best - 0.05]


def _duties_of_unit(draft: Draft, asked: Understanding) -> list[ParagraphRecord]:
    units = [link.key for o in asked.operands for t in o.terms for link in t.links if link.role in ("unit", "whole")]
    forms = {f for unit in units or [draft.catalog.unit_name] for f, _ in unit_aliases(unit, draft.catalog.region)}
    return [
        p for p in _paragraphs(draft)
        if p.role == "duty" and p.subject and any(len(f) > 2 and normalise(p.subject).endswith(f) for f in forms)
    ]  # fmt: skip


def _paragraphs(draft: Draft) -> Iterable[ParagraphRecord]:
    return draft.contents.paragraphs.values()


def _duty_score(
    words: Sequence[str], all_words: Sequence[str], paragraph: ParagraphRecord, draft: Draft
) -> tuple[float, float, int]:
    """How well a duty fits: by the telling words in one clause, then by all words, then by its office's name."""
    rarity = draft.contents.retriever.rarity
    best = max((coverage(words, part, rarity) for part in clauses(paragraph.text)), default=0.0)
    fully = max((coverage(all_words, part, rarity) for part in clauses(paragraph.text)), default=0.0)
    named = sum(word in (paragraph.subject or "") for word in words)
    return round(max(best, 0.9 * coverage(words, paragraph.text, rarity)), 2), round(fully, 2), named


def _passage_score(words: Sequence[str], passage: Passage, draft: Draft, fits: Callable[[str], bool]) -> float:
    rarity = draft.contents.retriever.rarity
    headings = "".join(passage.section)
    sentences = [s for s in best_sentences(words, passage, _MOST_RANKED, rarity) if fits(s.text)]
    return max((coverage(words, f"{headings}\n{s.text}", rarity) for s in sentences), default=0.0)


def _states_number(sentence: str, words: Sequence[str], counted: str) -> bool:
    """Whether a number (of what is counted) stands beside one of the words, in the same part of the sentence."""
    parts = [sentence] if counted == "%" else re.split(r"[，,；;：:（(]", without_ordinal(sentence))
    if counted and "(" in counted:
        parts = re.split(r"[，,；;：:]", without_ordinal(sentence))
    return any(
        re.search(rf"\d\s*{re.escape(counted)}", part) and any(word in flat(part) for word in words) for part in parts
    )


def _rests(asked: Understanding) -> bool:
    """Whether what is asked about stands in the conversation, not in the question itself."""
    return bool(_inherited(asked))


def _inherited(asked: Understanding) -> list[Token]:
    """Names from the conversation."""
    terms = [term for operand in asked.operands for term in operand.terms if term.name != "own"]
    return [term for term in terms if term not in asked.tokens]


def _holds(passage: Passage, asked: Understanding) -> bool:
    """Whether a passage prints everything that the question names, as the question or the budget words it."""
    text = normalise("".join(passage.section) + passage.text)
    terms = [term for operand in asked.operands for term in operand.terms]
    names = [[link.name for link in term.links if len(link.name) > 2 and link.score >= _SAME] for term in terms]
    return all(
        term.text in text or any(normalise(name) in text for name in named)
        for term, named in zip(terms, names, strict=True)
    )


def _accounts_for(passage: Passage, asked: Understanding) -> bool:
    return holds_all("".join(passage.section) + passage.text, asked)


def holds_all(text: str, asked: Understanding) -> bool:
    """Whether a text holds every word that nothing else accounted for."""
    plain = normalise(text)
    words = [[left] if left in official_names() else content_words(left) or [left] for left in asked.leftover]
    return all(_holds_word(plain, word) for parts in words for word in parts)


def _holds_word(plain: str, word: str) -> bool:
    """Whether a text holds a word, the name it is printed under, or all that is telling in it (保密 of 保密工作)."""
    telling = [part for part in search_words(word) if part != word and part not in generic_words()]
    return word in plain or printed_name(word) in plain or (bool(telling) and all(part in plain for part in telling))


def _quote_sentences(
    draft: Draft, passage: Passage, words: Sequence[str], fits: Callable[[str], bool], *, whole: bool
) -> None:
    if whole and len(passage.text) <= 260:
        for paragraph_id in passage.paragraph_ids:
            _quote_line(draft, draft.contents.paragraphs[paragraph_id], draft.contents.paragraphs[paragraph_id].text)
        return
    best = best_sentences(words, passage, _MOST_RANKED, draft.contents.retriever.rarity)
    for sentence in sorted((s for s in best if fits(s.text)), key=lambda s: -s.score)[:2]:
        paragraph = draft.contents.paragraphs[sentence.paragraph_id]
        _quote_line(draft, paragraph, sentence.text if flat(sentence.text) in flat(paragraph.text) else paragraph.text)


def _quote(draft: Draft, paragraphs: Sequence[ParagraphRecord], lead: str = "") -> None:
    draft.lines.append(f"{draft.heading}{'中，' if lead else '写道：'}{lead}")
    for paragraph in paragraphs:
        _quote_line(draft, paragraph, paragraph.text)
    draft.route = "text"


def _quote_line(draft: Draft, paragraph: ParagraphRecord, quote: str) -> None:
    draft.lines.append(f"> {quote}[{draft.cite_passage(paragraph, quote)}]")
