"""What a reader sees of a page: not what lies off it, under a white patch or on white in white, and no watermark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from index.convert.pdf.sheet import Sheet

_SLANT: Final = 0.1
"""The sine of the least angle at which text is no table's: scans stand askew by less."""
_LIGHT: Final = 0.7
WHITE: Final = 0.98
_LARGE: Final = 1.5
_LEGIBLE: Final = 0.2
"""The size of text that can still be read, where the page's has size 1."""
_TOUCH: Final = 0.2
_MOST_COVERED: Final = 0.5
_MOST_KEPT: Final = 4096
_ROW, _MOST_ROWS = 12.0, 20
"""How high a row of text is about, and over how many of them what replaces text reaches at most."""

Character = dict[str, Any]
_Style = tuple[float, str]
"""A size and a colour."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Patch:
    """A filled box: when it was drawn, and whether in white."""

    order: int
    box: Box
    is_white: bool

    def covers(self, x: float, y: float) -> bool:
        left, low, right, high = self.box
        return left <= x <= right and low <= y <= high


@lru_cache(_MOST_KEPT)
def quarter_turns(matrix: tuple[float, ...]) -> int | None:
    """How often the text must be turned clockwise by 90° to stand upright; None where it is slanted."""
    a, b = matrix[0], matrix[1]
    length = max(abs(a), abs(b))
    if min(abs(a), abs(b)) > _SLANT * length:
        return None
    return (0 if a > 0 else 2) if abs(a) > abs(b) else (1 if b > 0 else 3)


def visible_characters(sheet: Sheet) -> list[Character]:
    """The page's characters that a reader sees as its text, in the order of drawing."""
    characters = [each for each in _uncovered(sheet) if _is_on_page(each, sheet)]
    straight = [each for each in characters if quarter_turns(each["matrix"]) is not None]
    usual = median(each["size"] for each in straight) if straight else 0.0
    return without_watermarks([each for each in straight if each["size"] >= _LEGIBLE * usual])


def without_watermarks(characters: Sequence[Character]) -> list[Character]:
    """The characters that are no watermark."""
    marks = _watermarks(characters)
    return [each for each in characters if _style(each) not in marks]


def _is_on_page(character: Character, sheet: Sheet) -> bool:
    x, y = _center(character)
    return 0 <= x <= sheet.width and 0 <= y <= sheet.height


def _watermarks(characters: Sequence[Character]) -> set[_Style]:
    """The pale styles of a page that are much larger than its text, or printed across it."""
    pale: dict[_Style, list[Character]] = {}
    dark: list[Character] = []
    for character in characters:
        color = character["non_stroking_color"]
        if is_light(color, _LIGHT) and not is_light(color, WHITE):
            pale.setdefault(_style(character), []).append(character)
        else:
            dark.append(character)
    usual = median(each["size"] for each in dark) if dark else 0.0
    return {
        style
        for style, members in pale.items()
        if dark and (style[0] > _LARGE * usual or any(_touch(member, each) for member in members for each in dark))
    }


def _style(character: Character) -> _Style:
    return round(float(character["size"]), 1), str(character["non_stroking_color"])


def _touch(one: Character, other: Character) -> bool:
    """Whether two characters are printed over each other."""
    wide = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
    high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return bool(wide > _TOUCH * other["size"] and high > _TOUCH * other["size"])


@lru_cache(_MOST_KEPT)
def is_light(color: Any, least: float) -> bool:
    """Whether a colour of grey, RGB or CMYK is at least as light as this; of a pattern nobody knows."""
    parts = color if isinstance(color, tuple) else (color,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    return bool(max(parts) <= 1 - least if len(parts) == 4 else min(parts) >= least)


def _uncovered(sheet: Sheet) -> Sequence[Character]:
    """Without what a white box was drawn over, without white text on white, and without what was written over.

    Where that would be most of the page, the boxes can't be what they seem (drawn with transparency).
    """
    replaced = _replaced(sheet)
    last = max((patch.order for patch in sheet.patches if patch.is_white), default=-1)
    shown = [
        character
        for character in sheet.characters
        if id(character) not in replaced
        and (not (character["order"] < last or _is_white(character)) or not _is_hidden(character, sheet.patches))
    ]
    return shown if len(shown) >= _MOST_COVERED * len(sheet.characters) else sheet.characters


def _replaced(sheet: Sheet) -> set[int]:
    """The characters that a box of any colour, or a picture, was put over and other text was written on in their place.

    A box alone may be a highlight, through which text is seen.
    """
    rows: dict[int, list[Character]] = {}
    for character in sheet.characters:
        rows.setdefault(int(_center(character)[1] // _ROW), []).append(character)
    found: set[int] = set()
    for patch in sheet.patches:
        first, last = int(patch.box[1] // _ROW), int(patch.box[3] // _ROW)
        if patch.is_white or last - first > _MOST_ROWS:
            continue
        within = [each for row in range(first, last + 1) for each in rows.get(row, ()) if patch.covers(*_center(each))]
        above = [each for each in within if each["order"] > patch.order]
        below = [each for each in within if each["order"] < patch.order]
        if above and any(_touch(one, other) for one in below for other in above):
            found |= {id(each) for each in below}
    return found


def _is_hidden(character: Character, patches: Sequence[Patch]) -> bool:
    x, y = _center(character)
    order = character["order"]
    if any(patch.order > order and patch.is_white and patch.covers(x, y) for patch in reversed(patches)):
        return True
    return _is_white(character) and all(
        patch.is_white for patch in patches if patch.order < order and patch.covers(x, y)
    )


def _is_white(character: Character) -> bool:
    return is_light(character["non_stroking_color"], WHITE)


def _center(character: Character) -> tuple[float, float]:
    return (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
