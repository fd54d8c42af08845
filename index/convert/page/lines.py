"""Lines of text outside of ruled grids, cut into pieces where wide gaps stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from index.convert.page.glyphs import Glyph, Run, lines_of, text_of
from index.document import Place

_WIDE_GAP: Final = 2.2
_WORD_GAP: Final = 0.5
_ASCENT: Final = 0.95
_DESCENT: Final = 0.25
_AMOUNT: Final = re.compile(r"[-−]?\d[\d,，]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together on a line."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page; ``pieces`` from left to right, cut at wide gaps.

    ``atoms`` are cut finer, at the gaps between words and where an amount was drawn apart: what cells are made of if
    the line turns out to be a table's. ``drawn_at`` is set where ``baseline`` only tells when the line is read.
    """

    page: int
    baseline: float
    size: float
    pieces: tuple[Piece, ...]
    atoms: tuple[Piece, ...]
    drawn_at: float | None = None

    def place(self, pieces: Sequence[Piece]) -> Place:
        """Where these pieces of the line stand, in points."""
        baseline = self.baseline if self.drawn_at is None else self.drawn_at
        left, right = pieces[0].x0, max(piece.x1 for piece in pieces)
        return Place(self.page, left, baseline - _ASCENT * self.size, right, baseline + _DESCENT * self.size)

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1].x1


def read_lines(runs: Sequence[Run], page: int) -> tuple[Line, ...]:
    """The lines that the runs make, from top to bottom."""
    run_of = {id(glyph): run for run in runs for glyph in run.glyphs}
    return tuple(_line(line, page, run_of) for line in lines_of(glyph for run in runs for glyph in run.glyphs))


def _line(glyphs: Sequence[Glyph], page: int, run_of: dict[int, Run]) -> Line:
    def apart(before: Glyph, glyph: Glyph) -> bool:
        left, right = run_of[id(before)], run_of[id(glyph)]
        return left is not right and (_is_amount(left) or _is_amount(right))

    pieces = _cut(glyphs, lambda before, glyph: _gap(before, glyph) > _WIDE_GAP)
    atoms = _cut(glyphs, lambda before, glyph: _gap(before, glyph) > _WORD_GAP or apart(before, glyph))
    return Line(page, glyphs[0].baseline, max(glyph.size for glyph in glyphs), pieces, atoms)


def _gap(before: Glyph, glyph: Glyph) -> float:
    return (glyph.x0 - before.x1) / max(glyph.size, before.size)


def _is_amount(run: Run) -> bool:
    return bool(_AMOUNT.fullmatch("".join(glyph.text for glyph in run.glyphs)))


def _cut(glyphs: Sequence[Glyph], is_cut: Callable[[Glyph, Glyph], bool]) -> tuple[Piece, ...]:
    groups: list[list[Glyph]] = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        if is_cut(before, glyph):
            groups.append([glyph])
        else:
            groups[-1].append(glyph)
    return tuple(Piece(text_of(group), group[0].x0, max(glyph.x1 for glyph in group)) for group in groups)
