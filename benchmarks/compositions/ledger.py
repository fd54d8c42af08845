"""The printed amounts of a document by which what is asked of it is judged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from index.records import DocumentRecord
from index.warehouse import Warehouse

Kind = Literal["amount", "count", "percent", "times", "per"]
Number = tuple[Kind, Decimal]
Reading = tuple[Number, ...]

WAN: Final = Decimal(10_000)
_NAME: Final = re.compile(r"[\u4e00-\u9fff]{3,16}")
_GENERIC: Final = re.compile(
    r"合计|总计|小计|本级|其他支出$|^其他|项目支出$|基本支出$|结转|结余|(?:收入|拨款|资金|预算)$"
)
_DEFAULTS: Final = {"合计", "预算数", "采购金额", "决算数", "三公经费合计"}
_FUNCTION_LEVELS: Final = {3: 1, 5: 2, 7: 3}

_SQL: Final = """SELECT f.table_id, f.kind, t.title, f.row_id, f.row_no, f.row_label, coalesce(f.code, ''),
    coalesce(f.code_system, ''), coalesce(f.level, 0), coalesce(f.parent_row_id, ''), f.is_leaf, f.is_total,
    coalesce(f.subordinate_unit, ''), coalesce(f.side, ''), coalesce(f.measure, ''), f.amount_yuan, a.year, a.nature,
    a.fund, a.origin, a.quantity, a.part, f.column_no
FROM figures f JOIN facts a ON a.figure_id = f.figure_id JOIN tables t ON t.table_id = f.table_id
WHERE f.document_id = $1 AND f.amount_yuan IS NOT NULL ORDER BY t.position, f.row_no, f.column_no"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed amount with the coordinates that the index gives it."""

    table: str
    kind: str
    title: str
    row_id: str
    row_no: int
    label: str
    code: str
    system: str
    level: int
    parent: str
    is_leaf: bool
    is_total: bool
    unit: str
    side: str
    measure: str
    amount: Decimal
    year: int | None
    nature: str
    fund: str
    origin: str
    quantity: str
    part: tuple[str, ...]
    column: int

    @property
    def name(self) -> str:
        """What it is of: its row, or the item that heads its column."""
        return self.part[-1] if self.kind == "三公经费支出表" and self.part else self.label


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked, by what each reading of it comes to; ``in_order``: these figures stand first, in this order."""

    wording: str
    readings: tuple[Reading, ...]
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one kind with all that it asks, and the questions before it."""

    kind: str
    question: str
    parts: tuple[Part, ...]
    history: tuple[str, ...] = ()


class Ledger:
    """The printed amounts of one document."""

    def __init__(self, warehouse: Warehouse, document: DocumentRecord) -> None:
        self.document = document
        rows = warehouse.execute(_SQL, [document.document_id])[1]
        self.cells = tuple(Cell(*row[:21], tuple(row[21] or ()), row[22]) for row in rows)
        self.told = tuple(s for s in warehouse.statements(document.document_id))

    @property
    def unit(self) -> str:
        """How people call the document's unit."""
        return re.sub(r"（.*?）", "", self.document.unit_name)

    @cached_property
    def tables(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of each table in its main column."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            if cell.measure in _DEFAULTS and self.is_own(cell):
                found[cell.table].append(cell)
        return {table: _main_column(cells) for table, cells in found.items()}

    def is_own(self, cell: Cell) -> bool:
        """Whether a cell is money of the document's own year."""
        return cell.quantity == "金额" and cell.year == self.document.year

    @cached_property
    def by_name(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of the document's own year that bear a name, in the main column of each table or the name's own."""
        found: dict[str, list[Cell]] = defaultdict(list)
        main = {(cell.row_id, cell.column) for cells in self.tables.values() for cell in cells}
        for cell in self.cells:
            is_main = (cell.row_id, cell.column) in main or cell.table not in self.tables
            if self.is_own(cell) and (is_main or cell.kind == "三公经费支出表"):
                found[cell.name].append(cell)
        return {name: tuple(cells) for name, cells in found.items()}

    def amounts(self, name: str) -> dict[str, tuple[Decimal, ...]]:
        """What a name may stand for, by the place that tells it, a table or sentences: each figure, and their sum."""
        found: dict[str, list[Decimal]] = defaultdict(list)
        for cell in self.by_name.get(name, ()):
            found[f"{cell.table}{cell.system}"].append(cell.amount)
        for statement in self.told:
            if statement.amount_yuan is not None and name in (statement.subject or ""):
                found["prose"].append(statement.amount_yuan)
        return {place: tuple(dict.fromkeys((*some, sum(some, Decimal(0))))) for place, some in found.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names that people may ask for: Chinese ones of one or few figures that are not of everything."""
        return tuple(
            name
            for name, cells in self.by_name.items()
            if self.is_plain(name) and not any(c.is_total or self.is_unit(c) for c in cells)
            and any(c.amount for c in cells) and len({c.amount for c in cells}) <= 3
        )  # fmt: skip

    def is_plain(self, name: str) -> bool:
        """Whether a name is said as it is printed."""
        return bool(_NAME.fullmatch(name)) and not _GENERIC.search(name) and name not in self.unit

    def totals(self, table: str) -> tuple[Decimal, ...]:
        """What a table comes to: its total row, else its topmost rows together."""
        cells = [cell for cell in self.tables.get(table, ()) if cell.side != "收入"]
        totals = [cell.amount for cell in cells if cell.is_total]
        tops = [cell for cell in cells if cell.level == 1 and not cell.is_total]
        sets = ([c for c in tops if c.system == "单位"], [c for c in tops if c.system != "单位"])
        return tuple(dict.fromkeys(totals or [sum((c.amount for c in each), Decimal(0)) for each in sets if each]))

    def children(self, cell: Cell) -> tuple[Cell, ...]:
        """The rows right below one."""
        return tuple(each for each in self.tables[cell.table] if each.parent == cell.row_id)

    def parents(self) -> list[Cell]:
        """The rows with two or more rows below them, that have a plain name of one figure a table."""
        units = {cell.label for cell in self.cells if self.is_unit(cell)}
        return [
            cell
            for cells in self.tables.values() for cell in cells
            if self.is_plain(cell.label) and not cell.is_total and cell.label not in units
            and len([c for c in self.children(cell) if c.amount]) > 1
            and len([c for c in cells if c.label == cell.label]) == 1
        ]  # fmt: skip

    def same_as(self, cell: Cell) -> list[Cell]:
        """The rows of any table that bear a row's name and have rows below them."""
        return [c for c in self.by_name.get(cell.label, ()) if c.table in self.tables and self.children(c)]

    def classes(self) -> dict[str, list[tuple[Cell, ...]]]:
        """The lists of rows that people rank, by what they call them; each as every table gives it."""
        found: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
        for cells in self.tables.values():
            rows = tuple(cell for cell in cells if not cell.is_total and cell.system != "单位")
            mixed = any(cell.system == "单位" for cell in cells)
            kind = cells[0].kind
            if kind == "项目支出表":
                found["项目"] += lists(rows)
            elif kind == "政府采购预算表":
                found["采购项目"] += lists(rows)
            elif not mixed and kind not in ("收入总表", "收支总表"):
                for level, called in enumerate(("类级科目", "款级科目", "项级科目"), 1):
                    if of_level := tuple(cell for cell in rows if function_level(cell) == level):
                        found[called].append(of_level)
                if economic := tuple(cell for cell in rows if cell.system == "部门经济分类"):
                    found["经济科目"] += lists(economic)
        return {called: lists for called, lists in found.items() if any(len(each) > 3 for each in lists)}

    @cached_property
    def units(self) -> list[tuple[str, tuple[Cell, ...]]]:
        """The lists of subordinate units, with what their table tells of them."""
        said = {"收入总表": "收入预算", "支出总表": "支出预算", "三公经费支出表": "三公经费"}
        found = []
        for cells in self.tables.values():
            rows = tuple(cell for cell in cells if cell.system == "单位" and cell.is_leaf and cell.unit)
            if cells[0].kind in said and len({cell.unit for cell in rows}) == len(rows) > 2:
                found.append((said[cells[0].kind], rows))
        return found

    def is_unit(self, cell: Cell) -> bool:
        """Whether a row is that of a unit."""
        return cell.system == "单位" or cell.label == cell.unit

    def is_self(self, cell: Cell) -> bool:
        """Whether a unit is the department's own level."""
        return "本级" in cell.unit or cell.unit == self.document.unit_name


def _main_column(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Of several columns of one side that may be meant the first."""
    first: dict[str, int] = {}
    for cell in sorted(cells, key=lambda c: (c.measure == "三公经费合计", c.column)):
        first.setdefault(cell.side, cell.column)
    return tuple(cell for cell in cells if cell.column == first[cell.side])


def function_level(cell: Cell) -> int:
    """1 to 3 for 类, 款 and 项, 0 for what is no function."""
    if cell.system == "功能分类":
        return _FUNCTION_LEVELS.get(len(cell.code), 0)
    return 0


def lists(rows: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """The lowest rows, and those of each level: which of them are meant is open."""
    lowest = tuple(cell for cell in rows if cell.is_leaf)
    levels = [tuple(cell for cell in rows if cell.level == level) for level in sorted({cell.level for cell in rows})]
    return list(dict.fromkeys(each for each in (lowest, *levels) if each))


def amounts(values: Iterable[Decimal]) -> Reading:
    """Some amounts as one reading."""
    return tuple(("amount", value) for value in values)


def percent(part: Decimal, whole: Decimal) -> Number | None:
    """What a part is of a whole; None of nothing."""
    return ("percent", part / whole * 100) if whole else None
