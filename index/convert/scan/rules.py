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

    Short strokes, which the characters of a title have too, are rules where they meet a long one of the other sort.
    """
    across = _strokes(ink, dpi)
    down = np.ascontiguousarray(_strokes(np.ascontiguousarray(ink.T), dpi).T)
    long_across, long_down = _long(across, dpi), _long(down, dpi)
    return long_across | _touching(across, long_down, dpi), long_down | _touching(down, long_across, dpi)


def _long(mask: Picture, dpi: float) -> Picture:
    return _kept(mask, lambda stats: stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= _LONG * dpi)


def _touching(mask: Picture, others: Picture, dpi: float) -> Picture:
    """The strokes that reach to one of the others."""
    near = cv2.dilate(others, np.ones((round(_REACH * dpi),) * 2, np.uint8))
    labels = cv2.connectedComponentsWithStats(mask, connectivity=8)[1]
    touching = np.unique(labels[(near > 0) & (mask > 0)])
    return np.where(np.isin(labels, touching[touching > 0]), 255, 0).astype(np.uint8)


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
