"""A statement's whole way: guard, evidence, run, double-count guard. The same for SQL made by rule and by a model."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from assistant.errors import UntraceableQuery
from assistant.sql.addends import addends_queries
from assistant.sql.catalogue import Catalogue, Warehouse
from assistant.sql.double_count import check_double_count, load_rows_meta
from assistant.sql.evidence import trace_prepared
from assistant.sql.guard import guard
from assistant.sql.prepare import prepare
from assistant.sql.run import ResultSet, run

_MAX_SUMS: Final = 20_000
"""Results of one sum or count that are checked."""


def run_query(warehouse: Warehouse, catalogue: Catalogue, sql: str | exp.Expr) -> ResultSet:
    """The result with its evidence. Raises SqlRefused (a model can repair it) or QueryFailed."""
    prepared = prepare(guard(sql, catalogue))
    adding = addends_queries(prepared)
    result = run(warehouse, trace_prepared(prepared, catalogue))
    _check(warehouse, catalogue, result)
    for query in adding:
        added = run(warehouse, trace_prepared(query, catalogue, with_context=False, limit=_MAX_SUMS))
        if added.is_cut:
            raise UntraceableQuery(f"要核对的合计超过{_MAX_SUMS}个。", "请加上条件，少取一些。")
        _check(warehouse, catalogue, added)
    return result


def _check(warehouse: Warehouse, catalogue: Catalogue, result: ResultSet) -> None:
    if result.query.sums or result.query.counts:
        check_double_count(result, load_rows_meta(warehouse, catalogue, result))
