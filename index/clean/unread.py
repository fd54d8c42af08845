"""Numbers that are lost are told: cells that only look like one (``1,2345.00``, ``####``), tables without a header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from index.clean.table import CleanTable
from index.document import Gap
from index.kinds import KINDS

_LIKE_A_NUMBER: Final = re.compile(r"(?:大?约|近|逾|超过?)?[^\u4e00-\u9fff]*(?:\d|#{2,}|#[A-Z]+)[^\u4e00-\u9fff]*")

_AMOUNT: Final = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_EXACT: Final = re.compile(r"\d,\d{3}|\.\d")
_MONEY: Final = re.compile("预算数|决算数|执行数|金额|支出|收入|合计")
_FEWEST_LOST: Final = 2
_UNTITLED: Final = "没有标题的表"


def unread_numbers(tables: Iterable[CleanTable]) -> tuple[Gap, ...]:
    """What is said of each table with such cells, of each whose columns no header names, of each without a unit."""
    told = (_told(table, list(_unread(table))) or _headless(table) or _without_unit(table) for table in tables)
    return tuple(gap for gap in told if gap)


def _unread(table: CleanTable) -> Iterator[str]:
    amounts = {measure.name for measure in KINDS[table.kind].measures if measure.type == "amount"}
    columns = {column.number for column in table.columns if column.measure in amounts} | _of_money(table)
    for row in table.rows:
        for cell in row.cells:
            if cell.column in columns and cell.number is None and _LIKE_A_NUMBER.fullmatch(cell.printed):
                yield cell.printed


def _of_money(table: CleanTable) -> set[int]:
    """The columns that hold more amounts than words."""
    held: Counter[int] = Counter()
    for cell in (cell for row in table.rows for cell in row.cells):
        is_word = cell.value_type == "text" and not _LIKE_A_NUMBER.fullmatch(cell.printed)
        held[cell.column] += (cell.value_type == "amount") - is_word
    return {column for column, count in held.items() if count > 0}


def _told(table: CleanTable, printed: list[str]) -> Gap | None:
    return Gap(f"“{table.title}”里 {len(printed)} 个数看不懂（如“{printed[0]}”）") if printed else None


def _headless(table: CleanTable) -> Gap | None:
    lost = [text for row in table.grid for text in row if _AMOUNT.fullmatch(text.strip())]
    if table.header_rows or len(lost) < _FEWEST_LOST:
        return None
    return Gap(f"“{table.title or _UNTITLED}”没有认出表头，里面的 {len(lost)} 个数没有读入（如“{lost[0]}”）")


def _without_unit(table: CleanTable) -> Gap | None:
    """A table of money that nothing tells the unit of."""
    columns = {column.number for column in table.columns if column.unit is None and _MONEY.search(column.path)}
    cells = [cell for row in table.rows for cell in row.cells if cell.column in columns]
    lost = [cell.printed for cell in cells if cell.value_type in ("amount", "quantity") and _EXACT.search(cell.printed)]
    if table.unit or len(lost) < _FEWEST_LOST:
        return None
    return Gap(
        f"“{table.title or _UNTITLED}”没有写明金额的单位，里面的 {len(lost)} 个数不知道是多少钱（如“{lost[0]}”）"
    )
