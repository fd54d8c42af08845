"""What the guard lets through and what it refuses, from tests/sql/ and from trees built by code."""

from __future__ import annotations

import pytest
from sqlglot import exp, parse_one

from assistant.errors import SqlRefused
from assistant.sql.catalogue import Catalogue
from assistant.sql.evidence import trace
from assistant.sql.guard import MAX_LENGTH, guard, to_sql
from assistant.sql.run import run
from tests.assistant.sql.budgets import SmallWarehouse
from tests.assistant.sql.statements import Statement, read_statements

ACCEPTED = read_statements("accepted.sql")
REFUSED = read_statements("refused.sql")


def _positional(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Join):
        node.set("kind", "POSITIONAL")
    return node


@pytest.mark.parametrize("statement", ACCEPTED, ids=lambda statement: statement.comment)
def test_accepted_means_the_same_after_the_guard(
    statement: Statement, warehouse: SmallWarehouse, catalogue: Catalogue
) -> None:
    # sqlglot's reading of the original, without our name resolution, is what DuckDB is asked for comparison.
    original = parse_one(statement.sql, dialect="duckdb").sql(dialect="duckdb")
    assert _rows(warehouse, to_sql(guard(statement.sql, catalogue))) == _rows(warehouse, original)


@pytest.mark.parametrize("statement", ACCEPTED, ids=lambda statement: statement.comment)
def test_accepted_is_traced_without_a_change(
    statement: Statement, warehouse: SmallWarehouse, catalogue: Catalogue
) -> None:
    query = guard(statement.sql, catalogue)
    names, _ = warehouse.execute(to_sql(query))
    traced = trace(query, catalogue)
    _, rows = warehouse.execute(traced.sql)
    assert [column.name for column in traced.columns] == names
    assert sorted(repr(row[: len(names)]) for row in rows) == _rows(warehouse, to_sql(query))
    assert all(row.evidence for row in run(warehouse, traced).rows)


@pytest.mark.parametrize("statement", REFUSED, ids=lambda statement: statement.sql[:60])
def test_refused_with_the_reason(statement: Statement, catalogue: Catalogue) -> None:
    with pytest.raises(SqlRefused) as refusal:
        trace(guard(statement.sql, catalogue), catalogue)
    reason = statement.comment.removeprefix("拒绝：").rpartition("，")[2]
    assert reason in str(refusal.value)


def test_a_tree_is_checked_as_text_is_and_stays_as_it_was(catalogue: Catalogue) -> None:
    tree = exp.select("合计").from_("支出总表").where(exp.column("年度").eq(2024))
    before = tree.sql("duckdb")
    assert to_sql(guard(tree, catalogue)) == to_sql(guard(before, catalogue))
    assert tree.sql("duckdb") == before


@pytest.mark.parametrize(
    "tree",
    [
        exp.select(exp.Literal(this="1); DROP TABLE t; --", is_string=False)).from_("支出总表"),
        exp.select(exp.Anonymous(this="getenv", expressions=[exp.Literal.string("HOME")])).from_("支出总表"),
        exp.select("a.合计").from_("支出总表 AS a").join("支出总表 AS b").transform(_positional),
        exp.Select(expressions=["1; DROP TABLE t"], from_=exp.From(this=exp.to_table("支出总表"))),
        exp.Drop(this=exp.to_table("支出总表"), kind="TABLE"),
        exp.column("合计"),
    ],
    ids=["number", "function", "join", "raw text", "drop", "no query"],
)
def test_a_tree_that_no_parser_would_make_is_refused(tree: exp.Expr, catalogue: Catalogue) -> None:
    with pytest.raises(SqlRefused):
        guard(tree, catalogue)


def test_quotes_in_names_and_texts_stay_within_them(catalogue: Catalogue, warehouse: SmallWarehouse) -> None:
    sql = """SELECT 科目名称 AS "a"" FROM x; --", 'it''s' AS 文字 FROM 支出总表 WHERE 合计行"""
    names, rows = warehouse.execute(trace(guard(sql, catalogue), catalogue).sql)
    assert names[:2] == ['a" FROM x; --', "文字"]
    assert {row[1] for row in rows} == {"it's"}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "(" * 500 + "合计" + ")" * 500 + " FROM 支出总表",
        "SELECT " + "NOT " * 4000 + "末级 FROM 支出总表",
        "SELECT " + "- " * 4000 + "合计 FROM 支出总表",
        "SELECT 合计" + " + 合计" * 2000 + " FROM 支出总表",
        "SELECT " + "CASE WHEN 末级 THEN " * 300 + "1" + " END" * 300 + " FROM 支出总表",
        "SELECT 合计 FROM 支出总表 WHERE " + " AND ".join(["末级"] * 2000),
        " UNION ALL ".join(["SELECT 合计 FROM 支出总表"] * 500),
        "SELECT 合计 FROM 支出总表 --" + "x" * MAX_LENGTH,
        "SELECT 合计 FROM 支出总表 WHERE 科目名称 = 'a\0b'",
    ],
    ids=["brackets", "not", "minus", "plus", "case", "and", "union", "length", "nul"],
)
def test_a_monster_is_refused_not_a_crash(sql: str, catalogue: Catalogue) -> None:
    with pytest.raises(SqlRefused):
        guard(sql, catalogue)


def _rows(warehouse: SmallWarehouse, sql: str) -> list[str]:
    return sorted(repr(row) for row in warehouse.execute(sql)[1])
