"""What of a page can't be read: pictures instead of text, and fonts whose characters stand for something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pdfplumber.page import Page

from index.convert.pdf.visible import Character

_PICTURE: Final = 0.15
"""The least share of a page that a picture takes up which may hold a table."""
_CHARACTERS_IN_PICTURE: Final = 10
"""A scan with a layer of text is read by that."""
_UNREADABLE: Final = 0.3
_MIN_TOLD: Final = 5
_CHINESE: Final = range(0x4E00, 0xA000)
_PRIVATE: Final = range(0xE000, 0xF900)
_MIN_CHINESE: Final = 20
_RARE: Final = 0.4
"""The share of characters outside of the usual ones above which a font's encoding is wrong: names have a few."""


def shows_pictures(page: Page, characters: Sequence[Character]) -> bool:
    """Whether a picture without text on it takes up a good part of the page."""
    size = float(page.width) * float(page.height)
    return any(_share(image, size) >= _PICTURE and not _holds_text(image, characters) for image in page.images)


def _share(image: dict[str, Any], size: float) -> float:
    return float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"])) / size


def _holds_text(image: dict[str, Any], characters: Sequence[Character]) -> bool:
    inside = sum(
        image["x0"] <= character["x0"] <= image["x1"] and image["top"] <= character["top"] <= image["bottom"]
        for character in characters
    )
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
    unmapped = sum(text.startswith("(cid:") or ord(text[0]) in _PRIVATE for text in texts)
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


def told_of_pictures(pages: Sequence[int]) -> str:
    """What is told of pages that show pictures."""
    return f"{_pages(pages)}有整块的图片（可能是扫描或截图的表），图片里的内容没有读入"


def told_of_fonts(pages: Sequence[int], fonts: Iterable[str]) -> str:
    """What is told of pages whose text can't be told."""
    names = "、".join(f"“{font}”" for font in dict.fromkeys(fonts))
    return f"{_pages(pages)}所用字体{names}没有可用的文字编码，读不出文字"


def _pages(pages: Sequence[int]) -> str:
    """``第 2、5—7 页``"""
    runs = (f"{first}" if first == last else f"{first}—{last}" for first, last in _runs(pages))
    return f"第 {'、'.join(runs)} 页"


def _runs(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    starts = Counter(page - at for at, page in enumerate(pages))
    at = 0
    for count in starts.values():
        yield pages[at], pages[at + count - 1]
        at += count
