"""Comma-separated files, as spreadsheets export them: one sheet without formats."""

from __future__ import annotations

import csv
import re
from itertools import groupby
from pathlib import Path
from typing import Final

from index.convert.encoding import decode
from index.convert.excel.sheet import Sheet, sheet_blocks
from index.document import Block, Gap

_DELIMITERS: Final = ",;"
_QUOTED_BY_TABS: Final = re.compile(r"""(?:^|\t)=?"[^"\t\n]*"(?=[\t\r\n]|$)""", re.MULTILINE)
"""A field of the text with tabs that Excel saves: other text with tabs has no quotes around fields."""
_MIN_RECORDS: Final = 3
_AMOUNT_IN_PROSE: Final = re.compile(r"[^\W\d_,]\s*\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*[万亿]?元")
"""Behind words and before its unit, on one line: no comma in it parts fields."""
_ALIGNED: Final = re.compile(r"[\w.] {2,}\S")
"""Wide blanks within most records: columns that are aligned by them, of amounts with commas."""
_FORMULA: Final = re.compile(r"""(?P<before>^|[,;\t])=(?P<text>"[^"\n]*")(?=\s*(?:[,;\t]|$))""", re.MULTILINE)
_QUOTED_FORMULA: Final = re.compile(r"""="([^"]*)"|'(\d+)""")
_TAB_BEHIND: Final = re.compile(r"""(?<=\d)\t(?="?[,;])""")
"""How codes are kept from becoming numbers: as the text of a formula, behind an apostrophe, with a tab behind them."""
_MIN_TITLED: Final = 3
"""Fields of a table that may have shorter lines around it and within: titles, owners, units and notes."""
_MOST_SHORT: Final = 2
"""One of how many lines may be short."""


class CsvConverter:
    """Reads .csv: most records have the same number of fields, which lines of prose never have."""

    def accepts(self, content: bytes) -> bool:
        """Whether the records are equally long and longer than one field, titles and notes apart."""
        return bool(_records(content))

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """Tables and paragraphs as on a sheet."""
        sheet = Sheet(None)
        for row, record in enumerate(_records(content)):
            texts = (_QUOTED_FORMULA.sub(lambda match: match[1] or match[2] or "", text) for text in record)
            sheet.texts |= {(row, column): text for column, text in enumerate(texts) if text.strip()}
        return sheet_blocks(sheet)


def _records(content: bytes) -> list[list[str]]:
    """The records by the delimiter with which they make a table, none where no delimiter does."""
    decoded = decode(content)
    text = _FORMULA.sub(r"\g<before>\g<text>", _TAB_BEHIND.sub("", decoded)) if decoded else ""
    if not text or "\0" in text or _AMOUNT_IN_PROSE.search(text):
        return []
    if "\t" in text and not _QUOTED_BY_TABS.search(text):
        return []
    parted = (_parted(text, delimiter) for delimiter in ("\t" if "\t" in text else _DELIMITERS))
    return next((records for records in parted if _make_table(records)), [])


def _parted(text: str, delimiter: str) -> list[list[str]]:
    lines = text.splitlines(keepends=True)
    try:
        return [record for record in csv.reader(lines, strict=True, delimiter=delimiter) if record]
    except csv.Error:
        return []


def _make_table(records: list[list[str]]) -> bool:
    aligned = sum(any(_ALIGNED.search(field.strip()) for field in record) for record in records)
    if 2 * aligned > len(records):
        return False
    lengths = [len(record) for record in records]
    usual = max(lengths, key=lambda length: (lengths.count(length), length), default=0)
    if _make_tables(lengths):
        return True
    if len(lengths) < _MIN_RECORDS or usual < 2:
        return False
    short = sum(length < usual for length in lengths)
    if usual < _MIN_TITLED or not short:
        return set(lengths) == {usual}
    return max(lengths) == usual and _MOST_SHORT * short <= len(lengths)


def _make_tables(lengths: list[int]) -> bool:
    """Whether all records with several fields stand in runs of equally long ones: tables of different widths."""
    runs = [list(run) for _, run in groupby(lengths)]
    of_tables = [len(run) for run in runs if run[0] >= _MIN_TITLED and len(run) >= _MIN_RECORDS]
    titles = lengths.count(1)
    return sum(of_tables) + titles == len(lengths) and sum(of_tables) > titles
