"""A question read within its conversation: which documents it is about, then what it means to each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from assistant.catalog import DocumentCatalog
from assistant.conversation import (
    inherit,
    is_winner,
    items_so_far,
    lacks_second,
    lacks_subject,
    points_back,
    standalone,
    within,
)
from assistant.keywords import content_words
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.parts import PartMeaning, accounts_for, only_repeats, parts_of
from assistant.resolve.indicator_ranks import ranked_targets
from assistant.resolve.promises import promises_of
from assistant.scope import (
    Choice,
    Named,
    Scope,
    ScopeProblem,
    Target,
    asks_final_account,
    asks_last_year,
    continued,
    narrowed,
)  # fmt: skip
from assistant.steps import Steps
from assistant.understand.asked_words import asked_words
from assistant.understand.tokenize import normalised_question, years_in
from assistant.understand.types import Understanding
from assistant.understand.wording import generic_words
from index.records import DocumentRecord

_BESIDE: Final = ("比", "较", "与", "跟", "和")
_ANSWER: Final = 20
"""Steps that an answer counts for, beside the reading of its question."""


@dataclass(frozen=True, slots=True)
class Side:
    """What a question means to one document: by itself (``own``) and completed from the one before (``asked``)."""

    target: Target
    own: Understanding
    asked: Understanding
    previous: Understanding | None


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with its scope, and its meaning to each document of it (none where everybody is meant).

    ``standalone``: the question with what it inherited written out.
    """

    question: str
    scope: Scope
    sides: tuple[Side, ...]
    of_everyone: Side | None = None
    standalone: str = ""

    @property
    def first(self) -> Side:
        """What is to be done, as the first document understands it."""
        return self.of_everyone or self.sides[0]

    @property
    def asked(self) -> Understanding:
        """The meaning to the first document."""
        return self.first.asked


Reading = ReadQuestion | Choice | ScopeProblem
"""A question with its meaning; where its scope can't be served, what to choose from or what is missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is answered at one time: a question, or a part of one that asks several things."""

    question: str
    reading: Reading


class Turn(NamedTuple):
    """A question of the conversation, or a part of one; ``goes_on``: the turn before is a part of the same question."""

    text: str
    goes_on: bool = False


class _Group(NamedTuple):
    """A part with the readings of all that it was put together from."""

    part: Part
    readings: tuple[Reading, ...]

    @property
    def may_state_figures(self) -> bool:
        """Whether the answer may hold the figures that ``各多少`` asks for: no explanation or duty does."""
        reading = self.part.reading
        return isinstance(reading, ReadQuestion) and reading.asked.intent not in ("definition", "duty", "who")


class Winner(NamedTuple):
    """What an answer puts first: a unit, or a row of one."""

    unit: str
    row: str


class QuestionReader:
    """Reads one question against a library, within the steps that it may take.

    ``winner`` answers a question of the conversation and names what comes first.
    """

    def __init__(
        self, library: Library, meanings: Meanings, winner: Callable[[str, Sequence[str]], Winner | None], steps: Steps
    ) -> None:
        self._library = library
        self._meanings = meanings
        self._answer_first = winner
        self._steps = steps

    def read(self, question: str, history: Sequence[str]) -> tuple[Part, ...]:
        """The question as one, where one meaning accounts for all that it asks; else its parts in order."""
        return self._in_parts(question, self._turns_of(tuple(history)))

    def _turns_of(self, history: tuple[str, ...]) -> tuple[Turn, ...]:
        """The turns that questions are read as, each read once after those before it."""
        return self._steps.once(("turns", history), lambda: self._read_turns(history))

    def _read_turns(self, history: tuple[str, ...]) -> tuple[Turn, ...]:
        if not history:
            return ()
        before, last = self._turns_of(history[:-1]), history[-1]
        if len(parts_of(last)) > 1:
            return (*before, *_turns(self._in_parts(last, before)))
        return (*before, Turn(self._with_item_meant(last, before)))

    def _winner(self, question: str, history: Sequence[Turn]) -> Winner | None:
        """What the answer to a question of the conversation puts first."""
        before = tuple(turn.text for turn in history)
        self._steps.spend()
        return self._steps.once(("winner", question, before), lambda: self._found_first(question, before))

    def _found_first(self, question: str, before: tuple[str, ...]) -> Winner | None:
        self._steps.spend(_ANSWER)
        return self._answer_first(question, before)

    def _in_parts(self, question: str, history: Sequence[Turn]) -> tuple[Part, ...]:
        question = self._with_item_meant(question, history)
        texts = parts_of(question)
        whole = Part(question, self._read(question, history))
        if len(texts) == 1 or isinstance(whole.reading, Choice) or self._is_of_projects(whole.reading):
            return (whole,)
        groups = self._groups(texts, history)
        if any(isinstance(group.part.reading, Choice) for group in groups):
            return (whole,)  # a part that names no document, of a question that does
        readings = [reading for group in groups for reading in group.readings]
        is_one = len(groups) == 1 or _accounts_for(whole.reading, readings)
        return (whole,) if is_one else tuple(group.part for group in groups)

    def _is_of_projects(self, reading: Reading) -> bool:
        """Whether the forms of the projects named hold all that is asked (``要做多少个，费用上限多少``)."""
        if not isinstance(reading, ReadQuestion) or len(reading.sides) != 1:
            return False
        catalog, figures = self._library.catalog(reading.first.target.document.document_id), self._library.figures
        ranked = ranked_targets(reading.asked, catalog, figures)
        return bool(ranked and ranked.asks_share) or bool(promises_of(reading.asked, catalog, figures))

    def _groups(self, texts: Sequence[str], history: Sequence[Turn]) -> list[_Group]:
        """Each part read as a follow-up of those before; parts that one meaning accounts for go together."""
        groups: list[_Group] = []
        for text in texts:
            before = [*history, *_turns([group.part for group in groups])]
            text = self._with_item_meant(text, before)
            reading = self._read(text, before, goes_on=bool(groups))
            joined = self._joined(groups, text, reading, history)
            groups = [*groups[:-1], joined] if joined else [*groups, _Group(Part(text, reading), (reading,))]
        return groups

    def _joined(self, groups: Sequence[_Group], text: str, reading: Reading, history: Sequence[Turn]) -> _Group | None:
        """The last part together with the next, where they are one question."""
        if not groups:
            return None
        *before, last = groups
        turns = [*history, *_turns([group.part for group in before])]
        part = Part(last.part.question + text, self._read(last.part.question + text, turns, goes_on=bool(before)))
        if isinstance(reading, ReadQuestion) and only_repeats(reading.first.own) and last.may_state_figures:
            return _Group(part, last.readings)
        readings = (*last.readings, reading)
        return _Group(part, readings) if _accounts_for(part.reading, readings) else None

    def _with_item_meant(self, question: str, history: Sequence[Turn]) -> str:
        """The question with the item named before in the place of the word for it (``它``, ``这个项目``)."""
        if not history or not (points_back(question) or points_back(question, to_unit=True)):
            return self._with_winner(question, history)
        *before, last = history
        reading = self._read(last.text, before, goes_on=last.goes_on)
        if not isinstance(reading, ReadQuestion):
            return question
        if reading.asked.leftover:
            return self._with_subject_quoted(question, last, before)
        is_one = len(reading.sides) == 1
        around = points_back(question, to_unit=not is_one)
        name: str | None = None
        if not is_one or is_winner(reading.asked):
            winner = self._winner(last.text, before)
            name = winner and (winner.row if is_one else winner.unit)
        elif len(reading.asked.operands) == 1:
            name = reading.asked.operands[0].text
        if around and is_one and around[0].endswith(_BESIDE) and (year := _year_before_asked(reading)):
            name = year  # 2024年比它减少百分之几: than last year's figure
        return name.join(around) if name and around else question

    def _with_subject_quoted(self, question: str, last: Turn, before: Sequence[Turn]) -> str:
        """``这个科目``: what the sentence was about that answered in words of its own."""
        around = points_back(question)
        quoted = self._winner(last.text, before) if around else None
        return quoted.row.join(around) if around and quoted else question

    def _with_winner(self, question: str, history: Sequence[Turn]) -> str:
        """What begins with its predicate speaks of what came first (``哪项最高，占比多少``)."""
        if not history or not lacks_subject(question):
            return question
        *before, last = history
        reading = self._read(last.text, before, goes_on=last.goes_on)
        if not isinstance(reading, ReadQuestion) or len(reading.sides) != 1 or not is_winner(reading.asked):
            return question
        winner = self._winner(last.text, before)
        return f"{winner.row}{question}" if winner else question

    def _read(self, question: str, history: Sequence[Turn], *, goes_on: bool = False) -> Reading:
        turns = (*history, Turn(question, goes_on))
        return self._steps.once(("reading", turns), lambda: self._read_last(turns))

    def _read_last(self, turns: tuple[Turn, ...]) -> Reading:
        question = turns[-1].text
        named: Named | None = None
        for turn in turns:
            named = continued(self._meanings.named(turn.text), named)
        assert named is not None
        scope = self._meanings.scope([turn.text for turn in turns], named)
        if isinstance(scope, Choice) and not named.units:
            scope = self._by_content(question, scope)
        if isinstance(scope, Choice):
            scope = narrowed([turn.text for turn in reversed(turns)], scope, self._library.holders)
        if isinstance(scope, Choice) and not named.units:
            scope = self._nearest_first(question, scope)
        if not isinstance(scope, Scope):
            return scope
        read = self._read_in(scope, turns)
        return replace(read, standalone=self._standalone(read, named))

    def _read_in(self, scope: Scope, turns: Sequence[Turn]) -> ReadQuestion:
        question = turns[-1].text
        if scope.everyone:
            common = self._side(turns, scope.targets[0], self._library.common, alone=False)
            return ReadQuestion(question, scope, (), common)
        if len(scope.targets) > 1:
            sides = tuple(self._side(turns, target, alone=False) for target in scope.targets)
            return ReadQuestion(question, scope, sides)
        side = self._side(turns, scope.targets[0], alone=True)
        if earlier := self._stated_elsewhere(side):
            side = self._side(turns, earlier, alone=False)
        return ReadQuestion(question, Scope((side.target,)), (side,))

    def _standalone(self, read: ReadQuestion, named: Named) -> str:
        """The question with the units, the years and the items that it inherited written out."""
        text = standalone(read.asked, read.first.own, read.first.previous)
        said = self._meanings.named(text)
        targets = read.scope.targets
        units = dict.fromkeys(target.document.unit_name for target in targets)
        years = dict.fromkeys(f"{target.year}年" for target in targets if target.year)
        lacks_units = bool(named.units or named.everyone) and not said.units and not said.everyone
        lacks_years = bool(named.years or named.relative) and not said.years and not said.relative
        scope = named.everyone or "、".join(units)
        return f"{scope if lacks_units else ''}{'、'.join(years) if lacks_years else ''}{text}"

    def _side(
        self, turns: Sequence[Turn], target: Target, catalog: DocumentCatalog | None = None, *, alone: bool
    ) -> Side:
        """What the last turn means to one document; beside others, the words of the scope mean nothing to it."""
        catalog = catalog or self._library.catalog(target.document.document_id)
        meanings: list[Understanding] = []
        for turn in turns:
            self._steps.spend()
            own = self._meanings.of(turn.text, catalog, alone=alone)
            previous = items_so_far(own, meanings)
            meanings.append(inherit(own, previous, same_question=turn.goes_on))
        asked = within(meanings[-1], previous, catalog)
        if lacks_second(asked, alone=alone):
            asked = replace(asked, operation="difference", base=None)
        if target.year != target.document.year and target.year is not None:
            asked = replace(asked, years=(target.year,))
        return Side(target, own, asked, previous)

    def before(self, target: Target) -> Target | None:
        """The document of the same unit and kind for the year before."""
        document = target.document
        unit = next(unit for unit in self._meanings.register.units if document in unit.documents)
        found = [d for d in unit.documents if _is_year_before(d, document)]
        return Target(found[0], found[0].year) if len(found) == 1 else None

    def _by_content(self, question: str, choice: Choice) -> Scope | Choice:
        """The only document that prints all of the question's words, where one of them stands in no other."""
        holders = self._holders(question)
        candidates = {document.document_id: document for document in choice.documents}
        fitting = set(candidates).intersection(*holders) if holders else set[str]()
        if len(fitting) == 1 and any(len(held & candidates.keys()) == 1 for held in holders):
            document = candidates[fitting.pop()]
            return Scope((Target(document, document.year),))
        return choice

    def _nearest_first(self, question: str, choice: Choice) -> Choice:
        """The documents that print most of the question's words first, then those that are nearest in meaning."""
        holders = self._holders(question)
        near = self._library.nearest_documents(_without_years(question))
        rank = {document_id: place for place, document_id in enumerate(near)}

        def fit(document: DocumentRecord) -> tuple[int, int]:
            held = sum(document.document_id in each for each in holders)
            return (-held, rank.get(document.document_id, len(rank)))

        return Choice(tuple(sorted(choice.documents, key=fit)))

    def _holders(self, question: str) -> list[frozenset[str]]:
        """The documents that print each word of a question that names something."""
        words = [w for w in content_words(_without_years(question)) if len(w) > 1 and w not in generic_words()]
        return self._library.holders(words)

    def nearest(self, read: ReadQuestion, history: Sequence[str]) -> Iterator[Side]:
        """What a question for all units means to each whose document prints its words, the nearest in meaning first.

        As many as there are steps for.
        """
        words = [w.text for w in asked_words(read.asked) if w.names]
        holding = frozenset.intersection(*held) if (held := self._library.holders(words)) else frozenset[str]()
        targets = {t.document.document_id: t for t in read.scope.targets if t.document.document_id in holding}
        near = self._library.nearest_documents(read.question) if targets else []
        for document_id in dict.fromkeys([*(d for d in near if d in targets), *targets]):
            if self._steps.left < len(history) + 1:
                return
            yield self._side([*map(Turn, history), Turn(read.question)], targets[document_id], alone=False)

    def _stated_elsewhere(self, side: Side) -> Target | None:
        """The document of the year before, where that year alone is asked for (``去年的培训费``) and it is loaded."""
        document = side.target.document
        is_last = side.asked.relative_year == "last" and asks_last_year(side.asked, document)
        earlier = self.before(side.target) if is_last else None
        return None if earlier and asks_final_account(side.asked, earlier.document) else earlier


def _year_before_asked(reading: ReadQuestion) -> str:
    """The year before the document's as a question for its figures named it: ``2023年执行数``; "" of any other."""
    asked, document = reading.asked, reading.first.target.document
    is_before = document.year is not None and (
        document.year - 1 in asked.years or asks_last_year(asked, document)
    )  # fmt: skip
    basis = "执行数" if asked.document_type == "决算" else ""
    return f"{(document.year or 0) - 1}年{basis}" if is_before else ""


def _turns(parts: Sequence[Part]) -> list[Turn]:
    return [Turn(part.question, goes_on=number > 0) for number, part in enumerate(parts)]


def _accounts_for(whole: Reading, parts: Sequence[Reading]) -> bool:
    """Whether a question's meaning holds that of all its parts, for the same documents."""
    if isinstance(whole, ScopeProblem) and all(isinstance(part, ScopeProblem) for part in parts):
        return True
    if not isinstance(whole, ReadQuestion):
        return False
    read = [part for part in parts if isinstance(part, ReadQuestion) and part.scope == whole.scope]
    meanings = [PartMeaning(part.first.own, part.asked) for part in read]
    return len(read) == len(parts) and accounts_for(whole.asked, meanings)


def _without_years(question: str) -> str:
    text = normalised_question(question)
    for _, start, end in reversed(list(years_in(text))):
        text = f"{text[:start]} {text[end:]}"
    return text


def _is_year_before(document: DocumentRecord, other: DocumentRecord) -> bool:
    same_kind = (document.document_type, document.unit_level) == (other.document_type, other.unit_level)
    return same_kind and document.year is not None and other.year == document.year + 1
