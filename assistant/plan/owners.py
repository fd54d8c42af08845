"""Whose a project is, where the table that lists it doesn't say: the unit whose form prints its name and its funds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answering.draft import Draft
from assistant.answering.form_funds import form_totals
from assistant.answering.phrases import unit_name
from assistant.plan.quantity import Quantity
from assistant.understand.wording import normalise

_Key = tuple[str, Decimal | None]


def with_owners(quantities: Sequence[Quantity], draft: Draft) -> tuple[Quantity, ...]:
    """Rows of projects of one name with their units' names, where as many forms print that name and amount as rows do.

    Of several units that have the same amount nothing tells which row is whose: then each row names them all.
    """
    owners, keys = _owners(draft), [_key(quantity, draft) for quantity in quantities]
    alike = Counter(keys)
    told = [owners.get(key, set()) if key else set() for key in keys]
    return tuple(
        replace(one, name=f"{one.name}（{'或'.join(sorted(units))}）") if len(units) == alike[key] else one
        for one, key, units in zip(quantities, keys, told, strict=True)
    )


def _key(quantity: Quantity, draft: Draft) -> _Key | None:
    """The name and the amount of a row that doesn't say whose it is."""
    row = draft.catalog.rows.get(quantity.row_id)
    return (normalise(row.label), quantity.exact) if row and not row.unit else None


def _owners(draft: Draft) -> dict[_Key, set[str]]:
    """The units of the forms, by the project and the funds that they print."""
    totals = [(reading.rows[0], reading.table.subject or "", reading.column) for reading in form_totals(draft)]
    cells = draft.library.figures({row.row_id for row, *_ in totals})
    owners: dict[_Key, set[str]] = defaultdict(set)
    for row, subject, column in totals:
        funds = next((c.amount_yuan for c in cells[row.row_id] if c.column_no == column.number), None)
        if unit := row.unit or row.stored_unit:
            owners[normalise(subject), funds].add(unit_name(unit, draft.catalog))
    return owners
