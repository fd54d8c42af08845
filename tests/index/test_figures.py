"""Clean tables to rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.clean.table import CleanCell, CleanRow, CleanTable, Column
from index.figures import figure_records, table_records
from index.parsed import ParsedDocument
from index.records import FigureRecord


@pytest.fixture
def figures(parsed: ParsedDocument) -> dict[str, FigureRecord]:
    return {record.figure_id: record for record in figure_records("0123456789ab", parsed.tables)}


def test_amounts_are_exact_yuan(figures: dict[str, FigureRecord]) -> None:
    figure = figures["0123456789ab.t1.r1I.c2"]
    assert (figure.number, figure.amount_yuan, figure.unit) == (Decimal("1.005"), Decimal("10050"), "万元")


def test_two_halves_of_a_printed_row_are_two_rows(figures: dict[str, FigureRecord]) -> None:
    income, expenditure = figures["0123456789ab.t1.r1I.c2"], figures["0123456789ab.t1.r1E.c4"]
    assert (income.row_no, income.side) == (1, "收入")
    assert (expenditure.row_no, expenditure.side) == (1, "支出")


def test_blank_cells_are_kept_and_have_no_number(figures: dict[str, FigureRecord]) -> None:
    blank = figures["0123456789ab.t1.r2E.c4"]
    assert (blank.printed, blank.value_type, blank.number, blank.amount_yuan) == ("", "blank", None, None)


def test_the_first_column_of_a_measure_is_the_one_that_is_meant(figures: dict[str, FigureRecord]) -> None:
    first, second = figures["0123456789ab.t2.r1.c3"], figures["0123456789ab.t2.r1.c4"]
    assert (first.measure, second.measure) == ("合计", None)
    assert second.amount_yuan == 20


def test_a_blank_first_column_is_not_filled_from_the_second(figures: dict[str, FigureRecord]) -> None:
    assert figures["0123456789ab.t2.r2.c3"].measure == "合计"
    assert figures["0123456789ab.t2.r2.c4"].measure is None


def test_a_column_s_unit_comes_before_the_table_s_and_quantities_have_none(figures: dict[str, FigureRecord]) -> None:
    row = "0123456789ab.t3.r1"
    assert (figures[f"{row}.c3"].unit, figures[f"{row}.c3"].amount_yuan) == ("元", 6000)
    assert (figures[f"{row}.c5"].unit, figures[f"{row}.c5"].amount_yuan) == ("万元", 30000)
    assert (figures[f"{row}.c2"].unit, figures[f"{row}.c2"].amount_yuan) == (None, None)


def test_parents_are_row_ids(figures: dict[str, FigureRecord]) -> None:
    assert figures["0123456789ab.t2.r2.c3"].parent_row_id == "0123456789ab.t2.r1"
    assert figures["0123456789ab.t2.r1.c3"].parent_row_id is None


@pytest.mark.parametrize("number", ["1E+25", "0.1234567", "NaN"])
def test_what_the_warehouse_can_t_hold_exactly_is_kept_as_printed_only(number: str) -> None:
    cell = CleanCell(1, number, "amount", Decimal(number))
    table = CleanTable(
        1, None, "表", "其他表", 0.0, "元", (Column(1, "金额", "measure"),), (CleanRow(1, "甲", "甲", (cell,)),),
        "figures", None, (), 0,
    )  # fmt: skip
    (figure,) = figure_records("d", [table])
    assert (figure.printed, figure.number, figure.amount_yuan) == (number, None, None)


def test_an_amount_without_a_unit_is_not_guessed_at() -> None:
    cell = CleanCell(1, "5", "amount", Decimal(5))
    table = CleanTable(
        1, None, "表", "其他表", 0.0, None, (Column(1, "金额", "measure"),), (CleanRow(1, "甲", "甲", (cell,)),),
        "figures", None, (), 0,
    )  # fmt: skip
    (figure,) = figure_records("d", [table])
    assert (figure.number, figure.amount_yuan) == (5, None)


def test_tables_keep_their_printed_grid(parsed: ParsedDocument) -> None:
    record = table_records("0123456789ab", parsed.tables, "某局.txt")[0]
    assert (record.table_id, record.grid, record.header_rows) == ("0123456789ab.t1", parsed.tables[0].grid, 1)
