"""What an operand's names select in one table: each name must be a row, an ancestor, a column, a unit or the table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from assistant.catalog import Column, Link, Row, Table
from assistant.understand.types import Operand, Token
from assistant.understand.wording import normalise, wording_rules

TOLERANCE: Final = 0.12
"""Rows and tables whose match is weaker than the best by more than this are not meant."""

_TITLE_SCORE: Final = 0.8
"""Of a name that only the table's title holds (基本支出 in 一般公共预算基本支出表)."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows and columns selected, with the score of each; None where no name is one."""

    table: Table
    rows: dict[str, float] | None
    columns: dict[int, float] | None
    units: frozenset[str]
    table_named: bool
    score: float
    literal: bool

    def side(self) -> str | None:
        """The side on which the best row stands."""
        if not self.rows:
            return None
        sides = {row.row_id: row.side for row in self.table.rows}
        return sides[max(self.rows, key=lambda key: (self.rows or {})[key])]

    def column(self, side: str | None = None) -> Column | None:
        """The best column named, else the default one of the rows' side."""
        if self.columns is None:
            return self.table.default_column(side or self.side())
        best = max(self.columns, key=lambda number: ((self.columns or {})[number], -number))
        return next(c for c in self.table.columns if c.number == best)

    def pool(self, side: str | None) -> list[Row]:
        """The table's rows of a side and of the units named."""
        rows = [row for row in self.table.rows if side is None or row.side == side]
        return [row for row in rows if row.unit in self.units] if self.units else rows


def select(operand: Operand, table: Table, *, title_counts: bool = False) -> Selection | None:
    """What the names select; None where one of them is nothing here. ``title_counts``: being in the title is enough."""
    rows: dict[str, float] | None = None
    columns: dict[int, float] | None = None
    units, scores = set[str](), list[float]()
    table_named, literal = False, True
    for term in sorted(operand.terms, key=lambda t: "table" in links_in(t, table)):
        by_role = links_in(term, table)
        if not by_role and not (title_counts and term.text in normalise(table.title)):
            return None
        links = [link for found in by_role.values() for link in found]
        scores.append(max((link.score for link in links), default=_TITLE_SCORE))
        literal = literal and any(link.match == "exact" for link in links)
        if "unit" in by_role:
            units |= {link.key for link in by_role["unit"]}
        elif "row" in by_role:
            narrowed = _narrow_rows(rows, by_role["row"], table)
            rows = narrowed if narrowed or "table" not in by_role else rows
        elif "column" in by_role:
            columns = _narrow_columns(columns, by_role["column"])
        table_named = table_named or "table" in by_role
    if rows == {} or columns == {}:
        return None
    score = sum(scores) / len(scores) if scores else _TITLE_SCORE
    return Selection(table, rows, columns, frozenset(units), table_named, score, literal)


def links_in(term: Token, table: Table) -> dict[str, list[Link]]:
    """The term's links that hold in this table, by role. A unit's name holds everywhere."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in term.links:
        if link.role in ("unit", "whole") or link.table_id == table.table_id:
            found["row" if link.role == "attribute" else link.role].append(link)
    best = max((link.score for links in found.values() for link in links), default=0.0)
    return {role: kept for role, links in found.items() if (kept := [k for k in links if k.score >= best - TOLERANCE])}


def total_rows(pool: list[Row], *, of_units: bool) -> tuple[Row, ...]:
    """The row meant when none is named: the total, the only one there is, or the units' own lines."""
    if of_units:
        return tuple(row for row in pool if row.code_system == "单位")
    totals = [row for row in pool if row.is_total]
    return tuple(totals[:1]) or (tuple(pool) if len(pool) == 1 else ())


def rank(table: Table) -> int:
    """The table's place in the order in which figures are quoted."""
    order: list[str] = wording_rules()["preference"]
    return order.index(table.kind) if table.kind in order else len(order)


def _narrow_rows(rows: dict[str, float] | None, links: list[Link], table: Table) -> dict[str, float]:
    """Rows that this name and all names before it point at, directly or through an ancestor."""
    named = {link.key: link.score for link in links}
    if rows is None:
        return named
    by_id = {row.row_id: row for row in table.rows}
    kept = {r: s for r, s in named.items() if r in rows or set(by_id[r].ancestors) & rows.keys()}
    return kept | {r: s for r, s in rows.items() if set(by_id[r].ancestors) & named.keys()}


def _narrow_columns(columns: dict[int, float] | None, links: list[Link]) -> dict[int, float]:
    named = {int(link.key): link.score for link in links}
    return named if columns is None else {c: s for c, s in named.items() if c in columns}
