"""The question answered by way of the query algebra: read, bound to each document, run, printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache, partial, reduce
from itertools import pairwise
from typing import Final

from assistant.answering.draft import Draft
from assistant.borne import against_posts, as_borne_out, of_defined_parts, of_row_before, of_things_bought
from assistant.catalog import DocumentCatalog
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.plan.goal_projects import goals_counted
from assistant.query import (
    Ask,
    Difference,
    Each,
    Intent,
    Moves,
    Places,
    Query,
    Rest,
    Rows,
    Say,
    Select,
    Share,
    Sum,
    names_of,
    nodes_of,
)
from assistant.reading.apart import Stretch, is_of_all, rests_on_before, stretches_of
from assistant.reading.carried import Carried, carried
from assistant.reading.disagreement import disagreements, own_parts
from assistant.reading.given import of_given
from assistant.reading.goals import says_goal_projects, without_goals
from assistant.reading.moves import moved_rows
from assistant.reading.patterns import BLANK_BETWEEN_WORDS, pattern
from assistant.reading.piece import Piece
from assistant.reading.state import Over
from assistant.reading.talk import TALK, things_named
from assistant.reading.turns import Turn, asks_in, pieces_in, scope_of, turns_of
from assistant.reading.unit_words import names_units
from assistant.reply.answers import answer_ask, may_be_told
from assistant.reply.claims import add_claims, agrees, claim_lines
from assistant.reply.everyone import asks_everyone
from assistant.reply.moves import moves_lines
from assistant.reply.places import differs
from assistant.reply.types import Reply
from assistant.reply.untold import states_number
from assistant.reply.years import moved_over_years
from assistant.scope import Choice, Scope, ScopeProblem, Target, UnitRegister, narrowed, unit_key
from assistant.understand.tokenize import normalised_question
from index.records import DocumentRecord

_BLANK: Final = re.compile(BLANK_BETWEEN_WORDS)
_MOST_DOCUMENTS: Final = 6
_MOST_OF_ALL: Final = 40
"""Documents of which each is looked at where all are meant; of more the wide views tell."""

_OF_LAST_YEAR: Final = pattern("of_last_year")
_BEYOND_MOVES: Final = frozenset({"ordinal", "except", "mean"})
_TELLING: Final = 3
_SEVERAL: Final = 2
_ASKS: Final = pattern("ask")
_OF_PAPERS: Final = pattern("of_papers")
_MOST_CHOICES: Final = 8
_REMEMBERED: Final = 32
"""Questions whose readings are kept: choosing, what is near and what stays unread each look at them."""

BEYOND: Final = pattern("beyond")
"""What no document tells: opinions, forecasts, what would be if something were."""


@dataclass(frozen=True, slots=True)
class CoreAnswer:
    """What the asks of a question came to: the draft with all lines, and what is left open."""

    draft: Draft
    unanswered: tuple[str, ...]
    answered: int
    named: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every ask has its answer."""
        return not self.unanswered and self.answered > 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks, and of which documents; ``asked_unit``: the unit that amounts are wanted in.

    ``of_everyone``: all units that are loaded are meant; ``left_out``: how many have no such document.
    ``is_plain``: one clause without any talk around it, asked by itself; ``checks``: whether figures are said to agree
    or to differ; ``of_kinds``: several units are named by a word for their kind. ``asserted``: what it only asserts
    beside what it asks, to be checked where that can be done.
    """

    question: str
    asks: tuple[Ask, ...]
    targets: tuple[Target, ...]
    asked_unit: str | None = None
    is_plain: bool = False
    checks: bool = False
    of_kinds: bool = False
    of_everyone: bool = False
    left_out: int = 0
    asserted: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """An ask of a question that asks several things: as it is said, as a question of its own, and what it is about."""

    said: Stretch
    question: str
    document: DocumentRecord
    pieces: tuple[Piece, ...]

    def with_next(self, ask: Apart) -> Apart:
        """This ask and one that rests on it as one."""
        said, asked = self.said.with_next(ask.said), f"{self.question}{ask.said.marker}{ask.said.text}"
        return Apart(said, asked, self.document, (*self.pieces, *ask.pieces))


class Core:
    """Answers by the algebra over one library. Safe to share between threads."""

    def __init__(self, library: Library, meanings: Meanings) -> None:
        self._library = library
        self._meanings = meanings
        self._read = lru_cache(maxsize=_REMEMBERED)(self._readings)

    @property
    def register(self) -> UnitRegister:
        """The units whose budgets are loaded."""
        return self._meanings.register

    def read(self, question: str, history: Sequence[str]) -> tuple[Reading, ...]:
        """What a question asks of the documents it is about; one reading a document where it leaves open which."""
        return self._read(question, tuple(history))

    def _readings(self, question: str, history: tuple[str, ...]) -> tuple[Reading, ...]:
        turns, alternatives = self.about(question, history)
        if not alternatives and (everyone := self._of_everyone(turns, question)) is not None:
            return (everyone,)
        return tuple(filter(None, (self._of_two_years(turns, targets) for targets in alternatives)))

    def _of_two_years(self, turns: tuple[Turn, ...], targets: tuple[Target, ...]) -> Reading | None:
        """A reading; of last year's document too where a change is asked for that only both together tell."""
        reading = self._reading(turns, targets)
        before = self._year_before(targets) if _OF_LAST_YEAR.search(normalised_question(turns[-1].text)) else None
        if before is None or (reading and self._answer_of(reading).is_whole):
            return reading
        both = self._reading(turns, (*targets, before))
        is_read = both is not None and not any(ask.unread for ask in both.asks) and any(map(_sets_years, both.asks))
        return both if both and is_read and self._answer_of(both).is_whole else reading

    def _year_before(self, targets: Sequence[Target]) -> Target | None:
        """The one document of the same unit and kind for the year before that of the only one meant."""
        one = targets[0].document
        same = (one.unit_name, one.document_type, one.unit_level)
        units = (unit for unit in self.register.units if len(targets) == 1 and one in unit.documents)
        documents = {each for unit in units for each in unit.documents if each.year and one.year == each.year + 1}
        found = [d for d in documents if (d.unit_name, d.document_type, d.unit_level) == same]
        return Target(found[0], found[0].year) if len(found) == 1 else None

    def _answer_of(self, reading: Reading) -> CoreAnswer:
        return self._answer(reading, Draft(self._library, self._first(reading)))

    def unread(self, question: str, history: Sequence[str]) -> tuple[str, ...]:
        """The words of a question that stay unread, whichever document it is about."""
        asks = (ask for reading in self.read(question, history) for ask in reading.asks)
        return tuple(dict.fromkeys(word for ask in asks for word in ask.unread))

    def _of_everyone(self, turns: tuple[Turn, ...], question: str) -> Reading | None:
        """What a question asks of all units that are loaded; None where it asks none of that, or they are many."""
        scope = scope_of(turns[-1], self.register)
        if BEYOND.search(question) or not isinstance(scope, Scope) or not scope.everyone:
            return None
        targets = scope.targets
        if not 1 < len(targets) <= _MOST_OF_ALL:
            return None
        asks, pieces = asks_in(turns, self._library.common, self.register, len(targets), over="units")
        text = normalised_question(turns[-1].text)
        said = [text[s.start : s.end] for s in turns[-1].own.everyone_stretches]
        asks = tuple(ask for ask in asks if not any(_says_only(ask.text, words) for words in said))
        if is_out_of_bounds(pieces, targets) or not any(asks_everyone(ask.query) for ask in asks):
            return None
        if _adds_first_few(pieces) and not any(isinstance(n, Sum) for ask in asks for n in nodes_of(ask.query)):
            return None
        return Reading(turns[-1].text, asks, targets, asked_unit(pieces), of_everyone=True, left_out=scope.left_out)

    def about(self, question: str, history: Sequence[str]) -> tuple[tuple[Turn, ...], tuple[tuple[Target, ...], ...]]:
        """The turns of a conversation, and the documents that the last may be about: several sets where it is open.

        None where none is loaded, where all of them are meant, and where it asks for more than a budget tells.
        """
        turns, scope = self._scope(question, history)
        if BEYOND.search(question) or isinstance(scope, ScopeProblem):
            return turns, ()
        if isinstance(scope, Choice):
            choices = scope.documents if len(scope.documents) <= _MOST_CHOICES else ()
            return turns, tuple((Target(d, d.year),) for d in choices)
        if scope.everyone or len(scope.targets) > _MOST_DOCUMENTS:
            return turns, ()
        return turns, (scope.targets,)

    def carried(self, question: str, history: Sequence[str]) -> Carried | None:
        """A turn with what it leaves out taken from those before it; None where it leaves out nothing.

        So it is where the one document that it is about isn't known.
        """
        document = _only_document(self._scope(question, history)[1]) if history else None
        if document is None:
            return None
        catalog = self._library.catalog(document.document_id)
        before: list[tuple[str, tuple[Piece, ...]]] = []
        for number, text in enumerate((*history, question)):
            made = carried(before, *self._with_pieces(text, catalog)) if before else None
            if number == len(history):
                return made
            before.append(self._with_pieces(made.question if made else text, catalog))
        return None

    def _with_pieces(self, text: str, catalog: DocumentCatalog) -> tuple[str, tuple[Piece, ...]]:
        """A turn by itself, normalised, with its pieces against a document."""
        (turn,) = turns_of([_parted(text)], self._meanings.named)
        return normalised_question(turn.text), pieces_in(turn, catalog, self.register)

    def _scope(self, question: str, history: Sequence[str]) -> tuple[tuple[Turn, ...], Scope | Choice | ScopeProblem]:
        """The turns of a conversation, and the documents that the last is about, or may be."""
        turns = turns_of([_parted(text) for text in (*history, question)], self._meanings.named)
        scope = self._meanings.scope([turn.text for turn in turns], turns[-1].named)
        if isinstance(scope, Choice):
            scope = narrowed([question, *reversed(history)], scope, self._library.holders)
        return turns, scope

    def apart(self, question: str, history: Sequence[str]) -> tuple[Apart, ...]:
        """The asks of a question that share no more than their document; none where it is one, or none is known."""
        stretches = stretches_of(question)
        if len(stretches) < _SEVERAL:
            return ()
        asks: list[Apart] = []
        for stretch in stretches:
            ask = self._apart(stretch, [*history, *(before.said.text for before in asks)], asks[-1] if asks else None)
            if ask is None:
                return ()
            if not asks or not self._rests_on(ask, asks[-1]):
                asks.append(ask)
                continue
            first = 0 if is_of_all(ask.pieces) else len(asks) - 1
            asks[first:] = [reduce(Apart.with_next, [*asks[first:], ask])]
        return tuple(asks) if len(asks) >= _SEVERAL else ()

    def _rests_on(self, ask: Apart, before: Apart) -> bool:
        """Whether an ask takes more from the one before it than its document."""
        catalog = self._library.catalog(ask.document.document_id)
        named = self._meanings.named(ask.said.text).units
        names_scope = any(not mention.by_place for mention in named)
        return rests_on_before(ask.said, ask.pieces, before.pieces, catalog, names_scope=names_scope)

    def _apart(self, stretch: Stretch, history: Sequence[str], before: Apart | None) -> Apart | None:
        """A stretch of a question as an ask of its own; None where the one document that it is about isn't known.

        It is the one spoken of before where it names none. Then that is put before the ask.
        """
        turns, scope = self._scope(stretch.text, history)
        document = _only_document(scope)
        if document is None and before and isinstance(scope, Scope) and "单位" in turns[-1].named.everyone:
            document = before.document  # 八家单位当中哪几家没有三公: of the department spoken of
        if document is None:
            return None
        question, ((alone,), own) = stretch.text, self._scope(stretch.text, ())
        if before and _only_document(own) != document:
            year = f"{document.year}年" if document.year else ""
            question = f"{document.unit_name}{year}，{question}"
        pieces = pieces_in(alone, self._library.catalog(document.document_id), self.register)
        return Apart(stretch, question, document, pieces)

    def answer(self, readings: Sequence[Reading]) -> CoreAnswer | None:
        """The answer; of several documents that may be meant, of the one that answers most. None where none does."""
        tried = [self._answer_of(reading) for reading in readings]
        found = sorted((a for a in tried if a.answered), key=_rank)
        if not found or (len(found) > 1 and _rank(found[0]) == _rank(found[1])):
            return None
        return found[0]

    def _reading(self, turns: Sequence[Turn], targets: Sequence[Target]) -> Reading | None:
        first = self._library.catalog(targets[0].document.document_id)
        over_years = _are_of_one_unit(targets)
        over: Over = "years" if over_years else "documents"
        of_goals = self._tells_goals(turns, targets)
        asks, pieces = asks_in(turns, first, self.register, len(targets), over=over, of_goals=of_goals)
        if is_out_of_bounds(pieces, targets) or _names_other_table(pieces):
            return None
        if len(targets) == 1:
            asks = self._as_borne_out(asks, pieces, turns, first)
            asks = self._as_told(asks, pieces, turns, first)
        elif over_years and (moved := self._moved_over_years(pieces, turns, targets)) is not None:
            asks = (*filter(_is_of_years, asks), moved)
        asked = tuple(ask for ask in asks if not ask.is_asserted)
        if not asked:
            return None
        unit = asked_unit(pieces)
        talks = any(p.kind in ("framing", "break") and p.name != TALK for p in pieces[:-1])
        is_plain = len(turns) == 1 and not talks
        checks = any(p.name == "conflict" for p in pieces)
        of_kinds = any(map(names_units, pieces))
        asserted = tuple(ask for ask in asks if ask.is_asserted)
        return Reading(
            turns[-1].text, asked, tuple(targets), unit, is_plain=is_plain, checks=checks, of_kinds=of_kinds,
            asserted=asserted,
        )  # fmt: skip

    def _tells_goals(self, turns: Sequence[Turn], targets: Sequence[Target]) -> bool:
        """Whether projects with a performance goal are spoken of, and every document says how many they are."""
        if not any(says_goal_projects(normalised_question(turn.text)) for turn in turns):
            return False
        catalogs = (self._library.catalog(target.document.document_id) for target in targets)
        return all(goals_counted(Draft(self._library, catalog)) is not None for catalog in catalogs)

    def _as_told(
        self, asks: tuple[Ask, ...], pieces: Sequence[Piece], turns: Sequence[Turn], catalog: DocumentCatalog
    ) -> tuple[Ask, ...]:
        """The asks, each as what the document tells of it; where figures are said to differ those beside them."""
        draft, question, history = Draft(self._library, catalog), turns[-1].text, [turn.text for turn in turns[:-1]]
        asks = of_row_before(against_posts(asks, question, history, draft), draft)
        asks = of_things_bought(of_defined_parts(asks, draft), question, draft)
        places = tuple(ask for ask in asks if isinstance(ask.query, Places))
        if not places and any(p.name == "conflict" for p in pieces):
            return asks
        asks = tuple(ask for ask in asks if ask not in places)
        asks = _with_things(asks, things_named(pieces, normalised_question(question)))
        return (*places, *as_borne_out(asks, question, history, draft))

    def _as_borne_out(
        self, asks: tuple[Ask, ...], pieces: Sequence[Piece], turns: Sequence[Turn], catalog: DocumentCatalog
    ) -> tuple[Ask, ...]:
        """The asks of a question, or what it asks as a whole where the document bears that out.

        So it is with parts that somebody added up, with one thing stated in two places and with rows by how far they
        changed.
        """
        if _asks_where(asks) and self._is_told(asks, catalog):
            return asks
        given = of_given(pieces)
        if given is not None and not self._claims_met(asks, given, catalog) and self._is_told((given,), catalog):
            return (*(ask for ask in asks if not _is_about(ask, given)), given)
        if (adding := own_parts(pieces)) is not None and self._is_told((adding,), catalog):
            return (adding, *(ask for ask in asks if ask.wants_reason))
        if (stated := self._stated_twice(pieces, catalog)) is not None:
            return (stated, *(ask for ask in asks if ask.wants_reason or _counts_others(ask, stated)))
        if (moved := self._moved_rows(pieces, turns, catalog)) is not None:
            return (*filter(_asks_last_year, asks), moved)
        if (lacking := without_goals(pieces)) is not None and self._is_told((lacking,), catalog):
            return (lacking,)
        return asks

    def _stated_twice(self, pieces: Sequence[Piece], catalog: DocumentCatalog) -> Ask | None:
        """What is said to be stated in two places, and is: the first thing named that the document states at all."""
        draft = Draft(self._library, catalog)
        verdicts = ((ask, differs(ask, draft)) for ask in disagreements(pieces))
        ask, is_split = next(((ask, told) for ask, told in verdicts if told is not None), (None, False))
        return ask if is_split else None

    def _moved_rows(self, pieces: Sequence[Piece], turns: Sequence[Turn], catalog: DocumentCatalog) -> Ask | None:
        """Rows asked for by how far they changed, where the document tells it of them."""
        figures, rows = partial(self._figures_before, turns, catalog), partial(self._rows_before, turns, catalog)
        ask = moved_rows(pieces, figures, rows)
        return ask if ask and moves_lines(ask, Draft(self._library, catalog)) else None

    def _figures_before(self, turns: Sequence[Turn], catalog: DocumentCatalog) -> list[Select]:
        """The figures that the turns before the last one ask for."""
        asks = [ask for turn in turns[:-1] for ask in asks_in((turn,), catalog, self.register, 1)[0]]
        nodes = (node for ask in asks for node in nodes_of(ask.query))
        return [node for node in nodes if isinstance(node, Select)]

    def _rows_before(self, turns: Sequence[Turn], catalog: DocumentCatalog) -> Rows | None:
        """The rows whose changes the question before asked for."""
        ask = moved_rows(pieces_in(turns[-2], catalog, self.register)) if len(turns) > 1 else None
        return next((node for node in nodes_of(ask.query) if isinstance(node, Rows)), None) if ask else None

    def _moved_over_years(
        self, pieces: Sequence[Piece], turns: Sequence[Turn], targets: Sequence[Target]
    ) -> Ask | None:
        """Rows asked for by how far they changed between two years' documents, where these can be compared.

        None where places, what they come to, or rows left out are asked for: moves are told from the first on.
        """
        if _adds_first_few(pieces) or any(p.name in _BEYOND_MOVES for p in pieces):
            return None
        first = self._library.catalog(targets[0].document.document_id)
        ask = moved_rows(pieces, rows_before=lambda: self._rows_before(turns, first))
        drafts = [Draft(self._library, self._library.catalog(t.document.document_id)) for t in targets]
        return ask if ask and moved_over_years(ask, drafts).lines else None

    def _is_told(self, asks: Sequence[Ask], catalog: DocumentCatalog) -> bool:
        """Whether a document answers all of some asks."""
        replies = [answer_ask(ask, [Draft(self._library, catalog)]) for ask in asks]
        return bool(replies) and all(reply.lines and not reply.missing for reply in replies)

    def _claims_met(self, asks: Sequence[Ask], given: Ask, catalog: DocumentCatalog) -> bool:
        """Whether the answers to some asks rest on the figures that the question gives."""
        draft = Draft(self._library, catalog)
        for ask in asks:
            answer_ask(ask, [draft.beside(catalog)])
        return all(any(map(agrees, claim_lines((claim,), draft.figures))) for claim in given.claims)

    def whole_beside(self, draft: Draft, question: str, history: Sequence[str]) -> Draft | None:
        """The answer to a question as a part of the one that a draft holds; None where it leaves anything open."""
        readings = self.read(question, history)
        if len(readings) != 1:
            return None
        return self.beside(draft, readings[0])

    def beside(self, draft: Draft, reading: Reading) -> Draft | None:
        """The answer to a reading as a part of the one that a draft holds; None where it leaves anything open."""
        before = draft.state()
        answer = self._answer(reading, replace(draft.beside(self._first(reading)), figures=[], route="sql"))
        if not answer.is_whole:
            draft.restore(before)
        return answer.draft if answer.is_whole else None

    def _first(self, reading: Reading) -> DocumentCatalog:
        return self._library.catalog(reading.targets[0].document.document_id)

    def _answer(self, reading: Reading, base: Draft) -> CoreAnswer:
        """The asks answered in ``base``, an empty draft about the first document."""
        asks, targets = reading.asks, reading.targets
        base.asked_unit = reading.asked_unit
        drafts = [base, *(base.beside(self._library.catalog(t.document.document_id)) for t in targets[1:])]
        replies = _replies(asks, drafts)
        if reading.of_everyone:  # what all documents say in words is no answer
            replies = [(ask, reply if asks_everyone(ask.query) else Reply(())) for ask, reply in replies]
        elif any(not reply.lines for _, reply in replies):
            replies = _with_all_words(asks, replies, drafts)
        for ask, reply in replies:
            if reply.missing and not isinstance(ask.query, Say):
                continue
            base.lines += _lines_beside(reply.lines, base.lines)
        if reading.left_out and base.lines:
            base.lines.append(base.named(f"另有 {reading.left_out} 个单位没有同一年的文件，不在其中。"))
        asserted = _replies(reading.asserted, drafts) if base.lines else []
        checked = [(ask, reply) for ask, reply in asserted if reply.lines and not reply.missing]
        for _, reply in checked:
            base.lines += _lines_beside(reply.lines, base.lines)
        add_claims((*asks, *(ask for ask, _ in checked)), base)
        open_asks = tuple(_left_open(ask.text, reply) for ask, reply in replies if not reply.lines or reply.missing)
        answered = sum(bool(reply.lines) and not reply.missing for _, reply in replies)
        named = _common(reading.question, base.catalog.unit_name.removeprefix(base.catalog.region or ""))
        return CoreAnswer(base, open_asks, answered, named)


def _replies(asks: Sequence[Ask], drafts: Sequence[Draft]) -> list[tuple[Ask, Reply]]:
    """Each ask with its reply over some documents, in drafts beside theirs."""
    return [(ask, answer_ask(ask, [draft.beside(draft.catalog) for draft in drafts])) for ask in asks]


def _only_document(scope: Scope | Choice | ScopeProblem) -> DocumentRecord | None:
    """The only document that a question is about; None where it is about several, or it is open which."""
    targets = scope.targets if isinstance(scope, Scope) and not scope.everyone else ()
    return targets[0].document if len(targets) == 1 else None


def _names_other_table(pieces: Sequence[Piece]) -> bool:
    """Whether an unknown word stands right before a table's title, which is another one then (其他体育|支出预算表)."""
    return any(
        before.kind == "word" and after.kind == "name" and after.text.endswith("表") and before.end == after.start
        for before, after in pairwise(pieces)
    )


def _is_about(ask: Ask, given: Ask) -> bool:
    """Whether an ask computes, or only repeats one of the figures that a question gives."""
    computes = any(isinstance(node, Difference | Rest | Share) for node in nodes_of(ask.query))
    return computes or any(claim.text in ask.text for claim in given.claims) or not _ASKS.search(ask.text)


def _counts_others(ask: Ask, stated: Ask) -> bool:
    """Whether a number of things is asked for beside what is stated in two places."""
    counted, of = ({n.counted for n in nodes_of(each.query) if isinstance(n, Select)} for each in (ask, stated))
    return bool(counted - of - {None})


def _asks_where(asks: Sequence[Ask]) -> bool:
    """Whether it is asked where the gap between two figures sits, or how far two tables are apart that are named."""
    return bool(asks) and all(isinstance(ask.query, Rest) or _is_between_tables(ask.query) for ask in asks)


def _is_between_tables(query: Query) -> bool:
    return isinstance(query, Difference) and all(isinstance(q, Select) and q.place == "table" for q in query.of)


def _adds_first_few(pieces: Sequence[Piece]) -> bool:
    """Whether what the first few come to is asked for (前三名合计)."""
    names = [p.name for p in pieces]
    return "top" in names and "sum" in names[names.index("top") :]


def _lines_beside(lines: Sequence[str], told: Sequence[str]) -> list[str]:
    """The lines that are not told yet, without the head of quotations that all are."""
    new = [line for line in lines if line not in told]
    quotes = any(line.startswith(">") for line in new)
    return new if quotes else [line for line in new if not line.endswith("写道：")]


def _says_only(text: str, everyone: str) -> bool:
    """Whether a clause says no more than that all units are meant (手头这几家单位的预算里)."""
    rest = text.replace(everyone, "", 1)
    return bool(everyone) and everyone in text and _OF_PAPERS.fullmatch(rest) is not None


def _asks_last_year(ask: Ask) -> bool:
    """Whether a figure of the year before is asked for (去年多少，主要少在哪一项), and nothing that is not read."""
    return isinstance(ask.query, Select) and ask.query.period == "last" and not ask.unread


def _is_of_years(ask: Ask) -> bool:
    """Whether an ask is for something named of one year against another."""
    nodes = list(nodes_of(ask.query))
    return any(isinstance(node, Each) for node in nodes) and bool(list(names_of(ask.query)))


def _sets_years(ask: Ask) -> bool:
    """Whether an ask sets two years' documents against each other."""
    return any(isinstance(n, Moves) or (isinstance(n, Each) and n.over == "years") for n in nodes_of(ask.query))


def _are_of_one_unit(targets: Sequence[Target]) -> bool:
    """Whether documents are one unit's, each of another year."""
    units = {unit_key(target.document.unit_name) for target in targets}
    return len(targets) > 1 and len(units) == 1 and len({target.document.year for target in targets}) == len(targets)


def _rank(answer: CoreAnswer) -> tuple[int, int, int]:
    """How well a document answers: what it answers, what it leaves open, how much of its unit's name is said."""
    return -answer.answered, len(answer.unanswered), -answer.named


def _common(question: str, name: str) -> int:
    """The length of the longest part of a unit's name that a question says; 0 for a part that tells nothing."""
    match = SequenceMatcher(None, question, name, autojunk=False).find_longest_match()
    return match.size if match.size >= _TELLING else 0


def _parted(text: str) -> str:
    """A question with the blanks between Chinese words, where people leave out a comma, as commas."""
    return _BLANK.sub("，", text)


def _with_all_words(
    asks: Sequence[Ask], replies: Sequence[tuple[Ask, Reply]], drafts: Sequence[Draft]
) -> list[tuple[Ask, Reply]]:
    """The replies, those without an answer taken from sentences that hold what all asks name together."""
    topic = tuple(dict.fromkeys(name for ask in asks for name in names_of(ask.query)))
    words = tuple(dict.fromkeys(word for ask in asks for word in (*ask.unread, *ask.keywords)))
    unanswered = [ask for ask, reply in replies if not reply.lines]
    heads = tuple(dict.fromkeys(word for ask in unanswered for word in ask.heads))
    intent: Intent = next((ask.query.intent for ask in unanswered if isinstance(ask.query, Say)), "anything")
    counted = next(
        (node.counted for ask in unanswered for node in nodes_of(ask.query) if isinstance(node, Select | Say)), None
    )
    together = Ask(
        query=Say(intent=intent, topic=topic, words=words, counted=counted),
        text="，".join(ask.text for ask in unanswered),
        unread=heads,
        heads=heads,
    )
    reply = answer_ask(together, drafts)
    if not reply.lines or any(not may_be_told(ask) for ask in unanswered):
        return list(replies)
    return [(ask, reply if not old.lines and states_number(ask, reply.lines) else old) for ask, old in replies]


def _with_things(asks: Sequence[Ask], things: Sequence[str]) -> tuple[Ask, ...]:
    """The asks with the unknown words that name something: each its own, and those that no ask says."""
    of_none = {word for word in things if not any(word in ask.text for ask in asks)}
    return tuple(
        ask.model_copy(update={"things": tuple(w for w in things if w in ask.text or w in of_none)}) for ask in asks
    )


def _left_open(text: str, reply: Reply) -> str:
    words = "、".join(f"“{word}”" for word in dict.fromkeys(reply.missing) if word)
    return f"{text}（没有读懂或没有找到{words}）" if words else text


def asked_unit(pieces: Sequence[Piece]) -> str | None:
    """The unit that a question wants amounts in, None where it says none."""
    return next((p.name for p in pieces if p.kind == "unit"), None)


def is_out_of_bounds(pieces: Sequence[Piece], targets: Sequence[Target]) -> bool:
    """Whether a question is none: an instruction, or for what was spent where only a budget is loaded."""
    return _asks_spent(pieces, targets) or any(p.name == "instruction" for p in pieces)


def _asks_spent(pieces: Sequence[Piece], targets: Sequence[Target]) -> bool:
    """Whether a budget is asked for what was spent."""
    around = zip((None, *pieces), pieces, strict=False)
    spent = any(
        piece.kind == "basis" and piece.name in ("决算", "调整预算") and not _is_of_last_year(before, piece)
        for before, piece in around
    )
    return spent and any(target.document.document_type == "预算" for target in targets)


def _is_of_last_year(before: Piece | None, piece: Piece) -> bool:
    """Whether it is last year's that was spent, against which this year's budget is set (比上年执行数)."""
    return before is not None and before.kind == "period" and before.name == "last" and "执行" in piece.text
