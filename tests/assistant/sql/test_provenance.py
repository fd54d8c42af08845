"""Properties of evidence over generated statements on generated tables.

An aggregate recomputed from its evidence alone is the same; the rows a result row rests on are enough to get it again;
and what the evidence was added to has the same result as before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.sql.evidence import trace
from assistant.sql.guard import guard, to_sql
from assistant.sql.run import ResultRow, ResultSet, evidence_cells, run
from tests.assistant.sql.budgets import SmallWarehouse

COLUMNS = {"row_id": "VARCHAR", "g": "INTEGER", "h": "INTEGER", "x": "DECIMAL(28,6)"}
CATALOGUE = {"v": COLUMNS, "w": COLUMNS}
WAREHOUSE = SmallWarehouse()
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Cells = tuple[int | None, int | None, Decimal | None]
Number = Decimal | int | None


class Tables(NamedTuple):
    """The rows of both views, by row id."""

    v: dict[str, Cells]
    w: dict[str, Cells]

    def amount(self, row_id: str) -> Decimal | None:
        return (self.v | self.w)[row_id][2]

    def only(self, row_ids: set[str]) -> Tables:
        return Tables(*({key: cells for key, cells in table.items() if key in row_ids} for table in self))

    def load(self) -> None:
        for view, table in self._asdict().items():
            WAREHOUSE.execute(
                f"CREATE OR REPLACE TABLE {view} (row_id VARCHAR, g INTEGER, h INTEGER, x DECIMAL(28, 6))"
            )
            if table:
                places = ", ".join("(?, ?, ?, ?)" for _ in table)
                values = [value for row_id, cells in table.items() for value in (row_id, *cells)]
                WAREHOUSE.execute(f"INSERT INTO {view} VALUES {places}", values)


_small = st.one_of(st.none(), st.integers(0, 2))
_cells = st.tuples(_small, _small, st.one_of(st.none(), st.decimals(-99, 99, places=2)))


def _table(prefix: str) -> st.SearchStrategy[dict[str, Cells]]:
    return st.lists(_cells, max_size=6).map(lambda rows: {f"{prefix}{i}": row for i, row in enumerate(rows)})


TABLES = st.builds(Tables, _table("v"), _table("w"))
CONDITION = st.sampled_from(
    ["TRUE", "g = 1", "x > 0", "g IS NULL", "h <> 2 OR x < 10", "x IN (SELECT x FROM w)", "x >= (SELECT AVG(x) FROM w)"]
)
SIMPLE = st.sampled_from(["TRUE", "g = 1", "x > 0", "h IS NOT NULL AND x < 50"])


@st.composite
def sources(draw: st.DrawFn, depth: int = 2) -> str:
    """A relation with the columns g, h and x, each row of which rests on rows of one view."""
    kind = draw(st.sampled_from(["view", "select", "union", "cte", "join"])) if depth else "view"
    if kind == "view":
        return draw(st.sampled_from(["v", "w"]))
    inner, condition = draw(sources(depth - 1)), draw(CONDITION)
    if kind == "select":
        return f"(SELECT g, h, x FROM {inner} AS q WHERE {condition})"
    if kind == "cte":
        return f"(WITH c AS (SELECT g, h, x FROM {inner} AS q) SELECT g, h, x FROM c WHERE {condition})"
    other = draw(sources(depth - 1))
    if kind == "union":
        return f"(SELECT g, h, x FROM {inner} AS q WHERE {condition} UNION ALL SELECT g, h, x FROM {other} AS q)"
    side = draw(st.sampled_from(["", "LEFT "]))
    return f"(SELECT a.g, a.h, a.x FROM {inner} AS a {side}JOIN {other} AS b ON a.g = b.g)"


@st.composite
def aggregations(draw: st.DrawFn) -> str:
    """Five aggregates over a source, all of one condition, perhaps grouped, perhaps of groups."""
    source, condition = draw(sources()), draw(SIMPLE)
    form = draw(st.sampled_from(["plain", "filter", "case"]))
    column = f"CASE WHEN {condition} THEN x END" if form == "case" else "x"
    suffix = f" FILTER (WHERE {condition})" if form == "filter" else ""
    aggregates = ", ".join(f"{name}({column}){suffix} AS {name}_" for name in FUNCTIONS)
    tail = draw(st.sampled_from(["", " GROUP BY g", " GROUP BY g, h HAVING COUNT(*) > 1"]))
    return f"SELECT {aggregates} FROM {source} AS s{tail}"


@st.composite
def statements(draw: st.DrawFn) -> str:
    """Any statement whose result doesn't depend on the order of rows."""
    source, condition = draw(sources()), draw(CONDITION)
    return draw(
        st.sampled_from(
            [
                f"SELECT g, x FROM {source} AS s WHERE {condition}",
                f"SELECT DISTINCT g, h FROM {source} AS s WHERE {condition}",
                f"SELECT g, SUM(x) AS s, COUNT(*) AS n FROM {source} AS s WHERE {condition} GROUP BY g",
                "SELECT SUM(n) AS n, MAX(m) AS m FROM "
                f"(SELECT h, COUNT(*) AS n, MIN(x) AS m FROM {source} AS s GROUP BY h) AS t",
                f"SELECT g FROM {source} AS s UNION SELECT h FROM {source} AS s WHERE {condition}",
                f"SELECT x, x - (SELECT MAX(x) FROM {source} AS s) AS d FROM v WHERE {condition}",
                f"SELECT g, x, SUM(x) OVER (PARTITION BY g) AS s FROM {source} AS s WHERE {condition}",
                f"SELECT a.x, b.x AS y FROM {source} AS a LEFT JOIN {source} AS b ON a.g = b.h",
                f"SELECT COUNT(DISTINCT g) AS n, MEDIAN(x) AS m FROM {source} AS s WHERE {condition}",
            ]
        )
    )


def _sum(values: Sequence[Decimal]) -> Number:
    return sum(values, Decimal()) if values else None


def _mean(values: Sequence[Decimal]) -> Number:
    return Decimal(f"{float(sum(values, Decimal()) / len(values)):.12g}") if values else None


FUNCTIONS: dict[str, Callable[[Sequence[Decimal]], Number]] = {
    "SUM": _sum,
    "COUNT": len,
    "MIN": lambda values: min(values, default=None),
    "MAX": lambda values: max(values, default=None),
    "AVG": _mean,
}


@PROPERTY
@given(TABLES, aggregations())
def test_aggregates_recomputed_from_their_evidence_are_the_same(tables: Tables, sql: str) -> None:
    tables.load()
    result = _run(sql)
    for row in result.rows:
        for column, value, function in zip(result.columns, row.values, FUNCTIONS.values(), strict=True):
            tags = {origin.tag for origin in column.origins}
            amounts = [tables.amount(row_id) for tag in tags for row_id in row.rows_by_tag.get(tag, ())]
            expected = function([amount for amount in amounts if amount is not None])
            if function is _mean and value is not None:
                value = Decimal(f"{value:.12g}")
            assert value == expected


@PROPERTY
@given(TABLES, statements())
def test_the_evidence_alone_gives_the_row_again(tables: Tables, sql: str) -> None:
    tables.load()
    result = _run(sql)
    for row in result.rows:
        if row.evidence:
            tables.only({row_id for _, row_id in (*row.evidence, *row.context)}).load()
            assert row.values in [again.values for again in _run(sql).rows]


@PROPERTY
@given(TABLES, st.one_of(statements(), aggregations()))
def test_visible_columns_are_those_of_the_original(tables: Tables, sql: str) -> None:
    tables.load()
    names, rows = WAREHOUSE.execute(sql)
    guarded_names, guarded = WAREHOUSE.execute(to_sql(guard(sql, CATALOGUE)))
    traced = trace(guard(sql, CATALOGUE), CATALOGUE)
    visible = [row[: len(names)] for row in WAREHOUSE.execute(traced.sql)[1]]
    assert names == guarded_names == [column.name for column in traced.columns]
    assert sorted(map(repr, rows)) == sorted(map(repr, guarded)) == sorted(map(repr, visible))


@PROPERTY
@given(TABLES, sources(), st.integers(1, 5))
def test_order_and_limit_are_kept(tables: Tables, source: str, limit: int) -> None:
    tables.load()
    sql = f"SELECT g, h, x FROM {source} AS s ORDER BY x DESC NULLS LAST, g, h LIMIT {limit}"
    assert [row.values for row in _run(sql).rows] == WAREHOUSE.execute(sql)[1]


@PROPERTY
@given(TABLES, statements())
def test_cells_belong_to_the_evidence(tables: Tables, sql: str) -> None:
    tables.load()
    result = _run(sql)
    for number, row in enumerate(result.rows):
        for column in range(len(result.columns)):
            assert {(cell.view, cell.row_id) for cell in evidence_cells(result, number, column)} <= _evidence(row)


def _run(sql: str) -> ResultSet:
    return run(WAREHOUSE, trace(guard(sql, CATALOGUE), CATALOGUE))


def _evidence(row: ResultRow) -> set[tuple[str, str]]:
    return {(view, row_id) for view, row_id in row.evidence}
