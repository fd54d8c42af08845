"""Pieces of a line of plain text at their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.money import parse_number

NumberedLine = tuple[int, str]

_PIECE: Final = re.compile(r"[^\s\u3000]+(?: [^\s\u3000]+)*")
_MAX_SPACED: Final = 8
"""How far apart the letters of one word may be spaced (``合　　计``)."""
_WIDE: Final = "WF"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words or a number between two wide blanks, with the places that it takes up."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether the piece is a number, or a dash for none."""
        return parse_number(self.text) is not None


def pieces_of(line: str, ambiguous: int) -> list[Piece]:
    """The pieces of a line, letters that are spaced out as one word.

    ``ambiguous`` is the width of signs that are as wide as Chinese letters in some fonts only.

    >>> [(piece.text, piece.start, piece.end) for piece in pieces_of("合　计   1.00", 2)]
    [('合计', 0, 6), ('1.00', 9, 13)]
    """
    pieces: list[Piece] = []
    last = 0
    for text, start, end in _placed(line, ambiguous):
        are_letters = last == len(text) == 1 and not (text.isascii() or pieces[-1].text.isascii())
        last = len(text)
        if are_letters and start - pieces[-1].end <= _MAX_SPACED:
            pieces[-1] = Piece(pieces[-1].text + text, pieces[-1].start, end)
        else:
            pieces.append(Piece(text, start, end))
    return pieces


def _placed(line: str, ambiguous: int) -> Iterator[tuple[str, int, int]]:
    at = end = 0
    for found in _PIECE.finditer(line):
        start = end + width_of(line[at : found.start()], ambiguous)
        at, end = found.end(), start + width_of(found.group(), ambiguous)
        yield found.group(), start, end


def width_of(text: str, ambiguous: int) -> int:
    """How many places a text takes up."""
    kinds = map(unicodedata.east_asian_width, text)
    return sum(2 if kind in _WIDE else ambiguous if kind == "A" else 1 for kind in kinds)
