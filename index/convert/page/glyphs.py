"""Characters of a page as they are drawn, and the runs that one drawing operation makes of them.

A glyph's box is unreliable (fonts with wrong ascents), its baseline is not: lines are told by baselines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from index.convert.characters import plain_characters
from index.convert.raised import raised

_SAME_LINE: Final = 0.35
_BODY: Final = 0.35
"""How far above its baseline a character's middle lies, in sizes."""
_MIN_STEP: Final = -0.35
_MAX_STEP: Final = 0.55
_BOLD_BY_OVERPRINT: Final = 0.1


@dataclass(frozen=True, slots=True)
class Glyph:
    """One visible character; coordinates in points, ``baseline`` counts from the page's top."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float

    @property
    def middle(self) -> float:
        """The height at which the character stands, for telling which cell it is in."""
        return self.baseline - _BODY * self.size


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn one after the other on one baseline, as close as in a word or sentence."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        return self.glyphs[0].size

    @property
    def middle(self) -> float:
        return self.glyphs[0].middle


def drawn_once(glyphs: Iterable[Glyph]) -> tuple[Glyph, ...]:
    """Glyphs in the order of drawing; what is drawn twice, for boldness or by mistake, counts once."""
    kept: list[Glyph] = []
    drawn: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        if kept and _is_overprint(kept[-1], glyph):
            continue
        place = (glyph.text, round(glyph.x0), round(glyph.baseline))
        if place not in drawn:
            kept.append(glyph)
        drawn.add(place)
    return tuple(kept)


def _is_overprint(before: Glyph, glyph: Glyph) -> bool:
    near = _BOLD_BY_OVERPRINT * glyph.size
    return (
        before.text == glyph.text and abs(before.x0 - glyph.x0) < near and abs(before.baseline - glyph.baseline) < near
    )


def runs_of(glyphs: Sequence[Glyph]) -> tuple[Run, ...]:
    """Glyphs in drawing order, cut where the next one is drawn somewhere else."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _goes_on(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return tuple(Run(tuple(run)) for run in runs)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    step = (glyph.x0 - before.x1) / size
    return _MIN_STEP <= step <= _MAX_STEP and abs(glyph.baseline - before.baseline) <= _SAME_LINE * size


def lines_of(glyphs: Iterable[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    """Glyphs by line from top to bottom, each line from left to right."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if line and glyph.baseline - line[0].baseline > _reach(line[0], glyph):
            yield tuple(sorted(line, key=lambda each: each.x0))
            line = []
        line.append(glyph)
    if line:
        yield tuple(sorted(line, key=lambda each: each.x0))


def _reach(above: Glyph, below: Glyph) -> float:
    """How far below a character another one may stand on the same line; a raised mark stands higher than others."""
    is_mark = _may_be_mark(above) and above.size <= _SMALL * below.size
    return (_MARK_LINE if is_mark else _SAME_LINE) * max(above.size, below.size)


_SMALL: Final = 0.8
_MARK_LINE: Final = 0.6
_RAISED: Final = 0.15
"""A mark is so much smaller than the number before it, and stands so much higher, in sizes of the number."""
_BRACKETS: Final = frozenset("()（）")
_WORD_GAP: Final = 0.3
_LETTER_SPACING: Final = 0.6


def text_of(line: Sequence[Glyph]) -> str:
    """A line's text: blanks where words or spaced letters stand apart, none between a number and its noun or sign."""
    text = ""
    before: Glyph | None = None
    for is_raised, glyphs in groupby(_with_raised(line), key=lambda each: each[0]):
        piece = ""
        for _, glyph in glyphs:
            if before is not None and not is_raised and _stands_apart(before, glyph):
                piece += " "
            piece += glyph.text
            before = glyph
        text += raised(piece, text) if is_raised else piece
    return plain_characters(text)


def _with_raised(line: Sequence[Glyph]) -> Iterator[tuple[bool, Glyph]]:
    """Each glyph, and whether it is a small digit or bracket that stands higher than the digit before it."""
    base: Glyph | None = None
    for glyph in line:
        is_raised = bool(base and _may_be_mark(glyph) and base.text.isdigit() and _is_higher(glyph, base))
        base = base if is_raised else glyph
        yield is_raised, glyph


def _may_be_mark(glyph: Glyph) -> bool:
    return glyph.text.isdigit() or glyph.text in _BRACKETS


def _is_higher(glyph: Glyph, base: Glyph) -> bool:
    return glyph.size <= _SMALL * base.size and base.baseline - glyph.baseline >= _RAISED * base.size


def _stands_apart(before: Glyph, glyph: Glyph) -> bool:
    gap = (glyph.x0 - before.x1) / max(glyph.size, before.size)
    if before.text.isascii() and glyph.text.isascii():
        return gap > _WORD_GAP and before.text.isalnum() and glyph.text.isalnum()
    return gap > _LETTER_SPACING and not before.text.isascii() and not glyph.text.isascii()
