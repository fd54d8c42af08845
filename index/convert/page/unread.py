"""What of a file's pages can't be read, said to its owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from index.convert.page.content import PageContent
from index.convert.problems import without_text
from index.document import Gap, Recognised
from index.errors import DocumentError

_MIN_GLYPHS_PER_PAGE: Final = 5
_UNREADABLE: Final = 0.3


def require_text(pages: Sequence[PageContent], file: str) -> None:
    """Raises DocumentError where the pages of ``file`` hold no text, or hardly any that can be read."""
    if sum(page.glyphs for page in pages) < _MIN_GLYPHS_PER_PAGE * len(pages):
        raise without_text(file)
    broken = [page for page in pages if page.fonts]
    if sum(page.glyphs for page in broken) > _UNREADABLE * sum(page.glyphs for page in pages):
        told = _told_of_fonts([page.number for page in broken], (font for page in broken for font in page.fonts))
        raise DocumentError(f"{file}{told}。", "请换用 Word、Excel 或网页版，或做文字识别（OCR）后再放入。")


def recognised_pages(pages: Sequence[PageContent]) -> Iterator[Recognised]:
    """Which of the pages were recognised in pictures."""
    return (Recognised(page.number, page.turn) for page in pages if page.turn is not None)


def told_gaps(pages: Sequence[PageContent]) -> Iterator[Gap]:
    """What can't be read of the pages."""
    if pictured := [page.number for page in pages if page.has_pictures]:
        yield Gap(_told_of_pictures(pictured))
    if broken := [page for page in pages if page.fonts]:
        yield Gap(_told_of_fonts([page.number for page in broken], (font for page in broken for font in page.fonts)))


def _told_of_pictures(pages: Sequence[int]) -> str:
    """What is told of pages that show pictures."""
    return f"{_pages(pages)}有整块的图片（可能是扫描或截图的表），图片里的内容没有读入"


def _told_of_fonts(pages: Sequence[int], fonts: Iterable[str]) -> str:
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
