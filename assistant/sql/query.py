"""A statement's whole way: guard, evidence, run, double-count guard. The same for SQL made by rule and by a model."""

from __future__ import annotations

from sqlglot import exp

from assistant.sql.catalogue import Catalogue, Warehouse
from assistant.sql.double_count import check_double_count, load_rows_meta
from assistant.sql.evidence import trace
from assistant.sql.guard import guard
from assistant.sql.run import ResultSet, run


def run_query(warehouse: Warehouse, catalogue: Catalogue, sql: str | exp.Expr) -> ResultSet:
    """The result with its evidence. Raises SqlRefused (a model can repair it) or QueryFailed."""
    result = run(warehouse, trace(guard(sql, catalogue), catalogue))
    if result.query.sums:
        check_double_count(result, load_rows_meta(warehouse, catalogue, result))
    return result
