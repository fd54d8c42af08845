"""Row sets: what a question over several rows ranges over (``工资福利支出里最高的``, ``哪些项目超过10万元``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from assistant.catalog import Column, DocumentCatalog, Row, Table
from assistant.resolve.basis import asks_budget_of_final, budget_column
from assistant.resolve.bearing import bearing_name, rows_bearing
from assistant.resolve.selection import PART_OF_NAME, TOLERANCE, Selection, rank, select, total_rows
from assistant.understand.types import Operand, Understanding
from assistant.understand.wording import wording_rules
from index.kinds import KINDS

_DECIDING: Final = ("goal", "indicator", "purchase", "economic", "function")
"""Class nouns that decide the table even beside another one (编了绩效目标的项目)."""

_SIDES: Final = ("收入", "支出")


@dataclass(frozen=True, slots=True)
class RowSet:
    """The rows that a group question ranges over, and the column that is compared.

    ``parts`` are the columns compared instead of rows, where a figure's parts are columns (“三公”经费).
    """

    table: Table
    rows: tuple[Row, ...]
    column: Column
    parent: Row | None = None
    parts: tuple[Column, ...] = ()


def row_sets_of(
    operand: Operand, catalog: DocumentCatalog, asked: Understanding, *, with_sums: bool = False
) -> tuple[RowSet, ...]:
    """The sets of rows a group question may range over, best first; empty where none fits.

    ``with_sums``: by the sum of several columns too, which no single cell prints.
    """
    rules = _rules_meant(asked)
    named = [table for table in catalog.tables.values() if _is_named(operand, table)]
    takes_named = all(_class_rank(table, rules) is None for table in named)
    found = []
    for table in catalog.tables.values():
        selection = select(operand, table, title_counts=True)
        suits = 0 if takes_named and table in named else _class_rank(table, rules)
        if suits is None or selection is None or _is_of_other_side(table, operand, asked):
            continue
        row_set = _row_set(selection, operand, asked, has_class=bool(rules))
        if row_set and asks_budget_of_final(asked, catalog):
            row_set = _of_budget(row_set)
        if row_set and (with_sums or not row_set.column.parts):
            order = -1 if operand.total and table.kind == f"{operand.total}总表" else suits
            found.append((-round(selection.score, 1), order, rank(table), table.table_id, selection.score, row_set))
    found.sort(key=lambda entry: entry[:4])
    return tuple(entry[5] for entry in found if entry[4] >= found[0][4] - TOLERANCE)


def _is_of_other_side(table: Table, operand: Operand, asked: Understanding) -> bool:
    """Whether a table prints only what comes in where 支出 is asked for by that word, or the other way round.

    ``钱最多的单位`` says neither: what a unit gets is what it spends.
    """
    said = {side for side in _SIDES for t in asked.tokens if t.group == "total" and side in t.text}
    said |= {side for side in _SIDES[:1] if side in (operand.total or "")}
    printed = {side for side in _SIDES if side in table.kind}
    return len(said) == len(printed) == 1 and said != printed


def _is_named(operand: Operand, table: Table) -> bool:
    """Whether the table is named as a table (``政府采购表里``), so that its rows are meant whatever they are called."""
    links = [link for term in operand.terms if term.text.endswith("表") for link in term.links]
    return any(link.role == "table" and link.table_id == table.table_id for link in links)


def _of_budget(row_set: RowSet) -> RowSet | None:
    column = budget_column(row_set.column, row_set.table)
    return replace(row_set, column=column) if column and not row_set.parts else None


def _rules_meant(asked: Understanding) -> list[dict[str, Any]]:
    """What the class nouns mean: kinds of table, code system, side; those that decide go alone."""
    classes = [name for name in asked.classes if name in _class_rules()]
    if {"unit", "project"} <= set(classes) and _needs_numbers(asked):  # what each unit's projects come to
        return [_class_rules()["unit"] | {"kinds": ["项目支出表"]}]
    is_largest_class = set(classes) == {"function"} and asked.level == 1 and asked.ranks  # of all that is spent
    if (classes == ["account"] and asked.level) or is_largest_class:
        return [wording_rules()["levels"]]
    deciding = [name for name in classes if name in _DECIDING] or classes
    return [_class_rules()[name] for name in deciding]


def _class_rank(table: Table, rules: list[dict[str, Any]]) -> int | None:
    """How well the table suits the class nouns; None where it doesn't hold such rows."""
    if not rules:
        return 0
    ranks = [kinds.index(table.kind) for rule in rules if table.kind in (kinds := list(rule["kinds"]))]
    return min(ranks, default=None)


@lru_cache(maxsize=1)
def _class_rules() -> dict[str, dict[str, Any]]:
    rules: dict[str, dict[str, Any]] = wording_rules()["classes"]
    return rules


def _class_rule(asked: Understanding, table: Table, name: str) -> str | None:
    rules = [rule for c in asked.classes if (rule := _class_rules().get(c))]
    meant = [rule for rule in (*_rules_meant(asked)[:1], *rules) if table.kind in rule["kinds"]]
    return next((rule[name] for rule in meant if rule.get(name)), None)


def _row_set(selection: Selection, operand: Operand, asked: Understanding, *, has_class: bool) -> RowSet | None:
    side = _class_rule(asked, selection.table, "side")
    column = selection.column(side)
    if column is not None and column.holds_words(selection.table.kind) and _needs_numbers(asked):
        column = next((c for c in selection.table.columns if c.value_type == "amount"), column)
    if column is None:
        return None
    table, pool = selection.table, selection.pool(side)
    parts = _parts(table, column)
    if selection.rows is None and selection.columns and not has_class and parts:
        total = total_rows(pool, of_units=bool(selection.units))
        return RowSet(table, total[:1], column, parts=parts) if total else None
    compares_column = selection.columns and (asked.ranks or asked.thresholds)
    if selection.rows is None and not (has_class or selection.table_named or compares_column):
        return None
    members, parent = _members(selection, operand, pool, asked)
    if members:
        return RowSet(table, tuple(members), column, parent)
    if selection.rows and parts:
        whole = [row for row in pool if row.row_id in selection.rows and (row.is_total or len(pool) == 1)]
        return RowSet(table, tuple(whole[:1]), column, parts=parts) if whole else None
    return None


def _needs_numbers(asked: Understanding) -> bool:
    return asked.ranks or asked.operation in ("sum", "mean") or asked.wants_sum or bool(asked.thresholds)


def _parts(table: Table, column: Column) -> tuple[Column, ...]:
    wanted: list[str] = wording_rules()["parts"].get(column.measure or "", [])
    return tuple(c for name in wanted for c in table.columns if c.measure == name)


def _members(
    selection: Selection, operand: Operand, pool: list[Row], asked: Understanding
) -> tuple[list[Row], Row | None]:
    """The rows ranged over: below the named parent (or bearing the named attribute), else the whole table's."""
    system = _class_rule(asked, selection.table, "system")
    candidates = [row for row in pool if row.label and not row.is_total and _is_of(system, row, selection.table)]
    name = bearing_name(operand, asked)
    if name and (held := rows_bearing(name, candidates)):
        return list(held), None
    if system is None:  # a unit's own line adds up its items
        candidates = [row for row in candidates if row.code_system != "单位"] or candidates
    parent: Row | None = None
    if selection.rows is not None:
        named = _named(selection.rows, asked)
        below = [row for row in candidates if named & set(row.ancestors)]
        if not below:
            same = [row for row in candidates if row.row_id in named]
            return (same if len(same) > 1 else []), None
        candidates = below
        tops = [row for row in pool if row.row_id in named and not named & set(row.ancestors)]
        parent = tops[0] if len(tops) == 1 else None
    if system == "单位":
        deepest = max((row.level or 0 for row in candidates), default=0)
        return [row for row in candidates if (row.level or 0) == deepest], parent
    if asked.level is not None:
        return [row for row in candidates if row.level == asked.level], parent
    inner = {ancestor for row in candidates for ancestor in row.ancestors}
    return [row for row in candidates if row.row_id not in inner], parent


def _is_of(system: str | None, row: Row, table: Table) -> bool:
    """Whether a row is of a code system: by its code, or where none is printed by the kind of its table."""
    return system in (None, row.code_system) or (row.code_system is None and KINDS[table.kind].codes == system)


def _named(rows: dict[str, float], asked: Understanding) -> set[str]:
    best = max(rows.values())
    # A class noun beside part of a name means all of them (津补贴类项目).
    takes_all = bool(asked.classes) and best < PART_OF_NAME
    return {row_id for row_id, score in rows.items() if takes_all or score >= best - TOLERANCE}
