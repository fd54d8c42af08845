"""Published PDF files as a reader sees them: words at places on pages. Shares no code with index/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pdfplumber

from assistant.answer import TableCitation, TextCitation
from tests.printed import squeezed

_TOUCHING = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d\d|-?\d+\.\d\d")
"""Numbers of neighbouring cells may leave no blank between them: 174,900.64101,833.84."""

_PAGES = 3
_MOST_PIECES = 0.9
"""Of a cell's pieces how many must stand whole on its pages: a word of the next column may lie within one."""

_PIECES = re.compile(r"[\d.]+|[^\W\d_]+")
"""Words and numbers, which may be set in another font on another line than the words around them."""

_LONG = 40
"""Characters from which a cell holds sentences; so does a shorter one that ends with a full stop."""

_NUMBERS = re.compile(r"(?!\d{3,}$)[-\d,.%]*")
"""Figures and numbers of lines; three digits and more without a comma or a point are a code."""

_ON_LINE, _WRAPPED = 0.5, 2.2
"""How far words of one line, and the lines of one wrapped cell, may stand from each other, in heights of a word."""

_BESIDE = 45
"""How far the pieces of a wrapped value may be set off from each other, in points."""


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word and where it stands on its page."""

    text: str
    left: float
    right: float
    baseline: float
    height: float

    @property
    def cells(self) -> list[str]:
        """The word, and the numbers it is made of where cells touch."""
        numbers = _TOUCHING.findall(self.text)
        return [self.text, *numbers] if "".join(numbers) == self.text else [self.text]

    def is_near(self, other: PrintedWord, heights: float) -> bool:
        """Whether two words are at most so many heights of one above or below each other."""
        return abs(self.baseline - other.baseline) < heights * other.height


Page = Sequence[PrintedWord]


class PrintedFiles:
    """The PDF files of a folder, opened page by page."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages = lru_cache(maxsize=None)(self._read)

    def holds(self, citation: TextCitation) -> bool:
        """Whether a quote stands on its page, goes on on the next, or stands there in a paragraph begun before."""
        assert citation.page
        quote = squeezed(citation.quote)
        page, following = (_text(self._pages(citation.document, citation.page + after)) for after in (0, 1))
        begun = next((at for at in range(len(quote), 0, -1) if quote[:at] in page), 0)
        return (begun > 0 and quote[begun:] in following) or quote in following

    def prints(self, citation: TableCitation) -> bool:
        """Whether the cited value stands on its page, on a line with its row's code or name or with numbers alone.

        Of a cell with sentences, which goes over lines and pages, nearly all words and numbers must stand there.
        """
        assert citation.page
        page = self._pages(citation.document, citation.page)
        if len(squeezed(citation.value)) > _LONG or citation.value.endswith("。"):
            pages = range(citation.page, citation.page + _PAGES)
            text = "".join(word.text for number in pages for word in self._pages(citation.document, number))
            pieces = [piece for line in citation.value.split() for piece in _PIECES.findall(squeezed(line))]
            return sum(piece in text for piece in pieces) >= _MOST_PIECES * len(pieces)
        if not citation.value:
            return any(_is_row(place, page, citation) for place in page)
        return any(_is_row(place, page, citation) for place in _places(page, squeezed(citation.value)))

    def _read(self, file: str, page: int) -> Page:
        with pdfplumber.open(self._folder / file) as pdf:
            words = pdf.pages[page - 1].extract_words(return_chars=True) if page <= len(pdf.pages) else []
        return [_word(word) for word in words]


def _word(word: dict[str, Any]) -> PrintedWord:
    """A word by its baseline: fonts of one line may say differently how far they reach above it."""
    baseline = -word["chars"][0]["matrix"][5]
    return PrintedWord(squeezed(word["text"]), word["x0"], word["x1"], baseline, word["bottom"] - word["top"])


def _places(page: Page, value: str) -> Iterator[PrintedWord]:
    """The words that print a value: alone, or its beginning with the other pieces around it."""
    for word in page:
        if value in word.cells:
            yield word
        elif len(word.text) > 1 and value.startswith(word.text):
            rest = value.removeprefix(word.text)
            for other in sorted(page, key=lambda each: len(each.text), reverse=True):
                if _is_around(other, word) and not _NUMBERS.fullmatch(other.text):
                    rest = rest.replace(other.text, "", 1)
            if not rest:
                yield word


def _is_around(other: PrintedWord, word: PrintedWord) -> bool:
    beside = other.left < word.right + _BESIDE and word.left - _BESIDE < other.right
    return other is not word and beside and other.is_near(word, _WRAPPED)


def _is_row(place: PrintedWord, page: Page, citation: TableCitation) -> bool:
    """Whether the line of a place bears the row's code or name, wrapped or not, or nothing but numbers."""
    code, label = squeezed(citation.code or ""), squeezed(citation.row_label)
    line = [word for word in page if word.is_near(place, _ON_LINE)]
    if label in _text(line) or all(_NUMBERS.fullmatch(word.text) for word in line):
        return True
    names = (word.text for word in page if word.is_near(place, _WRAPPED))
    return any(name == code or (len(name) > 1 and name in label) for name in names)


def _text(page: Page) -> str:
    """All words, line by line; a word set a little higher or lower than its neighbours is on their line."""
    lines: list[list[PrintedWord]] = []
    for word in sorted(page, key=lambda word: word.baseline):
        if lines and word.is_near(lines[-1][-1], _ON_LINE):
            lines[-1].append(word)
        else:
            lines.append([word])
    return "".join(word.text for line in lines for word in sorted(line, key=lambda word: word.left))
