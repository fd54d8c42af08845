"""Readings of one operand: the cells it may mean, table by table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from assistant.catalog import CLASSIFICATIONS, Column, DocumentCatalog, Row, Table, official_names
from assistant.catalog.naming import FORMS
from assistant.resolve.basis import asks_budget_of_final, budget_column
from assistant.resolve.bearing import bearing_name, counted_bearing, rows_bearing
from assistant.resolve.selection import TOLERANCE, Selection, rank, select, total_rows
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import wording_rules

_NEAR: Final = 0.07
"""A near match (职业年金 for 职业年金缴费) is as good as an exact one, an alias is not."""

_EXACT: Final = 0.99
_IN_TABLES: Final = ("row", "column", "attribute", "unit", "table")
_OF_PROJECTS: Final = (*FORMS, "绩效资金表", "其他表")

_PURCHASES: Final = "政府采购预算表"
_BUYS: Final = re.compile("采购|购|买")
_OF_INCOME: Final = re.compile("(?:拨款|基金|预算|资金)的?收入")
_OF_PROJECT: Final = re.compile("项目|专项")
_FUNDS: Final = ("政府性基金预算支出表", "国有资本经营预算支出表")

_PRINTED: Final = 0.9
_STRONG: Final = 0.6
_NAMED: Final = 0.65
"""Scores of names that are printed, of a strong match, and of one that names a project by a part of its name."""

_WORDS: Final = ("年度绩效目标", "中期绩效目标", "指标值")
"""Columns that hold words."""

_GRAND_TOTALS: Final = {
    "收入": ("收入总计", "收入合计", "本年收入合计"),
    "支出": ("支出总计", "支出合计", "本年支出合计"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an operand: one line of one table (or one line of each of several units) and a value column.

    ``literal``: every name was matched as it is printed. ``by_attribute``: the line only bears the name in a text
    column (the project of a purchase). ``bearing``: the name that all of the lines hold within their own.
    """

    table: Table
    rows: tuple[Row, ...]
    column: Column
    score: float = 1.0
    literal: bool = True
    by_attribute: bool = False
    bearing: str = ""

    @property
    def key(self) -> tuple[int, tuple[str, ...]]:
        """The cells that it points at."""
        return self.column.number, tuple(row.row_id for row in self.rows)

    @property
    def is_text(self) -> bool:
        """Whether the cells hold words."""
        return self.column.value_type == "text"


def readings_of(operand: Operand, catalog: DocumentCatalog, asked: Understanding) -> tuple[Reading, ...]:
    """All readings of one operand, best first; empty where no cell explains every name.

    Names of the context narrow like the operand's own; a context that is nothing in any table narrows nothing. A name
    that is the department's and one of its units' is the department's where the unit has no such line.
    """
    whole = operand.within_context
    found = _of_names(whole, catalog, asked)
    if not found and (unsure := _unsure(whole)):
        whole = replace(whole, terms=tuple(t for t in whole.terms if t not in unsure))
        found = _of_names(whole, catalog, asked) if whole.terms or whole.total else ()
    if not found and operand.context and not _is_in_tables(operand.context):
        found = _of_names(replace(operand, context=()), catalog, asked)
    return found


def _of_names(operand: Operand, catalog: DocumentCatalog, asked: Understanding) -> tuple[Reading, ...]:
    if operand.total:
        return tuple(_best_first(_on_basis(_totals(operand, catalog), catalog, asked)))
    found = [r for table in catalog.tables.values() for r in _readings_in(operand, table, asked)]
    found = list(_on_basis(found, catalog, asked))
    if any(not r.by_attribute for r in found):
        found = [r for r in found if not r.by_attribute]
    if not _asks_words(operand, asked):
        found = [r for r in found if r.table.kind not in FORMS or r.score >= _PRINTED]
    if any(not r.is_text for r in found) and not _asks_words(operand, asked):
        found = [r for r in found if not r.is_text]
    if not _asks_words(operand, asked):
        found = _without_forms(found, operand)
    found = _without_carried(found, catalog, asked)
    found = _without_parts(_without_funds(found, operand), operand, asked)
    named_unit = any(link.role == "unit" for term in operand.terms for link in term.links)
    return tuple(_best_first(found if named_unit or len(catalog.units) < 2 else _without_fragments(found)))


_CARRIED: Final = "结转"


def _without_carried(found: list[Reading], catalog: DocumentCatalog, asked: Understanding) -> list[Reading]:
    """An item without what is left of it from the year before, unless that is asked for or all there is."""

    def is_own(reading: Reading) -> bool:
        above = (catalog.rows.get(key) for row in reading.rows for key in row.ancestors)
        return not any(row and _CARRIED in row.label for row in above)

    own = [reading for reading in found if is_own(reading)]
    return own if own and _CARRIED not in asked.question else found


def _on_basis(readings: Iterable[Reading], catalog: DocumentCatalog, asked: Understanding) -> Iterator[Reading]:
    """The readings in the columns of the budget, where a final account is asked for what was budgeted."""
    if not asks_budget_of_final(asked, catalog):
        yield from readings
        return
    for reading in readings:
        if column := budget_column(reading.column, reading.table):
            yield replace(reading, column=column)


def _unsure(operand: Operand) -> list[Token]:
    """Names that are the department's and one of its units' (办公室)."""
    return [t for t in operand.terms if {"unit", "whole"} <= {link.role for link in t.links}]


def _is_in_tables(terms: Iterable[Token]) -> bool:
    return any(link.role in _IN_TABLES for term in terms for link in term.links)


def whole_readings_of(operand: Operand, catalog: DocumentCatalog, asked: Understanding) -> tuple[Reading, ...]:
    """Readings for the whole department of a name that is its own and one of its units' (办公室)."""
    unsure = _unsure(operand)
    whole = Operand(tuple(t for t in operand.terms if t not in unsure), operand.total)
    if not unsure or not (whole.terms or whole.total):
        return ()
    return tuple(r for r in readings_of(whole, catalog, asked) if len(r.rows) == 1 and not r.rows[0].unit)


def _asks_words(operand: Operand, asked: Understanding) -> bool:
    """Whether a goal or an indicator is named."""
    links = (link for term in operand.terms for link in term.links)
    named = any(link.role == "column" and link.name in _WORDS for link in links)
    return named or bool({"goal", "indicator"} & set(asked.classes))


def _best_first(readings: Iterable[Reading]) -> list[Reading]:
    kept = sorted(readings, key=lambda r: (-round(r.score, 2), rank(r.table), r.table.table_id))
    return [r for r in kept if r.score >= kept[0].score - TOLERANCE]


def _without_fragments(readings: list[Reading]) -> list[Reading]:
    """Without a unit's name, a table of the whole department goes before one broken down by units."""
    broken: list[str] = wording_rules()["broken_down"]
    whole = [r for r in readings if r.table.kind not in broken or not any(row.unit for row in r.rows)]
    if all(r.table.kind in _OF_PROJECTS for r in whole):  # of one project, like the line of the unit that has it
        return readings
    best = max((r.score for r in readings), default=0.0)
    return whole if any(r.score >= max(_STRONG, best - _NEAR) for r in whole) else readings


def _without_funds(readings: list[Reading], operand: Operand) -> list[Reading]:
    """A column alone (项目支出) is the whole budget's, not that of a fund's table which is not named."""
    if any(link.role in ("row", "table") for term in operand.terms for link in term.links):
        return readings
    whole = [r for r in readings if r.table.kind not in _FUNDS]
    return whole or readings


def _without_parts(readings: list[Reading], operand: Operand, asked: Understanding) -> list[Reading]:
    """The total of a table of purchases, or of projects, is not the whole budget's where these aren't named."""
    if _OF_INCOME.search(asked.question):
        readings = [r for r in readings if r.table.kind != _PURCHASES]  # nothing is bought of income
    tables = {link.key for term in operand.terms for link in term.links if link.role == "table"}
    words = {_PURCHASES: _BUYS, "项目支出表": _OF_PROJECT}
    unsaid = [kind for kind, word in words.items() if not word.search(asked.question)]
    whole = [
        r for r in readings
        if r.table.kind not in unsaid or r.table.table_id in tables or not all(row.is_total for row in r.rows)
    ]  # fmt: skip
    return whole or readings


def _without_forms(readings: list[Reading], operand: Operand) -> list[Reading]:
    """Without a project's name, tables of the whole budget go before the forms that each print one project."""
    named = {link.table_id for term in operand.terms for link in term.links if link.role == "table"}
    whole = [r for r in readings if not r.table.subject or r.table.table_id in named]
    best = max((r.score for r in readings), default=0.0)
    return whole if any(r.score >= max(_STRONG, best - _NEAR) for r in whole) else readings


def _readings_in(operand: Operand, table: Table, asked: Understanding) -> Iterator[Reading]:
    selection = select(operand, table)
    if selection is None or (column := _column_meant(selection, operand, asked)) is None:
        return
    if selection.rows is None and selection.columns is None and not selection.units and not selection.table_named:
        return
    name = bearing_name(operand, asked)
    if name and (held := rows_bearing(name, selection.pool(column.side))):
        if counted_bearing(name, operand, asked) not in (None, len(held)):
            return
        yield Reading(table, held, column, selection.score, bearing=name if len(held) > 1 else "")
        return
    attributed = {link.key for t in operand.terms for link in t.links if link.role == "attribute"}
    labelled = {link.key for t in operand.terms for link in t.links if link.role == "row"}
    for rows in _lines(_rows_meant(selection, column)):
        by_attribute = any(r.row_id in attributed and r.row_id not in labelled for r in rows)
        if by_attribute and table.kind == _PURCHASES and not _may_be_bought(operand, asked):
            continue
        yield Reading(table, rows, column, selection.score, selection.literal, by_attribute)


def _may_be_bought(operand: Operand, asked: Understanding) -> bool:
    """Whether an economic item that a purchase is booked under is asked for as one; its whole budget is another."""
    is_item = any(term.text in official_names() for term in operand.terms)
    return not is_item or bool(_BUYS.search(asked.question))


def _column_meant(selection: Selection, operand: Operand, asked: Understanding) -> Column | None:
    """The column named, else the table's own; where money is asked for one of amounts (a goal's 资金总额)."""
    column = selection.column()
    is_amount = asked.mentions_budget or asked.operation == "sum"
    asks_money = is_amount and not _asks_words(operand, asked)
    if column is None or selection.columns is not None or not asks_money:
        return column
    if selection.table.kind != "绩效目标表" or not column.holds_words(selection.table.kind):
        return column
    return next((c for c in selection.table.columns if c.value_type == "amount"), column)


def _rows_meant(selection: Selection, column: Column) -> tuple[Row, ...]:
    """The best matches (topmost of a chain), of the units named; without a name the total row."""
    pool = selection.pool(column.side)
    if selection.rows is None and selection.table.form and selection.score < _NAMED:
        return ()  # 工程 is not 菜篮子工程建设专项资金
    if selection.rows is None:
        return total_rows(pool, of_units=bool(selection.units) and not selection.table.form)
    scores = {row.row_id: selection.rows[row.row_id] for row in pool if row.row_id in selection.rows}
    best = max(scores.values(), default=0.0)
    tolerance = _NEAR if best >= _EXACT else TOLERANCE
    matched = {row_id for row_id, score in scores.items() if score >= best - tolerance}
    return tuple(row for row in pool if row.row_id in matched and not matched & set(row.ancestors))


def _lines(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """Rows that may be added are one line of several units; any others are different readings."""
    by_line: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        by_line[row.label, row.code if row.code_system in CLASSIFICATIONS else None].append(row)
    for line in by_line.values():
        if len({row.unit for row in line}) == len(line):
            yield tuple(line)
        else:
            yield from ((row,) for row in line)


def _totals(operand: Operand, catalog: DocumentCatalog) -> Iterator[Reading]:
    """The grand total of a side, or of a unit where one is named."""
    units = {link.key for term in operand.terms for link in term.links if link.role == "unit"}
    if units:
        found = [r for table in catalog.tables.values() for r in _unit_totals(units, operand, table)]
        own = [r for r in found if r.table.kind == f"{operand.total}总表"]
        yield from own or [r for r in found if not r.table.lists_projects] or found
        return
    for table in catalog.tables.values():
        if table.kind == "收支总表":
            yield from _grand_totals(operand, table)
        elif table.kind == f"{operand.total}总表":
            rows, column = total_rows(list(table.rows), of_units=False), table.default_column()
            if rows and column:
                yield Reading(table, rows, column, 0.99)


def _grand_totals(operand: Operand, table: Table) -> Iterator[Reading]:
    side = operand.total or "支出"
    by_label = {row.label: row for row in table.rows if row.is_total and row.side == side}
    row = next((by_label[label] for label in _GRAND_TOTALS[side] if label in by_label), None)
    column = table.default_column(side)
    if row and column:
        yield Reading(table, (row,), column)


def _unit_totals(units: set[str], operand: Operand, table: Table) -> Iterator[Reading]:
    column = table.default_column()
    rows = tuple(row for row in table.rows if row.code_system == "单位" and row.unit in units)
    if rows and column and table.kind in ("收入总表", "支出总表", "项目支出表"):
        yield Reading(table, rows, column, 1.0 if table.kind == f"{operand.total}总表" else 0.95)
