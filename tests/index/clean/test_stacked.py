"""Two tables in one grid: a title or a unit below amounts begins the second, or a title beside the first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_HEADER = "科目编码|科目名称|合计|基本支出|项目支出\n"
_TITLE = "一般公共预算支出表||||\n||||单位：万元\n"
_FIRST = f"{_TITLE}{_HEADER}211|节能环保支出|165.50|115.00|50.50\n|合计|165.50|115.00|50.50\n"
_ROWS = f"{_HEADER}212|城乡社区支出|1150000||1150000\n|合计|1150000||1150000\n"


def test_a_second_title_with_its_own_unit(clean: Clean) -> None:
    first, second = clean(f"{_FIRST}政府性基金预算支出表||||\n||||单位：元\n{_ROWS}")
    assert [(table.kind, table.unit) for table in (first, second)] == [
        ("一般公共预算支出表", "万元"), ("政府性基金预算支出表", "元"),
    ]  # fmt: skip
    assert [row.label for row in first.rows] == ["节能环保支出", "合计"]
    assert [row.label for row in second.rows] == ["城乡社区支出", "合计"]


def test_a_second_unit_alone(clean: Clean) -> None:
    assert [table.unit for table in clean(f"{_FIRST}||||单位：元\n{_ROWS}")] == ["万元", "元"]


def test_the_same_title_again_goes_on(clean: Clean) -> None:
    (table,) = clean(f"{_FIRST}一般公共预算支出表||||\n||||单位：万元\n{_HEADER}221|住房保障支出|10.10|10.10|\n")
    assert [row.label for row in table.rows] == ["节能环保支出", "合计", "住房保障支出"]


def test_a_group_that_is_called_like_a_table_is_a_row(clean: Clean) -> None:
    (table,) = clean(f"{_FIRST}各类附表||||\n221|住房保障支出|10.10|10.10|\n")
    assert "各类附表" in [row.label for row in table.rows]


def test_words_above_the_header_are_no_part_of_it(clean: Clean) -> None:
    (table,) = clean(f"某某市环保局2024年部门预算||||\n{_FIRST}")
    assert (table.title, table.unit, table.header_rows) == ("一般公共预算支出表", "万元", 1)


def test_tables_beside_each_other(clean: Clean) -> None:
    header = "科目编码|科目名称|合计|基本支出|项目支出"
    first, second = clean(
        "一般公共预算支出表||||||政府性基金预算支出表||||\n||||单位：万元||||||单位：元\n"
        f"{header}||{header}\n205|教育支出|710.30|500.10|210.20||212|城乡社区支出|3050000||3050000\n|合计|710.30|500.10|210.20||||||\n"
    )
    assert [(table.kind, table.unit) for table in (first, second)] == [
        ("一般公共预算支出表", "万元"), ("政府性基金预算支出表", "元"),
    ]  # fmt: skip
    assert [(row.code, row.cells[0].printed) for row in first.rows] == [("205", "710.30"), (None, "710.30")]
    assert [(row.code, row.cells[0].printed) for row in second.rows] == [("212", "3050000")]


def test_a_second_title_may_stand_above_rows_without_a_header(clean: Clean) -> None:
    first, second = clean(
        f"{_FIRST}政府性基金预算支出表||||单位：元\n212|城乡社区支出|1150000||1150000\n|合计|1150000||1150000\n"
    )
    assert (second.kind, second.unit, second.header_rows) == ("政府性基金预算支出表", "元", 1)
    assert [row.label for row in first.rows] == ["节能环保支出", "合计"]


@pytest.mark.parametrize("gap", ["", "|"])
def test_tables_that_touch_under_titles_of_their_own(clean: Clean, gap: str) -> None:
    head = "科目编码|科目名称|合计"
    text = (
        "表5一般公共预算支出表\n表6政府性基金预算支出表\n单位：万元\n单位：元\n\n"
        f"{head}|{gap}{head}\n201|公共服务|5.00|{gap}212|城乡社区|90\n|合计|5.00|{gap}|合计|90\n"
    )
    assert [(table.table_no, table.kind, table.unit, len(table.rows)) for table in clean(text)] == [
        ("表5", "一般公共预算支出表", "万元", 2),
        ("表6", "政府性基金预算支出表", "元", 2),
    ]


def test_two_blocks_under_a_title_of_two_lines_stay_one_table(clean: Clean) -> None:
    head = "科目编码|科目名称|金额"
    text = f"部门预算公开表\n一般公共预算支出表\n单位：元\n\n{head}|{head}\n201|公共服务|5|221|住房保障|3\n|合计|8|||\n"
    (table,) = clean(text)
    assert (table.kind, len(table.rows)) == ("一般公共预算支出表", 3)


@pytest.mark.parametrize("units", ["单位：千元\n单位：元", "单位：元"])
def test_tables_that_touch_with_headers_of_their_own(clean: Clean, units: str) -> None:
    left, right = clean(
        f"云岭市档案馆2026年部门预算\n项目支出预算表\n政府性基金预算支出表\n{units}\n\n"
        "项目名称|合计|财政拨款|其他资金|科目编码|科目名称|合计|项目支出\n"
        "馆藏修复|260.0|200.0|60.0|229|其他支出|350|350\n合计|260.0|200.0|60.0|合计||350|350\n"
    )
    assert (left.kind, left.unit, len(left.rows)) == ("项目支出表", units.split("\n")[0].removeprefix("单位："), 2)
    assert (right.kind, right.unit) == ("政府性基金预算支出表", "元")
    assert [(row.code, row.label) for row in right.rows][:1] == [("229", "其他支出")]


def test_three_tables_that_touch_below_the_title_of_the_file(clean: Clean) -> None:
    tables = clean(
        "云岭市图书馆2026年单位预算公开表\n单位收入总表\n单位支出总表\n政府采购预算表\n单位：万元\n单位：元\n单位：元\n\n"
        "项目|预算数|科目名称|合计|项目支出|采购项目|数量|预算金额\n事业收入|20|图书馆|530.00|120.00|图书|1|80\n"
        "收入合计|20|合计|530.00|120.00|合计||80\n"
    )
    assert [(table.kind, table.unit) for table in tables] == [
        ("收入总表", "万元"), ("支出总表", "元"), ("政府采购预算表", "元"),
    ]  # fmt: skip


def test_where_tables_can_not_be_told_apart_their_units_are_open(clean: Clean) -> None:
    (table,) = clean(
        "项目支出预算表\n政府性基金预算支出表\n单位：千元\n单位：元\n\n项目名称|甲|乙|合计\n馆藏修复|260|200|350\n合计|260|200|350\n"
    )
    assert table.unit is None


@pytest.mark.parametrize("line", ["上表单位：{}", "以上金额单位：{}"])
def test_a_unit_that_says_it_is_of_the_table_above(clean: Clean, line: str) -> None:
    """In one grid, with a blank row behind it or not, and between two tables."""
    first, second = (f"{title}{{0}}\n{rows}{line.format(unit)}{{0}}\n" for title, rows, unit in (
        ("一般公共预算支出表", f"{_HEADER}211|节能环保支出|165.50|115.00|50.50\n", "千元"),
        ("政府性基金预算支出表", _ROWS, "元"),
    ))  # fmt: skip
    grids = [f"{first}||||\n{second}", first + second]
    texts = [grid.format("||||") for grid in grids] + [f"{first}\n{second}".format("")]
    assert [[table.unit for table in clean(text)] for text in texts] == [["千元", "元"]] * 3
    assert clean(f"{first}政府采购表{{0}}\n{_ROWS}".format(""))[1].unit is None
