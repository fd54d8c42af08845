"""Small budget tables and prose for the tests, written the way a budget prints them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from index.clean.table import CleanCell, CleanRow, CleanTable, Column
from index.money import parse_number
from index.prose import OutlinedParagraph, Statement
from index.statements import read_statements

Line = tuple[str, str, str | None, Sequence[str]]
"""Key, label, parent's key, and the printed amounts."""


def table(
    kind: str,
    measures: Sequence[str | None],
    lines: Sequence[Line],
    *,
    number: int = 1,
    unit: str = "万元",
    no: str = "附表1",
    paths: Sequence[str] = (),
) -> CleanTable:
    """A table with one column per measure; a row keyed with I or E belongs to that half, 合计 and 总计 are totals.

    ``paths`` are the printed headers where they are not the measures' names.
    """
    columns = tuple(
        Column(at, path, "measure", measure)
        for at, (measure, path) in enumerate(zip(measures, paths or map(str, measures), strict=True), start=1)
    )
    rows = tuple(_row(line) for line in lines)
    return CleanTable(number, no, kind, kind, 1.0, unit, columns, rows, "figures", None, (), 1)


def _row(line: Line) -> CleanRow:
    key, label, parent, printed = line
    sides: dict[str, Literal["收入", "支出"]] = {"I": "收入", "E": "支出"}
    side = sides.get(key[-1])
    return CleanRow(
        number=int(key.rstrip("IE")),
        label=label,
        printed_label=label,
        cells=tuple(_cell(at, text) for at, text in enumerate(printed, start=1)),
        side=side,
        level=0 if label.endswith(("合计", "总计")) else 1,
        parent=parent,
        is_total=label.endswith(("合计", "总计")),
    )


def _cell(column: int, printed: str) -> CleanCell:
    number: Decimal | None = parse_number(printed)
    return CleanCell(column, printed, "blank" if number is None else "amount", number)


def prose(*texts: str) -> tuple[Statement, ...]:
    """The statements of paragraphs."""
    return read_statements(tuple(OutlinedParagraph(n, text, ()) for n, text in enumerate(texts, start=1)))
