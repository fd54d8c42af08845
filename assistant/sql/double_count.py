"""The double-count guard: a sum must not add a row to its parent, a total to its parts, or a row to itself.

Nor may it add what two tables of one document say of the same money, and a count must not count a row twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.errors import DoubleCounted
from assistant.sql.catalogue import KEY_COLUMN, Catalogue, Warehouse
from assistant.sql.lineage import CountTrace, SumTrace
from assistant.sql.run import LABELS, ResultRow, ResultSet

_TREE: Final = ("上级", "合计行", "所属单位")
_FUNDS: Final = frozenset({"一般公共预算支出表", "政府性基金预算支出表", "国有资本经营预算支出表"})
"""Views of separate funds, whose amounts may be added up."""
_CELLS: Final = "全部数据"
"""The view whose rows are cells: ``<row_id>.c<column>``."""
_LEAVES: Final = "请只加末级行（末级 = TRUE），或直接取合计行。"


@dataclass(frozen=True, slots=True)
class RowMeta:
    """Where a row stands in its table's tree."""

    row_id: str
    parent_row_id: str | None
    is_total: bool
    subordinate_unit: str | None
    label: str


def load_rows_meta(warehouse: Warehouse, catalogue: Catalogue, result: ResultSet) -> dict[str, RowMeta]:
    """The trees of all documents that a sum of ``result`` adds rows of, by row; views without a tree are left out."""
    documents: dict[str, set[str]] = {}
    tags = frozenset[int]().union(*(total.tags for total in result.query.sums))
    tags = tags.union(*(count.tags for count in result.query.counts))
    for row in result.rows:
        for tag in tags & row.rows_by_tag.keys():
            ids = {row_id.partition(".")[0] for row_id in row.rows_by_tag[tag]}
            documents.setdefault(result.query.views[tag], set()).update(ids)
    return {
        meta.row_id: meta
        for view, ids in documents.items()
        if set(_TREE) <= set(catalogue[view])
        for meta in _load(warehouse, view, sorted(ids))
    }


def check_double_count(result: ResultSet, rows_meta: Mapping[str, RowMeta]) -> None:
    """Raises DoubleCounted if any sum or count of ``result`` counts anything twice."""
    for row in result.rows:
        for total in result.query.sums:
            for column in sorted({origin.column for origin in total.origins}, key=str):
                _check(_Addends(result, row, total, column), rows_meta)
            _check_views(result, row, total)
        for count in result.query.counts:
            _check_count(row, count, rows_meta)


class _Addends(list[str]):
    """The rows whose cells of one column a sum adds."""

    def __init__(self, result: ResultSet, row: ResultRow, total: SumTrace, column: str | None) -> None:
        tags = sorted(origin.tag for origin in total.origins if origin.column == column)
        super().__init__(row_id for tag in tags for row_id in row.rows_by_tag.get(tag, ()))
        self.are_cells = any(result.query.views[tag] == _CELLS for tag in tags)


def _check(addends: _Addends, rows_meta: Mapping[str, RowMeta]) -> None:
    if len(addends) < 2:
        return
    _check_repeated(addends, rows_meta)
    if addends.are_cells:
        _check_cells(addends, rows_meta)
    unique = dict.fromkeys(addends)
    _check_ancestors(unique, rows_meta)
    _check_totals(unique, rows_meta)


def _check_repeated(addends: Iterable[str], rows_meta: Mapping[str, RowMeta]) -> None:
    row_id, times = Counter(addends).most_common(1)[0]
    if times > 1:
        raise DoubleCounted(
            f"合计重复计算：“{_label(row_id, rows_meta)}”被加了{times}次。", "请检查 JOIN 和 UNION ALL，先合计再连接。"
        )


def _check_count(row: ResultRow, count: CountTrace, rows_meta: Mapping[str, RowMeta]) -> None:
    """Joined rows may be counted if each stands for another row of one of the views."""
    counted = [[row_id for tag in sorted(key) for row_id in row.rows_by_tag.get(tag, ())] for key in count.keys]
    if all(len(set(row_ids)) < len(row_ids) for row_ids in counted):
        row_id, times = Counter(counted[0]).most_common(1)[0]
        raise DoubleCounted(
            f"计数重复：“{_label(row_id, rows_meta)}”被数了{times}次。", "请先计数再连接，或用 COUNT(DISTINCT …)。"
        )


def _check_views(result: ResultSet, row: ResultRow, total: SumTrace) -> None:
    """Tables of one document are views of the same money, save those of separate funds."""
    view_of: dict[str, str] = {}
    for tag in sorted(total.tags):
        view = result.query.views[tag]
        for row_id in row.rows_by_tag.get(tag, ()):
            other = view_of.setdefault(row_id.partition(".")[0], view)
            if other != view and not {other, view} <= _FUNDS:
                raise DoubleCounted(
                    f"合计重复计算：{other}和{view}所列的是同一笔钱，不可相加。", "请只取一张表的数，或分开列出。"
                )


def _check_cells(addends: Iterable[str], rows_meta: Mapping[str, RowMeta]) -> None:
    """Columns of one row contain one another, and so do tables of one document."""
    tables: dict[str, str] = {}
    rows: set[str] = set()
    for cell_id in dict.fromkeys(addends):
        row_id = cell_id.rpartition(".c")[0]
        if row_id in rows:
            raise DoubleCounted(
                f"合计重复计算：“{_label(cell_id, rows_meta)}”一行有几列同在其中。", "请用“列名”选定一列。"
            )
        rows.add(row_id)
        table = _table_of(cell_id)
        if tables.setdefault(table.partition(".")[0], table) != table:
            raise DoubleCounted(
                f"合计重复计算：“{_label(cell_id, rows_meta)}”所在的表与别的表同在其中。",
                "请用“表号”或“表名”选定一张表。",
            )


def _check_ancestors(addends: Mapping[str, None], rows_meta: Mapping[str, RowMeta]) -> None:
    for row_id in addends:
        for ancestor in _ancestors(row_id, rows_meta):
            if ancestor in addends:
                part, whole = _label(row_id, rows_meta), _label(ancestor, rows_meta)
                raise DoubleCounted(f"合计重复计算：“{whole}”已包含“{part}”。", _LEAVES)


def _check_totals(addends: Mapping[str, None], rows_meta: Mapping[str, RowMeta]) -> None:
    """A total row stands for all rows of its table, or for those of its subordinate unit."""
    by_table: dict[str, list[RowMeta]] = {}
    for row_id in addends:
        if row_id in rows_meta:
            by_table.setdefault(_table_of(row_id), []).append(rows_meta[row_id])
    for rows in by_table.values():
        for total in (row for row in rows if row.is_total):
            other = next((row for row in rows if row is not total and _same_unit(row, total)), None)
            if other is not None:
                raise DoubleCounted(f"合计重复计算：合计行“{total.label}”不可与“{other.label}”相加。", _LEAVES)


def _same_unit(row: RowMeta, total: RowMeta) -> bool:
    units = {row.subordinate_unit, total.subordinate_unit}
    return len(units) == 1 or None in units


def _ancestors(row_id: str, rows_meta: Mapping[str, RowMeta]) -> Iterator[str]:
    """From the parent upwards; a chain that bites its tail ends where it started."""
    seen = {row_id}
    meta = rows_meta.get(row_id)
    while meta is not None and meta.parent_row_id is not None and meta.parent_row_id not in seen:
        seen.add(meta.parent_row_id)
        yield meta.parent_row_id
        meta = rows_meta.get(meta.parent_row_id)


def _table_of(row_id: str) -> str:
    return row_id.rpartition(".r")[0]


def _label(row_id: str, rows_meta: Mapping[str, RowMeta]) -> str:
    return rows_meta[row_id].label if row_id in rows_meta else row_id


def _load(warehouse: Warehouse, view: str, documents: list[str]) -> Iterator[RowMeta]:
    columns = ", ".join(f'"{name}"' for name in (KEY_COLUMN, *_TREE, LABELS[view]))
    places = ", ".join("?" for _ in documents)
    _, rows = warehouse.execute(f'SELECT {columns} FROM "{view}" WHERE document_id IN ({places})', documents)
    for row_id, parent, is_total, unit, label in rows:
        if view == _CELLS and parent is not None:
            parent = f"{parent}.c{row_id.rpartition('.c')[2]}"
        yield RowMeta(row_id, parent, bool(is_total), unit, label or row_id)
