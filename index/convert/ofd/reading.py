"""A page of an OFD as read: what a reader sees of its characters, and the rules among its paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from index.convert.ofd.drawing import Drawn, DrawnCharacter, DrawnPath, DrawnPicture, Point, draw
from index.convert.ofd.package import OfdPage
from index.convert.page import PageContent, read_page
from index.convert.page.glyphs import Glyph, drawn_once
from index.convert.page.grids import Box
from index.convert.page.rulings import grids_between
from index.convert.pdf.struck import without_struck
from index.convert.pdf.unreadable import without_unreadable
from index.convert.pdf.visible import WHITE, Patch, is_light, quarter_turns, without_watermarks

_POINTS: Final = 72 / 25.4
_MOST_TURNED: Final = 0.6
_THICKEST_RULE: Final = 4.0
_STRAIGHT: Final = 0.5
_ASCENT: Final = 0.85
_PICTURE: Final = 0.15
_CHARACTERS_IN_PICTURE: Final = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size, and what is drawn on it."""

    width: float
    height: float
    drawn: tuple[Drawn, ...]


def read_ofd_page(page: OfdPage) -> PageContent:
    """The page's text and tables. Raises ValueError or KeyError where its objects can't be understood."""
    sheet = sheet_of(page)
    seen = without_watermarks([_printed(each) for each in _shown(sheet)])
    visible, rules = without_struck(seen, [*_rules(sheet.drawn)])
    readable, fonts = without_unreadable(visible)
    window = (0.0, 0.0, sheet.width, sheet.height)
    content = read_page(page.number, window, drawn_once(_glyphs(readable)), grids_between(rules))
    return replace(content, glyphs=len(visible), has_pictures=_shows_pictures(sheet, visible), fonts=fonts)


def sheet_of(page: OfdPage) -> Sheet:
    """What is drawn on the page, turned so that most of its text stands upright."""
    return _upright(Sheet(page.area[2] * _POINTS, page.area[3] * _POINTS, tuple(draw(page))))


def _turns(drawn: Sequence[Drawn]) -> int:
    turns = Counter(_turn(each) for each in drawn if isinstance(each, DrawnCharacter) and each.text.strip())
    total = turns.total()
    return next((turn for turn, count in turns.items() if turn and count > _MOST_TURNED * total), 0)


def _turn(character: DrawnCharacter) -> int | None:
    """The quarter turns by which text must be turned to stand upright: here heights count from the top."""
    x, y = character.direction
    return quarter_turns((x, -y))


def _upright(sheet: Sheet) -> Sheet:
    turns = _turns(sheet.drawn)
    for _ in range(turns):
        sheet = Sheet(sheet.height, sheet.width, tuple(_turned(each, sheet.height) for each in sheet.drawn))
    return sheet


def _turned(drawn: Drawn, height: float) -> Drawn:
    """What is drawn, on the page turned clockwise by 90°."""
    if isinstance(drawn, DrawnCharacter):
        x, y = drawn.direction
        return replace(drawn, origin=_turned_point(drawn.origin, height), direction=(-y, x))
    if isinstance(drawn, DrawnPath):
        lines = tuple(tuple(_turned_point(point, height) for point in line) for line in drawn.lines)
        return replace(drawn, lines=lines)
    left, top, right, bottom = drawn.box
    return replace(drawn, box=(height - bottom, left, height - top, right))


def _turned_point(point: Point, height: float) -> Point:
    return height - point[1], point[0]


def _shown(sheet: Sheet) -> Iterator[DrawnCharacter]:
    """The characters that stand straight on the page and under no white patch; white ones on something dark only."""
    patches = list(_patches(sheet.drawn))
    for order, drawn in enumerate(sheet.drawn):
        if not isinstance(drawn, DrawnCharacter) or not drawn.text.strip() or _turn(drawn) is None:
            continue
        x, y = drawn.origin[0] + drawn.advance / 2, drawn.origin[1] - drawn.size / 3
        around = [patch for patch in patches if patch.covers(x, y)]
        is_covered = any(patch.order > order and patch.is_white for patch in around)
        is_lost = is_light(drawn.color, WHITE) and all(patch.order > order or patch.is_white for patch in around)
        if 0 <= x <= sheet.width and 0 <= y <= sheet.height and not is_covered and not is_lost:
            yield drawn


def _patches(drawn: Sequence[Drawn]) -> Iterator[Patch]:
    for order, each in enumerate(drawn):
        if isinstance(each, DrawnPath) and each.fill is not None and not _is_thin(each):
            yield Patch(order, _bounds(each), is_light(each.fill, WHITE))
        elif isinstance(each, DrawnPicture):
            yield Patch(order, each.box, False)


def _is_thin(path: DrawnPath) -> bool:
    left, top, right, bottom = _bounds(path)
    return min(right - left, bottom - top) <= _THICKEST_RULE


def _bounds(path: DrawnPath) -> Box:
    xs = [x for line in path.lines for x, _ in line] or [0.0]
    ys = [y for line in path.lines for _, y in line] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _printed(character: DrawnCharacter) -> dict[str, Any]:
    """The character as those of PDF files are told, so that the same passes tell what of it is text."""
    (x, y), size, advance = character.origin, character.size, character.advance
    right, down = character.direction
    # Upwards from the baseline is to the left of the direction of writing.
    corners = [
        (x + along * right + up * down, y + along * down - up * right)
        for along in (0.0, advance)
        for up in (_ASCENT * size, (_ASCENT - 1) * size)
    ]
    xs, ys = [each for each, _ in corners], [each for _, each in corners]
    return {
        "text": character.text, "size": size, "fontname": character.font, "non_stroking_color": character.color,
        "x0": min(xs), "x1": max(xs), "top": min(ys), "bottom": max(ys),
        "baseline": y if abs(down) < abs(right) else max(ys),
    }  # fmt: skip


def _glyphs(characters: Sequence[dict[str, Any]]) -> Iterator[Glyph]:
    for each in characters:
        if each["size"] > 0:
            yield Glyph(each["text"], each["x0"], each["x1"], each["baseline"], each["size"])


def _rules(drawn: Sequence[Drawn]) -> Iterator[Box]:
    """Straight strokes from left to right or top to bottom, and filled boxes that are as thin."""
    for path in (each for each in drawn if isinstance(each, DrawnPath)):
        if path.stroke is not None and not is_light(path.stroke, WHITE):
            yield from (side for line in path.lines for side in _sides(line))
        elif path.fill is not None and not is_light(path.fill, WHITE) and _is_thin(path):
            yield _bounds(path)


def _sides(line: Sequence[Point]) -> Iterator[Box]:
    for (x0, y0), (x1, y1) in pairwise(line):
        if min(abs(x1 - x0), abs(y1 - y0)) <= _STRAIGHT:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _shows_pictures(sheet: Sheet, characters: Sequence[dict[str, Any]]) -> bool:
    """Whether a picture without text on it takes up a good part of the page."""
    boxes = [each.box for each in sheet.drawn if isinstance(each, DrawnPicture)]
    return any(
        (right - left) * (bottom - top) >= _PICTURE * sheet.width * sheet.height
        and sum(left <= each["x0"] <= right and top <= each["top"] <= bottom for each in characters)
        < _CHARACTERS_IN_PICTURE
        for left, top, right, bottom in boxes
    )
