"""Rows of purchases: the lines that names select, or what they come to for each project or unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import show_query, value_of
from assistant.answering.phrases import title_of_table
from assistant.answering.values import added
from assistant.plan.purchases import PROJECT, UNIT, PurchaseLine, is_of_purchases, purchases_of
from assistant.plan.quantity import Quantity
from assistant.query import Name, Rows, Select

_KINDS: Final = ("any", "purchase", "project", "unit", "account", "economic", "function")
_GROUPED: Final = {"project": PROJECT, "unit": UNIT}
"""Kinds of rows that several lines are of."""


def bought_rows(rows: Rows, names: Sequence[Name], draft: Draft) -> tuple[tuple[Quantity, ...], tuple[str, ...]] | None:
    """The purchases that names select, as rows, and the names that none tells; None where no line is meant."""
    if rows.kind not in _KINDS or rows.within.period != "this":
        return None
    found = purchases_of(names, (), draft.library, draft.catalog, are_rows=True)
    if not found.lines:
        return None
    show_query(draft, ((line.row, line.money) for line in found.lines))
    column = _GROUPED.get(rows.kind, "")
    if column and column not in found.columns and all(line.told.get(column) for line in found.lines):
        return tuple(_grouped(found.lines, column, draft)), found.missing
    return tuple(line_quantity(line, draft) for line in found.lines), found.missing


def _grouped(lines: Sequence[PurchaseLine], column: str, draft: Draft) -> list[Quantity]:
    """What the lines of each project or unit come to."""
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for line in lines:
        key = (line.told[column], line.told.get(UNIT, ""))
        groups.setdefault(key, []).append(line_quantity(line, draft))
    names = {key: key[0] if column == UNIT or not key[1] else f"{key[0]}（{key[1]}）" for key in groups}
    return [_together(each, names[key]) for key, each in groups.items()]


def _together(each: Sequence[Quantity], name: str) -> Quantity:
    """Several lines as one figure; one line stays what it is."""
    if len(each) == 1:
        return each[0]
    total = added(quantity.value for quantity in each)
    return Quantity(name, total, each[0].document_id, parts=tuple(each), basis=each[0].basis)


def line_quantity(line: PurchaseLine, draft: Draft) -> Quantity:
    """A line's amount under its label, which is its project or what it buys, else its project's name; with its unit."""
    name = line.row.label or line.told.get(PROJECT) or line.told.get("类别") or ""
    name = f"{line.told.get('类别') or ''}采购" if line.is_heading else name
    unit = line.told.get(UNIT, "") if len(draft.catalog.units) > 1 else ""
    name = f"{name}（{unit}）" if unit and unit not in name else name
    basis = title_of_table(draft.catalog.tables[line.row.table_id])
    value = value_of(line.money)
    return Quantity(name, value, draft.catalog.document_id, (line.money,), (), basis, row_id=line.row.row_id)


def bought_lines(select: Select, draft: Draft) -> tuple[Quantity, ...]:
    """The lines of purchases that a selection means, each with its amount; () where it means none."""
    if not is_of_purchases((*select.names, *select.within), draft.catalog):
        return ()
    found = purchases_of(select.names, select.within, draft.library, draft.catalog)
    return () if found.missing else tuple(line_quantity(line, draft) for line in found.lines)
