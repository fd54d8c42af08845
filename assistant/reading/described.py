"""Descriptions: what a clause points at by saying what it is for (请…人员那笔), where no item is named."""

from __future__ import annotations

from typing import Final

from assistant.query import Name, Select
from assistant.reading.clauses import Clause
from assistant.reading.patterns import pattern
from assistant.reading.selects import is_column
from assistant.reading.talk import TALK
from assistant.words import content_of

_POINTED: Final = pattern("pointed_at")
_LEAST: Final = 4
"""Characters of a description."""


def described_in(clause: Clause, selects: tuple[Select, ...]) -> Select | None:
    """The item that a clause describes before 那笔, of the units that it names; None where it names an item."""
    match = _POINTED.search(clause.text)
    if match is None or clause.of("class", "total"):
        return None
    end = clause.pieces[0].start + match.start()
    before = [p for p in clause.pieces if p.start < end]
    words = [p.text for p in before if (p.kind == "word" or p.name == TALK) and content_of(p.text)]
    named = [n for select in selects for n in (*select.within, *select.names) if n.is_linked]
    items = {p.text for p in before if p.kind == "name" and not is_column(p)} - {n.text for n in named if n.is_unit}
    if items or sum(map(len, words)) < _LEAST:
        return None
    units: tuple[Name, ...] = tuple(dict.fromkeys(n for n in named if n.is_unit))
    return Select(names=units, described=" ".join(words))
