"""Cells of money that look like numbers and are none (``1,2345.00``, ``####``): told, so that none is lost unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from index.clean.table import CleanTable
from index.document import Gap
from index.kinds import KINDS

_LIKE_A_NUMBER: Final = re.compile(r"[^\u4e00-\u9fff]*(?:\d|#{2,}|#[A-Z]+)[^\u4e00-\u9fff]*")


def unread_numbers(tables: Iterable[CleanTable]) -> tuple[Gap, ...]:
    """What is said of each table with such cells."""
    return tuple(gap for table in tables if (gap := _told(table, list(_unread(table)))))


def _unread(table: CleanTable) -> Iterator[str]:
    amounts = {measure.name for measure in KINDS[table.kind].measures if measure.type == "amount"}
    columns = {column.number for column in table.columns if column.measure in amounts}
    for row in table.rows:
        for cell in row.cells:
            if cell.column in columns and cell.number is None and _LIKE_A_NUMBER.fullmatch(cell.printed):
                yield cell.printed


def _told(table: CleanTable, printed: list[str]) -> Gap | None:
    return Gap(f"“{table.title}”里 {len(printed)} 个数看不懂（如“{printed[0]}”）") if printed else None
