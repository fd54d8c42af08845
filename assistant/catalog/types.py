"""What a catalogue is made of: lines, columns and tables, and the links that names have to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from assistant.understand.wording import normalise
from index.kinds import KINDS

if TYPE_CHECKING:
    from assistant.catalog.misprints import NameIndex

LinkRole = Literal["row", "attribute", "column", "unit", "whole", "table", "statement", "passage"]
Match = Literal["exact", "near", "alias", "partial", "compound", "pinyin", "misprint"]

MISSPELT: Final = ("pinyin", "misprint")
"""Matches of names that the question writes otherwise than it means them."""

CLASSIFICATIONS: Final = ("功能分类", "部门经济分类", "政府经济分类")
"""Code systems that the whole country shares; other codes are each place's own."""

_TOTAL_HEADERS: Final = ("合计", "总计", "小计", "金额", "预算数", "决算数")
_COUNT_HEADERS: Final = ("人数", "数量", "人次", "批次", "个数", "年龄", "年限")
"""Ends of headers of the column that is meant, and of one that isn't, where the kind of table has no default column."""

_WAGES: Final = "基本工资"

OWN: Final = "本级"
"""Marks the unit that is the department itself."""


def row_of_figure(figure_id: str) -> str:
    """The id of the row that a figure stands in.

    >>> row_of_figure("6bdba5824fee.t12.r9.c8")
    '6bdba5824fee.t12.r9'
    """
    return figure_id.rsplit(".c", 1)[0]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one table. ``ancestors`` are row ids from the parent upwards.

    ``unit``: the subordinate unit whose line it is; ``stored_unit``: what the warehouse's 所属单位 says of it.
    """

    row_id: str
    table_id: str
    number: int
    label: str
    printed_label: str
    code: str | None
    code_system: str | None
    level: int | None
    parent: str | None
    is_leaf: bool
    is_total: bool
    unit: str | None
    side: str | None
    stored_unit: str | None = None
    of_other_period: bool = False
    ancestors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One value column; ``measure`` is None where only 全部数据 holds it.

    ``of_other_period``: of last year, or the change since then. ``parts``: the columns below a header that has none of
    its own for their sum (财政拨款收入 over 一般公共预算 and 政府性基金预算), whose ``number`` then is below 0.
    """

    table_id: str
    number: int
    path: str
    measure: str | None
    value_type: str
    unit: str | None
    side: str | None = None
    of_other_period: bool = False
    parts: tuple[Column, ...] = ()

    def holds_words(self, kind: str) -> bool:
        """Whether the column is text: by its cells, or by its measure's definition in a table of this kind."""
        defined = next((m.type for m in KINDS[kind].measures if m.name == self.measure), self.value_type)
        return "text" in (self.value_type, defined)


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its lines and value columns. ``form``: the table at the head of the form that it is part of."""

    table_id: str
    kind: str
    table_no: str | None
    title: str
    unit: str | None
    state: str
    note: str | None
    subject: str | None
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    printed: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    form: str | None = None

    @property
    def lists_projects(self) -> bool:
        """Whether its rows are projects proper, and not all spending as projects (基本工资 among them)."""
        return self.kind == "项目支出表" and all(row.label != _WAGES for row in self.rows)

    def default_column(self, side: str | None = None) -> Column | None:
        """The column meant when none is named; where 收入 and 支出 stand side by side, the one of ``side``."""
        wanted = next((m.name for m in KINDS[self.kind].measures if m.default), None)
        columns = [c for c in self.columns if not c.parts and (side is None or c.side in (None, side))]
        columns = [c for c in columns if not c.of_other_period] or columns
        if named := next((c for c in columns if c.measure == wanted and wanted), None):
            return named
        amounts = [c for c in columns if c.value_type == "amount" and not c.path.endswith(_COUNT_HEADERS)]
        totals = [c for c in amounts if c.path.endswith(_TOTAL_HEADERS)]
        return next(iter((*totals, *amounts, *columns)), None)


@dataclass(frozen=True, slots=True)
class Link:
    """One reading of a name. ``key`` is a row id, a column number, a unit's full name, a statement or paragraph id."""

    role: LinkRole
    key: str
    table_id: str = ""
    score: float = 1.0
    match: Match = "exact"
    name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentCatalog:
    """Everything nameable in one document.

    ``labels``: each row and unit under its normalised printed name, to find names that hold a word.
    """

    document_id: str
    unit_name: str
    region: str | None
    year: int | None
    document_type: str
    tables: dict[str, Table]
    rows: dict[str, Row]
    units: tuple[str, ...]
    surfaces: dict[str, tuple[Link, ...]] = field(repr=False)
    longest: int
    spellings: NameIndex = field(repr=False)
    labels: tuple[tuple[str, Link], ...] = field(default=(), repr=False)

    @property
    def main_unit(self) -> str | None:
        """The subordinate unit that is the department itself (本级): the one named like the document's unit."""
        bare = normalise(self.unit_name)
        own = [u for u in self.units if normalise(u).startswith(bare) or normalise(u) in bare]
        return next((u for u in own if OWN in u), own[0] if own else None)

    def is_whole(self, link: Link) -> bool:
        """Whether a name is that of the department itself."""
        return link.role == "whole" or (link.role == "unit" and link.key == self.main_unit)

    def row_of(self, figure_id: str) -> Row | None:
        """The row that a figure stands in; None where it is of another document."""
        return self.rows.get(row_of_figure(figure_id))

    def column(self, table_id: str, number: str) -> Column:
        """The column a link points at."""
        return next(c for c in self.tables[table_id].columns if str(c.number) == number)
