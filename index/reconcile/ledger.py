"""What the checks read: amounts of cells and statements, each with the precision it is printed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from index.clean.table import CleanCell, CleanRow, CleanTable, Column
from index.money import YUAN_PER_UNIT, format_amount, to_yuan
from index.prose import CellReference, Statement
from index.reconcile.rules import rules
from index.statements.tokens import figures_of


@dataclass(frozen=True, slots=True)
class Term:
    """One amount in 元. ``place`` is what one unit of its last printed digit is worth, ``name`` where it stands."""

    amount: Decimal
    place: Decimal
    unit: str
    name: str
    cell: CellReference | None = None
    statement: int | None = None

    @property
    def text(self) -> str:
        """The amount as a reader knows it from the document."""
        return amount_text(self.amount, self.unit)


def amount_text(amount: Decimal, unit: str) -> str:
    """``amount`` (元) printed in ``unit``.

    >>> amount_text(Decimal("385200.00"), "万元")
    '38.52 万元'
    """
    return f"{format_amount(amount, unit)} {unit}"


@dataclass(frozen=True)
class TableView:
    """A clean table as the checks see it."""

    table: CleanTable

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.table.table_no, self.table.title)))

    @cached_property
    def _columns(self) -> dict[int, Column]:
        return {column.number: column for column in self.table.columns}

    @cached_property
    def _places(self) -> dict[str, Decimal]:
        """Per unit the worth of the last digit: a bare 0 among 0.00 is as precise as its neighbours."""
        places: dict[str, Decimal] = {}
        for row in self.table.rows:
            for cell in row.cells:
                if cell.value_type == "amount" and cell.number is not None and (unit := self._unit(cell)):
                    place = _last_digit(cell.number) * YUAN_PER_UNIT[unit]
                    places[unit] = min(place, places.get(unit, place))
        return places

    def _unit(self, cell: CleanCell) -> str | None:
        column = self._columns.get(cell.column)
        unit = (column.unit if column else None) or self.table.unit
        return unit if unit in YUAN_PER_UNIT else None

    def rows(self, side: str | None = None) -> Iterator[CleanRow]:
        """The rows, of one half where the table has two."""
        return (row for row in self.table.rows if side is None or row.side == side)

    def cells(self, row: CleanRow, measure: str) -> list[CleanCell]:
        """The row's cells of a measure: more than one where the table prints several years or funds of it."""
        columns = ((cell, self._columns.get(cell.column)) for cell in row.cells)
        return [
            cell
            for cell, column in columns
            if column and column.role == "measure" and column.measure == measure and column.side in (None, row.side)
        ]

    def term(self, row: CleanRow, measure: str) -> Term | None:
        """The amount of a measure, None where none is printed, where it has no unit, or where two cells disagree."""
        terms = [term for cell in self.cells(row, measure) if (term := self._term(row, cell, False))]
        return terms[0] if len({term.amount for term in terms}) == 1 else None

    def term_in_column(self, row: CleanRow, path: str, nth: int) -> Term | None:
        """The amount in the ``nth`` column whose path matches the expression ``path``."""
        cells = [cell for cell in row.cells if re.search(path, self._columns[cell.column].path)]
        return self._term(row, cells[nth - 1], False) if len(cells) >= nth else None

    def terms_by_column(self, row: CleanRow) -> dict[int, Term]:
        """The row's amounts by column, blank cells as zero."""
        terms = ((cell.column, self._term(row, cell, True)) for cell in row.cells)
        return {column: term for column, term in terms if term}

    def is_blank(self, row: CleanRow, column: int) -> bool:
        """Whether the row prints nothing in a column."""
        return all(cell.value_type == "blank" for cell in row.cells if cell.column == column)

    def measure_of(self, column: int) -> str | None:
        """The measure of a printed column."""
        return self._columns[column].measure

    def terms(self, row: CleanRow) -> list[Term]:
        """All amounts of a row."""
        found = (self._term(row, cell, False) for cell in row.cells)
        return [term for term in found if term]

    def _term(self, row: CleanRow, cell: CleanCell, blank_is_zero: bool) -> Term | None:
        unit = self._unit(cell)
        if unit is None:
            return None
        if cell.value_type == "amount" and cell.number is not None:
            amount = to_yuan(cell.number, unit)
        elif cell.value_type == "blank" and blank_is_zero:
            amount = Decimal(0)
        else:
            return None
        reference = CellReference(self.table.number, row.key, cell.column)
        return Term(amount, self._places.get(unit, Decimal(1)), unit, self._cell_name(row, cell), reference)

    def _cell_name(self, row: CleanRow, cell: CleanCell) -> str:
        column = self._columns[cell.column]
        label = row.label or ("合计" if row.is_total else "")
        path = re.sub(r"\s", "", column.measure or column.path)
        return f"{self.name}{quoted(label)}的{path}" if label and label != path else f"{self.name}的{path}"

    def totals(self, side: str | None = None) -> list[CleanRow]:
        """The total rows of the whole table (of a half), the grand total first."""
        rows = [row for row in self.rows(side) if row.is_total and row.is_own and row.subordinate_unit is None]
        whole = [row for row in rows if not rules().total_of_part.search(row.label)]
        return sorted(whole, key=lambda row: not row.label.endswith("总计"))


def quoted(label: str) -> str:
    """The label in quotation marks, unless it brings some of its own (“三公”经费)."""
    return label if "“" in label else f"“{label}”"


def statement_term(statement: Statement, index: int, amount: Decimal, what: str = "") -> Term:
    """An amount that statement number ``index`` gives; ``what`` tells which, where it is not this year's."""
    name = f"正文{quoted(statement.subject)}{what and '的'}{what}"
    return Term(amount, printed_place(statement), "万元", name, statement=index)


def printed_place(statement: Statement) -> Decimal:
    """The worth of the last digit of the most precise amount in the statement's sentence."""
    places = [
        _last_digit(token.number) * YUAN_PER_UNIT[token.unit]
        for token in figures_of(statement.sentence)
        if token.kind == "amount" and token.number and token.unit
    ]
    return min(places, default=Decimal(100))


def total_of(terms: Iterable[Term]) -> Decimal:
    """The sum of the terms' amounts."""
    return sum((term.amount for term in terms), Decimal(0))


def _last_digit(number: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(int(number.as_tuple().exponent), 0))
