"""A question within its conversation: which documents it is about, and what was spoken of before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.catalog.types import OWN
from assistant.query import Ask
from assistant.reading.goals import with_goal_projects
from assistant.reading.grammar import asks_of
from assistant.reading.piece import Piece
from assistant.reading.pieces import pieces_of
from assistant.reading.state import Context, Over
from assistant.reading.talk import with_talk
from assistant.scope import (
    Choice,
    Named,
    Scope,
    ScopeProblem,
    UnitMention,
    UnitRegister,
    continued,
    resolve,
    scope_spans,
)
from assistant.understand.tokenize import normalised_question
from assistant.understand.units import unit_rules

_WHICH: Final = re.compile("[哪几谁]|多少")
_LEAST_SPAN: Final = 3
_LONGEST_ITEM: Final = 8
_BORNE: Final = 0.9
"""Score from which an item bears a name."""

_BEFORE_ITEM: Final = ("、", "和", "与", "及", "跟", "比")


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with the scope that it names by itself and the one that it has within the conversation."""

    text: str
    own: Named
    named: Named


def turns_of(questions: Sequence[str], named_by: Callable[[str], Named]) -> tuple[Turn, ...]:
    """All questions of a conversation, oldest first, each with its scope; ``named_by`` reads what a text names."""
    turns: list[Turn] = []
    for text in questions:
        own = named_by(text)
        turns.append(Turn(text, own, continued(own, turns[-1].named if turns else None)))
    return tuple(turns)


def scope_of(turn: Turn, register: UnitRegister) -> Scope | Choice | ScopeProblem:
    """The documents that a turn is about."""
    return resolve(turn.named, register)


def pieces_in(turn: Turn, catalog: DocumentCatalog, register: UnitRegister) -> tuple[Piece, ...]:
    """The pieces of a turn against one document; a unit within the document is a name, not scope."""
    text = normalised_question(turn.text)
    mentions = (*turn.own.units, *turn.own.excluded)
    inside = [m for m in mentions if _is_inside(m, catalog)]
    named = [(m.start, m.end) for m in mentions if m in inside or _may_be_inside(text, m, catalog, bool(inside))]
    times = [(s.start, s.end) for s in turn.own.time_stretches]
    spans = [
        (start, end - _begins_item(text, start, end, catalog))
        for start, end in scope_spans(turn.text, register)
        if not any(start < other_end and other < end for other, other_end in (*named, *times))
        and not (len(turn.own.units) == 1 and _is_listed_item(text, start, end, catalog))
    ]
    units = [(m.start, m.end, tuple(unit.name for unit in m.units if unit.name in catalog.units)) for m in inside]
    pieces = with_talk(pieces_of(turn.text, catalog, spans, units), text)
    return tuple(pieces if turn.named.everyone else map(_as_units_within, pieces))


def _as_units_within(piece: Piece) -> Piece:
    """All units (这些单位, 各单位) of the department that is spoken of are those within it."""
    is_meant = piece.name == "everyone" and piece.text.endswith("单位") and not _WHICH.search(piece.text)
    return replace(piece, kind="class", name="unit") if is_meant else piece


def _is_inside(mention: UnitMention, catalog: DocumentCatalog) -> bool:
    """Whether a mention is of a unit that the document's tables name, and not of the document's own."""
    is_part = all(unit.is_part for unit in mention.units)
    return is_part and any(unit.name in catalog.units for unit in mention.units)


def _may_be_inside(text: str, mention: UnitMention, catalog: DocumentCatalog, others: bool) -> bool:
    """Whether the department's name means its main unit: told by 本级, or by another unit beside it (办公室比中心)."""
    said = text[mention.start : mention.end]
    if len(catalog.units) < 2 or mention.by_place:
        return False
    is_own = said.endswith(OWN) or text.startswith((OWN, f"({OWN})"), mention.end)
    return (is_own or others) and any(link.role == "unit" for link in catalog.surfaces.get(said, ()))


def _begins_item(text: str, start: int, end: int, catalog: DocumentCatalog) -> bool:
    """Whether the last character of a document's name is the first of an item's (万里街道|办公费)."""
    if end - start < _LEAST_SPAN or text[end - 1] not in unit_rules()["open_heads"]:
        return False
    names = (text[end - 1 : last] for last in range(end + 1, min(end + _LONGEST_ITEM, len(text)) + 1))
    return any(link.score > _BORNE for name in names for link in catalog.surfaces.get(name, ()))


def _is_listed_item(text: str, start: int, end: int, catalog: DocumentCatalog) -> bool:
    """Whether a document's name stands beside items and is the name of one itself (办公费、档案馆合计多少)."""
    is_last = text[:start].endswith(_BEFORE_ITEM) and not text.startswith("的", end)
    return is_last and any(link.role == "row" for link in catalog.surfaces.get(text[start:end], ()))


def asks_in(
    turns: Sequence[Turn],
    catalog: DocumentCatalog,
    register: UnitRegister,
    documents: int,
    *,
    over: Over = "documents",
    of_goals: bool = False,
) -> tuple[tuple[Ask, ...], tuple[Piece, ...]]:
    """The asks of the last turn, read after the turns before it, and its pieces.

    ``of_goals``: the projects with a performance goal are told of together, so that they are one thing named.
    """
    context = Context()
    each = (pieces_in(turn, catalog, register) for turn in turns)
    *before, pieces = map(with_goal_projects, each) if of_goals else each
    for earlier in before:
        _, context = asks_of(earlier, context, documents=documents, year=catalog.year)
    asks, _ = asks_of(pieces, context, documents=documents, year=catalog.year, over=over)
    return asks, pieces
