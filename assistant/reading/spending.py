"""What the money of one fund, or of one table of expenditure, goes to."""

from __future__ import annotations

import re
from typing import Final

from assistant.query import Name, Rows, Select
from assistant.reading.clauses import Clause
from assistant.reading.selects import name_of, roles_of
from assistant.reading.unit_words import is_unit

_FUND_SPENT: Final = re.compile("(?P<fund>一般公共预算|政府性基金|国有资本经营预算)(预算)?(财政)?(拨款)?(支出)?(预算)?")
_TABLE_OF_FUND: Final = {
    "一般公共预算": "一般公共预算支出表", "政府性基金": "政府性基金预算支出表",
    "国有资本经营预算": "国有资本经营预算支出表",
}  # fmt: skip
"""What the table of a fund's expenditure is called in most budgets, which the others' titles link to."""

_BY_LEAVES: Final = "政府性基金"
"""The fund whose expenditure is mostly of one class, so that its lowest items tell more."""


def rows_spent(clause: Clause) -> Rows | None:
    """The functions that a clause asks about in the table of expenditure that it means; None where it means none."""
    table = _table_spent(clause)
    if table is None:
        return None
    level = None if table.text.startswith(_BY_LEAVES) else 1
    return Rows(within=Select(names=(table,)), kind="function", level=level)


def _table_spent(clause: Clause) -> Name | None:
    """The table of expenditure that a clause names, or that of the fund whose expenditure it is about."""
    named = [piece for piece in clause.of("name") if not is_unit(piece)]
    if len(named) != 1:
        return None
    fund = _FUND_SPENT.fullmatch(named[0].text)
    if fund is not None:
        return Name(text=_TABLE_OF_FUND[fund["fund"]], spans=((named[0].start, named[0].end),))
    return name_of(named[0]) if roles_of(named[0]) == {"table"} and "支出" in named[0].text else None
