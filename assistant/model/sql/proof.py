"""The proof of a result: each figure follows from cells alone; no row that is counted, ranked or added holds another.

What the database said is compared with what was recomputed, and then only the latter is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any, Final

from assistant.answering.phrases import unit_name
from assistant.catalog import DocumentCatalog, Row
from assistant.library import Library
from assistant.model.sql.errors import Unproved
from assistant.model.sql.formula import Number, cells_in, recomputed, rows_in
from assistant.model.sql.run import Rows
from assistant.model.sql.trace import MOST_ROWS, Range, Trace
from index.kinds import KINDS
from index.records import FigureRecord

_CLOSE: Final = Decimal("1e-9")
_FUNDS: Final = frozenset({"一般公共预算支出表", "政府性基金预算支出表", "国有资本经营预算支出表"})
"""Tables of separate funds, whose amounts may be added up."""

_LEAVES: Final = "请只取末级行（末级 = TRUE），或直接取合计行（合计行 = TRUE）。"
_MOST_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a result: what it is called, and its figures. ``row_id``: the one row of a table that it is."""

    labels: tuple[str, ...]
    numbers: tuple[Number, ...]
    row_id: str | None


def proved(trace: Trace, rows: Rows, ranges: Sequence[Rows], catalog: DocumentCatalog, library: Library) -> list[Line]:
    """The rows of a result that are asked for, recomputed. Raises Unproved."""
    for each, ranged in zip(trace.ranges, ranges, strict=True):
        check_range(each, ranged, catalog)
    if len(rows) > MOST_ROWS:
        raise Unproved(f"结果超过 {MOST_ROWS} 行。", "请加上条件。")
    kept = _kept(trace, rows)
    if len(kept) > _MOST_SHOWN:
        raise Unproved(f"结果有 {len(kept)} 行，太多。", "请加上条件，或用 LIMIT。")
    if not trace.is_ordered:
        kept = sorted(kept, key=lambda row: _printed_place(_row_of(trace, row), catalog))
    cells = _Cells(catalog, library, [_formulas(trace, row) for row in kept])
    return [_line(trace, row, cells) for row in kept]


def _kept(trace: Trace, rows: Rows) -> Rows:
    """What LIMIT and OFFSET leave, and the rows that tie with the last of it."""
    if trace.limit is None:
        return rows[trace.offset :]
    end = trace.offset + trace.limit
    keys = 2 * len(trace.columns) + 1
    while trace.limit and end < len(rows) and rows[end][keys:] == rows[end - 1][keys:]:
        end += 1
    return rows[trace.offset : end]


def _row_of(trace: Trace, row: Sequence[str | None]) -> Any:
    return json.loads(row[2 * len(trace.columns)] or "null")


def _printed_place(marker: Any, catalog: DocumentCatalog) -> tuple[int, int]:
    """Where the first of a row's rows is printed."""
    tables = list(catalog.tables)
    rows = (catalog.rows[row] for row in rows_in(marker) if row in catalog.rows)
    return min(((tables.index(row.table_id), row.number) for row in rows), default=(0, 0))


def _formulas(trace: Trace, row: Sequence[str | None]) -> list[Any]:
    width = len(trace.columns)
    return [json.loads(text) if text else None for text in row[width : 2 * width]]


def _line(trace: Trace, row: Sequence[str | None], cells: _Cells) -> Line:
    labels: list[str] = []
    numbers: list[Number] = []
    for said, formula, is_told in zip(row, _formulas(trace, row), trace.is_told, strict=False):
        if not is_told:
            continue
        found = recomputed(formula, cells.cell, cells.counted)
        _check_same(said, found)
        if isinstance(found, Number):
            if not found.cells:
                raise Unproved("结果里有不是从表里来的数。")
            numbers.append(found)
        elif found:
            labels.append(found)
    if not (labels or numbers):
        raise Unproved("结果的每一列都追不到表里的格。", "请取表里印着的列。")
    ids = list(rows_in(_row_of(trace, row)))
    return Line(tuple(dict.fromkeys(labels)), tuple(numbers), ids[0] if len(ids) == 1 else None)


def _check_same(said: str | None, found: Number | str | None) -> None:
    """Raises Unproved where the database said another value than cells come to."""
    if isinstance(found, Number) and said is not None:
        try:
            is_same = abs(Decimal(said) - found.exact) <= found.slack + _CLOSE * max(abs(found.exact), Decimal(1))
        except InvalidOperation:
            is_same = False
    else:
        is_same = said == found or (not said and found is None)
    if not is_same:
        raise Unproved("结果与按原表重算的不同。")


class _Cells:
    """The cells that formulas name, read from the tables themselves."""

    def __init__(self, catalog: DocumentCatalog, library: Library, formulas: Sequence[Sequence[Any]]) -> None:
        self._catalog = catalog
        rows = {row for each in formulas for formula in each for row, _ in cells_in(formula)}
        if unknown := rows - catalog.rows.keys():
            raise Unproved(f"文件里没有“{min(unknown)}”这一行。")
        self._figures = library.figures(rows)

    def cell(self, row_id: str, column: str) -> FigureRecord | str | None:
        """The printed cell, or what its row is called; without a column, the row's first cell."""
        row, figures = self._catalog.rows[row_id], self._figures[row_id]
        kind = KINDS[self._catalog.tables[row.table_id].kind]
        if not column:
            return figures[0] if figures else None
        own = {
            kind.label: row.label, kind.code: row.code, "所属单位": row.stored_unit, "方向": row.side,
            "部门": self._catalog.unit_name, "年度": str(self._catalog.year),
        }  # fmt: skip
        if column in own:
            return own[column]
        found = [figure for figure in figures if figure.measure == column]
        if len({figure.printed for figure in found}) > 1:
            raise Unproved(f"“{row.label}”一行里有几列都是“{column}”。")
        if not found and column not in {measure.name for measure in kind.measures}:
            raise Unproved(f"“{column}”不是印着的列，不能作结果。")
        return found[0] if found else None

    def counted(self, row_ids: Sequence[str]) -> str:
        """What counted rows are called: the first of them, and how many more."""
        rows = [self._catalog.rows[row_id] for row_id in row_ids]
        first = f"{unit_name(rows[0].unit, self._catalog)}{rows[0].label}" if rows else ""
        return f"{first}等的个数" if len(rows) > 1 else f"{first}的个数"


def check_range(found: Range, rows: Rows, catalog: DocumentCatalog) -> None:
    """Raises Unproved where rows that are taken together, ranked or cut off hold one another, or come twice."""
    if len(rows) > MOST_ROWS:
        raise Unproved(f"要从超过 {MOST_ROWS} 行里选，太多。", "请加上条件。")
    keys = slice(found.sources, found.sources + found.groups)
    ordered = sorted(rows, key=lambda row: [str(value) for value in row[keys]])
    if found.is_choice and len({tuple(row[: found.sources]) for row in rows}) == 1:
        raise Unproved("只有一行，没有可比的、可平均的。", "请取它的下级行。")
    for _, group in groupby(ordered, key=lambda row: row[keys]):
        _check_group(found, list(group), catalog)
    last = found.sources + found.groups
    if found.limit and found.limit < len(rows) and rows[found.limit - 1][last:] == rows[found.limit][last:]:
        raise Unproved("子查询里取前几时有并列的，取到哪些行是不定的。", "请改用 RANK()。")


def _check_group(found: Range, rows: Rows, catalog: DocumentCatalog) -> None:
    markers = [[json.loads(value or "null") for value in row[: found.sources]] for row in rows]
    places = found.used or tuple(range(found.sources))
    ids = [[list(rows_in(marker[place])) for marker in markers] for place in places]
    alone = [place for place in ids if _is_each_once(place)]
    if found.is_added and (len(alone) < len(ids) if found.used else not alone):
        raise Unproved("连接之后同一行不止一次，会重复计算。", "请先合计再连接。")
    totals = [all(catalog.rows[row].is_total for each in place for row in each) for place in ids]
    if (any if found.is_added else all)(totals):
        raise Unproved("合计行不可拿来合计、平均、计数、排名。", "请取末级行。")
    counting = [n for n, place in enumerate(ids) if found.used or not alone or place in alone]
    for place in counting:
        parts: dict[tuple[int, ...], dict[str, None]] = {}
        for marker in markers:
            for part, row in _parts(marker[places[place]]):
                parts.setdefault(part, {})[row] = None
        for rows_of_part in parts.values():
            check_apart([catalog.rows[row] for row in rows_of_part], catalog)


def _parts(marker: Any, part: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], str]]:
    """The ids of all rows that the row of a block stands for, each with its place in the joins within."""
    if isinstance(marker, str):
        yield part, marker
    elif isinstance(marker, dict):
        for each in marker["g"]:
            yield from _parts(each, part)
    else:
        for number, each in enumerate(marker or ()):
            yield from _parts(each, (*part, number))


def _is_each_once(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are all different; joined ones are, if they differ in any part."""
    return len({tuple(row) for row in rows}) == len(rows)


def check_apart(rows: Sequence[Row], catalog: DocumentCatalog) -> None:
    """Raises Unproved where one of some rows holds another, or they are of tables that tell of the same money."""
    if len(rows) < 2:
        return
    kinds = [catalog.tables[table].kind for table in {row.table_id for row in rows}]
    if len(kinds) > 1 and not (set(kinds) <= _FUNDS and len(set(kinds)) == len(kinds)):
        raise Unproved("几张表里的行放在一起，可能是同一笔钱。", "请只从一张表里取。")
    if len({row.side for row in rows}) > 1:
        raise Unproved("收入和支出不能放在一起。", "请加上 方向 的条件。")
    if any(row.level is None for row in rows):
        raise Unproved("这张表看不出上下级，行不能放在一起算。")
    by_id = {row.row_id: row for row in rows}
    for row in rows:
        if above := next((by_id[each] for each in row.ancestors if each in by_id), None):
            raise Unproved(f"“{above.label}”已包含“{row.label}”。", _LEAVES)
    for total in (row for row in rows if row.is_total):
        beside = (row for row in rows if row is not total and row.table_id == total.table_id)
        if other := next((row for row in beside if None in (row.unit, total.unit) or row.unit == total.unit), None):
            raise Unproved(f"合计行“{total.label}”不可与“{other.label}”放在一起。", _LEAVES)
