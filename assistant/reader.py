"""A question read within its conversation: which documents it is about, then what it means to each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.catalog import DocumentCatalog, Link
from assistant.conversation import inherit
from assistant.keywords import content_words
from assistant.library import Library
from assistant.scope import (
    Choice,
    Named,
    Scope,
    ScopeProblem,
    Target,
    UnitMention,
    UnitRegister,
    asks_last_year,
    continued,
    named_in,
    resolve,
)  # fmt: skip
from assistant.understand.asked_words import asked_words
from assistant.understand.tokenize import normalised_question, years_in
from assistant.understand.types import Token, Understanding
from assistant.understand.understand import understand
from assistant.understand.wording import generic_words
from index.records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Side:
    """What a question means to one document: by itself (``own``) and completed from the one before (``asked``)."""

    target: Target
    own: Understanding
    asked: Understanding
    previous: Understanding | None


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with its scope, and its meaning to each document of it (none where everybody is meant)."""

    question: str
    scope: Scope
    sides: tuple[Side, ...]
    of_everyone: Side | None = None

    @property
    def first(self) -> Side:
        """What is to be done, as the first document understands it."""
        return self.of_everyone or self.sides[0]

    @property
    def asked(self) -> Understanding:
        """The meaning to the first document."""
        return self.first.asked


class QuestionReader:
    """Reads questions against one library. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def register(self) -> UnitRegister:
        """The units whose budgets are loaded."""
        return UnitRegister(self._library.documents.values(), self._library.units)

    def read(self, question: str, history: Sequence[str]) -> ReadQuestion | Choice | ScopeProblem:
        """The question's scope and meaning; where its scope can't be served, what to choose from or what is missing."""
        named: Named | None = None
        for each in (*history, question):
            named = continued(named_in(each, self.register), named)
        assert named is not None
        scope = resolve(named, self.register)
        if isinstance(scope, ScopeProblem) and len(named.years) > 1:
            scope = self._without_years_of_names(question, named) or scope
        if isinstance(scope, Choice) and not named.units:
            scope = self._by_content(question, scope)
        if not isinstance(scope, Scope):
            return scope
        if scope.everyone:
            common = self.side(question, history, scope.targets[0], self._library.common, alone=False)
            return ReadQuestion(question, scope, (), common)
        if len(scope.targets) > 1:
            sides = tuple(self.side(question, history, target, alone=False) for target in scope.targets)
            return ReadQuestion(question, scope, sides)
        side = self.side(question, history, scope.targets[0], alone=True)
        if earlier := self._stated_elsewhere(side):
            side = self.side(question, history, earlier, alone=False)
        return ReadQuestion(question, Scope((side.target,)), (side,))

    def side(
        self, question: str, history: Sequence[str], target: Target, catalog: DocumentCatalog | None = None, *,
        alone: bool,
    ) -> Side:  # fmt: skip
        """What a question means to one document; beside others, the words of the scope mean nothing to it."""
        catalog = catalog or self._library.catalog(target.document.document_id)
        previous: Understanding | None = None
        for earlier in history:
            previous = inherit(self._meaning(earlier, catalog, alone=alone), previous)
        own = self._meaning(question, catalog, alone=alone)
        asked = inherit(own, previous)
        if target.year != target.document.year and target.year is not None:
            asked = replace(asked, years=(target.year,))
        return Side(target, own, asked, previous)

    def before(self, target: Target) -> Target | None:
        """The document of the same unit and kind for the year before."""
        document = target.document
        unit = next(unit for unit in self.register.units if document in unit.documents)
        found = [d for d in unit.documents if _is_year_before(d, document)]
        return Target(found[0], found[0].year) if len(found) == 1 else None

    def _without_years_of_names(self, question: str, named: Named) -> Scope | None:
        """The scope of the first year named, where the others are parts of an item's name (2024年专项资金)."""
        scope = resolve(replace(named, years=named.years[:1]), self.register)
        if not isinstance(scope, Scope) or len(scope.targets) != 1:
            return None
        surfaces = self._library.catalog(scope.targets[0].document.document_id).surfaces
        text = normalised_question(question)
        in_names = [year for year in named.years[1:] if any(str(year) in form and form in text for form in surfaces)]
        return scope if len(in_names) == len(named.years) - 1 else None

    def _by_content(self, question: str, choice: Choice) -> Scope | Choice:
        """The only document that prints all of the question's words, where one of them stands in no other.

        Else all of them, those first that print most of the words, then those that are nearest in meaning.
        """
        words = [w for w in content_words(_without_years(question)) if len(w) > 1 and w not in generic_words()]
        holders = self._library.holders(words)
        candidates = {document.document_id: document for document in choice.documents}
        fitting = set(candidates).intersection(*holders) if holders else set[str]()
        if len(fitting) == 1 and any(len(held & candidates.keys()) == 1 for held in holders):
            document = candidates[fitting.pop()]
            return Scope((Target(document, document.year),))
        near = self._library.nearest_documents(_without_years(question))
        rank = {document_id: place for place, document_id in enumerate(near)}

        def fit(document: DocumentRecord) -> tuple[int, int]:
            held = sum(document.document_id in each for each in holders)
            return (-held, rank.get(document.document_id, len(rank)))

        return Choice(tuple(sorted(choice.documents, key=fit)))

    def nearest(self, read: ReadQuestion, history: Sequence[str]) -> Iterator[Side]:
        """What a question for all units means to each whose document prints its words, the nearest in meaning first."""
        words = [w.text for w in asked_words(read.asked) if w.names]
        holding = frozenset.intersection(*held) if (held := self._library.holders(words)) else frozenset[str]()
        targets = {t.document.document_id: t for t in read.scope.targets if t.document.document_id in holding}
        near = self._library.nearest_documents(read.question) if targets else []
        for document_id in dict.fromkeys([*(d for d in near if d in targets), *targets]):
            yield self.side(read.question, history, targets[document_id], alone=False)

    def _stated_elsewhere(self, side: Side) -> Target | None:
        """The document of the year before, where that year alone is asked for (``去年的培训费``) and it is loaded."""
        document = side.target.document
        is_last = side.asked.relative_year == "last" and asks_last_year(side.asked, document)
        return self.before(side.target) if is_last else None

    def _meaning(self, question: str, catalog: DocumentCatalog, *, alone: bool) -> Understanding:
        named = named_in(question, self.register)
        tokens = _names(question, named.units, catalog) if alone else _silent(question, named)
        return understand(question, catalog, tuple(tokens))


def _without_years(question: str) -> str:
    text = normalised_question(question)
    for _, start, end in reversed(list(years_in(text))):
        text = f"{text[:start]} {text[end:]}"
    return text


def _is_year_before(document: DocumentRecord, other: DocumentRecord) -> bool:
    same_kind = (document.document_type, document.unit_level) == (other.document_type, other.unit_level)
    return same_kind and document.year is not None and other.year == document.year + 1


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
