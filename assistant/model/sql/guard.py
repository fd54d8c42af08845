"""The guard: one SELECT over the views that are shown, of listed constructs only, with all names resolved.

What comes out is written anew from the checked tree (all names quoted), so that nothing of the text that came in
reaches the warehouse.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from assistant.model.sql.errors import SqlRefused
from assistant.model.sql.grammar import check_grammar
from assistant.model.sql.names import resolve_names

# sqlglot would log the text of what it half understands, which is then refused.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

MAX_LENGTH: Final = 4_000
_MAX_BRACKETS: Final = 60

Catalogue = Mapping[str, Mapping[str, str]]
"""View to column to type, in the views' own order."""


def guard(sql: str, catalogue: Catalogue) -> exp.Query:
    """The checked statement, every column resolved. Raises SqlRefused with the reason.

    >>> views = {"支出总表": {"row_id": "VARCHAR", "合计": "DECIMAL(28,6)"}}
    >>> to_sql(guard("select 合计 from 支出总表", views))
    'SELECT "支出总表"."合计" AS "合计" FROM "支出总表" AS "支出总表"'
    >>> guard("select * from 'secret.csv'", views)
    Traceback (most recent call last):
    assistant.model.sql.errors.SqlRefused: 没有视图“secret.csv”。可用：支出总表。
    """
    statement = _parse(sql)
    if not isinstance(statement, exp.Select | exp.Union):
        raise SqlRefused(f"只允许 SELECT 查询，不允许 {statement.key.upper()}。")
    check_grammar(statement)
    if any(clause.parent is not statement for clause in statement.find_all(exp.With)):
        raise SqlRefused("WITH 只可写在最外层。")
    resolve_names(statement, catalogue)
    return statement


def to_sql(query: exp.Expr, *, pretty: bool = False) -> str:
    """The text that DuckDB gets: every name quoted, no comments."""
    return query.sql(dialect="duckdb", identify=True, comments=False, pretty=pretty)


def _parse(sql: str) -> exp.Expr:
    if len(sql) > MAX_LENGTH:
        raise SqlRefused(f"查询太长：{len(sql)}字，最多{MAX_LENGTH}字。")
    if "\0" in sql:
        raise SqlRefused("查询里不可有空字符。")
    if _deepest_bracket(sql) > _MAX_BRACKETS:
        raise SqlRefused("括号套得太深。")
    try:
        statements = [statement for statement in sqlglot.parse(sql, dialect="duckdb") if statement is not None]
    except SqlglotError as error:
        raise SqlRefused(f"查询有语法错误：{_first_line(error)}") from error
    except RecursionError as error:
        raise SqlRefused("查询套得太深。") from error
    if len(statements) != 1:
        raise SqlRefused(f"只允许一条查询，这里有{len(statements)}条。")
    return statements[0]


def _deepest_bracket(sql: str) -> int:
    """How deep brackets go, those within texts counted too: before parsing nobody knows which are."""
    depth = deepest = 0
    for character in sql:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    return deepest


def _first_line(error: Exception) -> str:
    return str(error).replace("\x1b[4m", "").replace("\x1b[0m", "").splitlines()[0]
