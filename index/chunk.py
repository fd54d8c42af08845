"""Paragraphs to chunks: what is embedded and found, each under its heading path.

A chunk is one paragraph, or a list together with the lead-in (or under the heading) that ends in a colon.
``Chunk.text`` has one line per entry of ``Chunk.paragraphs``, so that a quoted sentence leads back to its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Final, Protocol

from index.prose import Chunk, OutlinedParagraph
from index.sentences import clauses, sentences

MAX_CHARACTERS: Final = 360
"""Of a chunk's text. About 240 tokens: with the heading path still under the 300 beyond which embeddings blur."""

_MAX_HEADING: Final = 60
_PAGE_BREAK: Final = 2
"""How far apart neighbours may stand: a page number may lie between them, a table breaks a list off."""

_LIST_MARK: Final = re.compile(
    r"[\s\-–—•·●◆]*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．:：]|[①-⑳]|第[一二三四五六七八九十\d]+[、，：]"
    r"|\w{2,8}\s?\d{0,2}[：:])"
)


class _Placed(Protocol):
    @property
    def section(self) -> tuple[str, ...]: ...

    @property
    def text(self) -> str: ...


def chunk(paragraphs: tuple[OutlinedParagraph, ...]) -> tuple[Chunk, ...]:
    """The chunks of a document's prose in reading order. Headings and the table of contents are none."""
    prose = tuple(p for p in paragraphs if p.role not in ("heading", "contents") and p.text.strip())
    return tuple(made for group in _groups(prose) for made in _chunks_of(group))


def embedded_text(chunk: _Placed) -> str:
    """What is embedded for a chunk: its text behind its heading path, deepest heading first to be cut last."""
    path = ""
    for heading in reversed(chunk.section):
        if path and len(path) + len(heading) > _MAX_HEADING:
            break
        path = f"{_one_line(heading)[:_MAX_HEADING]} > {path}" if path else _one_line(heading)[:_MAX_HEADING]
    return f"{path}\n{chunk.text}" if path else chunk.text


def _groups(prose: tuple[OutlinedParagraph, ...]) -> Iterator[tuple[OutlinedParagraph, ...]]:
    """Each lead-in (or lead-ins in a row) with its list, a heading's list together, every other paragraph alone."""
    start = 0
    while start < len(prose):
        section = prose[start].section
        rest = tuple(takewhile(lambda p: p.section == section, prose[start:]))  # noqa: B023 (used at once)
        leads = len(tuple(takewhile(lambda p: _ends_in_colon(p.text), rest)))
        is_list = leads or (section and _ends_in_colon(section[-1]))
        size = leads + len(_items(rest[leads:])) if is_list else 1
        yield rest[:size]
        start += size


def _ends_in_colon(text: str) -> bool:
    return text.rstrip().endswith(("：", ":"))


def _items(following: tuple[OutlinedParagraph, ...]) -> tuple[OutlinedParagraph, ...]:
    """A list's items: paragraphs side by side marked alike, the first of them deciding, up to the next lead-in."""
    if not following:
        return ()
    marked = bool(_LIST_MARK.match(following[0].text))
    side_by_side = takewhile(lambda pair: pair[1].position <= pair[0].position + _PAGE_BREAK, pairwise(following))
    run = (following[0], *(p for _, p in side_by_side))
    return tuple(takewhile(lambda p: not _ends_in_colon(p.text) and bool(_LIST_MARK.match(p.text)) == marked, run))


def _chunks_of(group: tuple[OutlinedParagraph, ...]) -> Iterator[Chunk]:
    """One chunk where the group fits, else one for each of its paragraphs, long ones cut at sentence ends."""
    lines = [_one_line(paragraph.text) for paragraph in group]
    if sum(map(len, lines)) <= MAX_CHARACTERS:
        yield Chunk(group[0].section, "\n".join(lines), tuple(paragraph.position for paragraph in group))
        return
    for paragraph, line in zip(group, lines, strict=True):
        for piece in _pieces(line):
            yield Chunk(paragraph.section, piece, (paragraph.position,))


def _pieces(text: str) -> Iterator[str]:
    """``text`` in pieces of at most MAX_CHARACTERS, cut as high up as possible: sentence, clause, anywhere."""
    piece = ""
    for part in _short_parts(text):
        if piece and len(piece) + len(part) > MAX_CHARACTERS:
            yield piece
            piece = ""
        piece += part
    if piece:
        yield piece


def _short_parts(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        if len(sentence) <= MAX_CHARACTERS:
            yield sentence
            continue
        for clause in clauses(sentence):
            yield from (clause[at : at + MAX_CHARACTERS] for at in range(0, len(clause), MAX_CHARACTERS))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
