"""Readings and row sets to SQL over the wide views, written with sqlglot.

Conditions are what a person would write (科目编码, 项目名称, 所属单位 …); each set of conditions is checked against
the catalogue to select exactly the rows that were resolved. Behind the values each row tells which cell it came from:
``row_id``, and 列 where that is the identifier of a row and not of a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

from sqlglot import exp

from assistant.catalog import Column, DocumentCatalog, Row, Table
from assistant.common import BY_ROW_OR_COLUMN
from assistant.resolve import Reading, RowSet
from assistant.understand.types import Threshold
from index.kinds import KINDS
from index.money import to_yuan

ALL_FIGURES: Final = "全部数据"
KEY: Final = "row_id"
"""The column by which each view's rows are told."""

SOURCES: Final = 2
"""How many columns at the end tell the cell that a row's value comes from."""

_COMPARISONS: Final[dict[str, type[exp.Expression]]] = {
    "gt": exp.GT, "ge": exp.GTE, "lt": exp.LT, "le": exp.LTE, "eq": exp.EQ, "ne": exp.NEQ,
}  # fmt: skip


def cells_query(readings: Sequence[tuple[int, int, Reading]], catalog: DocumentCatalog) -> exp.Query:
    """One row per resolved line; each reading comes with the numbers of its operand (项) and of itself (读法)."""
    branches = [_reading_select(reading, catalog, operand, number) for operand, number, reading in readings]
    query: exp.Query = branches[0]
    for branch in branches[1:]:
        query = exp.union(query, branch, distinct=False, copy=False)
    return query


def rows_query(
    row_set: RowSet, catalog: DocumentCatalog, thresholds: Sequence[Threshold], descending: bool | None
) -> exp.Query:
    """The rows of a set that pass the threshold, ordered by value where ``descending`` says how."""
    select = _row_set_select(row_set, catalog, thresholds)
    if descending is not None:
        order = exp.Ordered(this=exp.column("数值", quoted=True), desc=descending, nulls_first=False)
        select = select.order_by(order)
    return select


def parts_query(row_set: RowSet, catalog: DocumentCatalog, descending: bool | None) -> exp.Query:
    """One row per column that a figure is made of."""
    branches = []
    for column in row_set.parts:
        label = exp.alias_(exp.Literal.string(column.measure or column.path), "名称", quoted=True)
        code = exp.alias_(exp.Literal.string(""), "编码", quoted=True)
        value = exp.alias_(_value_column(row_set.table, column), "数值", quoted=True)
        source = _source(row_set.table, column)
        select = exp.select(label, code, value, *source).from_(_relation(_view(row_set.table, column)))
        branches.append(_where(select, row_conditions(row_set.table, row_set.rows, column, catalog)))
    query: exp.Query = branches[0]
    for branch in branches[1:]:
        query = exp.union(query, branch, distinct=False, copy=False)
    if descending is not None:
        query = query.order_by(exp.Ordered(this=exp.column("数值", quoted=True), desc=descending, nulls_first=False))
    return query


def figures_query(figure_ids: Sequence[str]) -> exp.Query:
    """Single cells as they are printed."""
    names = {"行名": "名称", "列名": "列名", "原样": "数值"}
    told = (exp.alias_(_column(name), alias, quoted=True) for name, alias in names.items())
    source = (_column(KEY), exp.alias_(exp.Literal.string(""), "列", quoted=True))
    return _where(exp.select(*told, *source).from_(_relation(ALL_FIGURES)), [_in(KEY, figure_ids)])


def everyone_query(readings: Sequence[Reading], years: Sequence[int], document_ids: Sequence[str]) -> exp.Query:
    """An item of all documents of some years (only of these, where ids are given); the readings are its codes."""
    table, column = readings[0].table, readings[0].column
    kind = KINDS[table.kind]
    select = exp.select(
        *(_column(name) for name in ("document_id", "部门", "年度", kind.label)),
        exp.alias_(_value_column(table, column), "数值", quoted=True),
        *_source(table, column),
    ).from_(_relation(table.kind))
    conditions: list[exp.Expression] = [_in("年度", years)] if years else []
    conditions += [_in("document_id", document_ids)] if document_ids else []
    order = exp.Ordered(this=exp.column("数值", quoted=True), desc=True, nulls_first=False)
    return _where(select, [*conditions, *_item_conditions(readings, kind.code, kind.label)]).order_by(order)


def _item_conditions(readings: Sequence[Reading], code: str, label: str) -> Iterable[exp.Expression]:
    """Rows of the item: by its codes, or by its name where a table prints no codes; the total's for none.

    三公 tables print their items in columns at one place, in rows at another: any row that has the measure.
    """
    rows = [reading.rows[0] for reading in readings]
    if rows[0].side:
        yield _equals("方向", rows[0].side)
    if rows[0].is_total and readings[0].table.kind == BY_ROW_OR_COLUMN:
        yield exp.Not(this=exp.Is(this=_value_column(readings[0].table, readings[0].column), expression=exp.Null()))
        return
    if rows[0].is_total and not rows[0].side:
        yield exp.Paren(this=exp.or_(_column("合计行"), exp.Is(this=_column("上级"), expression=exp.Null())))
        return
    codes = [row.code for row in rows if row.code]
    named = _in(label, sorted({row.label for row in rows}))
    without_code = exp.and_(exp.Is(this=_column(code), expression=exp.Null()), named)
    yield exp.Paren(this=exp.or_(_in(code, codes), exp.Paren(this=without_code))) if codes else named


def _in(name: str, values: Iterable[object]) -> exp.Expression:
    literals = [exp.Literal.number(v) if isinstance(v, int) else exp.Literal.string(str(v)) for v in values]
    return exp.In(this=_column(name), expressions=literals)


def _reading_select(reading: Reading, catalog: DocumentCatalog, operand: int, number: int) -> exp.Select:
    view = _view(reading.table, reading.column)
    label = "行名" if view == ALL_FIGURES else KINDS[reading.table.kind].label
    select = exp.select(
        exp.alias_(exp.Literal.number(operand), "项", quoted=True),
        exp.alias_(exp.Literal.number(number), "读法", quoted=True),
        exp.alias_(_column(label), "名称", quoted=True),
        exp.alias_(_value_column(reading.table, reading.column), "数值", quoted=True),
        *_source(reading.table, reading.column),
    ).from_(_relation(view))
    return _where(select, row_conditions(reading.table, reading.rows, reading.column, catalog))


def _row_set_select(row_set: RowSet, catalog: DocumentCatalog, thresholds: Sequence[Threshold]) -> exp.Select:
    view = _view(row_set.table, row_set.column)
    kind = KINDS[row_set.table.kind]
    label, code = ("行名", "编码") if view == ALL_FIGURES else (kind.label, kind.code)
    select = exp.select(
        exp.alias_(_column(label), "名称", quoted=True),
        exp.alias_(_column(code), "编码", quoted=True),
        exp.alias_(_value_column(row_set.table, row_set.column), "数值", quoted=True),
        *_source(row_set.table, row_set.column),
    ).from_(_relation(view))
    return _filtered(select, row_set, catalog, thresholds)


def _filtered(
    select: exp.Select, row_set: RowSet, catalog: DocumentCatalog, thresholds: Sequence[Threshold]
) -> exp.Select:
    conditions = row_conditions(row_set.table, row_set.rows, row_set.column, catalog)
    conditions += [_threshold(threshold, row_set) for threshold in thresholds]
    return _where(select, conditions)


def _threshold(threshold: Threshold, row_set: RowSet) -> exp.Expression:
    value = _value_column(row_set.table, row_set.column)
    unit = threshold.unit or row_set.column.unit or row_set.table.unit
    in_yuan = row_set.column.value_type == "amount" and unit is not None
    bounds = [_number(to_yuan(v, unit) if in_yuan and unit else v) for v in threshold.values]
    if threshold.comparison == "range":
        return exp.Between(this=value, low=bounds[0], high=bounds[1])
    return _COMPARISONS[threshold.comparison](this=value, expression=bounds[0])


def _number(value: Decimal) -> exp.Expression:
    return exp.Literal.number(f"{value.normalize():f}")


def _where(select: exp.Select, conditions: Iterable[exp.Expression]) -> exp.Select:
    for condition in conditions:
        select = select.where(condition, copy=False)
    return select


def _view(table: Table, column: Column) -> str:
    return table.kind if column.measure and table.kind != "其他表" else ALL_FIGURES


def _value_column(table: Table, column: Column) -> exp.Expression:
    if _view(table, column) != ALL_FIGURES:
        return _column(column.measure or "")
    return _column({"amount": "金额", "text": "原样"}.get(column.value_type, "数值"))


def _source(table: Table, column: Column) -> tuple[exp.Expr, exp.Expr]:
    """The cell that a value comes from: its row and its column, "" where the row of 全部数据 is the cell."""
    measure = "" if _view(table, column) == ALL_FIGURES else column.measure or ""
    return _column(KEY), exp.alias_(exp.Literal.string(measure), "列", quoted=True)


def _relation(view: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(view, quoted=True))


def _column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def _equals(name: str, value: object) -> exp.Expression:
    if isinstance(value, bool):
        return _column(name) if value else exp.Not(this=_column(name))
    if value is None:
        return exp.Is(this=_column(name), expression=exp.Null())
    literal = exp.Literal.number(value) if isinstance(value, int) else exp.Literal.string(str(value))
    return exp.EQ(this=_column(name), expression=literal)


def row_conditions(
    table: Table, rows: tuple[Row, ...], column: Column, catalog: DocumentCatalog
) -> list[exp.Expression]:
    """Conditions that select exactly ``rows`` from the view that holds the column."""
    view = _view(table, column)
    everywhere = view == ALL_FIGURES
    conditions = [_equals("document_id", catalog.document_id)]
    if everywhere:
        pool = list(table.rows)
        paths = [part.path for part in column.parts]
        conditions += [_equals("表名", table.title), _in("列名", paths) if paths else _equals("列名", column.path)]
    else:
        pool = [row for other in catalog.tables.values() if other.kind == table.kind for row in other.rows]
    wanted = {row.row_id for row in rows}
    for name, value_of in _attributes(table, everywhere):
        if {row.row_id for row in pool} == wanted:
            break
        values = {value_of(row) for row in rows}
        if len(values) == 1 and len(left := [row for row in pool if value_of(row) in values]) < len(pool):
            pool = left
            conditions.append(_equals(name, values.pop()))
    if {row.row_id for row in pool} == wanted and not (everywhere and _ambiguous_title(table, catalog)):
        return conditions
    numbers = [part.number for part in column.parts or (column,)]
    of_rows = (f"{row.row_id}.c{number}" for row in rows for number in numbers)
    ids = [exp.Literal.string(key) for key in (of_rows if everywhere else (row.row_id for row in rows))]
    return [conditions[0], exp.In(this=_column(KEY), expressions=ids)]


def _ambiguous_title(table: Table, catalog: DocumentCatalog) -> bool:
    return sum(other.title == table.title for other in catalog.tables.values()) > 1


def _attributes(table: Table, everywhere: bool) -> list[tuple[str, Callable[[Row], object]]]:
    kind = KINDS[table.kind]
    code, label = ("编码", "行名") if everywhere else (kind.code, kind.label)
    found: list[tuple[str, Callable[[Row], object]]] = [
        (code, lambda row: row.code),
        (label, lambda row: row.label),
        ("所属单位", lambda row: row.stored_unit),
    ]
    if not everywhere and table.kind in ("收支总表", "财政拨款收支总表"):
        found.append(("方向", lambda row: row.side))
    return [
        *found,
        ("上级", lambda row: row.parent),
        ("层级", lambda row: row.level),
        ("末级", lambda row: row.is_leaf),
        ("合计行", lambda row: row.is_total),
    ]
