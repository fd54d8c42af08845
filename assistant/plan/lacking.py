"""Units that have none of something: those that the table which tells it unit by unit leaves out, or gives nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import title_of_table, unit_name
from assistant.catalog import Row
from assistant.catalog.linking import linked
from assistant.catalog.types import OWN
from assistant.plan.quantity import Quantity
from assistant.plan.rows import is_own_name, rows_of, whole_of
from assistant.query import Filter, Name, Query, Rows, Select, Side, nodes_of
from assistant.understand.wording import normalise
from index.records import FigureRecord

_SIDES: Final[tuple[Side, ...]] = ("支出", "收入")
_BORNE: Final = 0.9
"""Score from which a row bears a name."""

_FEWEST: Final = 2
"""Units of a department of which some may have none of something."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """The units that have none of something, each with all that it has; ``having``: the figures of the others."""

    units: tuple[Quantity, ...]
    having: tuple[Quantity, ...]


def lacked_by_units(query: Query) -> tuple[Name, ...]:
    """What units are asked for that have none of it; empty where a query asks for no such units."""
    if not isinstance(query, Filter) or not isinstance(query.rows, Rows) or query.rows.kind != "unit":
        return ()
    is_lacked = all(c.comparison == "eq" and c.values == (Decimal(0),) and c.than is None for c in query.conditions)
    columns = tuple(c.column for c in query.conditions if c.column is not None)
    within = tuple(name for name in (*query.rows.within.within, *query.rows.within.names) if not name.is_unit)
    return tuple(dict.fromkeys((*within, *columns))) if is_lacked else ()


def units_lacking(query: Query, draft: Draft) -> Lacking | None:
    """The units that have none of what a query says; None where the document doesn't tell it of each unit.

    Where their table has one row a unit, the figures of those that have it are to come to its total.
    """
    names = lacked_by_units(query)
    every = _all_units(draft) if names else {}
    if len(every) < _FEWEST:
        return None
    found, lost = rows_of(Rows(within=Select(names=names), kind="unit"), draft, "")
    if lost:
        found, lost = _of_item(names, draft), ()
    units = {_unit_of(quantity, draft) for quantity in found}
    if lost or not units or not units <= every.keys() or not _are_all(found, draft):
        return None
    having = {_unit_of(quantity, draft) for quantity in found if quantity.exact}
    asked = every.keys() - having - ({OWN} if _is_below(query) else set())
    told = tuple(quantity for quantity in found if quantity.exact)
    return Lacking(tuple(quantity for unit, quantity in every.items() if unit in asked), told)


def _of_item(names: Sequence[Name], draft: Draft) -> tuple[Quantity, ...]:
    """The rows of one item, unit by unit, of the one table that lists it so and that other names are the title of."""
    token = linked(names[-1], draft.catalog)
    links = [link for link in (token.links if token else ()) if link.role == "row" and link.score >= _BORNE]
    rows = [row for link in links if (row := draft.catalog.rows.get(link.key)) and row.unit and row.unit != row.label]
    tables = [draft.catalog.tables[table_id] for table_id in dict.fromkeys(row.table_id for row in rows)]
    titled = [table for table in tables if all(normalise(name.text) in normalise(table.title) for name in names[:-1])]
    column = titled[0].default_column() if len(titled) == 1 else None
    cells = draft.library.figures({row.row_id for row in rows})
    found = (
        (row, cell)
        for row in rows
        if column is not None and row.table_id == titled[0].table_id
        for cell in cells[row.row_id]
        if cell.column_no == column.number
    )
    return tuple(_of_unit(row, cell, title_of_table(titled[0]), draft) for row, cell in found)


def _of_unit(row: Row, cell: FigureRecord, basis: str, draft: Draft) -> Quantity:
    name = f"{row.label}（{unit_name(row.unit, draft.catalog)}）"
    return Quantity(name, value_of(cell), draft.catalog.document_id, (cell,), (), basis, row_id=row.row_id)


def _is_below(query: Query) -> bool:
    """Whether only units below the department are asked for."""
    return any(isinstance(node, Rows) and node.is_below for node in nodes_of(query))


def _all_units(draft: Draft) -> dict[str, Quantity]:
    """Every unit of a department with its total; empty where no table lists them all."""
    known = {_key(unit, draft) for unit in draft.catalog.units}
    for side in _SIDES:
        found, _ = rows_of(Rows(within=Select(side=side), kind="unit"), draft, "")
        largest_first = sorted(found, key=lambda quantity: quantity.exact or 0, reverse=True)
        by_unit = {_unit_of(quantity, draft): quantity for quantity in largest_first}  # its own level, not all of it
        if known and by_unit.keys() == known:
            return by_unit
    return {}


def _unit_of(quantity: Quantity, draft: Draft) -> str:
    """Whose figure it is; what several lines of a unit come to bears its name."""
    row = draft.catalog.rows.get(quantity.row_id)
    return _key((row.unit or row.label) if row else quantity.name, draft)


def _key(unit: str, draft: Draft) -> str:
    """A unit's name; the department's own level is called in several ways."""
    return OWN if is_own_name(unit, draft) else normalise(unit)


def _are_all(found: Sequence[Quantity], draft: Draft) -> bool:
    """Whether rows of units come to the total of their table; of rows of items it doesn't tell."""
    rows = [draft.catalog.rows.get(quantity.row_id) for quantity in found]
    if any(row is None or row.unit is None or normalise(row.unit) != normalise(row.label) for row in rows):
        return True
    whole = whole_of(found[0], draft, found[1:])
    return whole is None or whole.exact == sum(quantity.exact or 0 for quantity in found)
