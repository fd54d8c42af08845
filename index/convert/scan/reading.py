"""A picture of a page as read: its rules make the same grids, and its recognised pieces the same lines as in a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

import cv2
import numpy as np

from index.convert.page import PageContent, read_page
from index.convert.page.glyphs import Glyph
from index.convert.page.rulings import grids_between
from index.convert.scan.engine import Picture, ReadLine, recognise
from index.convert.scan.rules import rule_boxes, rule_masks
from index.convert.scan.segments import Segment, find_segments
from index.convert.scan.straighten import ink_of, straightened

_POINTS: Final = 72
_PAPER: Final = 255
_MARGIN: Final = 0.22
_SURE: Final = 0.5
_DESCENT: Final = 0.12
_FLAT: Final = 0.25
_SHORT: Final = 0.7
_TITLE: Final = 1.4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A recognised piece of text, and where it stands in pixels."""

    segment: Segment
    text: str


def read_picture(picture: Picture, number: int, dpi: float) -> PageContent:
    """The page's text and tables, recognised."""
    page = straightened(picture)
    ink = ink_of(page)
    across, down = rule_masks(ink, dpi)
    rules = np.asarray(cv2.dilate(across | down, np.ones((3, 3), np.uint8)), np.uint8)
    segments, height = find_segments(ink & ~rules, rules, dpi)
    bare = page.copy()
    bare[rules > 0] = _PAPER
    pieces = list(_recognised(bare, segments, height))
    scale = _POINTS / dpi
    glyphs = [glyph for piece in pieces for glyph in _glyphs(piece, height, scale)]
    boxes = [tuple(edge * scale for edge in box) for box in rule_boxes(across, down)]
    grids = grids_between((left, top, right, bottom) for left, top, right, bottom in boxes)
    window = (0.0, 0.0, page.shape[1] * scale, page.shape[0] * scale)
    return replace(read_page(number, window, glyphs, grids), turn=0)


def _recognised(page: Picture, segments: Sequence[Segment], height: float) -> Iterator[_Piece]:
    unread = []
    for segment in segments:
        if dash := _dash(segment, height):
            yield _Piece(segment, dash)
        else:
            unread.append(segment)
    for segment, read in zip(unread, recognise([_cut(page, each, height) for each in unread]), strict=True):
        if read.text.strip() and read.score >= _SURE:
            yield _Piece(segment, _plain(read))


def _dash(segment: Segment, height: float) -> str:
    """A lone stroke, which recognition takes for a 1."""
    if segment.height > _FLAT * height or segment.width < 2 * segment.height:
        return ""
    return "-" if segment.width <= _SHORT * height else "—"


def _cut(page: Picture, segment: Segment, height: float) -> Picture:
    """The piece with some paper around it."""
    margin = round(_MARGIN * min(segment.height, height)) + 1
    rows = slice(max(segment.top - margin, 0), segment.bottom + margin)
    columns = slice(max(segment.left - margin, 0), segment.right + margin)
    return np.ascontiguousarray(page[rows, columns])


def _plain(read: ReadLine) -> str:
    return read.text.strip()


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
