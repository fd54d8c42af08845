"""Values recomputed from cells alone, as a trace tells how: exact, with unit, name and the cells that they rest on."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from assistant.answering.values import Value, ValueKind, mean, quotient
from assistant.model.sql.errors import Unproved
from index.kinds import KINDS
from index.records import FigureRecord

_CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)
_SCALES: Final = {Decimal(10_000): "万元", Decimal(100_000_000): "亿元"}
_PLAIN_NAMES: Final = {
    "sum": "合计", "avg": "平均", "min": "中最低的", "max": "中最高的", "median": "的中位数",
}  # fmt: skip
_MAY_BE_ADDED: Final = ({"基本支出", "项目支出"}, {"人员经费", "公用经费"})
"""Columns of one row that are no parts of each other."""

Cell = Callable[[str, str], FigureRecord | str | None]
"""What stands in a row's column: a printed cell, or what the row is called; None where nothing does."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the unit that the statement has it in: ``exact`` times ``scale`` is in 元, where it is an amount.

    ``slack``: by how much the statement's own value may differ, having been rounded. ``added``: the cells that a sum
    adds, each as often as it does. ``shown``: the unit to print an amount in. ``of``: of a quotient, what is divided
    by what.
    """

    exact: Decimal
    kind: ValueKind | None = None
    unit: str = ""
    scale: Decimal = Decimal(1)
    slack: Decimal = Decimal(0)
    name: str = ""
    cells: tuple[FigureRecord, ...] = ()
    added: tuple[FigureRecord, ...] = ()
    shown: str = ""
    is_computed: bool = False
    of: tuple[str, str] | None = None

    @property
    def value(self) -> Value:
        """As it is printed: amounts that were divided, per cents and quotients rounded."""
        if self.kind == "amount":
            yuan = self.exact * self.scale
            return mean(yuan, 1, self.shown) if self.is_computed else Value("amount", yuan, unit=self.shown)
        if self.kind is None:
            return quotient(self.exact, Decimal(1))
        exact = self.exact.quantize(_CENT, ROUND_HALF_UP) if self.is_computed else self.exact
        return Value(self.kind, exact, unit=self.unit)


def recomputed(formula: Any, cell: Cell, count_name: Callable[[Sequence[str]], str]) -> Number | str | None:
    """The number or text that a formula comes to, None for nothing. Raises Unproved.

    ``count_name``: what counted rows are called.
    """
    return _Recomputing(cell, count_name).value(formula)


class _Recomputing:
    def __init__(self, cell: Cell, count_name: Callable[[Sequence[str]], str]) -> None:
        self._cell = cell
        self._count_name = count_name

    def value(self, formula: Any) -> Number | str | None:
        if formula is None:
            return None
        sign, *parts = formula
        if sign == "c":
            return _of_cell(self._cell(*parts))
        if sign == "n":
            return Number(Decimal(parts[0]), name=parts[0])
        if sign == "count":
            rows = _counted(parts)
            first = [found for row in rows if isinstance(found := self._cell(row, ""), FigureRecord)]
            name = self._count_name(rows)
            return Number(Decimal(len(parts)), "quantity", "个", name=name, cells=tuple(first))
        values = [self._number(part) for part in parts]
        if sign in _PLAIN_NAMES:
            return _aggregated(sign, [value for value in values if value is not None])
        known = [value for value in values if value is not None]
        return _worked_out(sign, known) if len(known) == len(values) else None

    def _number(self, formula: Any) -> Number | None:
        value = self.value(formula)
        if isinstance(value, str):
            raise Unproved("文字不可拿来计算。")
        return value


def rows_in(marker: Any) -> Iterator[str]:
    """The ids of all rows that the row of a block stands for."""
    if isinstance(marker, str):
        yield marker
    elif marker is not None:
        for each in marker["g"] if isinstance(marker, dict) else marker:
            yield from rows_in(each)


def _counted(markers: Sequence[Any]) -> list[str]:
    """The rows that are counted: of joined ones those that do not come with each of them."""
    times = Counter(row for marker in markers for row in rows_in(marker))
    rows = [row for row, count in times.items() if count == 1] or list(times)
    return sorted(rows, key=lambda row: (len(row), row))


def cells_in(formula: Any) -> Iterator[tuple[str, str]]:
    """Row and column of each cell of a formula; of rows that are counted, with no column."""
    if not formula or formula[0] == "n":
        return
    sign, *parts = formula
    if sign == "c":
        yield parts[0], parts[1]
    elif sign == "count":
        yield from ((row, "") for part in parts for row in rows_in(part))
    else:
        for part in parts:
            yield from cells_in(part)


def _of_cell(found: FigureRecord | str | None) -> Number | str | None:
    if not isinstance(found, FigureRecord):
        return found
    return found.printed or None if found.value_type == "text" else number_of_cell(found)


def number_of_cell(found: FigureRecord) -> Number | None:
    """The number that a cell prints, None where it prints none."""
    if found.number is None or found.value_type == "text":
        return None
    unit = found.unit or ""
    one = Number(found.number, name=_name_of(found), cells=(found,), added=(found,))
    if found.amount_yuan is not None:
        return replace(one, exact=found.amount_yuan, kind="amount", shown=unit or "元")
    if found.value_type == "percent":
        return replace(one, kind="percent", unit="%")
    return replace(one, kind="quantity", unit=unit)


def _name_of(cell: FigureRecord) -> str:
    usual = {measure.name for measure in KINDS[cell.kind].measures if measure.default}
    return f"{cell.row_label}的{cell.measure}" if cell.measure and cell.measure not in usual else cell.row_label


def _aggregated(sign: str, values: Sequence[Number]) -> Number | None:
    if sign == "sum":  # ELSE 0
        values = [value for value in values if value.cells or value.exact]
    if not values:
        return None
    if any(not value.cells for value in values):
        raise Unproved("合计函数里只可有表里的数。")
    values = sorted(values, key=lambda value: _printed_place(value.cells[0]))
    first, *others = values
    if any((other.kind, other.unit, other.scale) != (first.kind, first.unit, first.scale) for other in others):
        raise Unproved("单位不同，不能放在一起算。")
    if others and first.kind == "quantity" and not first.unit:
        raise Unproved("不知道单位的数量不能放在一起算。")
    exact = [value.exact for value in values]
    results = {
        "sum": lambda: sum(exact, Decimal(0)), "avg": lambda: sum(exact, Decimal(0)) / len(exact),
        "min": lambda: min(exact), "max": lambda: max(exact), "median": lambda: statistics.median(exact),
    }  # fmt: skip
    added = tuple(cell for value in values for cell in value.added)
    if sign in ("sum", "avg"):
        check_added(added)
    name = first.name if sign in ("sum", "min", "max") and not others else f"{_all_of(values)}{_PLAIN_NAMES[sign]}"
    is_computed = sign in ("avg", "median") or any(value.is_computed for value in values)
    return replace(
        first, exact=results[sign](), name=name, cells=_cells(values), added=added if sign == "sum" else (),
        slack=sum((value.slack for value in values), Decimal(0)), is_computed=is_computed,
    )  # fmt: skip


def _printed_place(cell: FigureRecord) -> tuple[int, str, int, int]:
    """Where a cell is printed: the database gives the rows of a group in any order."""
    return len(cell.table_id), cell.table_id, cell.row_no, cell.column_no


def _all_of(values: Sequence[Number]) -> str:
    return f"{values[0].name}等{len(values)}项" if len(values) > 1 else values[0].name


def check_added(cells: Sequence[FigureRecord]) -> None:
    """Raises Unproved where cells are added that may tell of the same money."""
    if len({cell.figure_id for cell in cells}) < len(cells):
        raise Unproved("同一格加了两次。", "请检查 JOIN 和 UNION ALL，先合计再连接。")
    by_row: dict[str, set[str]] = {}
    for cell in cells:
        by_row.setdefault(cell.row_id, set()).add(cell.measure or cell.column_path)
    for measures in by_row.values():
        if len(measures) > 1 and measures not in _MAY_BE_ADDED:
            raise Unproved(f"一行里的{'、'.join(sorted(measures))}可能互相包含，不能相加。")


def _worked_out(sign: str, values: Sequence[Number]) -> Number:
    first, last = values[0], values[-1]
    match sign:
        case "neg" | "abs":
            exact = -first.exact if sign == "neg" else abs(first.exact)
            return replace(first, exact=exact, name=first.name if sign == "abs" else f"－{first.name}", added=())
        case "round":
            half = Decimal("0.5000001").scaleb(-int(last.exact))
            return replace(first, slack=first.slack + half)
        case "+" | "-":
            return _added(sign, first, last)
        case "*":
            return _multiplied(first, last)
        case _:
            return _divided(first, last)


def _added(sign: str, first: Number, last: Number) -> Number:
    """The sum or difference of two of one kind; 0, and 1 beside a quotient, are the only numbers that count for one."""
    for one, other in ((first, last), (last, first)):
        if not one.cells and not one.exact:
            return other if sign == "+" or one is last else _worked_out("neg", (other,))
    is_one = first.kind is None and last.kind is None and all(n.cells or n.exact == 1 for n in (first, last))
    if (first.kind, first.unit, first.scale) != (last.kind, last.unit, last.scale) or not (first.kind or is_one):
        raise Unproved("单位不同，不能相加减。")
    added = (*first.added, *last.added) if sign == "+" else ()
    check_added(added)
    return replace(
        first, exact=first.exact + last.exact if sign == "+" else first.exact - last.exact,
        name=f"{_bracketed(first)}{'＋' if sign == '+' else '－'}{_bracketed(last)}", cells=_cells((first, last)),
        added=added, slack=first.slack + last.slack, is_computed=first.is_computed or last.is_computed,
    )  # fmt: skip


def _multiplied(first: Number, last: Number) -> Number:
    """A quotient in per cent, or a price times a number of things."""
    for one, other in ((first, last), (last, first)):
        if not one.cells and one.exact == _HUNDRED and other.kind is None and other.cells:
            exact, slack = other.exact * _HUNDRED, other.slack * _HUNDRED
            name = "占".join(other.of) + "的比重" if other.of else other.name
            return replace(other, exact=exact, slack=slack, kind="percent", unit="%", is_computed=True, name=name)
        if one.kind == "amount" and other.kind == "quantity" and one.cells and other.cells:
            name = f"{_bracketed(one)}×{_bracketed(other)}"
            return replace(
                _unslack(one), exact=one.exact * other.exact, name=name, cells=_cells((one, other)), added=()
            )
    raise Unproved("只可把比值乘以 100，或把单价乘以数量。")


def _divided(first: Number, last: Number) -> Number:
    if not last.cells and first.kind == "amount" and first.scale == 1 and last.exact in _SCALES:
        unit = _SCALES[last.exact]
        scale = last.exact
        return replace(first, exact=first.exact / scale, slack=first.slack / scale, scale=scale, shown=unit)
    if not (first.cells and last.cells):
        raise Unproved("除数、被除数都要是表里的数。")
    if not last.exact:
        raise Unproved("除数为零。", "请用 NULLIF。")
    exact = _unslack(first).exact / _unslack(last).exact
    name, cells = f"{_bracketed(first)}÷{_bracketed(last)}", _cells((first, last))
    if (first.kind, first.unit, first.scale) == (last.kind, last.unit, last.scale) and first.kind is not None:
        of = None if "－" in first.name else (first.name, last.name)
        return Number(exact, name=name, cells=cells, is_computed=True, of=of)
    if first.kind == "amount" and last.kind == "quantity":
        return replace(first, exact=exact, name=name, cells=cells, added=(), is_computed=True)
    raise Unproved("单位不同，不能相除。")


def _unslack(number: Number) -> Number:
    if number.slack:
        raise Unproved("四舍五入只可放在最外面。")
    return number


def _bracketed(number: Number) -> str:
    return f"（{number.name}）" if any(sign in number.name for sign in "＋－×÷") else number.name


def _cells(numbers: Sequence[Number]) -> tuple[FigureRecord, ...]:
    return tuple(dict.fromkeys(cell for number in numbers for cell in number.cells))
