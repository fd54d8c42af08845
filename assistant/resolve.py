"""Value linking: an operand's names to the cells they point at, in every table that prints them.

One operand may have several readings (公务员医疗补助: a functional and an economic item). All that explain every name
are kept, best first; which of them is shown, and whether they agree, is decided once their figures are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from assistant.catalog import Column, DocumentCatalog, Link, Row, Table
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise, wording_rules

_TOLERANCE: Final = 0.12
"""Rows and tables whose match is weaker than the best by more than this are no readings."""


_DECIDING: Final = ("goal", "indicator", "purchase", "economic", "function")
"""Class nouns that decide the table even beside another one (编了绩效目标的项目)."""

_ALIAS: Final = 0.85
"""Below this a name is only part of the labels it points at, and a class noun may mean all of them."""

_NEAR: Final = 0.07
"""A near match (职业年金 for 职业年金缴费) is as good as an exact one, an alias is not."""

_RANKING: Final = ("max", "min", "top")

@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an operand: rows of one table (several: their sum is meant) and one value column."""

    table: Table
    rows: tuple[Row, ...]
    column: Column
    score: float
    literal: bool
    """Whether every name was matched as it is printed."""
    by_attribute: bool = False
    """Whether the rows only bear the name in a text column (the project of a purchase)."""

    @property
    def is_text(self) -> bool:
        """Whether the cells hold words."""
        return self.column.value_type == "text"


@dataclass(frozen=True, slots=True)
class StatementReading:
    """An operand read from prose: the statements whose subject it names."""

    statement_ids: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class RowSet:
    """The rows that a group question ranges over, and the column that is compared."""

    table: Table
    rows: tuple[Row, ...]
    column: Column
    parent: Row | None = None
    parts: tuple[Column, ...] = ()
    """The columns compared instead of rows, where a figure's parts are columns (“三公”经费)."""


def readings_of(operand: Operand, catalog: DocumentCatalog, asked: Understanding) -> tuple[Reading, ...]:
    """All readings of one operand, best first; empty where no cell explains every name."""
    if operand.total:
        return tuple(_best_first(_totals(operand, catalog)))
    found = [r for table in catalog.tables.values() if (r := _reading_in(operand, table, catalog))]
    if any(not r.by_attribute for r in found):
        found = [r for r in found if not r.by_attribute]
    if any(not r.is_text for r in found) and not _asks_words(operand, asked):
        found = [r for r in found if not r.is_text]
    named_unit = any(link.role == "unit" for term in operand.terms for link in term.links)
    return tuple(_best_first(_without_fragments(found, named_unit)))


def _asks_words(operand: Operand, asked: Understanding) -> bool:
    """Whether a goal or an indicator is named, whose cells hold words."""
    named = any(link.role == "column" and link.name in ("年度绩效目标", "中期绩效目标", "指标值") for t in operand.terms for link in t.links)
    return named or bool({"goal", "indicator"} & set(asked.classes))


def _best_first(readings: Iterable[Reading]) -> list[Reading]:
    kept = sorted(readings, key=lambda r: (-round(r.score, 2), _rank(r.table.kind), r.table.table_id))
    return [r for r in kept if r.score >= kept[0].score - _TOLERANCE]


def _rank(kind: str) -> int:
    order: list[str] = wording_rules()["preference"]
    return order.index(kind) if kind in order else len(order)


def _without_fragments(readings: list[Reading], named_unit: bool) -> list[Reading]:
    """Without a unit's name, a table of the whole department goes before one broken down by units."""
    if named_unit:
        return readings
    broken: list[str] = wording_rules()["broken_down"]
    whole = [r for r in readings if r.table.kind not in broken or not _split_by_unit(r)]
    best = max((r.score for r in readings), default=0.0)
    strong = any(r.score >= max(0.6, best - _NEAR) for r in whole)
    return whole if strong else readings


def _split_by_unit(reading: Reading) -> bool:
    return reading.table.kind == "项目支出表" and any(row.unit for row in reading.rows)


def _reading_in(operand: Operand, table: Table, catalog: DocumentCatalog) -> Reading | None:
    """The operand's reading in one table: every name must be a row, an ancestor, a column, a unit or the table."""
    scores: list[float] = []
    literal = True
    rows: dict[str, float] | None = None
    columns: dict[int, float] | None = None
    units: set[str] = set()
    table_named = False
    for term in operand.terms:
        by_role = _links_in(term, table)
        if not by_role:
            return None
        literal &= any(link.match == "exact" for links in by_role.values() for link in links)
        scores.append(max(link.score for links in by_role.values() for link in links))
        if "unit" in by_role:
            units |= {link.key for link in by_role["unit"]}
        elif "row" in by_role:
            rows = _narrow_rows(rows, by_role["row"], table)
            if not rows:
                return None
        elif "column" in by_role:
            columns = _narrow_columns(columns, by_role["column"])
            if not columns:
                return None
        else:
            table_named = table_named or "table" in by_role
    column = _column(table, columns, _side_of(rows, table))
    if column is None or (rows is None and columns is None and not units and not table_named):
        return None
    chosen = _choose_rows(table, rows, units, column, catalog)
    if not chosen:
        return None
    named_by = {link.role for t in operand.terms for link in t.links if link.key in {r.row_id for r in chosen}}
    return Reading(table, chosen, column, sum(scores) / len(scores), literal, by_attribute="attribute" in named_by and "row" not in named_by)


def _links_in(term: Token, table: Table) -> dict[str, list[Link]]:
    """The term's links that hold in this table, by role. A whole-document name holds everywhere."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in term.links:
        if link.role in ("unit", "whole") or link.table_id == table.table_id:
            found["row" if link.role == "attribute" else link.role].append(link)
    best = max((link.score for links in found.values() for link in links if links), default=0.0)
    return {
        role: kept for role, links in found.items() if (kept := [k for k in links if k.score >= best - _TOLERANCE])
    }


def _narrow_rows(rows: dict[str, float] | None, links: list[Link], table: Table) -> dict[str, float]:
    """Rows that this name and all names before it point at, directly or through an ancestor."""
    named = {link.key: link.score for link in links}
    if rows is None:
        return named
    by_id = {row.row_id: row for row in table.rows}
    kept = {r: s for r, s in named.items() if r in rows or set(by_id[r].ancestors) & rows.keys()}
    kept |= {r: s for r, s in rows.items() if set(by_id[r].ancestors) & named.keys()}
    return kept


def _narrow_columns(columns: dict[int, float] | None, links: list[Link]) -> dict[int, float]:
    named = {int(link.key): link.score for link in links}
    return named if columns is None else {c: s for c, s in named.items() if c in columns}


def _side_of(rows: dict[str, float] | None, table: Table) -> str | None:
    """The side on which the best matching row stands."""
    sides = {row.row_id: row.side for row in table.rows}
    return sides[max(rows, key=lambda key: rows[key])] if rows else None


def _column(table: Table, columns: dict[int, float] | None, side: str | None) -> Column | None:
    if columns is None:
        return table.default_column(side)
    best = max(columns, key=lambda number: (columns[number], -number))
    return next(c for c in table.columns if c.number == best)


def _choose_rows(
    table: Table, rows: dict[str, float] | None, units: set[str], column: Column, catalog: DocumentCatalog
) -> tuple[Row, ...]:
    """The rows meant: the best matches (topmost of a chain), of the units named; without a name the total row."""
    side = column.side
    pool = [row for row in table.rows if side is None or row.side == side]
    if units:
        pool = [row for row in pool if row.unit in units]
    if rows is None:
        return _total_rows(pool, bool(units))
    best = max((rows[row.row_id] for row in pool if row.row_id in rows), default=0.0)
    matched = [row for row in pool if rows.get(row.row_id, 0.0) >= max(best - _TOLERANCE, 0.01)]
    ids = {row.row_id for row in matched}
    top = [row for row in matched if not ids & set(row.ancestors)]
    return tuple(top)


def _total_rows(pool: list[Row], of_units: bool) -> tuple[Row, ...]:
    if of_units:
        return tuple(row for row in pool if row.code_system == "单位")
    totals = [row for row in pool if row.is_total]
    if totals:
        return (totals[0],)
    return tuple(pool) if len(pool) == 1 else ()


def _totals(operand: Operand, catalog: DocumentCatalog) -> Iterator[Reading]:
    """The grand total of a side, or of a unit where one is named."""
    units = {link.key for term in operand.terms for link in term.links if link.role == "unit"}
    if units:
        yield from _unit_totals(units, operand, catalog)
        return
    forms = {"收入": ("收入总计", "收入合计", "本年收入合计"), "支出": ("支出总计", "支出合计", "本年支出合计")}
    for table in catalog.tables.values():
        if table.kind == "收支总表":
            by_label = {row.label: row for row in table.rows if row.is_total and row.side == operand.total}
            row = next((by_label[f] for f in forms[operand.total or "支出"] if f in by_label), None)
            column = next((c for c in table.columns if row and c.side in (None, row.side)), None)
            if row and column:
                yield Reading(table, (row,), column, 1.0, True)
        elif table.kind == f"{operand.total}总表" and (column := table.default_column()):
            totals = _total_rows(list(table.rows), of_units=False)
            if totals:
                yield Reading(table, totals, column, 0.99, True)


def _unit_totals(units: set[str], operand: Operand, catalog: DocumentCatalog) -> Iterator[Reading]:
    for table in catalog.tables.values():
        column = table.default_column()
        rows = tuple(row for row in table.rows if row.code_system == "单位" and row.unit in units)
        if rows and column and table.kind in ("收入总表", "支出总表", "项目支出表"):
            side = table.kind == f"{operand.total}总表"
            yield Reading(table, rows, column, 1.0 if side else 0.95, True)


def statements_of(operand: Operand, catalog: DocumentCatalog) -> StatementReading | None:
    """The statements of prose whose subject every name of the operand points at."""
    found: dict[str, float] | None = None
    for term in operand.terms:
        if any(link.role in ("unit", "whole", "table") for link in term.links) and len(operand.terms) > 1:
            continue
        named = {link.key: link.score for link in term.links if link.role == "statement"}
        found = named if found is None else {k: min(s, named[k]) for k, s in found.items() if k in named}
    if not found:
        return None
    best = max(found.values())
    kept = tuple(k for k, s in found.items() if s >= best - 0.02)
    return StatementReading(kept, best)


def row_sets_of(
    operand: Operand | None, catalog: DocumentCatalog, asked: Understanding, *, operand_required: bool = False
) -> tuple[RowSet, ...]:
    """The sets of rows a group question may range over, best first."""
    classes = [c for c in asked.classes if c in wording_rules()["classes"]]
    total = f"{operand.total}总表" if operand and operand.total else ""
    found = []
    for table in catalog.tables.values():
        rank = _class_rank(table, classes)
        if rank is None:
            continue
        made = _row_set_in(operand, table, catalog, asked, bool(classes))
        if made:
            found.append((-1 if table.kind == total else rank, made[0], made[1]))
    found.sort(key=lambda entry: (-round(entry[1], 1), entry[0], _rank(entry[2].table.kind), entry[2].table.table_id))
    return tuple(row_set for _, score, row_set in found if score >= found[0][1] - _TOLERANCE)


def _class_rank(table: Table, classes: list[str]) -> int | None:
    """How well the table suits the class nouns; None where it doesn't hold such rows."""
    if not classes:
        return 0
    deciding = [name for name in classes if name in _DECIDING] or classes
    ranks = [
        kinds.index(table.kind) for name in deciding if table.kind in (kinds := list(class_rules()[name]["kinds"]))
    ]
    return min(ranks, default=None)


@lru_cache(maxsize=1)
def class_rules() -> dict[str, dict[str, Any]]:
    """What each class noun ranges over, from names.yaml."""
    rules: dict[str, dict[str, Any]] = wording_rules()["classes"]
    return rules


def _row_set_in(
    operand: Operand | None, table: Table, catalog: DocumentCatalog, asked: Understanding, has_class: bool
) -> tuple[float, RowSet] | None:
    rows, units, columns, scores = None, set[str](), None, []
    table_named = has_class
    for term in operand.terms if operand else ():
        by_role = _links_in(term, table)
        if not by_role and term.text in normalise(table.title):
            scores.append(0.8)
            continue
        if not by_role:
            return None
        scores.append(max(link.score for links in by_role.values() for link in links))
        if "unit" in by_role:
            units |= {link.key for link in by_role["unit"]}
        elif "row" in by_role:
            rows = _narrow_rows(rows, by_role["row"], table)
        elif "column" in by_role:
            columns = _narrow_columns(columns, by_role["column"])
        table_named = table_named or "table" in by_role
    side = class_rules().get(asked.classes[0], {}).get("side") if asked.classes else None
    column = _column(table, columns, side or _side_of(rows, table))
    if column is None or rows == {} or columns == {}:
        return None
    score = sum(scores) / len(scores) if scores else 0.8
    pool = [row for row in table.rows if side is None or row.side == side]
    if units:
        pool = [row for row in pool if row.unit in units]
    if rows is None and columns and not has_class and (parts := _parts(table, column)):
        total = _total_rows(pool, bool(units))
        return (score, RowSet(table, total[:1], column, parts=parts)) if total else None
    if rows is None and not table_named and not (columns and (asked.operation in _RANKING or asked.thresholds)):
        return None
    members, parent = _members(rows, pool, table, asked)
    if not members and rows and (parts := _parts(table, column)):
        whole = [row for row in pool if row.row_id in rows and (row.is_total or len(pool) == 1)]
        return (score, RowSet(table, tuple(whole[:1]), column, parts=parts)) if whole else None
    return (score, RowSet(table, tuple(members), column, parent)) if members else None


def _parts(table: Table, column: Column) -> tuple[Column, ...]:
    wanted: list[str] = wording_rules()["parts"].get(column.measure or "", [])
    return tuple(c for name in wanted for c in table.columns if c.measure == name)


def _members(
    rows: dict[str, float] | None, pool: list[Row], table: Table, asked: Understanding
) -> tuple[list[Row], Row | None]:
    """The rows ranged over: below the named parent (or bearing the named attribute), else the whole table's."""
    candidates = [row for row in pool if not row.is_total]
    system = class_rules().get(asked.classes[0], {}).get("system") if asked.classes else None
    if system:
        candidates = [row for row in candidates if row.code_system == system]
    parent: Row | None = None
    if rows is not None:
        by_id = {row.row_id: row for row in table.rows}
        best = max(rows.values())
        named = {r for r, s in rows.items() if s >= best - _TOLERANCE or (asked.classes and best < _ALIAS)}
        below = [row for row in candidates if named & set(row.ancestors)]
        if not below:
            same = [row for row in candidates if row.row_id in named]
            return (same, None) if len(same) > 1 else ([], None)
        candidates = below
        parent = next((by_id[r] for r in rows if r in named), None)
    if system == "单位":
        deepest = max((row.level or 0 for row in candidates), default=0)
        return [row for row in candidates if (row.level or 0) == deepest], parent
    if asked.level is not None:
        return [row for row in candidates if row.level == asked.level], parent
    ids = {a for row in candidates for a in row.ancestors}
    return [row for row in candidates if row.row_id not in ids], parent
