"""What all budgets have in common: the national classifications, the standard tables and their columns.

A catalogue of no document: its tables are the kinds, its rows the items that the loaded documents print under a
national code or in the two-sided totals, its columns the kinds' measures. A question over all units is linked to it
once; no document's own catalogue is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.catalog import CLASSIFICATIONS, Column, DocumentCatalog, Row, Table, catalog_of
from assistant.understand.wording import aliases, near_forms, normalise
from index.kinds import KINDS, KindSpec
from index.warehouse import Warehouse

_KINDS: Final = (
    "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表", "一般公共预算基本支出表",
    "三公经费支出表", "政府性基金预算支出表", "国有资本经营预算支出表",
)  # fmt: skip
_ITEMS_SQL: Final = """
WITH items AS (
    SELECT kind, side, CASE WHEN list_contains($2, code_system) THEN code END AS item,
        CASE WHEN item IS NULL THEN row_label END AS own, row_label, code_system, level, is_total, figure_id
    FROM figures WHERE kind IN $1 AND (item IS NOT NULL OR side IS NOT NULL)
),
labels AS (
    SELECT kind, side, item, own, row_label, count(*) AS times, min(figure_id) AS earliest FROM items GROUP BY ALL
),
named AS (
    SELECT kind, side, item, own, first(row_label ORDER BY times DESC, earliest) AS label FROM labels GROUP BY ALL
),
told AS (
    SELECT kind, side, item, own, mode(code_system) AS system, mode(level) AS level, bool_or(is_total) AS is_total
    FROM items GROUP BY ALL
)
SELECT told.kind, told.side, told.item, label, system, level, is_total
FROM named JOIN told
ON named.kind = told.kind AND named.side IS NOT DISTINCT FROM told.side
    AND named.item IS NOT DISTINCT FROM told.item AND named.own IS NOT DISTINCT FROM told.own
ORDER BY told.kind, told.item, label, told.side"""
"""Each item by what most call it. Counted first: millions of rows in their order take more memory than a query may."""


BY_ROW_OR_COLUMN: Final = "三公经费支出表"
"""A kind that prints its items in columns at one place, in rows at another."""


def load_common_catalog(warehouse: Warehouse) -> DocumentCatalog:
    """The items, tables and columns that questions over all documents may name."""
    items: dict[str, list[Row]] = {}
    for kind, *item in warehouse.execute(_ITEMS_SQL, [list(_KINDS), list(CLASSIFICATIONS)])[1]:
        items.setdefault(kind, []).append(_row(kind, len(items.get(kind, ())) + 1, *item))
    tables = [_table(KINDS[kind], items.get(kind, [])) for kind in _KINDS]
    return catalog_of(tables)


def spelled_measure(label: str, kind: str) -> str | None:
    """The measure of a kind that a row's label is a spelling of (公务用车运行费 for 公务用车运行维护费)."""
    plain = normalise(label)
    forms = set(near_forms(plain)) | {normalise(name) for name, said in aliases().items() if plain in said}
    return next((m.name for m in KINDS[kind].measures if set(near_forms(normalise(m.name))) & forms), None)


def _row(
    kind: str, number: int, side: str | None, code: str | None, label: str, system: str | None, level: int | None,
    is_total: bool,
) -> Row:  # fmt: skip
    system = system if code else None
    return Row(f"{kind}.r{number}", kind, number, label, label, code, system, level, None, True, is_total, None, side)


def _table(kind: KindSpec, items: list[Row]) -> Table:
    rows = [*items, *([] if any(row.side for row in items) else [_total_row(kind)])]
    return Table(kind.name, kind.name, None, kind.name, None, "figures", None, None, tuple(rows), tuple(_columns(kind)))


def _total_row(kind: KindSpec) -> Row:
    return Row(f"{kind.name}.r0", kind.name, 0, "合计", "合计", None, None, 0, None, True, True, None, None)


def _columns(kind: KindSpec) -> Iterator[Column]:
    for number, measure in enumerate(kind.measures, start=1):
        yield Column(kind.name, number, measure.name, measure.name, measure.type, None)
