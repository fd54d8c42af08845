"""Figures read from prose: each with its subject, in the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.document import Gap
from index.prose import Classification, OutlinedParagraph, ParagraphRole, Statement
from index.statements.draft import Draft
from index.statements.reader import ParagraphReader
from index.statements.subject import clean_subject
from index.statements.tokens import figures_of
from index.statements.words import CLASSIFICATIONS

_UNREAD: Final[frozenset[ParagraphRole]] = frozenset({"contents", "definition"})
_BARE: Final = re.compile(
    r"(?<![\d.．/A-Za-z])(?<!\d-)(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d{2})(?=[\s，,、；;。）)]|$)"
    r"|(?:\d[\d,，]*\.\d{2}){2,}|(?<![\d.，,])\d[\d,，]*(?:\.\d+)?[万亿](?=[\s，,、；;。）)]|$)"
)
"""A number that can only be an amount, with nothing behind it that says of what; several stuck together."""
_WORDS_BEFORE: Final = 12
_ABOUT: Final = re.compile(r"(?:等?(?:重要)?事项)?(?:的)?(?:总体)?(?:情况)?(?:的)?(?:说明)?$")


def read_statements(paragraphs: tuple[OutlinedParagraph, ...]) -> tuple[Statement, ...]:
    """Every figure that the prose states, in reading order."""
    statements: list[Statement] = []
    section: tuple[str, ...] = ()
    heading = carried = ""
    classification: Classification | None = None
    for paragraph in paragraphs:
        if paragraph.role in _UNREAD:
            continue
        if paragraph.section != section:
            section, carried = paragraph.section, ""
            heading = _subject_of_section(section)
            classification = _classification(section[-1] if section else "", None)
        classification = _classification(paragraph.text, classification)
        drafts = ParagraphReader(paragraph.text, heading, carried).read()
        statements += _finished(drafts, paragraph, len(statements), classification)
        carried = next((draft.subject for draft in drafts if draft.whole is None), carried)
    return tuple(statements)


def unread_amounts(paragraphs: tuple[OutlinedParagraph, ...]) -> tuple[Gap, ...]:
    """What is said of the amounts in prose that print no unit."""
    lost = [found for each in paragraphs if each.role not in _UNREAD for found in _bare_amounts(each.text)]
    return (Gap(f"正文里 {len(lost)} 个数没有写单位，没有读入（如“{lost[0]}”）"),) if lost else ()


def _bare_amounts(text: str) -> Iterator[str]:
    """Each with the words before it."""
    figures = [(figure.start, figure.end) for figure in figures_of(text)]
    for found in _BARE.finditer(text):
        if not any(start <= found.start() < end for start, end in figures):
            yield text[max(0, found.start() - _WORDS_BEFORE) : found.end()]


def _finished(
    drafts: list[Draft], paragraph: OutlinedParagraph, first: int, classification: Classification | None
) -> Iterator[Statement]:
    places = {id(draft): first + number for number, draft in enumerate(drafts)}
    for draft in drafts:
        whole = places.get(id(draft.whole)) if draft.whole else None
        yield draft.statement(paragraph.position, paragraph.text, whole, classification)


def heading_subject(heading: str) -> str:
    """What a heading is about (``（七）政府采购情况`` → ``政府采购``)."""
    return clean_subject(_ABOUT.sub("", heading))


def _subject_of_section(section: tuple[str, ...]) -> str:
    """What a paragraph without a subject of its own speaks of."""
    return heading_subject(section[-1]) if section else ""


def _classification(text: str, before: Classification | None) -> Classification | None:
    return next((name for name, pattern in CLASSIFICATIONS if pattern.search(text)), before)
