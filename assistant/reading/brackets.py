"""Brackets that say whether a bound counts itself: 一千万(含)以上."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.reading.piece import Piece

_BRACKETS: Final = re.compile(r"\((不)?(含|包含|包括)(本数|本级|在内|该数)?\)")
_WITHOUT_END: Final = {"ge_after": "gt_after", "le_after": "lt_after", "ge": "gt", "le": "lt"}
_BRACKETED: Final = 4
"""Pieces that brackets around one word may be cut into, at most."""


def with_brackets(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with brackets between a number and its bound as a part of the number (一千万(含)|以上).

    What they leave out of the bound is none of it (100万(不含)以上).
    """
    kept: list[Piece] = []
    place = 0
    while place < len(pieces):
        piece, end = pieces[place], 0
        if piece.kind == "number" and pieces[place + 1 : place + 2] and pieces[place + 1].text == "(":
            end = next((n for n in range(place + 2, place + 2 + _BRACKETED) if _text(pieces, n) == ")"), 0)
        match = _BRACKETS.fullmatch("".join(p.text for p in pieces[place + 1 : end + 1])) if end else None
        if match is None:
            kept.append(piece)
            place += 1
            continue
        said = "".join(p.text for p in pieces[place : end + 1])
        kept.append(replace(piece, text=said, end=pieces[end].end))
        if match[1] and end + 1 < len(pieces) and (strict := _WITHOUT_END.get(pieces[end + 1].name)):
            kept.append(replace(pieces[end + 1], name=strict))
            end += 1
        place = end + 1
    return kept


def _text(pieces: Sequence[Piece], place: int) -> str:
    return pieces[place].text if place < len(pieces) else ""
