"""The seed's tables as a whole: nothing printed is lost, and sums come out as printed."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from index.clean import clean_tables
from index.clean.table import CleanRow, CleanTable
from index.convert import convert
from index.document import Document, RawTable
from index.money import parse_number
from index.outline import outline

_ROUNDING = Decimal("0.02")


@pytest.fixture(scope="module")
def seed(seed_path: Path) -> Document:
    return convert(seed_path)


@pytest.fixture(scope="module")
def tables(seed: Document) -> tuple[CleanTable, ...]:
    return clean_tables(seed, outline(seed))


def _numbers(texts: list[str]) -> Counter[str]:
    return Counter(text.strip() for text in texts if parse_number(text) is not None)


def test_no_printed_number_is_lost(seed: Document, tables: tuple[CleanTable, ...]) -> None:
    printed = _numbers(
        [t for block in seed.blocks if isinstance(block, RawTable) for row in block.rows for t in row.texts]
    )
    kept = _numbers([text for table in tables for row in table.grid for text in row])
    column_numbers = Counter(str(number) for number in range(1, 15))
    assert printed - kept == column_numbers
    assert kept - printed == Counter()


def test_every_cell_stands_where_the_grid_has_it(tables: tuple[CleanTable, ...]) -> None:
    for table in tables:
        for row in table.rows:
            printed = table.grid[table.header_rows + row.number - 1]
            for cell in row.cells:
                assert cell.printed.strip() == printed[cell.column - 1].strip(), (table.title, row.label)


def test_keys_are_unique_and_parents_exist(tables: tuple[CleanTable, ...]) -> None:
    for table in tables:
        keys = [row.key for row in table.rows]
        assert len(keys) == len(set(keys))
        assert {row.parent for row in table.rows} - {None} <= set(keys)


def _sums(table: CleanTable) -> list[tuple[CleanRow, int, Decimal, Decimal]]:
    found = []
    for row in table.rows:
        children = [child for child in table.rows if child.parent == row.key]
        for at, cell in enumerate(row.cells):
            if children and cell.value_type == "amount" and cell.number is not None:
                parts = [child.cells[at].number or Decimal(0) for child in children]
                found.append((row, cell.column, cell.number, sum(parts, Decimal(0))))
    return found


def test_parents_are_the_sums_of_their_children_but_for_the_printed_rounding(tables: tuple[CleanTable, ...]) -> None:
    checked = [check for table in tables for check in _sums(table)]
    assert len(checked) > 250
    assert [check for check in checked if abs(check[2] - check[3]) > _ROUNDING] == []


def test_the_sums_the_document_lives_by(tables: tuple[CleanTable, ...]) -> None:
    (functions,) = [table for table in tables if table.kind == "支出总表"]
    totals = {row.code: row.cells[0].number for row in functions.rows}
    assert totals["20131"] == sum(totals[code] or 0 for code in ("2013101", "2013150", "2013199")) == Decimal("558.66")
    (economic,) = [table for table in tables if table.kind == "一般公共预算基本支出表"]
    by_code = {row.code: row.cells[0].number for row in economic.rows}
    assert sum(by_code[code] or 0 for code in ("301", "302", "303")) == by_code[None] == Decimal("581.62")


def test_units_add_up(tables: tuple[CleanTable, ...]) -> None:
    (projects,) = [table for table in tables if table.kind == "项目支出表"]
    units = [row for row in projects.rows if row.code_system == "单位" and row.level == 2]
    assert [row.cells[0].number for row in units] == [Decimal("631.28"), Decimal("104.38")]
    leaves = [row for row in projects.rows if row.is_leaf and row.subordinate_unit == units[1].label]
    assert sum(row.cells[0].number or 0 for row in leaves) == Decimal("104.38")


def test_the_purchases_are_in_yuan_and_add_up(tables: tuple[CleanTable, ...]) -> None:
    (purchases,) = [table for table in tables if table.kind == "政府采购预算表"]
    assert purchases.unit == "元"
    amount = next(column.number for column in purchases.columns if column.measure == "采购金额")
    sums = {row.label: cell.number for row in purchases.rows for cell in row.cells if cell.column == amount}
    leaves = [row.label for row in purchases.rows if row.is_leaf]
    assert sum(sums[label] or 0 for label in leaves) == sums["合计"] == Decimal("239000.00")


def test_the_same_document_gives_the_same_tables(seed: Document, tables: tuple[CleanTable, ...]) -> None:
    assert clean_tables(seed, outline(seed)) == tables
