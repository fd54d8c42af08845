"""A table on its way from printed to clean: what the passes hand on to each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from index.clean.placing import Printed, places_of
from index.clean.table import CleanRow, CleanTable, Column, TableState
from index.clean.wording import squeeze
from index.dictionary import read_yaml
from index.document import Document, Paragraph, RawRow, RawTable
from index.money import parse_number
from index.ordinals import rank
from index.pagination import is_page_number
from index.prose import OutlinedParagraph

_FOOT: Final = 4
"""How many lines may stand at a table's foot."""
_FOOT_LINE: Final = re.compile(read_yaml("columns.yaml")["foot_line"])


@dataclass(frozen=True, slots=True)
class Draft:
    """One table, partly understood.

    ``rows`` are printed rows, header rows first once they are found; ``above`` are the paragraphs between the
    table before and this one, ``below`` is the paragraph that follows it (behind dates and signatures), ``owner``
    whose table its caption says it is.
    """

    position: int
    rows: tuple[RawRow, ...]
    above: tuple[str, ...] = ()
    below: str = ""
    section: tuple[str, ...] = ()
    title: str = ""
    table_no: str | None = None
    unit: str | None = None
    header_rows: int = 0
    kind: str = "其他表"
    confidence: float = 0.0
    columns: tuple[Column, ...] = ()
    body: tuple[CleanRow, ...] = ()
    state: TableState = "figures"
    note: str | None = None
    subject: str | None = None
    owner: str | None = None

    @property
    def width(self) -> int:
        """The number of printed columns."""
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def body_rows(self) -> tuple[RawRow, ...]:
        """The printed rows below the header."""
        return self.rows[self.header_rows :]

    def numbers_and_texts(self, number: int) -> tuple[int, int]:
        """How many body cells of a printed column hold a number, and how many hold words."""
        texts = [row.texts[number - 1] for row in self.body_rows if len(row.texts) >= number]
        filled = [text for text in texts if text.strip()]
        numbers = sum(parse_number(text) is not None for text in filled)
        return numbers, len(filled) - numbers


Drafts = tuple[Draft, ...]
DraftPass = Callable[[Drafts], Drafts]


def each(table_pass: Callable[[Draft], Draft]) -> DraftPass:
    """A pass over single tables as a pass over the document's tables."""
    return lambda drafts: tuple(table_pass(draft) for draft in drafts)


def draft_tables(document: Document, paragraphs: tuple[OutlinedParagraph, ...]) -> Drafts:
    """The document's raw tables with the prose around them."""
    sections = {paragraph.position: _heading_path(paragraph) for paragraph in paragraphs}
    drafts: list[Draft] = []
    above: list[str] = []
    section: tuple[str, ...] = ()
    for position, block in enumerate(document.blocks, start=1):
        if isinstance(block, RawTable):
            if not any(text.strip() for row in block.rows for text in row.texts):
                continue
            drafts.append(Draft(position, block.rows, tuple(above), _below(document, position), section))
            above = []
        elif not is_page_number(block.text):
            above.append(block.text)
            section = sections.get(position, section)
    return tuple(drafts)


def _heading_path(paragraph: OutlinedParagraph) -> tuple[str, ...]:
    """The headings that what follows ``paragraph`` stands under."""
    heads = paragraph.role == "heading" and rank(paragraph.text) is not None
    return (*paragraph.section, paragraph.text) if heads else paragraph.section


def _below(document: Document, position: int) -> str:
    """The first line below the table that says more than when and by whom it was filled in."""
    following = takewhile(lambda block: isinstance(block, Paragraph), document.blocks[position : position + _FOOT])
    lines = [block.text for block in following if isinstance(block, Paragraph)]
    return next((line for line in lines if not is_foot_line(line)), lines[0] if lines else "")


def is_foot_line(text: str) -> bool:
    """Whether a line says no more than when, by whom or for whom a table was filled in, or is a page's number."""
    return is_page_number(text) or bool(_FOOT_LINE.fullmatch(squeeze(text)))


def finish(draft: Draft, number: int, printed: Printed) -> CleanTable:
    """The clean table that a finished draft is."""
    width = draft.width
    pages = [row.provenance.page for row in draft.rows if row.provenance.page is not None]
    return CleanTable(
        number=number,
        table_no=draft.table_no,
        title=draft.title,
        kind=draft.kind,
        confidence=draft.confidence,
        unit=draft.unit,
        columns=draft.columns,
        rows=draft.body,
        state=draft.state,
        note=draft.note,
        grid=tuple(row.texts + ("",) * (width - len(row.texts)) for row in draft.rows),
        header_rows=draft.header_rows,
        section=draft.section,
        subject=draft.subject,
        owner=draft.owner,
        page_first=min(pages, default=None),
        page_last=max(pages, default=None),
        line=draft.rows[0].provenance.line if draft.rows else None,
        places=tuple(places_of(row, width, printed) for row in draft.rows) if pages else (),
    )
