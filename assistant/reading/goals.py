"""Projects with a published performance goal, which a sentence counts, and those of which none is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.query import GOAL_PROJECTS, Ask, Rows, Select
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import name_of
from assistant.reading.unit_words import is_unit

_WITHOUT_GOAL: Final = pattern("without_goal")
_PROJECTS: Final = pattern("projects_asked")
_WITH_GOAL: Final = pattern("goal_projects")


def without_goals(pieces: Sequence[Piece]) -> Ask | None:
    """The projects that are left over where all others have a goal; None where they aren't asked for."""
    text = "".join(piece.text for piece in pieces)
    if not (_WITHOUT_GOAL.search(text) and _PROJECTS.search(text)):
        return None
    units = tuple(name_of(piece) for piece in pieces if is_unit(piece))
    return Ask(query=Rows(within=Select(names=units), kind="project", without_goal=True), text=text)


def says_goal_projects(text: str) -> bool:
    """Whether a text speaks of the projects that have a performance goal."""
    return _WITH_GOAL.search(text) is not None


def with_goal_projects(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a question, the projects that have a performance goal as one name."""
    if not pieces:
        return ()
    first, made = pieces[0].start, list(pieces)
    text = "".join(piece.text for piece in pieces)
    for said in _WITH_GOAL.finditer(text):
        start, end = first + said.start(), first + said.end()
        within = [piece for piece in made if piece.start >= start and piece.end <= end]
        if within and within[0].start == start and within[-1].end == end:
            name = replace(within[0], kind="name", name="", text=GOAL_PROJECTS, end=end, token=None)
            made = [p for p in made if p.end <= start] + [name] + [p for p in made if p.start >= end]
    return tuple(made)
