"""Descriptions: what a clause points at by saying what it is for (请…人员那笔), where no item is named."""

from __future__ import annotations

import re
from typing import Final

from assistant.query import Name, Select
from assistant.reading.clauses import Clause
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import is_column, name_of
from assistant.reading.talk import TALK
from assistant.words import content_of

_POINTED: Final = pattern("pointed_at")
_POINTING: Final = re.compile("的?[那这]一?[笔项块条个]")
_LEAST: Final = 4
"""Characters of a description."""


def described_in(clause: Clause, selects: tuple[Select, ...]) -> Select | None:
    """The item that a clause describes before 那笔, of the units that it names; None where it names an item."""
    match = _POINTED.search(clause.text)
    if (item := _named_behind(clause)) is not None:
        return item
    if match is None or clause.of("class", "total"):
        return None
    end = clause.start + match.start()
    before = [p for p in clause.pieces if p.start < end]
    words = [p.text for p in before if (p.kind == "word" or p.name == TALK) and content_of(p.text)]
    named = [n for select in selects for n in (*select.within, *select.names) if n.is_linked]
    items = {p.text for p in before if p.kind == "name" and not is_column(p)} - {n.text for n in named if n.is_unit}
    if items or sum(map(len, words)) < _LEAST:
        return None
    units: tuple[Name, ...] = tuple(dict.fromkeys(n for n in named if n.is_unit))
    return Select(names=units, described=" ".join(words))


def _named_behind(clause: Clause) -> Select | None:
    """The item named behind 的那笔, with what is said before that of which of several it is (请…的那笔“运行经费”)."""
    pairs = zip(clause.pieces, clause.pieces[1:], strict=False)
    found = next((pair for pair in pairs if _POINTING.fullmatch(pair[0].text) and pair[1].kind == "name"), None)
    if found is None or is_column(found[1]):
        return None
    before = [piece for piece in clause.pieces if piece.end <= found[0].start]
    around = zip([None, *before], before, [*before[1:], None], strict=False)
    said = [
        piece for last, piece, after in around if _is_said(piece) or _is_part(piece, last) or _is_part(piece, after)
    ]
    others = [p for p in before if p.kind == "name" and not is_column(p) and p not in said]
    if others or sum(len(piece.text) for piece in said) < _LEAST:
        return None
    return Select(names=(name_of(found[1]),), described=" ".join(piece.text for piece in said))


def _is_said(piece: Piece) -> bool:
    """Whether a piece is unknown and says something."""
    return (piece.kind == "word" or piece.name == TALK) and bool(content_of(piece.text))


def _is_part(piece: Piece, beside: Piece | None) -> bool:
    """Whether a name is but a part of what is said, with an unknown word right beside it (后勤管理|服务)."""
    if beside is None or piece.kind != "name" or not _is_said(beside):
        return False
    return piece.start == beside.end or piece.end == beside.start
