"""Comma-separated files, as spreadsheets export them: one sheet without formats."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from index.convert.encoding import decode
from index.convert.excel.sheet import Sheet, sheet_blocks
from index.document import Block, Gap

_MIN_RECORDS: Final = 3
_MIN_TITLED: Final = 3
"""Fields of a table that may have lines of one field around it."""


class CsvConverter:
    """Reads .csv: most records have the same number of fields, which lines of prose never have."""

    def accepts(self, content: bytes) -> bool:
        """Whether the records are equally long and longer than one field, titles and notes around them apart."""
        lengths = [len(record) for record in _records(content)]
        usual = max(lengths, key=lengths.count, default=0)
        if len(lengths) < _MIN_RECORDS or usual < 2:
            return False
        first = lengths.index(usual)
        end = len(lengths) - lengths[::-1].index(usual)
        others = [*lengths[:first], *lengths[end:]]
        if usual < _MIN_TITLED and others:
            return False
        return set(lengths[first:end]) == {usual} and max(others, default=1) == 1 and 2 * len(others) <= len(lengths)

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """Tables and paragraphs as on a sheet."""
        sheet = Sheet(None)
        for row, record in enumerate(_records(content)):
            sheet.texts |= {(row, column): text for column, text in enumerate(record) if text.strip()}
        return sheet_blocks(sheet)


def _records(content: bytes) -> list[list[str]]:
    text = None if b"\0" in content else decode(content)
    if text is None or "\t" in text:
        return []
    try:
        return [record for record in csv.reader(text.splitlines(keepends=True), strict=True) if record]
    except csv.Error:
        return []
