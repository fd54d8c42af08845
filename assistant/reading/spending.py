"""What the money of one fund, or of one table of expenditure, goes to."""

from __future__ import annotations

import re
from typing import Final

from assistant.query import Name, Query, Rows, Select, mapped
from assistant.reading.clauses import Clause
from assistant.reading.selects import name_of, roles_of
from assistant.reading.unit_words import is_unit

_FUND_SPENT: Final = re.compile("(?P<fund>一般公共预算|政府性基金|国有资本经营预算)(预算)?(财政)?(拨款)?(支出)?(预算)?")
_TABLE_OF_FUND: Final = {
    "一般公共预算": "一般公共预算支出表", "政府性基金": "政府性基金预算支出表",
    "国有资本经营预算": "国有资本经营预算支出表",
}  # fmt: skip
"""What the table of a fund's expenditure is called in most budgets, which the others' titles link to."""

_OF_MANY_TABLES: Final = "一般公共预算"
"""The fund whose expenditure several tables list, by function and by use."""

_BY_LEAVES: Final = "政府性基金"
"""The fund whose expenditure is mostly of one class, so that its lowest items tell more."""


def rows_spent(clause: Clause) -> Rows | None:
    """The functions that a clause asks about in the table of expenditure that it means; None where it means none."""
    table = _table_spent(clause)
    if table is None:
        return None
    level = None if table.text.startswith(_BY_LEAVES) else 1
    return Rows(within=Select(names=(table,)), kind="function", level=level)


def of_fund_table(query: Query) -> Query:
    """A query with the rows of a fund's expenditure as those of its table: what else bears its name is no part of it.

    政府性基金支出里第二大的: not the units that a table of income gives the fund's money.
    """

    def change(node: Query) -> Query:
        names = node.within.names if isinstance(node, Rows) and node.kind == "any" else ()
        fund = _FUND_SPENT.fullmatch(names[0].text) if len(names) == 1 and "支出" in names[0].text else None
        if not isinstance(node, Rows) or fund is None or fund["fund"] == _OF_MANY_TABLES:
            return node
        table = names[0].model_copy(update={"text": _TABLE_OF_FUND[fund["fund"]]})
        return Rows(within=node.within.model_copy(update={"names": (table,)}), kind="function", level=node.level)

    return mapped(query, change)


def _table_spent(clause: Clause) -> Name | None:
    """The table of expenditure that a clause names, or that of the fund whose expenditure it is about."""
    named = [piece for piece in clause.of("name") if not is_unit(piece)]
    if len(named) != 1:
        return None
    fund = _FUND_SPENT.fullmatch(named[0].text)
    if fund is not None:
        return Name(text=_TABLE_OF_FUND[fund["fund"]], spans=((named[0].start, named[0].end),))
    return name_of(named[0]) if roles_of(named[0]) == {"table"} and "支出" in named[0].text else None
