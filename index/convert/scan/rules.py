"""Ruling lines of a scanned page: long thin strokes, straight across or straight down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from index.convert.page.grids import Box
from index.convert.scan.engine import Picture

_SHORTEST: Final = 0.3
"""In inches: longer than the strokes of any character but a title's."""
_THICKEST: Final = 0.06
_BREAK: Final = 0.02
_LONG: Final = 1.0
_REACH: Final = 0.03

Stats = npt.NDArray[np.int32]
"""Left, top, width, height and area of each stroke."""


def rule_masks(ink: Picture, dpi: float) -> tuple[Picture, Picture]:
    """Where the page's rules are: those across, and those down.

    Short strokes, which characters have too, are rules where they run from one long rule of the other sort to another.
    """
    across, down = _strokes(ink, dpi), _strokes(_turned(ink), dpi)
    long_across, long_down = _long(across, dpi), _long(down, dpi)
    short_across = _between(across, _turned(long_down), dpi)
    short_down = _between(down, _turned(long_across), dpi)
    return long_across | short_across, _turned(long_down | short_down)


def _turned(mask: Picture) -> Picture:
    """Rows as columns."""
    return np.ascontiguousarray(mask.T)


def _long(mask: Picture, dpi: float) -> Picture:
    return _kept(mask, lambda stats: stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= _LONG * dpi)


def _between(mask: Picture, others: Picture, dpi: float) -> Picture:
    """The strokes across that reach to one of the others at both ends."""
    reach = round(_REACH * dpi)
    near = np.asarray(cv2.dilate(others, np.ones((2 * reach + 1,) * 2, np.uint8)), np.uint8) > 0

    def is_between(stats: Stats) -> npt.NDArray[np.bool_]:
        boxes = (tuple(map(int, row[:4])) for row in stats)
        ends = ((near[top : top + height], left, left + width - 1) for left, top, width, height in boxes)
        return np.array([bool(rows[:, left].any() and rows[:, right].any()) for rows, left, right in ends], np.bool_)

    return _kept(mask, is_between)


def _kept(mask: Picture, is_kept: Callable[[Stats], npt.NDArray[np.bool_]]) -> Picture:
    """The strokes of the mask whose measures are right."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = np.zeros(count, np.uint8)
    kept[1:] = np.where(is_kept(np.asarray(stats, np.int32)[1:count]), 255, 0)
    return np.asarray(kept[labels], np.uint8)


def rule_boxes(across: Picture, down: Picture) -> Iterator[Box]:
    """The rules, in pixels."""
    for mask in (across, down):
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        for left, top, width, height, _ in stats[1:count]:
            yield float(left), float(top), float(left + width), float(top + height)


def _strokes(ink: Picture, dpi: float) -> Picture:
    """Long strokes from left to right, whole where the scan broke them."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, round(_BREAK * dpi))), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, round(_SHORTEST * dpi)), np.uint8))
    return _kept(np.asarray(opened, np.uint8), lambda stats: stats[:, cv2.CC_STAT_HEIGHT] <= _THICKEST * dpi)
