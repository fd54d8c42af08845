"""Rows that several columns fill: 哪些科目是基本支出和项目支出都有安排的."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from assistant.query import Condition, Filter, Name, Rows, Select
from assistant.reading.clauses import Clause
from assistant.reading.patterns import pattern
from assistant.reading.selects import is_of_item, name_of

_ALL_FILLED: Final = pattern("all_filled")
_SEVERAL: Final = 2


def filled_columns(clause: Clause, selects: tuple[Select, ...]) -> tuple[Name, ...]:
    """The columns that all have to hold something; empty where no such thing is asked."""
    if not _ALL_FILLED.search("".join(p.text for p in clause.pieces)):
        return ()
    columns = tuple(name_of(p) for p in clause.of("name") if is_of_item(p))
    return columns if len(columns) >= _SEVERAL and selects else ()


def filled_in_all(rows: Rows, columns: tuple[Name, ...]) -> Filter:
    """The rows of the first column that hold something there and in every other one."""
    told = {name.text for name in columns}
    names = tuple(name for name in rows.within.names if name.text not in told)
    first = rows.model_copy(update={"within": rows.within.model_copy(update={"names": (*names, columns[0])})})
    nonzero = Condition(comparison="ne", values=(Decimal(0),))
    others = tuple(nonzero.model_copy(update={"column": column}) for column in columns[1:])
    return Filter(rows=first, conditions=(nonzero, *others))
