"""Empty, declared empty and nothing but zeros are three things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

One = Callable[[str], CleanTable]

_HEADER = "政府性基金预算支出表\n单位：万元\n\n科目编码|科目名称|合计|基本支出|项目支出\n"


@pytest.mark.parametrize("note", ["本部门本年度无政府性基金预算支出", "本单位没有政府性基金预算拨款安排的支出", "无"])
def test_a_note_in_the_table_declares_it_empty(clean_one: One, note: str) -> None:
    table = clean_one(_HEADER + f"{note}||||")
    assert (table.state, table.note, table.rows) == ("declared_empty", note, ())


def test_a_note_below_declares_a_table_empty(clean_one: One) -> None:
    table = clean_one(_HEADER + "|合计|||\n\n注：本部门无政府性基金预算支出，故本表为空表。")
    assert table.state == "declared_empty"
    assert table.note == "注：本部门无政府性基金预算支出，故本表为空表。"


def test_a_lone_total_without_figures_is_empty(clean_one: One) -> None:
    assert clean_one(_HEADER + "|合计|||").state == "empty"


def test_printed_zeros_are_figures(clean_one: One) -> None:
    table = clean_one(_HEADER + "|合计|0.00|0.00|0.00")
    assert table.state == "figures" and len(table.rows) == 1


def test_a_note_below_does_not_empty_a_table_with_figures(clean_one: One) -> None:
    table = clean_one(_HEADER + "212|城乡社区支出|1.00||1.00\n\n注：本部门无国有资本经营预算支出。")
    assert table.state == "figures"
