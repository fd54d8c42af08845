"""Winners: the unit that a question has found before (哪家最多), spoken of by a pronoun or from within it."""

from __future__ import annotations

from typing import Final

from assistant.query import Query, Rank, Rows, Select, nodes_of
from assistant.reading.clauses import FIRST_PLACE, Clause
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.state import State

_PRONOUN: Final = pattern("that_unit")


def winner_of(query: Query | None) -> Rank | None:
    """The ranking of units that puts one first; None of another query, and where several are asked for."""
    if isinstance(query, Rows) and query.kind == "unit" and any(not name.is_unit for name in query.within.names):
        return Rank(rows=query)  # 挂在哪家名下: the one that has it
    if not isinstance(query, Rank) or query.k != 1 or len(query.places) > 1 or not ranges_units(query):
        return None
    return query


def ranges_units(query: Query) -> bool:
    """Whether a query is over the units of a document."""
    return any(isinstance(node, Rows) and node.kind == "unit" for node in nodes_of(query))


def winner_meant(clause: Clause, state: State) -> Rank | None:
    """The winner that a clause speaks of: by a pronoun, from within it, or by asking for a share of something."""
    winner, before = state.context.winner, state.context.query
    if any(_is_unit(name) for name in clause.of("name")):
        return None
    if isinstance(before, Rank) and ranges_units(before) and FIRST_PLACE.search(clause.text):
        return before.model_copy(update={"k": 1})  # 头一名里: of several that were asked for
    if winner is None:
        return None
    is_right_behind = winner_of(state.context.query) is winner
    is_within = clause.pieces[0].kind == "within" and is_right_behind
    is_share = "share" in clause.ops() and is_right_behind
    return winner if _PRONOUN.search(clause.text) or is_within or is_share else None


def beside_first_place(clause: Clause) -> Clause:
    """A clause without what says that the first of a list is meant (头一名里): it ranks nothing again."""
    match = FIRST_PLACE.search(clause.text)
    if match is None:
        return clause
    start, end = (clause.start + at for at in match.span())
    return clause.muted(lambda piece: start <= piece.start and piece.end <= end)


def _is_unit(piece: Piece) -> bool:
    links = piece.token.links if piece.token else ()
    return bool(links) and all(link.role in ("unit", "whole") for link in links)


def unclear_unit(clause: Clause, state: State) -> tuple[str, ...]:
    """The pronoun for a unit where units were spoken of and none of them by itself: whose figures are meant is open."""
    said, before = _PRONOUN.search(clause.text), state.context.query
    is_open = said and before is not None and ranges_units(before) and state.context.winner is None
    return (said["unit"] or said["own"],) if said and is_open else ()


def with_winner(select: Select, winner: Query | None) -> Select:
    """A selection within the unit that a ranking puts first, which is one of the kind (医院) that it ranks."""
    if winner is None:
        return select
    ranked = (name for node in nodes_of(winner) if isinstance(node, Rows) for name in node.within.names)
    kinds = {name.text for name in ranked if name.is_unit}
    within, names = (tuple(n for n in each if n.text not in kinds) for each in (select.within, select.names))
    if any(name.is_unit for name in (*within, *names)):
        return select
    return select.model_copy(update={"winner": winner, "within": within, "names": names})
