"""Comma-separated files, as spreadsheets export them: one sheet without formats."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

from index.convert.encoding import decode
from index.convert.excel.sheet import Sheet, sheet_blocks
from index.document import Block

_MIN_RECORDS: Final = 3


class CsvConverter:
    """Reads .csv: every record has the same number of fields, which lines of prose never have."""

    def accepts(self, content: bytes) -> bool:
        """Whether all records are equally long and longer than one field."""
        records = _records(content)
        return len(records) >= _MIN_RECORDS and len(records[0]) > 1 and len({len(record) for record in records}) == 1

    def read(self, content: bytes, path: Path) -> tuple[Block, ...]:
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
