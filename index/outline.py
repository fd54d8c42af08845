"""Paragraphs under their headings, each with its role: an ordered tuple of passes over the document's paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from index.document import Document, Paragraph
from index.ordinals import ordinal, rank, without_ordinal
from index.pagination import is_page_number
from index.prose import OutlinedParagraph
from index.roles import assign_roles

Paragraphs = tuple[OutlinedParagraph, ...]

_SENTENCE_END: Final = re.compile(r"[。！？；：;:!?…]['\"”’」』）)】]*$|[。；]?[）)]。?$")
_CONTINUED: Final = re.compile(r"[。！？；;][”’」』）)]*$")
_CONTENTS_TITLE: Final = re.compile(r"目\s*[录錄次]")
_LEADER: Final = re.compile(r"[.…·．]{3,}\s*\d+\s*$")
_CAPTION: Final = re.compile(
    r"附?[表件]\s*[\d一二三四五六七八九十]+(?:[-－—]\d+)?|.{0,40}表(?:[（(].*[）)])?"
    r"|部\s*门\s*[/／]?\s*(?:单\s*位?)?\s*[:：]?|(?:金额)?单\s*位\s*[:：].{0,30}|[（(]\s*20\d\d\s*年度?\s*[）)]"
)
_MAX_HEADING: Final = 45
_MIN_TORN: Final = 30


def outline(document: Document) -> Paragraphs:
    """The document's paragraphs in reading order, page numbers dropped, torn lines joined."""
    paragraphs: Paragraphs = tuple(
        OutlinedParagraph(
            position,
            block.text,
            (),
            page=block.provenance.page,
            line=block.provenance.line,
            places=block.provenance.places,
        )
        for position, block in enumerate(document.blocks, start=1)
        if isinstance(block, Paragraph) and block.text
    )
    for outline_pass in _PASSES:
        paragraphs = outline_pass(paragraphs)
    return paragraphs


def _drop_page_numbers(paragraphs: Paragraphs) -> Paragraphs:
    return tuple(paragraph for paragraph in paragraphs if not is_page_number(paragraph.text))


def _join_torn(paragraphs: Paragraphs) -> Paragraphs:
    """Join a paragraph that stops in mid-sentence with the line that goes on with it."""
    joined: list[OutlinedParagraph] = []
    end = 0
    for paragraph in paragraphs:
        if joined and paragraph.position - end <= _PAGE_FURNITURE and _goes_on(joined[-1].text, paragraph.text):
            before = joined[-1]
            joined[-1] = replace(before, text=before.text + paragraph.text, places=before.places + paragraph.places)
        else:
            joined.append(paragraph)
        end = paragraph.position
    return tuple(joined)


_PAGE_FURNITURE: Final = 2
"""Torn lines are neighbours, or have one page number between them."""


def _goes_on(text: str, following: str) -> bool:
    torn = len(text) >= _MIN_TORN and not _SENTENCE_END.search(text) and not _LEADER.search(text)
    return torn and not _is_caption(text) and rank(following) is None and bool(_CONTINUED.search(following))


def _mark_contents(paragraphs: Paragraphs) -> Paragraphs:
    """The table of contents: from its title to where its first entry comes again as a heading of the text."""
    start = next((i for i, paragraph in enumerate(paragraphs) if _CONTENTS_TITLE.fullmatch(paragraph.text)), None)
    if start is None or start + 1 >= len(paragraphs):
        return paragraphs
    first = ordinal(paragraphs[start + 1].text)
    end = start + 1
    while end < len(paragraphs) and _is_entry(paragraphs[end].text):
        if end > start + 1 and first and ordinal(paragraphs[end].text) == first:
            break
        end += 1
    marked = (replace(paragraph, role="contents") for paragraph in paragraphs[start:end])
    return (*paragraphs[:start], *marked, *paragraphs[end:])


def _is_entry(text: str) -> bool:
    return bool(_LEADER.search(text)) or (len(text) <= _MAX_HEADING and not _CONTINUED.search(text))


def _mark_headings(paragraphs: Paragraphs) -> Paragraphs:
    return tuple(
        replace(paragraph, role="heading") if paragraph.role == "plain" and _is_heading(paragraph.text) else paragraph
        for paragraph in paragraphs
    )


def _is_heading(text: str) -> bool:
    if _is_caption(text):
        return True
    level = rank(text)
    body = without_ordinal(text).rstrip("：:")
    if level is None or len(body) > _MAX_HEADING:
        return bool(level is None and _TITLE.fullmatch(text))
    return level == 1 or not re.search(r"[。；;：:，,！？]", body)


_TITLE: Final = re.compile(r".{4,40}20\d\d\s*年.{0,12}(?:预算|决算)(?:公开|说明|情况|报告|草案)*(?:[（(].{1,6}[）)])?")


def _is_caption(text: str) -> bool:
    return len(text) <= _MAX_HEADING and bool(_CAPTION.fullmatch(text))


def _nest(paragraphs: Paragraphs) -> Paragraphs:
    """Give each paragraph the headings above it. Only ordinals nest; a title or caption heads nothing below it."""
    path: list[tuple[int, str]] = []
    nested: list[OutlinedParagraph] = []
    for paragraph in paragraphs:
        level = rank(paragraph.text) if paragraph.role == "heading" else None
        if level is not None:
            path = [entry for entry in path if entry[0] < level]
        section = () if paragraph.role == "contents" else tuple(text for _, text in path)
        nested.append(replace(paragraph, section=section))
        if level is not None:
            path.append((level, paragraph.text))
    return tuple(nested)


_PASSES: Final[Sequence[Callable[[Paragraphs], Paragraphs]]] = (
    _drop_page_numbers,
    _join_torn,
    _mark_contents,
    _mark_headings,
    _nest,
    assign_roles,
)
