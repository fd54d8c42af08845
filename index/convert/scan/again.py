"""Single cells of a scanned page read once more, larger and sharper than in the first reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import cv2
import numpy as np
from PIL import Image

from index.convert.scan.engine import Picture, ReadLine, recognise
from index.convert.scan.reading import plain_amounts
from index.convert.scan.rules import rule_masks
from index.convert.scan.straighten import as_read, ink_of
from index.document import Place

_LARGER: Final = 2.0
_MARGINS: Final = (0.1, 0.25, 0.4)
_SHARP: Final = 1.6
_LEAST_INK: Final = 3


def read_again(picture: Image.Image, dpi: float, turn: int, places: Sequence[Place]) -> list[tuple[str, ...]]:
    """For each place what is recognised there, the surest first; several where readings differ."""
    page = np.asarray(as_read(picture, turn).convert("L"), np.uint8)
    return [_readings(_cell(page, place), dpi) for place in places]


def _cell(page: Picture, place: Place) -> Picture:
    height, width = page.shape
    rows = slice(int(place.top * height), int(place.bottom * height) + 1)
    return page[rows, int(place.left * width) : int(place.right * width) + 1]


def _readings(cell: Picture, dpi: float) -> tuple[str, ...]:
    lines = list(_lines(cell, dpi))
    read = sorted(recognise(lines), key=lambda line: -line.score) if lines else []
    return tuple(dict.fromkeys(text for line in read if (text := _without_blanks(line))))


def _without_blanks(line: ReadLine) -> str:
    return plain_amounts(line.text).replace(" ", "")


def _lines(cell: Picture, dpi: float) -> Iterator[Picture]:
    """The cell's one line, enlarged, with more or less paper around it, plain and sharpened."""
    size = (round(cell.shape[1] * _LARGER), round(cell.shape[0] * _LARGER))
    large = np.asarray(cv2.resize(cell, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    ink = ink_of(large)
    across, down = rule_masks(ink, dpi * _LARGER)
    rules = np.asarray(cv2.dilate(across | down, np.ones((5, 5), np.uint8)), np.uint8)
    large = np.where(rules > 0, 255, large).astype(np.uint8)
    rows, columns = np.nonzero(ink & ~rules)
    if len(rows) < _LEAST_INK:
        return
    soft = cv2.GaussianBlur(large, (0, 0), _LARGER)
    sharp = np.asarray(cv2.addWeighted(large, _SHARP, soft, 1 - _SHARP, 0), np.uint8)
    for margin in _MARGINS:
        around = round(margin * (rows.max() - rows.min())) + 1
        part = (
            slice(max(int(rows.min()) - around, 0), int(rows.max()) + around),
            slice(max(int(columns.min()) - around, 0), int(columns.max()) + around),
        )
        yield np.ascontiguousarray(large[part])
        yield np.ascontiguousarray(sharp[part])
