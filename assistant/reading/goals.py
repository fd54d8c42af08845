"""Projects of which no performance goal is published: asked for over several clauses, or by a column that is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.query import Ask, Rows, Select
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import name_of
from assistant.reading.unit_words import is_unit

_WITHOUT_GOAL: Final = pattern("without_goal")
_PROJECTS: Final = pattern("projects_asked")


def without_goals(pieces: Sequence[Piece]) -> Ask | None:
    """The projects that are left over where all others have a goal; None where they aren't asked for."""
    text = "".join(piece.text for piece in pieces)
    if not (_WITHOUT_GOAL.search(text) and _PROJECTS.search(text)):
        return None
    units = tuple(name_of(piece) for piece in pieces if is_unit(piece))
    return Ask(query=Rows(within=Select(names=units), kind="project", without_goal=True), text=text)
