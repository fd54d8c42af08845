"""Values are exact, results bounded, failures in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from assistant.errors import QueryFailed, UntraceableQuery
from assistant.sql import run as running
from assistant.sql.catalogue import Catalogue
from assistant.sql.evidence import trace
from assistant.sql.grammar import MAX_LIMIT
from assistant.sql.guard import guard
from assistant.sql.query import run_query
from assistant.sql.run import run
from index.warehouse import QueryError
from tests.assistant.sql.budgets import SmallWarehouse

VIEW = {"v": {"row_id": "VARCHAR", "x": "DECIMAL(28,6)", "t": "VARCHAR"}}


def _small(*rows: tuple[object, ...]) -> SmallWarehouse:
    warehouse = SmallWarehouse()
    warehouse.execute("CREATE TABLE v (row_id VARCHAR, x DECIMAL(28, 6), t VARCHAR)")
    for number, (x, t) in enumerate(rows):
        warehouse.add("v", row_id=f"d.t1.r{number}", x=x, t=t)
    return warehouse


def test_amounts_stay_exact_and_division_is_rid_of_binary_noise() -> None:
    warehouse = _small(("0.1", "a"), ("0.2", "b"), ("1234567890123.45", "c"))
    assert run_query(warehouse, VIEW, "SELECT SUM(x) FROM v").rows[0].values == (Decimal("1234567890123.75"),)
    assert run_query(warehouse, VIEW, "SELECT (x + 0.2) / 3 FROM v WHERE t = 'a'").rows[0].values == (Decimal("0.1"),)


def test_division_by_zero_is_empty() -> None:
    assert run_query(_small((1, "a")), VIEW, "SELECT x / 0 AS y, -x / 0 AS z, 0 * x / 0 AS n FROM v").rows[
        0
    ].values == (
        None,
        None,
        None,
    )


def test_a_long_result_is_cut_and_says_so() -> None:
    warehouse = _small()
    warehouse.execute(f"INSERT INTO v SELECT 'd.t1.r' || i, i, 't' FROM range({MAX_LIMIT + 5}) r(i)")
    result = run_query(warehouse, VIEW, "SELECT x FROM v ORDER BY x")
    assert (len(result.rows), result.is_cut) == (MAX_LIMIT, True)
    assert not run_query(warehouse, VIEW, "SELECT x FROM v WHERE x < 2000").is_cut


def test_too_much_evidence_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MAX_EVIDENCE", 2)
    with pytest.raises(UntraceableQuery, match="超过2行"):
        run_query(_small((1, "a"), (2, "b"), (3, "c")), VIEW, "SELECT COUNT(*) FROM v")


def test_what_duckdb_refuses_is_told_in_chinese(warehouse: SmallWarehouse, catalogue: Catalogue) -> None:
    with pytest.raises(QueryFailed, match="查询执行失败"):
        run_query(warehouse, catalogue, "SELECT SUM(科目名称) FROM 支出总表")


@pytest.mark.parametrize(
    ("message", "told"),
    [("INTERRUPT Error: Interrupted!", "超时"), ("Out of Memory Error: could not allocate", "内存")],
)
def test_time_and_memory_limits_are_named(message: str, told: str) -> None:
    class Limited:
        def execute(self, sql: str, parameters: Sequence[object] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
            raise QueryError(message)

    with pytest.raises(QueryFailed, match=told):
        run(Limited(), trace(guard("SELECT x FROM v", VIEW), VIEW))
