"""Told texts: every text of a document that may be quoted, paragraphs and worded cells alike, ready to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from assistant.understand.wording import normalise
from index.records import FigureRecord, ParagraphRecord, TableRecord
from index.sentences import sentences

_SKIPPED: Final = ("contents", "heading")
_LEAST: Final = 15
"""Characters from which a cell holds sentences rather than a name."""

_HEAD: Final = re.compile(r"[（(]?(?:[一二三四五六七八九十\d]+[）)、.．])?(?P<topic>[^：:，。；]{4,40})[：:]")
_REFERS: Final = re.compile("[本该此](?:项目|专项|工程|课题|资金|经费)")
"""What stands for the topic of the paragraph."""

_CELL_END: Final = re.compile(r"(?<=[。；;！!])|\n(?=\d)")
_BROKEN: Final = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|(?<=\d)\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, with the normalised texts that it is judged by: itself, all around it, and what stands above.

    ``source`` is its paragraph, or its cell. ``topic``: what 本项目 and the like in it stand for.
    """

    text: str
    plain: str
    whole: str
    above: str
    position: int
    source: ParagraphRecord | FigureRecord
    topic: str = ""


def told_texts(
    paragraphs: Iterable[ParagraphRecord], cells: Iterable[FigureRecord], tables: dict[str, TableRecord]
) -> tuple[Told, ...]:
    """The sentences of all paragraphs but headings, then those of all worded cells."""
    said = [told for paragraph in paragraphs for told in _of_paragraph(paragraph)]
    return (*said, *(told for n, cell in enumerate(cells) for told in _of_cell(cell, tables[cell.table_id], n)))


def _of_paragraph(paragraph: ParagraphRecord) -> Iterator[Told]:
    if paragraph.role in _SKIPPED:
        return
    whole, above = normalise(paragraph.text), normalise("".join(paragraph.section))
    topic = _topic(paragraph)
    for text in sentences(paragraph.text):
        meant = _REFERS.sub(topic, text) if topic else text
        stands_for = topic if meant != text else ""
        yield Told(text, normalise(meant), whole, above, paragraph.position, paragraph, stands_for)


def _topic(paragraph: ParagraphRecord) -> str:
    """What a paragraph is about: what it begins with before a colon, else the heading above it."""
    head = _HEAD.match(paragraph.text)
    return head["topic"] if head else paragraph.section[-1] if paragraph.section else ""


def _of_cell(cell: FigureRecord, table: TableRecord, number: int) -> Iterator[Told]:
    if len(cell.printed) < _LEAST:
        return
    text = _BROKEN.sub("", cell.printed).strip()
    above = normalise(
        f"{table.title}{table.subject or ''}{cell.row_label}{cell.subordinate_unit or ''}{cell.column_path}"
    )
    whole = normalise(text)
    for part in filter(None, (piece.strip() for piece in _CELL_END.split(text))):
        yield Told(part, normalise(part), whole, above, 1_000_000 + number, cell)
