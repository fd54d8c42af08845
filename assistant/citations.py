"""Numbered citations of one answer: each cited cell or passage gets one number, in order of first use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from assistant.answer import Citation, TableCitation, TextCitation
from assistant.catalog.forms import FUNDS_OF_FORM
from index.records import DocumentRecord, FigureRecord, ParagraphRecord, TableRecord, document_of

MARK: Final = re.compile(r"\[(\d+)\]")
"""A citation's number as ``marks`` prints it."""


class Citations:
    """Collects an answer's citations."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self.listed: list[Citation] = []

    def cell(self, document: DocumentRecord, table: TableRecord, figure: FigureRecord) -> int:
        """The number of a printed cell."""
        number, is_new = self._number("cell", figure.figure_id)
        if is_new:
            self.listed.append(
                TableCitation(
                    n=number,
                    document=table.file,
                    unit_name=document.unit_name,
                    year=document.year,
                    table_no=table.table_no,
                    table_title=_title(table),
                    table_id=table.table_id,
                    row=figure.row_no,
                    row_label=figure.row_label,
                    code=figure.code,
                    column=figure.column_path,
                    column_no=figure.column_no,
                    value=figure.printed,
                    unit=figure.unit or (table.unit if figure.value_type == "amount" else None),
                    page=figure.page or table.page_first,
                )
            )
        return number

    def printed(self, document: DocumentRecord, table: TableRecord, row: int, column: int, text: str) -> int:
        """The number of a cell of a table that has no figures; ``row`` counts body rows from 1, ``column`` from 1."""
        number, is_new = self._number("printed", f"{table.table_id}.{row}.{column}")
        if is_new:
            header = table.grid[0][column - 1] if table.header_rows else ""
            self.listed.append(
                TableCitation(
                    n=number, document=table.file, unit_name=document.unit_name, year=document.year,
                    table_no=table.table_no, table_title=table.title, table_id=table.table_id, row=row, row_label=text,
                    code=None, column=header, column_no=column, value=text, unit=None, page=table.page_first,
                )
            )  # fmt: skip
        return number

    def declared(self, document: DocumentRecord, table: TableRecord) -> int:
        """The number of a table that says in words that there is nothing to print."""
        number, is_new = self._number("declared", table.table_id)
        if is_new:
            note = table.note or table.title
            self.listed.append(
                TableCitation(
                    n=number, document=table.file, unit_name=document.unit_name, year=document.year,
                    table_no=table.table_no, table_title=table.title, table_id=table.table_id, row=1, row_label=note,
                    code=None, column=table.title, column_no=1, value=note, unit=table.unit, page=table.page_first,
                )
            )  # fmt: skip
        return number

    def passage(self, document: DocumentRecord, paragraph: ParagraphRecord, quote: str) -> int:
        """The number of a quote from a paragraph."""
        number, is_new = self._number(paragraph.paragraph_id, quote)
        if is_new:
            self.listed.append(
                TextCitation(
                    n=number,
                    document=paragraph.file,
                    unit_name=document.unit_name,
                    year=document.year,
                    section=list(paragraph.section),
                    paragraph=paragraph.position,
                    paragraph_id=paragraph.paragraph_id,
                    quote=quote,
                    page=paragraph.page,
                )
            )
        return number

    def add(self, others: Citations) -> dict[int, int]:
        """Takes in another answer's citations; the number that each of its numbers has here."""
        numbers: dict[int, int] = {}
        for (kind, key), old in others._numbers.items():
            numbers[old], is_new = self._number(kind, key)
            if is_new:
                self.listed.append(others.listed[old - 1].model_copy(update={"n": numbers[old]}))
        return numbers

    def state(self) -> int:
        """How many there are, to come back to."""
        return len(self.listed)

    def restore(self, count: int) -> None:
        """Forgets all but the first ``count``."""
        del self.listed[count:]
        self._numbers = {key: number for key, number in self._numbers.items() if number <= count}

    def _number(self, kind: str, key: str) -> tuple[int, bool]:
        number = self._numbers.setdefault((kind, key), len(self._numbers) + 1)
        return number, number > len(self.listed)


def _title(table: TableRecord) -> str:
    """A table's title; of the funds of a form, which print no project, with the project that they are of."""
    return f"{table.title}（{table.subject}）" if table.subject and table.title.endswith(FUNDS_OF_FORM) else table.title


def document_id_of(citation: Citation) -> str:
    """The document that a citation points into."""
    return document_of(citation.table_id if citation.kind == "table" else citation.paragraph_id)


def marks(numbers: Iterable[int], most: int = 6) -> str:
    """``[1][2]``; beyond ``most`` the rest is left to the list of sources."""
    kept = list(dict.fromkeys(numbers))
    return "".join(f"[{n}]" for n in kept[:most])
