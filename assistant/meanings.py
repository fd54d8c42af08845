"""What a text says by itself: its scope, and its meaning to each document. Each is worked out once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from assistant.catalog import DocumentCatalog, Link
from assistant.library import Library
from assistant.scope import Named, Outcome, UnitMention, UnitRegister, named_in, resolved
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Token, Understanding
from assistant.understand.understand import understand

_MOST_KEPT: Final = 512
"""Texts; a conversation brings some ten for each document that it is about."""


class Meanings:
    """The meanings of texts within one library. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.register = UnitRegister(library.documents.values(), library.units, library.printing)
        self.named = lru_cache(maxsize=_MOST_KEPT)(self._named)
        self._kept = lru_cache(maxsize=_MOST_KEPT)(self._meaning)

    def of(self, text: str, catalog: DocumentCatalog, *, alone: bool) -> Understanding:
        """What a text means to a document; beside others, the words of the scope mean nothing to it."""
        return self._kept(text, catalog.document_id, alone)

    def scope(self, questions: Sequence[str], named: Named) -> Outcome:
        """The documents that the last of several questions is about; years of names that they print are none of it."""
        return resolved(questions, named, self.register, lambda document: self._library.catalog(document).surfaces)

    def _named(self, text: str) -> Named:
        """What a text names by itself of its scope."""
        return named_in(text, self.register)

    def _meaning(self, text: str, document_id: str, alone: bool) -> Understanding:
        catalog = self._library.catalog(document_id) if document_id else self._library.common
        named = self.named(text)
        tokens = _names(text, named.units, catalog) if alone else _silent(text, named)
        return understand(text, catalog, tuple(tokens))


def _names(question: str, mentions: Iterable[UnitMention], catalog: DocumentCatalog) -> Iterator[Token]:
    """The units named: those that are parts of the department by their names, the department itself silently.

    A name that may be either (信访局 of a 信访局 with a 本级 and a 中心) is left to the document's own catalogue.
    """
    text = normalised_question(question)
    for mention in mentions:
        said = text[mention.start : mention.end]
        if not mention.by_place and any(link.role == "unit" for link in catalog.surfaces.get(said, ())):
            continue
        is_whole = any(unit.name == catalog.unit_name for unit in mention.units)
        if mention.by_place and not is_whole:
            continue  # another place: nothing here accounts for it
        parts = [unit.name for unit in mention.units if unit.name in catalog.units and not is_whole]
        links = tuple(Link("unit", name, match="alias", name=name) for name in parts)
        yield Token("term" if links else "scope", "", said, mention.start, mention.end, links)


def _silent(question: str, named: Named) -> Iterator[Token]:
    """Every word of the scope, as a word without meaning of its own."""
    text = normalised_question(question)
    stretches = {(m.start, m.end) for m in named.units} | {*named.time_stretches, *named.everyone_stretches}
    last = 0
    for start, end in sorted(stretches, key=lambda stretch: (stretch[0], -stretch[1])):
        if start >= last:
            yield Token("scope", "", text[start:end], start, end)
            last = end
