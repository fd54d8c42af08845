"""Choosing among sentences that were found: the model says numbers, the sentences themselves are quoted and cited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pydantic import BaseModel, Field, ValidationError

from assistant.answering.draft import Draft
from assistant.model.bounded import Allowance, Bounded
from assistant.model.prompts import plain, render
from assistant.model.replies import json_in
from assistant.reply.quote import REASON, quoted_lines
from assistant.retrieve import content_words, coverage
from assistant.told import Told
from index.records import ParagraphRecord

_MOST_SENTENCES: Final = 16
_MOST_SHOWN: Final = 160
"""Characters of a sentence that the model sees; what is quoted is the whole of it."""

_ASKS_NUMBER: Final = re.compile("多少|几")
_DIGIT: Final = re.compile(r"\d")
_MOST_CELLS: Final = 6
_LEAST: Final = 10
"""Characters from which a sentence may tell anything."""

_COVERED: Final = 0.3
_PASSAGES: Final = 8


class _Chosen(BaseModel):
    sentences: list[int] = Field(max_length=3)


def sentences_for(question: str, draft: Draft) -> tuple[Told, ...]:
    """The sentences that fit a question best: of the passages found, and of worded cells."""
    found = draft.contents.retriever.search(question, _PASSAGES)
    ids = {paragraph_id: rank for rank, passage in enumerate(found) for paragraph_id in passage.paragraph_ids}
    told = [t for t in draft.contents.told if len(t.text) >= _LEAST]
    said = [t for t in told if isinstance(t.source, ParagraphRecord) and t.source.paragraph_id in ids]
    said.sort(key=lambda t: (_rank(t, ids), t.position))
    words = content_words(question)
    scored = [(coverage(words, t.whole + t.above), t) for t in told if not isinstance(t.source, ParagraphRecord)]
    cells = [t for score, t in sorted(scored, key=lambda pair: -pair[0]) if score >= _COVERED]
    return (*said[: _MOST_SENTENCES - min(len(cells), _MOST_CELLS)], *cells[:_MOST_CELLS])


def _rank(told: Told, ids: dict[str, int]) -> int:
    return ids[told.source.paragraph_id] if isinstance(told.source, ParagraphRecord) else len(ids)


def quoted_by_choice(
    question: str, history: Sequence[str], draft: Draft, chat: Bounded, allowance: Allowance, *, wants_reason: bool
) -> list[str]:
    """The lines that quote what a model chose; none where it chose nothing, or no reason or number where asked for one.

    Raises ModelSilent.
    """
    sentences = sentences_for("，".join((*history[-1:], question)), draft)
    if not sentences:
        return []
    prompt = render(
        "passages",
        history="；".join(map(plain, history[-1:])),
        question=plain(question),
        sentences=[plain(f"{_head(told)}{told.text[:_MOST_SHOWN]}") for told in sentences],
    )
    chosen = _chosen(chat.ask(prompt, allowance), sentences)
    told = "".join(sentence.plain for sentence in chosen)
    if (wants_reason and not REASON.search(told)) or (_ASKS_NUMBER.search(question) and not _DIGIT.search(told)):
        return []
    lines = list(quoted_lines(chosen, draft))
    return [f"{draft.heading}中相关的原文：", *lines] if lines else []


def _head(told: Told) -> str:
    """What a cell is about, which its words don't say."""
    return "" if isinstance(told.source, ParagraphRecord) else f"{told.source.row_label}："


def _chosen(reply: str, sentences: Sequence[Told]) -> list[Told]:
    """The sentences whose numbers a reply holds; none where one of them is no sentence's."""
    try:
        numbers = _Chosen.model_validate(json_in(reply, "sentences") or {"sentences": []}).sentences
    except ValidationError:
        return []
    if any(not 0 < number <= len(sentences) for number in numbers):
        return []
    return [sentences[number - 1] for number in dict.fromkeys(numbers)]
