"""A picture of a page as read: its rules make the same grids, and its recognised pieces the same lines as in a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

import cv2
import numpy as np

from index.convert.page import PageContent, read_page
from index.convert.page.glyphs import Glyph
from index.convert.page.rulings import grids_between
from index.convert.scan.engine import Picture, recognise
from index.convert.scan.rules import rule_boxes, rule_masks
from index.convert.scan.segments import Segment, find_segments
from index.convert.scan.straighten import ink_of, straightened

_POINTS: Final = 72
_PAPER: Final = 255
_MARGIN: Final = 0.22
_SURE: Final = 0.5
_UPRIGHT: Final = 0.8
"""How sure the recognition is, on average, of a page that stands upright."""
_DESCENT: Final = 0.12
_FLAT: Final = 0.35
_WIDE: Final = 1.3
_SHORT: Final = 0.7
_TITLE: Final = 1.4
_UP_TO_THREE: Final = r"(?:(?<=(?<!\d)\d)|(?<=(?<!\d)\d\d)|(?<=(?<!\d)\d\d\d))"
_THOUSANDS: Final = re.compile(
    rf"{_UP_TO_THREE}(?:(?:[，,]|[.．][,，]?)[ 　]?(?=\d{{3}}[.,，．]\d)|，(?=\d{{3}}(?!\d)))"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A recognised piece of text, where it stands in pixels, and how sure the recognition is."""

    segment: Segment
    text: str
    score: float = 1.0


def read_picture(picture: Picture, number: int, dpi: float) -> PageContent:
    """The page's text and tables, recognised; a page that lies on its side, or on its head, is turned first."""
    content, score = _read(picture, number, dpi)
    if score >= _UPRIGHT:
        return replace(content, turn=0)
    turned = ((turn, *_read(np.rot90(picture, -turn // 90), number, dpi)) for turn in (90, 270, 180))
    turn, content, _ = max([(0, content, score), *turned], key=lambda read: read[2])
    return replace(content, turn=turn)


def _read(picture: Picture, number: int, dpi: float) -> tuple[PageContent, float]:
    """The page as it lies, and how sure the recognition of its characters is on average."""
    page = straightened(np.ascontiguousarray(picture))
    ink = ink_of(page)
    across, down = rule_masks(ink, dpi)
    rules = np.asarray(cv2.dilate(across | down, np.ones((3, 3), np.uint8)), np.uint8)
    segments, height = find_segments(ink & ~rules, rules, dpi)
    bare = page.copy()
    bare[rules > 0] = _PAPER
    pieces = list(_recognised(bare, segments, height))
    scale = _POINTS / dpi
    glyphs = [glyph for piece in pieces if piece.score >= _SURE for glyph in _glyphs(piece, height, scale)]
    boxes = [tuple(edge * scale for edge in box) for box in rule_boxes(across, down)]
    grids = grids_between((left, top, right, bottom) for left, top, right, bottom in boxes)
    window = (0.0, 0.0, page.shape[1] * scale, page.shape[0] * scale)
    weights = [len(piece.text) for piece in pieces]
    score = sum(piece.score * weight for piece, weight in zip(pieces, weights, strict=True)) / (sum(weights) or 1)
    return read_page(number, window, glyphs, grids), score


def _recognised(page: Picture, segments: Sequence[Segment], height: float) -> Iterator[_Piece]:
    unread = []
    for segment in segments:
        if dash := _dash(segment, height):
            yield _Piece(segment, dash)
        else:
            unread.append(segment)
    for segment, read in zip(unread, recognise([_cut(page, each, height) for each in unread]), strict=True):
        if read.text.strip():
            yield _Piece(segment, plain_amounts(read.text), read.score)


def _dash(segment: Segment, height: float) -> str:
    """A lone stroke, which recognition takes for a 1."""
    if segment.height > _FLAT * height or segment.width < _WIDE * segment.height:
        return ""
    return "-" if segment.width <= _SHORT * height else "—"


def _cut(page: Picture, segment: Segment, height: float) -> Picture:
    """The piece with some paper around it."""
    margin = round(_MARGIN * min(segment.height, height)) + 1
    rows = slice(max(segment.top - margin, 0), segment.bottom + margin)
    columns = slice(max(segment.left - margin, 0), segment.right + margin)
    return np.ascontiguousarray(page[rows, columns])


def plain_amounts(text: str) -> str:
    """The line with the separators of thousands as commas: no amount has two points.

    >>> plain_amounts("合计2.404.17万元"), plain_amounts("1，234，567"), plain_amounts("12.345")
    ('合计2,404.17万元', '1,234,567', '12.345')
    """
    return _THOUSANDS.sub(",", text.strip())


def _glyphs(piece: _Piece, height: float, scale: float) -> Iterator[Glyph]:
    """The piece's characters, spread over its width: Latin ones take half of what Chinese ones do."""
    segment = piece.segment
    size = (segment.height if segment.height > _TITLE * height else height) * scale
    has_chinese = any(not sign.isascii() for sign in piece.text)
    baseline = segment.bottom * scale - (_DESCENT * size if has_chinese else 0.0)
    weights = [0.5 if sign.isascii() else 1.0 for sign in piece.text]
    step = segment.width * scale / sum(weights)
    starts = accumulate(weights, initial=0.0)
    for sign, weight, start in zip(piece.text, weights, starts, strict=False):
        if sign.strip():
            left = segment.left * scale + start * step
            yield Glyph(sign, left, left + weight * step, baseline, size)
