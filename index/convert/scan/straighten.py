"""A scanned page put straight: turned so that its lines run level, and split into ink and paper."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from PIL import Image

from index.convert.scan.engine import Picture

_MOST_SKEW: Final = 4.0
_COARSE: Final = 0.25
_FINE: Final = 0.03
_WIDTH: Final = 900
"""Pixels across at which the skew is looked for: enough to tell 0.03°."""
_WHITE: Final = 255
_PATCH: Final = 61
_DARKER: Final = 18


def as_read(picture: Image.Image, turn: int) -> Image.Image:
    """A page as it is read: turned clockwise by so many degrees, and straightened."""
    turned = picture.rotate(-turn, expand=True) if turn else picture
    page = np.asarray(turned.convert("L"))
    return turned.rotate(skew_of(page), resample=Image.Resampling.BICUBIC, fillcolor="white")


def straightened(page: Picture) -> Picture:
    """The page turned by what its lines are askew."""
    height, width = page.shape
    angle = skew_of(page)
    if abs(angle) < _FINE:
        return page
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE)
    return np.asarray(turned, np.uint8)


def ink_of(page: Picture) -> Picture:
    """255 where the page is darker than the paper around, which may be grey or shaded; else 0."""
    smooth = cv2.GaussianBlur(page, (3, 3), 0)
    return np.asarray(
        cv2.adaptiveThreshold(smooth, _WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _PATCH, _DARKER),
        np.uint8,
    )


def skew_of(page: Picture) -> float:
    """The angle, in degrees, by which turning the page makes the ink of its rows differ most."""
    scale = min(1.0, _WIDTH / page.shape[1])
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = ink_of(np.asarray(small, np.uint8))
    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + _COARSE, _COARSE), key=lambda angle: _levelness(ink, angle))
    return float(max(np.arange(coarse - _COARSE, coarse + _COARSE, _FINE), key=lambda angle: _levelness(ink, angle)))


def _levelness(ink: Picture, angle: float) -> float:
    """How much neighbouring rows differ in ink once the page is turned by this angle."""
    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(angle), 1.0)
    rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
