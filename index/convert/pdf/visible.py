"""What a reader sees of a page: not what lies off it, under a white patch or on white in white, and no watermark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from pdfminer.layout import LTChar, LTContainer, LTImage, LTRect
from pdfplumber.page import Page

_SLANT: Final = 0.1
"""The sine of the least angle at which text is no table's: scans stand askew by less."""
_LIGHT: Final = 0.7
_WHITE: Final = 0.98
_LARGE: Final = 1.5
_MOST_COVERED: Final = 0.5
_MOST_TURNED: Final = 0.6

Character = dict[str, Any]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Patch:
    """A filled box: when it was drawn, and whether in white."""

    order: int
    box: Box
    is_white: bool

    def covers(self, x: float, y: float) -> bool:
        left, low, right, high = self.box
        return left <= x <= right and low <= y <= high


def upright(page: Page) -> Page:
    """The page turned so that most of its text runs from left to right."""
    turns = Counter(_quarter_turns(character["matrix"]) for character in page.chars if character["text"].strip())
    total = turns.total()
    turn = next((turn for turn, count in turns.items() if turn and count > _MOST_TURNED * total), 0)
    if not turn:
        return page
    rotation = (page.page_obj.rotate + 90 * turn) % 360
    page.page_obj.rotate = page.page_obj.attrs["Rotate"] = rotation
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _quarter_turns(matrix: Sequence[float]) -> int | None:
    """How often the text must be turned clockwise by 90° to stand upright; None where it is slanted."""
    a, b = matrix[0], matrix[1]
    length = max(abs(a), abs(b))
    if min(abs(a), abs(b)) > _SLANT * length:
        return None
    return (0 if a > 0 else 2) if abs(a) > abs(b) else (1 if b > 0 else 3)


def visible_characters(page: Page) -> list[Character]:
    """The page's characters that a reader sees as its text, in the order of drawing."""
    characters = [each for each in _uncovered(page) if each["text"].strip() and _is_on_page(each, page)]
    sizes = [each["size"] for each in characters]
    usual = median(sizes) if sizes else 0.0
    return [each for each in characters if not _is_watermark(each, usual)]


def _is_on_page(character: Character, page: Page) -> bool:
    left, top, right, bottom = page.cropbox
    x, y = _middle(character["x0"], character["x1"]), _middle(character["top"], character["bottom"])
    return bool(left <= x <= right and top <= y <= bottom)


def _is_watermark(character: Character, usual: float) -> bool:
    if _quarter_turns(character["matrix"]) is None:
        return True
    size: float = character["size"]
    return size > _LARGE * usual and _is_light(character["non_stroking_color"], _LIGHT)


def _is_light(color: Any, least: float) -> bool:
    """Whether a colour of grey, RGB or CMYK is at least as light as this; of a pattern nobody knows."""
    parts = color if isinstance(color, (tuple, list)) else (color,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    return bool(max(parts) <= 1 - least if len(parts) == 4 else min(parts) >= least)


def _uncovered(page: Page) -> list[Character]:
    """Without what a white box was drawn over, and without white text on white.

    Where that would be most of the page, the boxes can't be what they seem (drawn with transparency).
    """
    drawn = list(_drawn(page.layout))
    orders = [order for order, thing in enumerate(drawn) if isinstance(thing, LTChar)]
    if len(orders) != len(page.chars):
        return list(page.chars)
    patches = [patch for order, thing in enumerate(drawn) if (patch := _patch(thing, order))]
    shown = [
        character
        for order, character in zip(orders, page.chars, strict=True)
        if not _is_hidden(character, order, drawn[order], patches)
    ]
    return shown if len(shown) >= _MOST_COVERED * len(orders) else list(page.chars)


def _drawn(container: Any) -> Iterator[Any]:
    for thing in container:
        if isinstance(thing, LTContainer):
            yield from _drawn(thing)
        else:
            yield thing


def _patch(thing: Any, order: int) -> _Patch | None:
    if isinstance(thing, LTRect) and thing.fill:
        return _Patch(order, thing.bbox, _is_light(thing.non_stroking_color, _WHITE))
    return _Patch(order, thing.bbox, False) if isinstance(thing, LTImage) else None


def _is_hidden(character: Character, order: int, drawn: LTChar, patches: Sequence[_Patch]) -> bool:
    x, y = _middle(drawn.x0, drawn.x1), _middle(drawn.y0, drawn.y1)
    over = [patch for patch in patches if patch.covers(x, y)]
    if any(patch.is_white and patch.order > order for patch in over):
        return True
    on_white = all(patch.is_white for patch in over if patch.order < order)
    return on_white and _is_light(character["non_stroking_color"], _WHITE)


def _middle(low: float, high: float) -> float:
    return (low + high) / 2
