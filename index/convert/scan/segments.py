"""Pieces of text on a scanned page: ink that stands close together on one line and on one side of every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

import cv2
import numpy as np

from index.convert.scan.engine import Picture

_INK: Final = 255
_GAP: Final = 0.9
"""How far apart, in heights of a character, ink of one piece stands."""
_USUAL_HEIGHT: Final = 0.14
"""Of a character, in inches, until the page tells."""
_LEAST_HEIGHT: Final = 0.06
_SMALLEST: Final = 0.18
_LINE: Final = 1.35
_TALL: Final = 1.5


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece's box, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def joined(self, other: Segment) -> Segment:
        return Segment(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def find_segments(ink: Picture, rules: Picture, dpi: float) -> tuple[list[Segment], float]:
    """The pieces of text among ink without rules, and how high a character of the page is, in pixels."""
    first = _components(ink, rules, round(_GAP * _USUAL_HEIGHT * dpi))
    heights = [piece.height for piece in first if piece.width > 2 * piece.height > 2 * _LEAST_HEIGHT * dpi]
    height = median(heights) if heights else _USUAL_HEIGHT * dpi
    pieces = _components(ink, rules, max(3, round(_GAP * height)))
    joined = _joined([piece for piece in pieces if max(piece.width, piece.height) >= _SMALLEST * height], rules, height)
    split = (part for piece in joined for part in _lines_of(piece, ink, height))
    return [piece for piece in split if max(piece.width, piece.height) >= _SMALLEST * height], height


def _components(ink: Picture, rules: Picture, gap: int) -> list[Segment]:
    """Ink with what stands at most ``gap`` pixels right or left of it; no piece crosses a rule."""
    spread = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    spread[rules > 0] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(spread, connectivity=8)
    boxes = [tuple(map(int, stats[at, :4])) for at in range(1, count)]
    return [Segment(left, top, left + width, top + height) for left, top, width, height in boxes]


def _joined(pieces: Sequence[Segment], rules: Picture, height: float) -> list[Segment]:
    """Pieces that belong together, put together: parts of a character above each other, and signs of one line."""
    before: list[Segment] = []
    joined = list(pieces)
    while len(joined) != len(before):
        before, joined = joined, []
        for piece in sorted(before, key=lambda each: (each.top, each.left)):
            at = next((at for at, other in enumerate(joined) if _belongs(other, piece, rules, height)), None)
            if at is None:
                joined.append(piece)
            else:
                joined[at] = joined[at].joined(piece)
    return joined


def _belongs(one: Segment, other: Segment, rules: Picture, height: float) -> bool:
    height = max(height, one.height, other.height)
    together = max(one.bottom, other.bottom) - min(one.top, other.top)
    between = max(one.left, other.left) - min(one.right, other.right)
    if together > _LINE * height or between > _GAP * height:
        return False
    is_above = between < 0
    overlaps = min(one.bottom, other.bottom) > max(one.top, other.top)
    return (is_above or overlaps) and not _is_ruled(one.joined(other), one, other, rules)


def _is_ruled(box: Segment, one: Segment, other: Segment, rules: Picture) -> bool:
    """Whether a rule stands between two pieces."""
    left, right = sorted((min(one.right, other.right), max(one.left, other.left)))
    top, bottom = sorted((min(one.bottom, other.bottom), max(one.top, other.top)))
    if one.right <= other.left or other.right <= one.left:
        return bool(rules[box.top : box.bottom, left : right + 1].any())
    return bool(rules[top : bottom + 1, max(one.left, other.left) : min(one.right, other.right)].any())


def _lines_of(piece: Segment, ink: Picture, height: float) -> Iterator[Segment]:
    """A piece of several lines, cut where no ink stands between them."""
    if piece.height <= _TALL * height:
        yield piece
        return
    inside = ink[piece.top : piece.bottom, piece.left : piece.right]
    filled = np.flatnonzero(inside.any(axis=1))
    for rows in np.split(filled, np.flatnonzero(np.diff(filled) > 1) + 1):
        if len(rows):
            yield Segment(piece.left, piece.top + int(rows[0]), piece.right, piece.top + int(rows[-1]) + 1)
