"""What one subordinate unit has of something: its row in the table that lists the units by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import unit_name
from assistant.catalog import Column
from assistant.catalog.linking import linked
from assistant.plan.bind import Bound
from assistant.plan.quantity import Quantity
from assistant.plan.rows import is_own, rows_of
from assistant.query import Name, Rows, Select, Side
from assistant.reading.selects import PLAIN
from assistant.run.operators import added

_PART: Final = "其中"
_SUMS: Final = re.compile("^(合计|总计|小计|金额)$")


def of_winner(select: Select, first: Quantity, draft: Draft, text: str) -> Bound | None:
    """A selection's figure of the unit that a ranking put first; None where no table lists it by unit."""
    if _is_of_other_kind(select):
        return None
    names = tuple(name for name in select.names if name.text not in PLAIN)
    found = [q for q in _listed(select, names, draft, text) if _are_of_one_unit(q, first, draft)]
    return Bound((_named(found[0], names),)) if len(found) == 1 else None


def of_unit_alone(select: Select, draft: Draft, text: str) -> Bound | None:
    """The total of a unit of which nothing else is named; None where no table lists units by their totals."""
    items = [name for name in (*select.within, *select.names) if not name.is_unit and name.text not in PLAIN]
    units = {key for name in select.names if name.is_unit for key in _keys(name, draft)}
    if items or len(units) != 1 or _is_of_other_kind(select):
        return None
    rows = _listed(select, (), draft, text)
    found = [q for q in rows if units & _units_of(q, draft)]
    return Bound((_as_total(_short(found[0], draft), select.side, draft),)) if len(found) == 1 else None


def _as_total(quantity: Quantity, side: Side | None, draft: Draft) -> Quantity:
    """A unit's figure told as what it takes in or spends in all, where that was asked and its table lists that."""
    row = draft.catalog.rows.get(quantity.row_id)
    is_of_side = row is not None and draft.catalog.tables[row.table_id].kind == f"{side}总表"
    return replace(quantity, name=f"{quantity.name}的{side}总计") if is_of_side else quantity


def of_kind(select: Select, draft: Draft, text: str) -> Bound | None:
    """What all units of one kind (三所监狱) have together; None where not every one of them is listed once."""
    kinds = [(name, keys) for name in select.names if name.is_unit and len(keys := _keys(name, draft)) > 1]
    if len(kinds) != 1 or _is_of_other_kind(select) or sum(name.is_unit for name in select.names) > 1:
        return None
    ((kind, units),) = kinds
    items = tuple(name for name in select.names if name != kind and name.text not in PLAIN)
    found = [q for q in _listed(select, items, draft, text) if units & _units_of(q, draft)]
    if len(found) != len(units) or {unit for q in found for unit in _units_of(q, draft) & units} != units:
        return None
    name = "、".join((kind.text, *(item.text for item in items)))
    return Bound((added([_short(q, draft) for q in found], f"{name}合计"),))


def _short(quantity: Quantity, draft: Draft) -> Quantity:
    """A unit's figure by the name that other answers have for it."""
    row = draft.catalog.rows.get(quantity.row_id)
    return replace(quantity, name=unit_name(row.unit, draft.catalog)) if row and row.unit else quantity


def broken_down(total: Quantity, side: Side | None, draft: Draft) -> tuple[Quantity, ...]:
    """The filled columns that a unit's total is made of, each once; none where they don't add up to it."""
    row = draft.catalog.rows.get(total.row_id)
    if row is None:
        return ()
    table = draft.catalog.tables[row.table_id]
    columns = {c.number: c for c in table.columns if c.value_type == "amount"}
    cells = [c for c in draft.library.figures({row.row_id})[row.row_id] if c.column_no in columns and c.amount_yuan]
    parts = [c for c in cells if not _adds_up(columns[c.column_no], tuple(columns.values()))]
    if table.kind != f"{side}总表" or sum(c.amount_yuan or 0 for c in parts) != total.exact:
        return ()
    named = ((_told(c.column_path), c) for c in parts)
    return tuple(
        Quantity(name, value_of(c), total.document_id, (c,), (), total.basis, row_id=total.row_id) for name, c in named
    )


def _adds_up(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column is the sum of others, or a part of one (其中); a 小计 that stands alone is none."""
    above, _, last = column.path.rpartition("/")
    beside = [c for c in columns if c != column and c.path.startswith(f"{above}/") and _PART not in c.path]
    return _PART in column.path or (bool(_SUMS.search(last)) and (bool(beside) or not above))


def _told(path: str) -> str:
    """What a column is of: its header, that above it where it says no more than that it is a sum."""
    above, _, last = path.rpartition("/")
    return above.rpartition("/")[2] if _SUMS.search(last) and above else last


def _is_of_other_kind(select: Select) -> bool:
    """Whether no amount of this year is selected, or one that only sentences or tables state."""
    return select.quantity == "count" or select.period == "last" or select.place is not None


def _listed(select: Select, names: tuple[Name, ...], draft: Draft, text: str) -> tuple[Quantity, ...]:
    """The figures of all units, with every name accounted for."""
    within = Select(names=names, within=() if select.is_inside else select.within, side=select.side)
    found, lost = rows_of(Rows(within=within, kind="unit"), draft, text)
    return () if lost else found


def _keys(name: Name, draft: Draft) -> set[str]:
    token = linked(name, draft.catalog)
    return {link.key for link in (token.links if token else ()) if link.role == "unit"}


def _units_of(quantity: Quantity, draft: Draft) -> set[str]:
    row = draft.catalog.rows.get(quantity.row_id)
    return {unit for unit in (row.unit, row.stored_unit) if unit} if row else set()


def _are_of_one_unit(one: Quantity, other: Quantity, draft: Draft) -> bool:
    if is_own(one, draft) or is_own(other, draft):
        return is_own(one, draft) and is_own(other, draft)
    return bool(_units_of(one, draft) & _units_of(other, draft))


def _named(quantity: Quantity, names: tuple[Name, ...]) -> Quantity:
    items = "、".join(name.text for name in names if name.text not in quantity.name)
    return replace(quantity, name=f"{quantity.name}的{items}") if items else quantity
