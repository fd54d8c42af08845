"""A question within its conversation: which documents it is about, and what was spoken of before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.catalog import DocumentCatalog
from assistant.query import Ask
from assistant.reading.grammar import Context, asks_of
from assistant.reading.pieces import Piece, pieces_of
from assistant.scope import Choice, Named, Scope, ScopeProblem, UnitRegister, continued, named_in, resolve


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with the scope that it names by itself and the one that it has within the conversation."""

    text: str
    own: Named
    named: Named


def turns_of(questions: Sequence[str], register: UnitRegister) -> tuple[Turn, ...]:
    """All questions of a conversation, oldest first, each with its scope."""
    turns: list[Turn] = []
    for text in questions:
        own = named_in(text, register)
        turns.append(Turn(text, own, continued(own, turns[-1].named if turns else None)))
    return tuple(turns)


def scope_of(turn: Turn, register: UnitRegister) -> Scope | Choice | ScopeProblem:
    """The documents that a turn is about."""
    return resolve(turn.named, register)


def pieces_in(turn: Turn, catalog: DocumentCatalog) -> tuple[Piece, ...]:
    """The pieces of a turn against one document; units of the document itself are names, not scope."""
    inner = {unit for unit in catalog.units}
    spans = [
        (mention.start, mention.end)
        for mention in turn.own.units
        if not mention.units or any(not unit.is_part or unit.name not in inner for unit in mention.units)
    ]
    return pieces_of(turn.text, catalog, spans)


def asks_in(turns: Sequence[Turn], catalog: DocumentCatalog, documents: int) -> tuple[tuple[Ask, ...], tuple[Piece, ...]]:
    """The asks of the last turn, read after the turns before it, and its pieces."""
    context = Context()
    for turn in turns[:-1]:
        _, context = asks_of(pieces_in(turn, catalog), context, documents=documents, year=catalog.year)
    pieces = pieces_in(turns[-1], catalog)
    asks, _ = asks_of(pieces, context, documents=documents, year=catalog.year)
    return asks, pieces
