"""Cells with spans become a consistent grid, whatever the file says about them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.convert.grid import Placed, raw_table, table_blocks
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
