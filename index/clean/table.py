"""The second stage's types: a budget table whose kind, unit, headers and rows are understood.

Everything printed is kept beside what was made of it: ``CleanTable.grid`` is the printed table (page breaks
joined, repeated headers and page numbers dropped), and each row and column knows its place in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from index.document import Places

CodeSystem = Literal["功能分类", "部门经济分类", "政府经济分类", "单位", "项目", "项目类别", "采购品目"]
Side = Literal["收入", "支出"]
TableState = Literal["figures", "empty", "declared_empty"]
ValueType = Literal["amount", "quantity", "percent", "text", "blank"]
ColumnRole = Literal["code", "label", "unit_name", "side", "measure", "ignored"]


@dataclass(frozen=True, slots=True)
class Column:
    """One printed column (of one half, where a table prints 收入 and 支出 side by side).

    ``number`` counts printed columns from 1; ``path`` is the header from top to bottom (``基本支出/人员经费``
    joined by "/"); ``measure`` its canonical name in data/dictionary/kinds.yaml, None where there is none;
    ``unit`` overrides the table's (``单价(元)``). ``by_row``: each row's label names the measure of its cell.
    """

    number: int
    path: str
    role: ColumnRole
    measure: str | None = None
    unit: str | None = None
    side: Side | None = None
    by_row: bool = False


@dataclass(frozen=True, slots=True)
class CleanCell:
    """One cell of a measure column: ``printed`` as in the source, ``number`` exact and in its column's unit.

    An amount that prints another unit of its own (``5,000元`` in a table in 万元) is converted.
    """

    column: int
    printed: str
    value_type: ValueType
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CleanRow:
    """One line of a clean table.

    ``number`` counts the printed body rows from 1; two rows share it where halves stand side by side, and
    ``side`` tells them apart. ``label`` is complete and free of ordinals (``一、``, ``（二）``) and inner blanks,
    ``printed_label`` as in the source. ``parent`` is the ``key`` of the parent row. ``level`` counts from 1 at
    the top (类=1, 款=2, 项=3 for functional codes); total rows have level 0. ``subordinate_unit`` is the full
    name of the unit the line belongs to, None for lines of the whole department. ``measure`` is what the label names
    in columns ``by_row``; ``is_own`` is False for lines of another year, or of the change against it.
    """

    number: int
    label: str
    printed_label: str
    cells: tuple[CleanCell, ...]
    side: Side | None = None
    code: str | None = None
    code_system: CodeSystem | None = None
    level: int | None = None
    parent: str | None = None
    is_leaf: bool = True
    is_total: bool = False
    subordinate_unit: str | None = None
    page: int | None = None
    measure: str | None = None
    is_own: bool = True

    @property
    def key(self) -> str:
        """Unique within the table: the row number, with the side's initial where halves are split."""
        return f"{self.number}{ {'收入': 'I', '支出': 'E', None: ''}[self.side] }"


@dataclass(frozen=True, slots=True)
class CleanTable:
    """A table after all passes. ``kind`` is a name of data/dictionary/kinds.yaml, ``unit`` 元, 万元 … or None.

    ``table_no`` is the printed number (``附表4-6``) or None; ``subject`` is what a whole table is about where rows
    don't say it (the project of a performance form); ``section`` the heading path the table stands under;
    ``grid`` the printed rows, header rows first (``header_rows`` of them), so body row n is
    ``grid[header_rows + n - 1]``. ``file`` is set where the document is made of several files. ``places`` tells where
    each cell of ``grid`` is printed, and makes no two alike tables differ.
    """

    number: int
    table_no: str | None
    title: str
    kind: str
    confidence: float
    unit: str | None
    columns: tuple[Column, ...]
    rows: tuple[CleanRow, ...]
    state: TableState
    note: str | None
    grid: tuple[tuple[str, ...], ...]
    header_rows: int
    section: tuple[str, ...] = ()
    subject: str | None = None
    owner: str | None = None
    page_first: int | None = None
    page_last: int | None = None
    line: int | None = None
    file: str | None = None
    places: tuple[tuple[Places, ...], ...] = field(default=(), compare=False, repr=False)
