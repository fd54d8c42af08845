"""One unit's documents of several years against each other: figures on one basis, and rows by how far they changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Final

from assistant.answering.draft import Draft
from assistant.plan.quantity import Quantity
from assistant.plan.rows import rows_of
from assistant.query import Condition, Filter, Moves, Name, Query, Rank, Rows, Select, Sum
from assistant.run.evaluate import bound_of
from assistant.run.operators import added, passes, same_unit
from assistant.understand.kinds import parts_of
from assistant.understand.wording import normalise

_CENT: Final = Decimal("0.01")


def newest_first(drafts: Sequence[Draft]) -> list[Draft]:
    """The documents of one unit, the newest year first."""
    return sorted(drafts, key=lambda draft: -(draft.catalog.year or 0))


def figures_of_years(query: Select | Sum, drafts: Sequence[Draft], text: str) -> tuple[list[Quantity], tuple[str, ...]]:
    """A figure, or what several come to, in each document; none where a document lacks any. Raises Unsound."""
    if isinstance(query, Select):
        return of_each_year(query, drafts, text)
    each = [of_each_year(one, drafts, text) if isinstance(one, Select) else ([], ("",)) for one in query.of]
    missing = tuple(name for _, lost in each for name in lost)
    if not all(found for found, _ in each):
        return [], missing
    return [added(of_one, "合计") for of_one in zip(*(found for found, _ in each), strict=True)], missing


def of_each_year(select: Select, drafts: Sequence[Draft], text: str) -> tuple[list[Quantity], tuple[str, ...]]:
    """A selection's figure in each document, of one kind of table where all have one; the names nothing accounts for.

    None where a document has no such figure.
    """
    bound = [bound_of(select, draft, text) for draft in drafts]
    missing = tuple(name for each in bound for name in each.missing)
    if not all(each.readings for each in bound):
        parts = _of_parts(select, drafts, text)
        totals = [added(of_one, select.names[0].text) for of_one in zip(*parts, strict=True)]
        return totals, () if totals else missing or tuple(name.text for name in select.names)
    together = (chosen for chosen in product(*(each.readings for each in bound)) if len({*map(_kind, chosen)}) == 1)
    return list(next(together, tuple(each.readings[0] for each in bound))), missing


def _of_parts(select: Select, drafts: Sequence[Draft], text: str) -> list[list[Quantity]]:
    """The parts that everybody knows an item to have (三公经费), each in all documents; none where any lacks one."""
    parts = parts_of(name.text for name in select.names)
    each = [of_each_year(Select(names=(Name(text=part),)), drafts, text) for part in parts]
    return [found for found, _ in each] if all(found and not lost for found, lost in each) else []


def _kind(quantity: Quantity) -> tuple[str, str | None]:
    """The kind of table and the measure that a figure is taken from."""
    cell = quantity.cells[0] if quantity.cells else None
    return (cell.kind, cell.measure) if cell else ("", None)


@dataclass(frozen=True, slots=True)
class YearlyChange:
    """One row in two years: ``change`` is the newer minus the older one, its ``rate`` in per cent of that."""

    newer: Quantity
    older: Quantity
    change: Quantity


@dataclass(frozen=True, slots=True)
class YearlyChanges:
    """The changes that are asked for, and the rows that only one of the years has."""

    changes: tuple[YearlyChange, ...]
    alone: tuple[Quantity, ...] = ()


def changed_rows(query: Query, newer: Draft, older: Draft, text: str) -> YearlyChanges | None:
    """The rows of two years that a query asks for by their changes; None where their tables are of other kinds."""
    moves, conditions = _moves_in(query)
    if moves is None:
        return None
    found = [*zip(*_of_parts(moves.rows.within, (newer, older), text), strict=True)]
    if not found:
        rows = [rows_of(_by_default(moves.rows), draft, text) for draft in (newer, older)]
        found = [each for each, lost in rows if each and not lost]
        if len(found) != len(rows) or len({_kind(each[0]) for each in found}) != 1:
            return None
    after, before = (_by_key(each) for each in found)
    before = {_same_key(key, row, after): row for key, row in before.items()}
    pairs = [_changed(after[key], before[key]) for key in after if key in before]
    added = [row for key, row in after.items() if key not in before]
    dropped = [row for key, row in before.items() if key not in after]
    pairs += [_changed(row, _nothing(row)) for row in added if _is_coded(row)]
    pairs += [_changed(_nothing(row), row) for row in dropped if _is_coded(row)]
    alone = tuple(row for row in (*added, *dropped) if not _is_coded(row))
    kept = [pair for pair in pairs if _goes(moves, pair) and all(_passes(pair, each) for each in conditions)]
    kept.sort(key=lambda pair: _size(pair, by_rate=moves.by_rate), reverse=_descends(query))
    return YearlyChanges(tuple(kept[: query.k] if isinstance(query, Rank) else kept), alone)


def _is_coded(row: Quantity) -> bool:
    """Whether a row is of a classification, all items of which a table prints that there are any of."""
    return bool(row.cells and row.cells[0].code)


def _nothing(row: Quantity) -> Quantity:
    """The other year's figure of a row that only one year prints."""
    return replace(row, value=replace(row.value, exact=Decimal(0)), cells=(), row_id="")


def _by_default(rows: Rows) -> Rows:
    """Where nothing says which items are meant, those of the functional classification."""
    is_open = rows.kind == "any" and rows.level is None and not rows.within.names
    return rows.model_copy(update={"kind": "function", "level": 3, "within": Select()}) if is_open else rows


def _same_key(key: str, row: Quantity, others: Mapping[str, Quantity]) -> str:
    """The key of a row, or that of the only one of its name where its code is another one in the other year."""
    named = [other for other, one in others.items() if normalise(one.name) == normalise(row.name)]
    return named[0] if key not in others and len(named) == 1 else key


def _moves_in(query: Query) -> tuple[Moves | None, tuple[Condition, ...]]:
    """The changes that a query ranges over, and what bounds them."""
    match query:
        case Moves():
            return query, ()
        case Rank():
            return _moves_in(query.rows)
        case Filter():
            moves, conditions = _moves_in(query.rows)
            return moves, (*conditions, *query.conditions)
        case _:
            return None, ()


def _descends(query: Query) -> bool:
    return query.descending if isinstance(query, Rank) else True


def _by_key(rows: Sequence[Quantity]) -> Mapping[str, Quantity]:
    """Rows that have a number by code, else by name; those that share it are told apart by nothing."""
    found: dict[str, Quantity] = {}
    shared: set[str] = set()
    for row in (one for one in rows if one.exact is not None):
        key = (row.cells[0].code if row.cells else None) or normalise(row.name)
        shared |= {key} & found.keys()
        found[key] = row
    return {key: row for key, row in found.items() if key not in shared}


def _changed(newer: Quantity, older: Quantity) -> YearlyChange:
    same_unit((newer, older))
    gap = (newer.exact or Decimal(0)) - (older.exact or Decimal(0))
    rate = (gap / older.exact * 100).quantize(_CENT, ROUND_HALF_UP) if older.exact else None
    value = replace(newer.value, exact=gap)
    return YearlyChange(newer, older, Quantity(newer.name, value, newer.document_id, parts=(newer, older), rate=rate))


def _goes(moves: Moves, pair: YearlyChange) -> bool:
    gap = pair.change.exact or Decimal(0)
    return {"up": gap > 0, "down": gap < 0, "same": gap == 0 and bool(pair.newer.exact), "any": gap != 0}[moves.way]


def _passes(pair: YearlyChange, condition: Condition) -> bool:
    size = replace(pair.change, value=replace(pair.change.value, exact=abs(pair.change.exact or Decimal(0))))
    return passes(size, condition)


def _size(pair: YearlyChange, *, by_rate: bool) -> Decimal:
    return abs((pair.change.rate if by_rate else pair.change.exact) or Decimal(0))
