"""What the guard lets through and what it refuses, from tests/sql/; nothing is run here but what it let through."""

from __future__ import annotations

import pytest
from sqlglot import parse_one

from assistant.catalog import DocumentCatalog
from assistant.model.sql.errors import SqlRefused
from assistant.model.sql.guard import MAX_LENGTH, Catalogue, guard, to_sql
from assistant.model.sql.trace import trace
from index.warehouse import Warehouse
from tests.assistant.model.sql.statements import Statement, read_statements

ACCEPTED = read_statements("accepted.sql")
REFUSED = read_statements("refused.sql")


@pytest.mark.parametrize("statement", ACCEPTED, ids=lambda statement: statement.comment)
def test_accepted_means_the_same_after_the_guard(statement: Statement, warehouse: Warehouse, views: Catalogue) -> None:
    # sqlglot's reading of the original, without our name resolution, is what DuckDB is asked for comparison.
    original = parse_one(statement.sql, dialect="duckdb").sql(dialect="duckdb")
    assert rows(warehouse, to_sql(guard(statement.sql, views))) == rows(warehouse, original)


@pytest.mark.parametrize("statement", ACCEPTED, ids=lambda statement: statement.comment)
def test_accepted_is_traced_without_a_change(
    statement: Statement, warehouse: Warehouse, views: Catalogue, seed_catalog: DocumentCatalog
) -> None:
    query = guard(statement.sql, views)
    names, _ = warehouse.execute(to_sql(query))
    traced = trace(query, seed_catalog.document_id)
    said, found = warehouse.execute(traced.sql)
    assert list(traced.columns) == names == said[: len(names)]
    if traced.limit is None and "ROW_NUMBER" not in statement.sql:
        assert sorted(repr(row[: len(names)]) for row in found) == rows(warehouse, to_sql(query))
    for each in traced.ranges:
        warehouse.execute(each.sql)


@pytest.mark.parametrize("statement", REFUSED, ids=lambda statement: statement.sql[:60])
def test_refused_with_the_reason(statement: Statement, views: Catalogue) -> None:
    with pytest.raises(SqlRefused) as refusal:
        trace(guard(statement.sql, views), "d")
    assert statement.comment.removeprefix("拒绝：").rpartition("，")[2] in str(refusal.value)


def test_names_that_look_like_the_guards_own_are_refused(views: Catalogue) -> None:
    for sql in ('SELECT 合计 AS "__p0" FROM 支出总表', 'SELECT 合计 FROM 支出总表 AS "__s"'):
        with pytest.raises(SqlRefused, match="两条下划线"):
            guard(sql, views)


def test_quotes_in_names_and_texts_stay_within_them(views: Catalogue, warehouse: Warehouse) -> None:
    sql = """SELECT 科目名称 AS "a"" FROM x; --", 合计 FROM 支出总表 WHERE 科目名称 <> 'it''s'"""
    names, found = warehouse.execute(trace(guard(sql, views), warehouse.documents()[0].document_id).sql)
    assert names[:2] == ['a" FROM x; --', "合计"] and found


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT " + "(" * 500 + "合计" + ")" * 500 + " FROM 支出总表",
        "SELECT " + "NOT " * 900 + "末级 FROM 支出总表",
        "SELECT " + "- " * 1900 + "合计 FROM 支出总表",
        "SELECT 合计" + " + 合计" * 700 + " FROM 支出总表",
        "SELECT " + "CASE WHEN 末级 THEN " * 100 + "1" + " END" * 100 + " FROM 支出总表",
        "SELECT 合计 FROM 支出总表 WHERE " + " AND ".join(["末级"] * 500),
        " UNION ALL ".join(["SELECT 合计 FROM 支出总表"] * 100),
        "SELECT 合计 FROM 支出总表 --" + "x" * MAX_LENGTH,
        "SELECT 合计 FROM 支出总表 WHERE 科目名称 = 'a\0b'",
    ],
    ids=["brackets", "not", "minus", "plus", "case", "and", "union", "length", "nul"],
)
def test_a_monster_is_refused_not_a_crash(sql: str, views: Catalogue) -> None:
    with pytest.raises(SqlRefused):
        guard(sql, views)


def test_there_are_as_many_statements_as_promised() -> None:
    told = [*ACCEPTED, *REFUSED, *read_statements("connection.sql")]
    assert len({statement.sql for statement in told}) >= 300


def rows(warehouse: Warehouse, sql: str) -> list[str]:
    return sorted(repr(row) for row in warehouse.execute(sql)[1])
