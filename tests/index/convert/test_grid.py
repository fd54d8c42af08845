"""Cells with spans become a consistent grid, whatever the file says about them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.convert.grid import raw_table, table_blocks
from index.convert.placed import Placed
from index.document import Paragraph, Provenance, RawTable
from tests.index.convert.test_conformance import assert_spans

_NOWHERE = Provenance()


def _cell(row: int, column: int, text: str, row_span: int = 1, column_span: int = 1) -> Placed:
    content = (Paragraph(text, _NOWHERE),) if text else ()
    return Placed(row, column, content, row_span, column_span)


_PLACE, _SPAN = st.integers(0, 6), st.integers(1, 9)
_CELLS = st.builds(_cell, _PLACE, _PLACE, st.sampled_from("甲乙1"), _SPAN, _SPAN)


@given(cells=st.lists(_CELLS, min_size=1, max_size=20, unique_by=lambda cell: (cell.row, cell.column)))
def test_overlapping_and_overhanging_spans_are_cut(cells: list[Placed]) -> None:
    table = raw_table(cells, [_NOWHERE] * 7)
    assert_spans(table)
    assert sorted(text for row in table.rows for text in row.texts if text) == sorted(cell.text for cell in cells)


@given(cells=st.lists(_CELLS, min_size=1, max_size=20, unique_by=lambda cell: (cell.row, cell.column)))
def test_no_text_is_lost_whatever_the_grid_turns_out_to_be(cells: list[Placed]) -> None:
    blocks = table_blocks(cells, [_NOWHERE] * 7)
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    tables = [block for block in blocks if isinstance(block, RawTable)]
    texts += [text for table in tables for row in table.rows for text in row.texts if text]
    assert sorted(texts) == sorted(cell.text for cell in cells)
    for table in tables:
        assert_spans(table)


def test_rows_and_columns_in_which_nothing_begins_are_left_out() -> None:
    cells = [_cell(0, 0, "项目", 2, 3), _cell(0, 3, "预算数", 2, 2), _cell(2, 0, "收入", 1, 3), _cell(2, 3, "1", 1, 2)]
    places = [Provenance(line=line) for line in (1, 2, 3)]
    (table,) = table_blocks(cells, places)
    assert isinstance(table, RawTable)
    assert [row.texts for row in table.rows] == [("项目", "预算数"), ("收入", "1")]
    assert [row.provenance.line for row in table.rows] == [1, 3]


def test_one_row_is_a_table_if_it_has_numbers_or_many_cells() -> None:
    """What a page break left of a table is one; two cells beside each other are a line."""
    number, words = [_cell(0, 0, "合计"), _cell(0, 1, "1.00")], [_cell(0, 0, "部门：某局"), _cell(0, 1, "单位：万元")]
    assert [type(block) for block in table_blocks(number, [_NOWHERE])] == [RawTable]
    assert [type(block) for block in table_blocks(words, [_NOWHERE])] == [Paragraph, Paragraph]
    wide = [_cell(0, column, "甲") for column in range(3)]
    assert [type(block) for block in table_blocks(wide, [_NOWHERE])] == [RawTable]


def test_the_title_of_the_document_above_a_table_is_a_paragraph() -> None:
    """A table's own title is left to cleaning."""
    rows = [_cell(2, 0, "项目"), _cell(2, 1, "预算数"), _cell(3, 0, "收入"), _cell(3, 1, "1.00")]
    titles = [_cell(0, 0, "某局2024年部门预算", 1, 2), _cell(1, 0, "收支总表", 1, 2)]
    title, table = table_blocks([*titles, *rows], [_NOWHERE] * 4)
    assert isinstance(title, Paragraph) and isinstance(table, RawTable)
    assert title.text == "某局2024年部门预算"
    assert [row.texts for row in table.rows] == [("收支总表", ""), ("项目", "预算数"), ("收入", "1.00")]


def _stack(row: int, column: int, text: str, row_span: int = 1) -> Placed:
    return Placed(row, column, tuple(Paragraph(line, _NOWHERE) for line in text.split()), row_span)


def _rows_of(*lines: Sequence[str]) -> list[tuple[str, ...]]:
    cells = [_stack(row, column, text) for row, line in enumerate(lines) for column, text in enumerate(line)]
    (table,) = table_blocks(cells, [_NOWHERE] * len(lines))
    assert isinstance(table, RawTable)
    return [row.texts for row in table.rows]


def test_items_stacked_in_the_cells_of_a_row_are_rows() -> None:
    head, last = ("编码", "名称", "合计", "项目支出", "备注"), ("", "合计", "290.40", "230.40", "")
    stacked = (
        "2080801 2080802 2080805",
        "死亡抚恤 伤残抚恤 义务兵优待",
        "60.00 88.40 142.00",
        "— 88.40 142.00",
        "含结转",
    )
    assert _rows_of(head, stacked, last) == [
        head,
        ("2080801", "死亡抚恤", "60.00", "—", "含结转"),
        ("2080802", "伤残抚恤", "88.40", "88.40", ""),
        ("2080805", "义务兵优待", "142.00", "142.00", ""),
        last,
    ]


@pytest.mark.parametrize("header", ["2025年预算数", "上年预算数", "年初预算数"])
def test_a_header_of_one_value_stacks_none(header: str) -> None:
    assert len(_rows_of(("名称", header), ("接待费 培训费", "42.00 31.00"), ("合计", "73.00"))) == 4


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("预算数 决算数", ("公务用车 购置费", "42 31")),
        ("合计", ("公务用车 （购置 及运行）费", "42 31 8")),
        ("合计", ("公务用车购置 及运行费", "42 31")),
        ("合计", ("公务用车 购置费", "42")),
        ("合计", ("死亡抚恤 伤残抚恤 义务兵优待", "60.00 88.40")),
        ("合计", ("抚恤", "60.00 88.40")),
    ],
)
def test_rows_whose_lines_need_not_pair_stay_as_they_are(head: str, row: tuple[str, str]) -> None:
    assert len(_rows_of(("名称", head), row, ("合计", "73"))) == 3


def test_what_reaches_over_stacked_items_goes_on_reaching_over_them() -> None:
    cells = [
        _stack(0, 0, "类别"), _stack(0, 1, "名称"), _stack(0, 2, "合计"),
        _stack(1, 0, "抚恤", 2), _stack(1, 1, "死亡抚恤 伤残抚恤"), _stack(1, 2, "60.00 88.40"),
        _stack(2, 1, "义务兵优待"), _stack(2, 2, "142.00"),
    ]  # fmt: skip
    (table,) = table_blocks(cells, [_NOWHERE] * 3)
    assert isinstance(table, RawTable)
    assert_spans(table)
    assert [row.texts[1:] for row in table.rows][1:] == [
        ("死亡抚恤", "60.00"), ("伤残抚恤", "88.40"), ("义务兵优待", "142.00"),
    ]  # fmt: skip
