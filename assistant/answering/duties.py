"""What stands in the prose under its own name: definitions, the duties of an office, the office that does something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.answering.contents import list_subjects
from assistant.answering.draft import Draft
from assistant.understand.asked_words import AskedWord, asked_words, covered
from assistant.understand.types import Understanding
from assistant.understand.units import unit_aliases
from assistant.understand.wording import normalise
from index.prose import ParagraphRole
from index.records import ParagraphRecord
from index.sentences import clauses

_OF_UNITS: Final = frozenset({"unit", "whole", "passage"})
_ENOUGH: Final = 0.62
"""Share of a question's content, by rarity, that a sentence must hold to answer it."""

_MOST_PARAGRAPHS: Final = 14

_OF_FIGURES: Final = re.compile(
    "(?:最|更|第[一二三四五])[多大高少低小]|多少|几[个百千]?[万亿]|几个|都(?:有|是)?谁|拿了|分到|盘子|排[第名在一]"
)
"""What asks whose figure is such and such, and not who is in charge."""

_AMOUNT: Final = re.compile(r"\d\s*[百千]?[万亿]?元")


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
    words = asked_words(asked)
    names = [word for word in words if word.names]
    duties = [p for p in _paragraphs(draft) if p.role == "duty" and p.subject and _holds_all(p.text, names)]
    scored = [(_duty_score(names, words, p, draft), p) for p in duties]
    best = max((score for score, _ in scored), default=(0.0, 0.0, 0))
    if not names or best[0] < _ENOUGH:
        return False
    duties = [paragraph for score, paragraph in scored if score == best]
    if _OF_FIGURES.search(asked.question) and not any(_AMOUNT.search(paragraph.text) for paragraph in duties):
        return False
    for paragraph in duties:
        number = draft.cite_passage(paragraph, paragraph.text)
        draft.lines.append(f"**{paragraph.subject}**：{paragraph.text}[{number}]")
    draft.lines.insert(0, f"{draft.heading}中，与“{''.join(word.text for word in names)}”有关的职责属于：")
    draft.route = "text"
    return True


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
    """The duties of the units named, else of the department, where they hold what nothing else accounts for.

    So they have to hold each item that is named: what an item is for (公务用车购置是干什么的) is no duty.
    """
    units = [link.key for o in asked.operands for t in o.terms for link in t.links if link.role in ("unit", "whole")]
    forms = {f for unit in units or [draft.catalog.unit_name] for f, _ in unit_aliases(unit, draft.catalog.region)}
    duties = [
        p for p in _paragraphs(draft)
        if p.role == "duty" and p.subject and any(len(f) > 2 and normalise(p.subject).endswith(f) for f in forms)
    ]  # fmt: skip
    text = "".join(p.text for p in duties)
    return duties if _holds_all(text, asked_words(asked)) and all(i in normalise(text) for i in _items(asked)) else []


def _items(asked: Understanding) -> Iterable[str]:
    """The names of a question that are of no unit, office or passage."""
    terms = (term for operand in asked.operands for term in operand.terms if term.links)
    return (normalise(term.text) for term in terms if not {link.role for link in term.links} & _OF_UNITS)


def _paragraphs(draft: Draft) -> Iterable[ParagraphRecord]:
    return draft.contents.paragraphs.values()


def _duty_score(
    names: Sequence[AskedWord], words: Sequence[AskedWord], paragraph: ParagraphRecord, draft: Draft
) -> tuple[float, float, int]:
    """How well a duty fits: by the telling words in one clause, then by all words, then by its office's name."""
    rarity = draft.contents.retriever.rarity
    best = max((covered(names, part, rarity) for part in clauses(paragraph.text)), default=0.0)
    fully = max((covered(words, part, rarity) for part in clauses(paragraph.text)), default=0.0)
    named = sum(word.text in (paragraph.subject or "") for word in names)
    return round(max(best, 0.9 * covered(names, paragraph.text, rarity)), 2), round(fully, 2), named


def _holds_all(text: str, words: Iterable[AskedWord]) -> bool:
    plain = normalise(text)
    return all(word.is_in(plain) for word in words if word.unexplained)


def _quote(draft: Draft, paragraphs: Sequence[ParagraphRecord], lead: str = "") -> None:
    draft.lines.append(f"{draft.heading}{'中，' if lead else '写道：'}{lead}")
    for paragraph in paragraphs:
        _quote_line(draft, paragraph, paragraph.text)
    draft.route = "text"


def _quote_line(draft: Draft, paragraph: ParagraphRecord, quote: str) -> None:
    draft.lines.append(f"> {quote}[{draft.cite_passage(paragraph, quote)}]")
