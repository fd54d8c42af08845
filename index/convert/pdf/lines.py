"""Lines of text outside of ruled grids, cut into pieces where wide gaps stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from index.convert.pdf.glyphs import Glyph, Run, lines_of, text_of

_WIDE_GAP: Final = 2.2


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together on a line."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page; ``pieces`` from left to right."""

    page: int
    baseline: float
    size: float
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1


def read_lines(runs: Iterable[Run], page: int) -> tuple[Line, ...]:
    """The lines that the runs make, from top to bottom."""
    glyphs = [glyph for run in runs for glyph in run.glyphs]
    return tuple(_line(line, page) for line in lines_of(glyphs))


def _line(glyphs: Sequence[Glyph], page: int) -> Line:
    groups: list[list[Glyph]] = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        if glyph.x0 - before.x1 > _WIDE_GAP * max(glyph.size, before.size):
            groups.append([glyph])
        else:
            groups[-1].append(glyph)
    pieces = tuple(Piece(text_of(group), group[0].x0, max(glyph.x1 for glyph in group)) for group in groups)
    return Line(page, glyphs[0].baseline, max(glyph.size for glyph in glyphs), pieces)
