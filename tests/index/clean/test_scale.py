"""Tables that print no unit: whose amounts are the prose's, or another table's, shows their unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_PROSE = "2024年收入总计735.66万元，其中基本支出581.62万元，项目支出154.04万元。\n\n"
_HEADER = "支出总表\n\n科目编码|科目名称|合计|基本支出|项目支出\n"


@pytest.mark.parametrize(
    ("row", "unit"),
    [
        ("|合计|735.66|581.62|154.04", "万元"),
        ("|合计|7356600|5816200|1540400", "元"),
        ("|合计|7,356,612.34|5,816,178.10|1,540,434.24", "元"),
        ("|合计|99.00|58.00|41.00", None),
    ],
)
def test_the_unit_is_that_in_which_prose_says_the_same(clean: Clean, row: str, unit: str | None) -> None:
    (table,) = clean(_PROSE + _HEADER + row)
    assert table.unit == unit


def test_one_amount_is_enough_if_it_is_the_largest(clean: Clean) -> None:
    (table,) = clean("政府采购预算总额12.84万元。\n\n" + _HEADER + "|合计|12.84|2.84|10.00")
    assert table.unit == "万元"
    (table,) = clean("政府采购预算总额2.84万元。\n\n" + _HEADER + "|合计|12.84|2.84|10.00")
    assert table.unit is None


def test_a_sister_table_tells_it_too(clean: Clean) -> None:
    row = "|合计|7356600|5816200|1540400"
    known = f"一般公共预算支出表\n单位：元\n\n科目编码|科目名称|合计|基本支出|项目支出\n{row}\n\n"
    tables = clean(known + "以上是一般公共预算。\n\n" + _HEADER + row)
    assert [table.unit for table in tables] == ["元", "元"]


def test_a_printed_unit_is_not_questioned(clean: Clean) -> None:
    (table,) = clean(_PROSE + _HEADER.replace("\n\n", "\n单位：元\n\n") + "|合计|735.66|581.62|154.04")
    assert table.unit == "元"
