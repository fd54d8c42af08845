"""The whole of understanding: one question against one document's catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.parse import parse
from assistant.understand.tokenize import normalised_question, tokenize
from assistant.understand.types import Token, Understanding

_BESIDE_KINDS: Final = re.compile(r"(?:货物|工程)类?[、和与及,](?P<kind>服务)(?=[各分都占共是有多合加一,?]|$)")


def understand(question: str, catalog: DocumentCatalog, fixed: Sequence[Token] = ()) -> Understanding:
    """The typed meaning of a question. ``fixed``: stretches whose meaning is known already (what the scope is).

    Where something stays unexplained, names are looked for that it misspells.
    """
    fixed = (*fixed, *_kinds_bought(question, catalog))
    tokens = tokenize(question, catalog, fixed)
    if any(t.group == "other" for t in tokens) and (misspelt := _misspelt(question, tokens, catalog)):
        tokens = tokenize(question, catalog, (*fixed, *misspelt))
    return parse(question, tokens, catalog)


def _kinds_bought(question: str, catalog: DocumentCatalog) -> list[Token]:
    """服务 beside another kind of what is bought (货物和服务); alone the word is too common to be a name."""
    links = catalog.surfaces.get("服务类", ())
    found = _BESIDE_KINDS.finditer(normalised_question(question)) if links else ()
    return [Token("term", "", m.group("kind"), m.start("kind"), m.end("kind"), links) for m in found]


def _misspelt(question: str, tokens: Sequence[Token], catalog: DocumentCatalog) -> list[Token]:
    """Misspelt names that explain all of what is unexplained where they stand."""
    text = normalised_question(question)
    scope = [t for t in tokens if t.group == "scope"]
    others = [t for t in tokens if t.group == "other"]
    unexplained = {place for t in others for place in range(t.start, t.end)}
    return [
        Token("term", text[m.start : m.end], m.name, m.start, m.end, m.links)
        for m in catalog.spellings.misprints(text, unexplained)
        if not any(t.start < m.end and m.start < t.end for t in scope)
        and all(m.start <= t.start and t.end <= m.end for t in others if t.start <= m.end and m.start <= t.end)
    ]
