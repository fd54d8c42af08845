"""What all budgets have in common: the national classifications, the standard tables and their columns.

A catalogue of no document: its tables are the kinds, its rows the items that the loaded documents print under a
national code or in the two-sided totals, its columns the kinds' measures. A question over all units is linked to it
once; no document's own catalogue is loaded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from assistant.catalog import CLASSIFICATIONS, Column, DocumentCatalog, Row, Table, catalog_of
from assistant.understand.wording import aliases, near_forms, normalise
from index.kinds import KINDS, KindSpec
from index.warehouse import Warehouse

_KINDS: Final = (
    "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表", "一般公共预算基本支出表",
    "三公经费支出表", "政府性基金预算支出表", "国有资本经营预算支出表",
)  # fmt: skip
_ITEMS_SQL: Final = """
SELECT kind, side, CASE WHEN list_contains($2, code_system) THEN code END AS item,
    row_label, code_system, level, is_total, count(*), min(figure_id)
FROM figures WHERE kind IN $1 AND (item IS NOT NULL OR side IS NOT NULL)
GROUP BY ALL"""
"""How often each item is printed, by what it is called and as what."""

BY_ROW_OR_COLUMN: Final = "三公经费支出表"
"""A kind that prints its items in columns at one place, in rows at another."""


_Of = TypeVar("_Of", int, str)


@dataclass(frozen=True, slots=True)
class _Printed:
    """What an item is called and as what it stands in so many cells, the first of which is ``earliest``."""

    label: str
    code_system: str | None
    level: int | None
    is_total: bool
    times: int
    earliest: str


def load_common_catalog(warehouse: Warehouse) -> DocumentCatalog:
    """The items, tables and columns that questions over all documents may name."""
    printed: dict[tuple[str, ...], list[_Printed]] = defaultdict(list)
    for kind, side, code, label, *told in warehouse.execute_apart(_ITEMS_SQL, [list(_KINDS), list(CLASSIFICATIONS)])[1]:
        key = (kind, side or "", code or "", "" if code else label)
        printed[key].append(_Printed(label, *told))
    items: dict[str, list[Row]] = defaultdict(list)
    for (kind, side, code, _), forms in sorted(printed.items(), key=_place):
        items[kind].append(_row(kind, len(items[kind]) + 1, side or None, code or None, forms))
    tables = [_table(KINDS[kind], items.get(kind, [])) for kind in _KINDS]
    return catalog_of(tables)


def spelled_measure(label: str, kind: str) -> str | None:
    """The measure of a kind that a row's label is a spelling of (公务用车运行费 for 公务用车运行维护费)."""
    plain = normalise(label)
    forms = set(near_forms(plain)) | {normalise(name) for name, said in aliases().items() if plain in said}
    return next((m.name for m in KINDS[kind].measures if set(near_forms(normalise(m.name))) & forms), None)


def _place(item: tuple[tuple[str, ...], list[_Printed]]) -> tuple[object, ...]:
    """Where an item stands in its table: by its code, those without one by their names behind all others."""
    (kind, side, code, _), forms = item
    return kind, not code, code, _label(forms), not side, side


def _label(forms: Iterable[_Printed]) -> str:
    """What most call an item; of what equally many call it, what is printed first."""
    times: Counter[str] = Counter()
    earliest: dict[str, str] = {}
    for form in forms:
        times[form.label] += form.times
        earliest[form.label] = min(form.earliest, earliest.get(form.label, form.earliest))
    return min(times, key=lambda label: (-times[label], earliest[label]))


def _most(values: Iterable[tuple[_Of | None, int]]) -> _Of | None:
    """The value that stands in most cells, of equally many the first; values come with their number of cells."""
    times: Counter[_Of] = Counter()
    for value, count in values:
        if value is not None:
            times[value] += count
    return max(times, key=lambda value: times[value], default=None)


def _row(kind: str, number: int, side: str | None, code: str | None, forms: list[_Printed]) -> Row:
    label = _label(forms)
    forms = sorted(forms, key=lambda form: form.earliest)
    level = _most((form.level, form.times) for form in forms)
    system = _most((form.code_system, form.times) for form in forms) if code else None
    is_total = any(form.is_total for form in forms)
    return Row(f"{kind}.r{number}", kind, number, label, label, code, system, level, None, True, is_total, None, side)


def _table(kind: KindSpec, items: list[Row]) -> Table:
    rows = [*items, *([] if any(row.side for row in items) else [_total_row(kind)])]
    return Table(kind.name, kind.name, None, kind.name, None, "figures", None, None, tuple(rows), tuple(_columns(kind)))


def _total_row(kind: KindSpec) -> Row:
    return Row(f"{kind.name}.r0", kind.name, 0, "合计", "合计", None, None, 0, None, True, True, None, None)


def _columns(kind: KindSpec) -> Iterator[Column]:
    for number, measure in enumerate(kind.measures, start=1):
        yield Column(kind.name, number, measure.name, measure.name, measure.type, None)
