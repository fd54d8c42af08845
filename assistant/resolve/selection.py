"""What an operand's names select in one table: each name must be a row, an ancestor, a column, a unit or the table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assistant.catalog import CLASSIFICATIONS, Column, Link, Row, Table
from assistant.understand.types import Operand, Token
from assistant.understand.wording import normalise, wording_rules, words_of

TOLERANCE: Final = 0.12
"""Rows and tables whose match is weaker than the best by more than this are not meant."""

PART_OF_NAME: Final = 0.85
"""Below this a name is only part of the labels it points at."""

_SUBTOTALS: Final = ("/小计", "/合计", "/总计")

_WHOLES: Final = ("总额", "合计", "总计")
"""How the first line of a form's funds ends (实施期资金总额)."""

_HEADS: Final = ("总额", "当年预算")
"""How it ends where the lines of its parts aren't below it."""

_FIRST_DIGITS: Final = {"功能分类": "2", "经济分类": "35"}

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
        rows = [r for r in self.table.rows if (side is None or r.side == side) and not r.of_other_period]
        return [row for row in rows if row.unit in self.units] if self.units else rows


def select(operand: Operand, table: Table, *, title_counts: bool = False) -> Selection | None:
    """What the names select; None where one of them is nothing here.

    A name that only the table's title holds (``一般公共预算里的印刷费``) counts beside another name; with
    ``title_counts`` also on its own.
    """
    rows: dict[str, float] | None = None
    columns: dict[int, float] | None = None
    units, scores = set[str](), list[float]()
    table_named, literal = False, True
    is_named = any("table" in links_in(term, table) for term in operand.terms)
    for term in sorted(operand.terms, key=lambda t: "table" in links_in(t, table)):
        by_role = links_in(term, table)
        if is_named and _is_what_rows_are(term, by_role, table):
            continue
        if not by_role and not (_is_in_title(term, table) and (title_counts or len(operand.terms) > 1)):
            return None
        links = [link for found in by_role.values() for link in found]
        scores.append(max((link.score for link in links), default=_TITLE_SCORE))
        literal = literal and (not by_role or any(link.match == "exact" for link in links))
        if "unit" in by_role:
            units |= {link.key for link in by_role["unit"]}
        elif "row" in by_role:
            narrowed = _narrow_rows(rows, by_role["row"], table)
            if not narrowed and "column" in by_role:
                columns = _narrow_columns(columns, by_role["column"], table)
            elif narrowed or not ("table" in by_role or _is_in_title(term, table)):
                rows = narrowed
        elif "column" in by_role:
            columns = _narrow_columns(columns, by_role["column"], table)
        table_named = table_named or "table" in by_role
    if rows == {}:
        rows = _bearing_all(operand, table)
    if rows == {} or columns == {}:
        return None
    rows = _of_system(rows, operand.system, table)
    score = sum(scores) / len(scores) if scores else _TITLE_SCORE
    return Selection(table, rows, columns, frozenset(units), table_named, score, literal) if rows != {} else None


def _bearing_all(operand: Operand, table: Table) -> dict[str, float]:
    """The rows whose label holds every name that could be one, where none of them is the label (东港, 增殖放流经费).

    A name may be shorter than what the label has (港珠澳大桥口岸 for 港珠澳大桥珠海公路口岸).
    """
    texts = [term.text for term in operand.terms if "row" in links_in(term, table)]
    held = [row for row in table.rows if len(texts) > 1 and all(text in normalise(row.label) for text in texts)]
    if not held and len(texts) > 1:
        held = [row for row in table.rows if all(_holds_words(normalise(row.label), text) for text in texts)]
    return {row.row_id: PART_OF_NAME for row in held}


def _holds_words(label: str, text: str) -> bool:
    """Whether a label holds the words of a name in their order."""
    return bool(re.search(".{0,6}".join(map(re.escape, words_of(text))), label))


def _is_what_rows_are(term: Token, by_role: Mapping[str, list[Link]], table: Table) -> bool:
    """Whether a word only says what the rows of a named table are (``培训费明细表中的培训``)."""
    best = max((link.score for link in by_role.get("row", ())), default=0.0)
    return 0 < best < PART_OF_NAME and "table" not in by_role and _is_in_title(term, table)


def _is_in_title(term: Token, table: Table) -> bool:
    return term.text in normalise(f"{table.title}{table.kind}")


def _of_system(rows: dict[str, float] | None, system: str | None, table: Table) -> dict[str, float] | None:
    """The rows of the classification named."""
    if rows is None or system is None:
        return rows
    by_id = {row.row_id: row for row in table.rows}
    return {row_id: score for row_id, score in rows.items() if _has_system(by_id[row_id], system)}


def _has_system(row: Row, system: str) -> bool:
    """Whether a row is of a classification, by its code's first digit where the table's kind doesn't say."""
    if row.code_system in CLASSIFICATIONS:
        return row.code_system.endswith(system)
    return bool(row.code) and (row.code or "")[0] in _FIRST_DIGITS[system]


def links_in(term: Token, table: Table) -> dict[str, list[Link]]:
    """The term's links that hold in this table, by role. A unit's name holds everywhere."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in term.links:
        if link.role in ("unit", "whole") or link.table_id == table.table_id:
            found["row" if link.role == "attribute" else link.role].append(link)
    best = max((link.score for links in found.values() for link in links), default=0.0)
    return {role: kept for role, links in found.items() if (kept := [k for k in links if k.score >= best - TOLERANCE])}


def total_rows(pool: list[Row], *, of_units: bool) -> tuple[Row, ...]:
    """The row meant when none is named: the total, the one that all others stand below, or the units' own lines."""
    if of_units:
        return tuple(row for row in pool if row.code_system == "单位")
    totals = [row for row in pool if row.is_total]
    tops = [row for row in pool if row.parent is None]
    is_whole = len(tops) == 1 and (len(pool) == 1 or tops[0].code_system == "单位" or tops[0].label.endswith(_WHOLES))
    heads = bool(tops) and tops[0].label.endswith(_HEADS)
    return tuple(totals[:1]) or (tuple(tops[:1]) if is_whole or heads else ())


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


def _narrow_columns(columns: dict[int, float] | None, links: list[Link], table: Table) -> dict[int, float]:
    """Columns that this name and all before it point at; a part goes with its whole (三公经费 … 公务接待费)."""
    named = {int(link.key): link.score for link in links}
    if columns is None:
        return named
    both = {c: s for c, s in named.items() if c in columns}
    by_number = {column.number: column for column in table.columns}
    parts = {c: s for c, s in named.items() if any(_is_part(by_number[c], by_number[whole]) for whole in columns)}
    wholes = {c: s for c, s in columns.items() if any(_is_part(by_number[c], by_number[whole]) for whole in named)}
    return both or parts or wholes


def _is_part(column: Column, whole: Column) -> bool:
    parts: list[str] = wording_rules()["parts"].get(whole.measure or "", [])
    head = whole.path.rsplit("/", 1)[0] if whole.path.endswith(_SUBTOTALS) else whole.path
    return column.measure in parts or (column.number != whole.number and column.path.startswith(f"{head}/"))
