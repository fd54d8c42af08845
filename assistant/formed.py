"""Asks that a document's performance forms answer: taken as such where the forms bear it out and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.query import Ask, Query
from assistant.reading.forms import form_queries
from assistant.reading.patterns import pattern
from assistant.reply.answers import answer_ask
from assistant.understand.wording import normalise

_OF_FORM: Final = pattern("form_words")
_BREAK: Final = re.compile("[，。？！；,?!;]")


def as_formed(asks: Sequence[Ask], question: str, history: Sequence[str], draft: Draft) -> tuple[Ask, ...]:
    """The asks, those that a form of the document answers as what is asked of it."""
    if not draft.contents.forms:
        return tuple(asks)
    made: list[Ask] = []
    for ask in asks:
        told = _told_before(ask.text, question)
        before = [each.query for each in made]
        queries = form_queries(ask.text, before, question, history, told)
        own = _is_answered(ask, draft)
        formed = next((new for query in queries if (new := _formed(ask, query, draft, own=own)) is not None), None)
        made.append(formed or ask)
    return tuple(made)


def _told_before(clause: str, question: str) -> list[str]:
    """The clauses of a question before one."""
    clauses = [part for part in _BREAK.split(question) if part]
    plain = normalise(clause)
    place = next((n for n, part in enumerate(clauses) if plain in normalise(part) or normalise(part) in plain), 0)
    return clauses[:place]


def _formed(ask: Ask, query: Query, draft: Draft, *, own: bool) -> Ask | None:
    """An ask as one of a form; None where the form doesn't answer it, or what it was read as is answered."""
    if own and not _OF_FORM.search(ask.text):
        return None
    formed = ask.model_copy(update={"query": query, "unread": (), "heads": (), "keywords": ()})
    return formed if _is_answered(formed, draft) else None


def _is_answered(ask: Ask, draft: Draft) -> bool:
    before = draft.state()
    reply = answer_ask(ask, [draft.beside(draft.catalog)])
    draft.restore(before)
    return bool(reply.lines) and not reply.missing
