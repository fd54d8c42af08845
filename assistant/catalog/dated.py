"""Names of items that hold a year, as a question abbreviates them (2020年智慧排水建设项目)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from assistant.catalog.types import DocumentCatalog, Link

_YEAR: Final = re.compile(r"(?<![\d.-])20\d\d(?![\d.-])年?度?(?!-)")
"""A year by itself: those of a period tell items apart anyway."""

_WORDS: Final = re.compile(r"[^,，。;；?？!！:：、()（）]*")
_LEAST: Final = 4
"""Characters that a question has to say of a name behind its year."""

_RUN: Final = 2
"""Characters side by side that are taken from a name: single ones could be of any."""


def dated_names(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """The stretches of a normalised question that abbreviate names with a year in them, each with one of the names.

    >>> list(dated_names("某局2020年智慧排水项目多少钱", ["某市水务局2020年某市“智慧排水”建设项目"]))
    [(2, 13, '某市水务局2020年某市“智慧排水”建设项目')]
    >>> list(dated_names("某局2020年差旅费", ["某市水务局2020年某市“智慧排水”建设项目"]))
    []
    """
    found = [(year, _WORDS.match(text, year.end())) for year in _YEAR.finditer(text)]
    for name in names if found else ():
        for year, words in found:
            _, is_of_year, rest = name.partition(year.group()[:4])
            length = _said_of(words.group(), rest) if words and is_of_year else 0
            if length >= _LEAST:
                yield year.start(), year.end() + length, name


def dated_links(text: str, catalog: DocumentCatalog) -> dict[tuple[int, int], tuple[Link, ...]]:
    """The rows with another year than the document's in their names that stretches of a normalised text abbreviate."""
    if not _YEAR.search(text):
        return {}
    rows = [(label, link) for label, link in catalog.labels if link.role == "row"]
    names: dict[tuple[int, int], set[str]] = {}
    for start, end, name in dated_names(text, dict(rows)):
        if not text.startswith(str(catalog.year), start):
            names.setdefault((start, end), set()).add(name)
    return {
        stretch: tuple(replace(link, match="alias") for label, link in rows if label in meant)
        for stretch, meant in names.items()
    }


def _said_of(words: str, name: str) -> int:
    """How many characters of some words a name has in their order, each with its neighbour."""
    said = 0
    while run := next((n for n in range(len(words) - said, _RUN - 1, -1) if words[said : said + n] in name), 0):
        name = name[name.index(words[said : said + run]) + run :]
        said += run
    return said
