"""What of a page can't be read: pictures instead of text, and fonts whose characters stand for something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.convert.page.grids import Box
from index.convert.pdf.sheet import Sheet
from index.convert.pdf.visible import Character

_PICTURE: Final = 0.15
"""The least share of a page that a picture takes up which may hold a table."""
_CHARACTERS_IN_PICTURE: Final = 10
"""A scan with a layer of text is read by that."""
_UNREADABLE: Final = 0.3
_MIN_TOLD: Final = 5
_CHINESE: Final = range(0x4E00, 0xA000)
_PRIVATE: Final = range(0xE000, 0xF900)
_STANDING_IN: Final = ("¤", "\ufffd")
"""What stands for characters that a font only has as glyphs."""
_MIN_CHINESE: Final = 20
_RARE: Final = 0.4
"""The share of characters outside of the usual ones above which a font's encoding is wrong: names have a few."""


def shows_pictures(sheet: Sheet, characters: Sequence[Character]) -> bool:
    """Whether a picture without text on it takes up a good part of the page."""
    size = sheet.width * sheet.height
    return any(_area(box) >= _PICTURE * size and not _holds_text(box, characters) for box in sheet.pictures)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _holds_text(box: Box, characters: Sequence[Character]) -> bool:
    left, top, right, bottom = box
    inside = sum(left <= each["x0"] <= right and top <= each["top"] <= bottom for each in characters)
    return bool(inside >= _CHARACTERS_IN_PICTURE)


def without_unreadable(characters: Sequence[Character]) -> tuple[Sequence[Character], tuple[str, ...]]:
    """The characters of fonts whose codes tell the text, and the names of the other fonts.

    Nothing is left of a page that is mostly in such fonts: amounts without their names say nothing.
    """
    by_font: dict[str, list[str]] = {}
    for character in characters:
        by_font.setdefault(character["fontname"], []).append(character["text"])
    fonts = {font for font, texts in by_font.items() if _is_unreadable(texts)}
    readable = [character for character in characters if character["fontname"] not in fonts]
    is_mostly = len(characters) - len(readable) > _UNREADABLE * len(characters)
    return [] if is_mostly else readable, tuple(map(_plain_name, sorted(fonts)))


def _is_unreadable(texts: Sequence[str]) -> bool:
    unmapped = sum(text.startswith("(cid:") or ord(text[0]) in _PRIVATE or text in _STANDING_IN for text in texts)
    if unmapped >= _MIN_TOLD and unmapped > _UNREADABLE * len(texts):
        return True
    chinese = [text for text in texts if len(text) == 1 and ord(text) in _CHINESE]
    return len(chinese) >= _MIN_CHINESE and sum(map(_is_rare, chinese)) > _RARE * len(chinese)


def _is_rare(character: str) -> bool:
    """Whether a character is none of the 3,755 usual ones, in their simplified or traditional form."""
    try:
        return not 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return not _is_usual_traditional(character)


def _is_usual_traditional(character: str) -> bool:
    try:
        return 0xA4 <= character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _plain_name(font: str) -> str:
    """Without the mark of an embedded subset (``ABCDEF+``)."""
    return font.split("+", 1)[-1]
