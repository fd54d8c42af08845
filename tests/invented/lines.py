"""What the rows of a budget table say, before anything is printed: lines, and trees of lines by code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.clean.table import Side
from index.dictionary import code_names
from tests.invented.budget import ZERO, Economic, Spending

ANY: Final = "*"
"""A label, code or unit that the printed form leaves open."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is no amount: pieces, people."""

    number: int


@dataclass(frozen=True, slots=True)
class Price:
    """An amount that is printed in 元, whatever the table's unit is."""

    amount: Decimal


Value = Decimal | Count | Price | str | None
"""What a cell says: an amount in 元, something counted, words, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    ``ordinal`` is printed before the label (``一、``). ``level`` is None where the form leaves the tree open.
    ``parent`` is the code of the line above it in the tree, None at the top. ``unit`` is the budget unit it belongs to.
    """

    label: str
    values: tuple[Value, ...]
    code: str | None = None
    level: int | None = None
    parent: str | None = None
    is_total: bool = False
    side: Side | None = None
    unit: str | None = None
    ordinal: str = ""


Measure = Callable[[Spending], Decimal]


def by_function(spending: Iterable[Spending], measures: Sequence[Measure]) -> tuple[Line, ...]:
    """类, 款 and 项 with the sums of ``measures``, in the order of their codes."""
    spending = tuple(spending)
    codes = sorted({each.code[:length] for each in spending for length in (3, 5, 7)})
    return tuple(_function(code, spending, measures) for code in codes)


def _function(code: str, spending: Sequence[Spending], measures: Sequence[Measure]) -> Line:
    under = [each for each in spending if each.code.startswith(code)]
    return Line(
        label=code_names("功能分类")[code],
        values=tuple(sum(map(measure, under), ZERO) for measure in measures),
        code=code,
        level=(len(code) - 1) // 2,
        parent=code[:-2] if len(code) > 3 else None,
    )


def by_economic_item(items: Iterable[Economic], measures: Sequence[Callable[[Economic], Decimal]]) -> tuple[Line, ...]:
    """类 and 款 with the sums of ``measures``, in the order of their codes."""
    items = tuple(items)
    codes = sorted({each.code[:length] for each in items for length in (3, 5)})
    return tuple(_economic(code, items, measures) for code in codes)


def _economic(code: str, items: Sequence[Economic], measures: Sequence[Callable[[Economic], Decimal]]) -> Line:
    under = [each for each in items if each.code.startswith(code)]
    return Line(
        label=code_names("部门经济分类")[code],
        values=tuple(sum(map(measure, under), ZERO) for measure in measures),
        code=code,
        level=(len(code) - 1) // 2,
        parent=code[:-2] if len(code) > 3 else None,
    )


def total_line(label: str, lines: Sequence[Line]) -> Line:
    """The sum of the lines that stand under no other."""
    tops = [line for line in lines if line.parent is None]
    columns = zip(*(line.values for line in tops), strict=True)
    sums = tuple(sum((value for value in column if isinstance(value, Decimal)), ZERO) for column in columns)
    return Line(label, sums, level=0, is_total=True)
