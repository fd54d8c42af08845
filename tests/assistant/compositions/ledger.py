"""The cells of a document as the warehouse holds them, and the lists of rows that they make: what brute force reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.library import Library
from assistant.query import Name, RowKind, Rows, Select

DEFAULTS: Final = {
    "收支总表": "预算数", "收入总表": "合计", "支出总表": "合计", "财政拨款收支总表": "预算数",
    "一般公共预算支出表": "合计", "一般公共预算基本支出表": "合计", "项目支出表": "合计", "政府采购预算表": "采购金额",
}  # fmt: skip
"""The column of each kind of table that is meant where none is named."""

_TREES: Final[dict[str, RowKind]] = {
    "支出总表": "function", "一般公共预算支出表": "function", "一般公共预算基本支出表": "economic",
}  # fmt: skip
COLUMNS: Final = ("基本支出", "项目支出", "人员经费", "公用经费")
_SQL: Final = """SELECT figure_id, row_id, kind, row_no, row_label, code_system, level, parent_row_id, is_total,
    coalesce(subordinate_unit, ''), measure, unit, amount_yuan FROM figures WHERE document_id = $1 ORDER BY row_no"""
_TOLD_SQL: Final = "SELECT subject, amount_yuan FROM statements WHERE document_id = $1 AND amount_yuan IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of an item: the same figure printed in two tables is one. ``unit``: what it is printed in."""

    label: str
    owner: str
    amount: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a cell stands."""

    cell: Cell
    row_id: str
    kind: str
    code_system: str
    level: int
    parent: str
    is_total: bool
    measure: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A selection of one figure or of rows, with the cells that it means."""

    query: Select | Rows
    cells: tuple[Cell, ...]


def select(*names: str) -> Select:
    """What bears all names."""
    return Select(names=tuple(Name(text=name) for name in names))


class Ledger:
    """The cells of the one document of an index, and the leaves of queries over them."""

    def __init__(self, library: Library) -> None:
        (self.document_id,) = library.documents
        self._printed = {entry[0]: _printed(entry) for entry in library.warehouse.execute(_SQL, [self.document_id])[1]}
        self._told = library.warehouse.execute(_TOLD_SQL, [self.document_id])[1]
        self.items = tuple(self._items())
        self.groups = tuple(self._groups())
        self.by_column = {name: cells for name in COLUMNS if (cells := self._column(name))}
        self.columns = tuple(Leaf(Rows(within=select(n), kind="function"), c) for n, c in self.by_column.items())
        self.lists = (*self.groups, *self.columns, *self._kinds())
        self.wholes = tuple(item for item in self.items if item.cells[0].label in self._group_labels())

    def cell(self, figure_id: str) -> Cell:
        """The cell of a citation."""
        return self._printed[figure_id].cell

    def _rows(self, kind: str, measure: str | None = None) -> list[Printed]:
        wanted = measure or DEFAULTS[kind]
        return [p for p in self._printed.values() if p.kind == kind and p.measure == wanted]

    def _items(self) -> Iterator[Leaf]:
        """The labels that stand for one amount, wherever they are printed."""
        amounts: dict[str, set[Cell]] = {}
        for printed in self._printed.values():
            is_item = not printed.is_total and printed.code_system != "单位"
            if is_item and printed.measure == DEFAULTS.get(printed.kind):
                amounts.setdefault(printed.cell.label, set()).add(printed.cell)
        for label, cells in amounts.items():
            amount = next(iter(cells)).amount
            told = {amount_told for subject, amount_told in self._told if label in subject or subject in label}
            if len(cells) == 1 and amount and told <= {amount} and self._is_distinct(label):
                yield Leaf(select(label), tuple(cells))

    def _is_distinct(self, label: str) -> bool:
        """Whether it is the name of an item, and nothing else is named like it."""
        kinds = {p.kind for p in self._printed.values() if p.cell.label == label}
        others = {p.cell.label for p in self._printed.values()} | {p.measure for p in self._printed.values()}
        return bool(kinds & {*_TREES, "项目支出表"}) and not any(label in other for other in others - {label})

    def _group_labels(self) -> set[str]:
        return {name.text for leaf in self.groups for name in leaf.query.within.names}  # type: ignore[union-attr]

    def _groups(self) -> Iterator[Leaf]:
        """The lowest rows below each item that has several."""
        found: dict[str, set[tuple[Cell, ...]]] = {}
        for kind in _TREES:
            for top in self._rows(kind):
                cells = tuple(p.cell for p in self._below(top, self._rows(kind)))
                if len(cells) > 1 and not top.is_total:
                    found.setdefault(top.cell.label, set()).add(cells)
        for label, sets in found.items():
            if len(sets) == 1:
                yield Leaf(Rows(within=select(label)), next(iter(sets)))

    def _below(self, top: Printed, rows: list[Printed]) -> list[Printed]:
        above = {p.row_id: p.parent for p in rows}
        inner = set(above.values())
        return [p for p in rows if p.row_id not in inner and top.row_id in _ancestors(p.row_id, above)]

    def _column(self, name: str) -> tuple[Cell, ...]:
        """The lowest functional rows, by another column than the total."""
        return _lowest(self._rows("一般公共预算支出表", name))

    def _kinds(self) -> Iterator[Leaf]:
        for kind, name in _TREES.items():
            for level in (None, 1, 2):
                rows = [p for p in self._rows(kind) if level in (None, p.level)]
                cells = _lowest(rows) if level is None else tuple(p.cell for p in rows if not p.is_total)
                if kind != "支出总表" and len(cells) > 1:
                    yield Leaf(Rows(kind=name, level=level), cells)
        yield from self._owned("项目支出表", "project")
        yield from self._owned("政府采购预算表", "purchase")

    def _owned(self, kind: str, name: RowKind) -> Iterator[Leaf]:
        """The rows of all units, and of each where there are several."""
        cells = _lowest([p for p in self._rows(kind) if p.code_system != "单位"])
        owners = dict.fromkeys(cell.owner for cell in cells)
        if cells:
            yield Leaf(Rows(kind=name), cells)
        for owner in owners if len(owners) > 1 else ():
            within = Select(names=(Name(text=owner, is_unit=True),))
            yield Leaf(Rows(within=within, kind=name), tuple(cell for cell in cells if cell.owner == owner))


def _printed(entry: tuple[object, ...]) -> Printed:
    _, row_id, kind, _, label, system, level, parent, is_total, owner, measure, unit, amount = entry
    named = "合计" if is_total else str(measure if kind == "三公经费支出表" else label)
    amount_of = amount if isinstance(amount, Decimal) else None
    return Printed(
        Cell(named, str(owner), amount_of, str(unit)), str(row_id), str(kind), str(system), int(str(level or 0)),
        str(parent or ""), bool(is_total), str(measure),
    )  # fmt: skip


def _ancestors(row_id: str, above: dict[str, str]) -> Iterator[str]:
    while row_id := above.get(row_id, ""):
        yield row_id


def _lowest(rows: list[Printed]) -> tuple[Cell, ...]:
    inner = {p.parent for p in rows}
    return tuple(p.cell for p in rows if p.row_id not in inner and not p.is_total)
