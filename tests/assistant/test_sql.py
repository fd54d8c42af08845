"""Readings and row sets to SQL: the conditions written select exactly the rows that were resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from assistant.answering.draft import Draft
from assistant.answering.found import run_query
from assistant.catalog import Column, DocumentCatalog, Row, Table
from assistant.library import Library
from assistant.resolve import Reading, RowSet, readings_of, row_sets_of
from assistant.sql import cells_query, parts_query, row_conditions, rows_query
from assistant.understand.types import Comparison, Operand, Threshold
from assistant.understand.understand import understand
from index.kinds import KINDS
from index.records import FigureRecord

AT_ONCE = 16
"""Readings in one statement."""

EVERY = 4
"""Of how many rows one is asked for, column by column; each column starts at another row."""


def reading(row: Row, column: Column, catalog: DocumentCatalog) -> Reading:
    return Reading(catalog.tables[row.table_id], (row,), column, 1.0, True)


def run(query: exp.Query, library: Library, catalog: DocumentCatalog) -> list[tuple[tuple[Any, ...], FigureRecord]]:
    return run_query(Draft(library, catalog), query)


def value_of(figure: FigureRecord) -> object:
    """What the warehouse's view holds for a cell."""
    kind = KINDS.get(figure.kind)
    measure = next((m for m in kind.measures if m.name == figure.measure), None) if kind else None
    if measure is None:
        return {"amount": figure.amount_yuan, "text": figure.printed}.get(figure.value_type, figure.number)
    return {"amount": figure.amount_yuan, "text": figure.printed or None}.get(measure.type, figure.number)


def in_turn(library: Library, catalog: DocumentCatalog) -> Iterator[list[FigureRecord]]:
    """Cells of one column of one table at a time, of each of which ``EVERY``th row."""
    for number, table in enumerate(catalog.tables.values()):
        cells = library.figures([row.row_id for row in table.rows])
        for column in (c for c in table.columns if not c.parts):
            printed = [f for row in table.rows for f in cells[row.row_id] if f.column_no == column.number]
            start = (number + column.number) % min(EVERY, len(printed))
            chosen = printed[start::EVERY]
            yield from (chosen[at : at + AT_ONCE] for at in range(0, len(chosen), AT_ONCE))


def test_every_column_of_every_table_is_read_from_the_cell_asked_for(
    seed_library: Library, seed_catalog: DocumentCatalog
) -> None:
    read = 0
    for wanted in in_turn(seed_library, seed_catalog):
        readings = [
            (
                n,
                1,
                reading(seed_catalog.rows[f.row_id], seed_catalog.column(f.table_id, str(f.column_no)), seed_catalog),
            )
            for n, f in enumerate(wanted, start=1)
        ]
        rows = run(cells_query(readings, seed_catalog), seed_library, seed_catalog)
        assert [values[:2] for values, _ in rows] == [(n, 1) for n in range(1, len(wanted) + 1)]
        assert [cell.figure_id for _, cell in rows] == [f.figure_id for f in wanted]
        assert [values[3] for values, _ in rows] == [value_of(f) for f in wanted]
        read += len(wanted)
    assert read > 300


def row_ids(query: exp.Query, library: Library, catalog: DocumentCatalog) -> list[str]:
    """The rows that a query gives."""
    return [cell.row_id for _, cell in run(query, library, catalog)]


@given(st.data())
def test_any_choice_of_rows_is_selected_exactly(
    seed_library: Library, seed_catalog: DocumentCatalog, data: st.DataObject
) -> None:
    filled = [table for table in seed_catalog.tables.values() if table.rows and table.columns]
    table = data.draw(st.sampled_from(filled))
    column = data.draw(st.sampled_from(table.columns))
    pool = [row for row in table.rows if row.side in (None, column.side)]
    rows = tuple(data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=12, unique=True)))
    query = rows_query(RowSet(table, rows, column), seed_catalog, (), None)
    assert sorted(row_ids(query, seed_library, seed_catalog)) == sorted(row.row_id for row in rows)


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("公务接待费的经济科目", "\"科目编码\" = '30217'"),
        ("复印纸单价", "\"品目编码\" = 'A05040101'"),
        ("通信中心的基本工资", "\"所属单位\" = '中共随州市曾都区委专用通信保障中心'"),
        ("收入总计", "\"项目\" = '收入总计'"),
        ("教育支出多少", "\"项目\" = '教育支出'"),
    ],
)
def test_conditions_are_what_a_person_would_write(
    question: str, condition: str, seed_library: Library, seed_catalog: DocumentCatalog
) -> None:
    asked = understand(question, seed_catalog)
    found = readings_of(asked.operands[0], seed_catalog, asked)
    sql = cells_query([(0, number, entry) for number, entry in enumerate(found)], seed_catalog).sql(dialect="duckdb")
    assert condition in sql
    assert '"row_id" IN' not in sql


def test_lines_bear_the_numbers_of_operand_and_reading(seed_library: Library, seed_catalog: DocumentCatalog) -> None:
    asked = understand("公务员医疗补助和差旅费各多少", seed_catalog)
    found = [readings_of(operand, seed_catalog, asked) for operand in asked.operands]
    numbered = [(o, r, entry) for o, entries in enumerate(found) for r, entry in enumerate(entries)]
    rows = run(cells_query(numbered, seed_catalog), seed_library, seed_catalog)
    yuan = [Decimal(130000), Decimal(160500), Decimal(160500), Decimal(126000)]
    assert [values[:2] for values, _ in rows] == [(0, 0), (0, 1), (0, 2), (1, 0)]
    assert [values[3] for values, _ in rows] == yuan


# Thresholds

LARGE = "基本工资 事业单位单列核定绩效 专用通信保障运行经费"
"""The centre's projects of more than 100,000 元."""


def row_set(question: str, catalog: DocumentCatalog) -> RowSet:
    asked = understand(question, catalog)
    return row_sets_of((asked.operands or (Operand(),))[0], catalog, asked)[0]


@pytest.mark.parametrize(
    ("question", "threshold", "labels"),
    [
        # 采购 is printed in 元, 项目 in 万元.
        ("采购品目有哪些", Threshold("ge", (Decimal(3),), "万元"), "防火墙 台式机 其他电信和信息传"),
        ("采购品目有哪些", Threshold("gt", (Decimal(30000),), "元"), "防火墙 其他电信和信息传"),
        ("采购品目有哪些", Threshold("gt", (Decimal(30000),)), "防火墙 其他电信和信息传"),
        ("采购品目有哪些", Threshold("le", (Decimal("1.5"),), "万元"), "复印纸 多功能一体机"),
        (
            "采购品目有哪些",
            Threshold("range", (Decimal("1.5"), Decimal(7)), "万元"),
            "台式机 其他电信和信息传 多功能一体机",
        ),
        ("采购品目有哪些", Threshold("gt", (Decimal("0.0005"),), "亿元"), "防火墙 其他电信和信息传"),
        ("通信中心有哪些项目", Threshold("gt", (Decimal(10),)), LARGE),
        ("通信中心有哪些项目", Threshold("gt", (Decimal(100000),), "元"), LARGE),
        ("通信中心有哪些项目", Threshold("lt", (Decimal("0.07"),), "万元"), "女同志卫生费"),
        ("对个人和家庭的补助包括哪些", Threshold("eq", (Decimal("31.05"),), "万元"), "退休费"),
        ("商品和服务支出包括哪些", Threshold("eq", (Decimal(0),)), "维修(护)费 租赁费"),
        ("类级经济科目有哪些", Threshold("ne", (Decimal("78.44"),), "万元"), "工资福利支出 对个人和家庭的补助"),
    ],
)
def test_thresholds_are_in_the_unit_asked_or_else_the_tables(
    question: str, threshold: Threshold, labels: str, seed_library: Library, seed_catalog: DocumentCatalog
) -> None:
    query = rows_query(row_set(question, seed_catalog), seed_catalog, [threshold], None)
    assert [label for (label, *_), _ in run(query, seed_library, seed_catalog)] == labels.split()


HOLDS = {
    "gt": lambda value, bounds: value > bounds[0],
    "ge": lambda value, bounds: value >= bounds[0],
    "lt": lambda value, bounds: value < bounds[0],
    "le": lambda value, bounds: value <= bounds[0],
    "eq": lambda value, bounds: value == bounds[0],
    "ne": lambda value, bounds: value != bounds[0],
    "range": lambda value, bounds: bounds[0] <= value <= bounds[1],
}  # fmt: skip
UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def amounts(found: RowSet, library: Library) -> dict[str, Decimal]:
    """The amount of each row of a set, in 元; rows that print none left out."""
    cells = library.figures([row.row_id for row in found.rows])
    return {
        row_id: figure.amount_yuan
        for row_id, figures in cells.items()
        for figure in figures
        if figure.column_no == found.column.number and figure.amount_yuan is not None
    }


@given(st.data())
def test_a_threshold_keeps_exactly_the_rows_that_pass(
    seed_library: Library, seed_catalog: DocumentCatalog, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(["项目有哪些", "采购品目有哪些", "经济科目有哪些"]))
    found = row_set(question, seed_catalog)
    printed = amounts(found, seed_library)
    comparison: Comparison = data.draw(st.sampled_from(sorted(HOLDS)))
    unit = data.draw(st.sampled_from(sorted(UNITS)))
    borders = st.sampled_from(sorted(set(printed.values()))) | st.integers(0, 150_000).map(Decimal)
    bounds = sorted(data.draw(st.lists(borders, min_size=2, max_size=2)))[: 2 if comparison == "range" else 1]
    threshold = Threshold(comparison, tuple(bound / UNITS[unit] for bound in bounds), unit)
    query = rows_query(found, seed_catalog, [threshold], None)
    passing = {row_id for row_id, amount in printed.items() if HOLDS[comparison](amount, bounds)}
    assert set(row_ids(query, seed_library, seed_catalog)) == passing


# Sets


@pytest.mark.parametrize("descending", [True, False])
def test_rows_come_in_the_order_asked_for(
    descending: bool, seed_library: Library, seed_catalog: DocumentCatalog
) -> None:
    query = rows_query(row_set("项目有哪些", seed_catalog), seed_catalog, (), descending)
    values = [row[2] for row, _ in run(query, seed_library, seed_catalog)]
    assert values == sorted(values, reverse=descending)
    assert len(set(values)) > 30


def test_parts_are_the_columns_of_one_row(seed_library: Library, seed_catalog: DocumentCatalog) -> None:
    query = parts_query(row_set("三公经费由哪些构成", seed_catalog), seed_catalog, True)
    rows = [values for values, _ in run(query, seed_library, seed_catalog)]
    assert {row[0]: row[2] for row in rows} == {
        "公务用车购置及运行费": Decimal(200000),
        "公务用车运行维护费": Decimal(200000),
        "公务接待费": Decimal(6900),
        "因公出国（境）费": Decimal(0),
        "公务用车购置费": Decimal(0),
    }
    values = [row[2] for row in rows]
    assert values == sorted(values, reverse=True)


def test_a_table_that_shares_its_title_is_told_apart(seed_library: Library, seed_catalog: DocumentCatalog) -> None:
    """Every project's goals stand under the one title 项目支出绩效目标申报表."""
    tables: list[Table] = [t for t in seed_catalog.tables.values() if t.title == "项目支出绩效目标申报表" and t.rows]
    assert len(tables) > 10
    for table in tables:
        column = table.default_column()
        assert column is not None
        query = rows_query(RowSet(table, table.rows, column), seed_catalog, (), None)
        assert sorted(row_ids(query, seed_library, seed_catalog)) == sorted(row.row_id for row in table.rows)


def test_a_table_of_no_known_kind_is_told_apart_by_more_than_its_title(seed_catalog: DocumentCatalog) -> None:
    """全部数据 knows no table but by its title; where that stands twice only the cells themselves will do."""
    table = next(t for t in seed_catalog.tables.values() if t.kind == "其他表" and len(t.columns) == 1)
    twice = replace(seed_catalog, tables={**seed_catalog.tables, "copy": replace(table, table_id="copy")})
    for catalog, by_cell in ((seed_catalog, False), (twice, True)):
        conditions = row_conditions(table, table.rows, table.columns[0], catalog)
        assert ('"row_id" IN' in " ".join(c.sql(dialect="duckdb") for c in conditions)) is by_cell
