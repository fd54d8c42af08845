"""Which subordinate unit a line belongs to, by its full official name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_INCOME = (
    "收入总表\n单位：万元\n\n单位代码|单位名称|合计|一般公共预算\n|合计|9.00|9.00\n001|某某区文化局|9.00|9.00\n"
    "001001|某某区文化局(本级)|4.00|4.00\n001002|某某区图书馆|5.00|5.00\n\n"
)
_PROJECTS = (
    "项目支出表\n单位：万元\n\n项目编码|项目名称|项目单位|合计|一般公共预算\n|||9.00|9.00\n001|某某区文||9.00|9.00\n"
    "001001|某某区||4.00|4.00\n1101|基本||4.00|4.00\n42130000000001|基本 工资|某某区文化局 （本级）|4.00|4.00\n"
    "001002|某某区||5.00|5.00\n22|其他||5.00|5.00\n42130000000002|古籍修复|某某区图书 馆|5.00|5.00\n"
)


@pytest.fixture(scope="module")
def tables(clean: Clean) -> tuple[CleanTable, ...]:
    return clean(_INCOME + _PROJECTS)


def test_only_the_lowest_units_are_subordinate(tables: tuple[CleanTable, ...]) -> None:
    income = tables[0]
    assert [row.subordinate_unit for row in income.rows] == [None, None, "某某区文化局(本级)", "某某区图书馆"]
    assert [row.parent for row in income.rows] == [None, "1", "2", "2"]


def test_cut_unit_labels_are_completed_by_their_code(tables: tuple[CleanTable, ...]) -> None:
    units = [row.label for row in tables[1].rows if row.code_system == "单位"]
    assert units == ["某某区文化局", "某某区文化局(本级)", "某某区图书馆"]


def test_categories_and_projects_belong_to_the_unit_above(tables: tuple[CleanTable, ...]) -> None:
    rows = tables[1].rows
    assert [row.subordinate_unit for row in rows] == [None, None, *["某某区文化局(本级)"] * 3, *["某某区图书馆"] * 3]
    assert [row.level for row in rows] == [0, 1, 2, 3, 4, 2, 3, 4]
    assert [row.parent for row in rows] == [None, "1", "2", "3", "4", "2", "6", "7"]
    assert [row.label for row in rows if row.is_leaf] == ["基本工资", "古籍修复"]


def test_functional_items_are_no_units(clean: Clean) -> None:
    (table,) = clean(
        "收入总表\n\n科目编码|科目名称|合计|一般公共预算\n201|一般公共服务支出|9.00|9.00\n20103|政府办公厅（室）及相关机构事务|9.00|9.00"
    )
    assert {row.subordinate_unit for row in table.rows} == {None}
    assert [row.code_system for row in table.rows] == ["功能分类", "功能分类"]


def test_purchases_stand_under_their_groups(clean: Clean) -> None:
    *_, table = clean(
        _INCOME + "政府采购预算表\n单位：元\n\n单位|单位名称|项目|政府采购品目|采购数量|单价(元)|计量|采购金额\n"
        "|合计||||||300.00\n"
        "04|行政股||||||300.00\n001|某某区文化局||||||300.00\n001|某某区文化局（本级）|办公费|[A05040101]复印纸|3|100|箱|300.00"
    )
    assert [(row.label, row.code, row.level) for row in table.rows] == [
        ("合计", None, 0), ("行政股", "04", 1), ("某某区文化局", "001", 2), ("复印纸", "A05040101", 3),
    ]  # fmt: skip
    assert table.rows[3].subordinate_unit == "某某区文化局(本级)"
    assert table.rows[2].subordinate_unit is None
    kinds = {column.measure: column.unit for column in table.columns if column.measure}
    assert kinds["单价"] == "元" and kinds["采购数量"] is None


_UNCODED = (
    "收入总表\n单位：万元\n\n单位名称|合计|一般公共预算\n合计|9.00|9.00\n某某区文化局|9.00|9.00\n"
    "某某区文化局|4.00|4.00\n某某区图书馆（文献中心）|5.00|5.00\n\n"
)


def test_without_codes_the_line_that_holds_the_others_is_the_department(clean: Clean) -> None:
    (income,) = clean(_UNCODED)
    assert [row.subordinate_unit for row in income.rows] == [None, None, "某某区文化局", "某某区图书馆（文献中心）"]
    assert [row.code_system for row in income.rows] == [None, "单位", "单位", "单位"]


def test_lines_of_other_tables_are_known_by_their_name(clean: Clean) -> None:
    expenses = "三公经费表\n\n单位名称|合计|因公出国费|公务用车费|公务接待费\n某某区图书馆(文献中心)|1|1|0|0"
    *_, table = clean(_UNCODED + expenses)
    assert [row.subordinate_unit for row in table.rows] == ["某某区图书馆（文献中心）"]


def test_projects_belong_to_the_unit_printed_above_them(clean: Clean) -> None:
    *_, table = clean(
        _UNCODED + "项目支出表\n单位：万元\n\n支出项目类别|合计|一般公共预算\n合计|5.00|5.00\n"
        "某某区图书馆（文献中心）|5.00|5.00\n购书|2.00|2.00\n修缮|3.00|3.00"
    )
    assert [row.subordinate_unit for row in table.rows] == [None, *["某某区图书馆（文献中心）"] * 3]
    assert [row.label for row in table.rows if row.is_leaf] == ["购书", "修缮"]


def test_a_unit_named_on_its_own_line_only_owns_the_lines_below(clean: Clean) -> None:
    (table,) = clean(
        "支出总表\n单位：万元\n\n预算单位|科目编码|科目名称|合计|基本支出|项目支出\n"
        "甲馆|||3.00|1.00|2.00\n|201|一般公共服务支出|3.00|1.00|2.00\n|20103|事务|3.00|1.00|2.00\n"
        "乙馆|||4.00|4.00|\n|208|社会保障和就业支出|4.00|4.00|"
    )
    assert [row.subordinate_unit for row in table.rows] == ["甲馆"] * 3 + ["乙馆"] * 2
    assert [row.parent for row in table.rows] == [None, "1", "2", None, "4"]
    assert [row.label for row in table.rows if row.is_leaf] == ["事务", "社会保障和就业支出"]


def test_a_departments_short_code_is_no_economic_item(clean: Clean) -> None:
    (income,) = clean(
        "收入总表\n单位：万元\n\n部门代码|部门名称|合计|一般公共预算\n|合计|9.00|9.00\n327|某某区文化局|9.00|9.00\n"
        "327001|某某区文化局（本级）|4.00|4.00\n327002|某某区图书馆|5.00|5.00\n"
    )
    assert [row.code_system for row in income.rows[1:]] == ["单位"] * 3
    assert [row.subordinate_unit for row in income.rows] == [None, None, "某某区文化局（本级）", "某某区图书馆"]


def test_purchases_belong_to_the_unit_named_on_a_line_above(clean: Clean) -> None:
    *_, table = clean(
        _INCOME + "政府采购支出表\n单位：万元\n\n采购品目大类|经济科目|采购品目名称|总计\n合计|||2.61\n服务|||2.61\n"
        "某某区文化局（本级）|||2.00\n|会议费|一般会议服务|2.00\n某某区图书 馆|||0.61\n|会议费|一般会议服务|0.61\n"
    )
    assert [(row.label, row.subordinate_unit) for row in table.rows[2:]] == [
        ("某某区文化局（本级）", "某某区文化局(本级)"), ("一般会议服务", "某某区文化局(本级)"),
        ("某某区图书馆", "某某区图书馆"), ("一般会议服务", "某某区图书馆"),
    ]  # fmt: skip
    assert [row.label for row in table.rows if row.is_leaf] == ["一般会议服务", "一般会议服务"]


def test_names_of_units_alone_on_their_lines_head_the_lines_below(clean: Clean) -> None:
    lines = "{}||\n2080201|行政运行|3.00\n{}||\n2082002|救助支出|0.90\n|合计|3.90"
    head = "支出总表\n单位：万元\n\n科目编码|科目名称|合计\n"
    table = clean(head + lines.format("某某区民政局本级", "某某区救助站"))[0]
    units = ["某某区民政局本级", "某某区民政局本级", "某某区救助站", "某某区救助站", None]
    assert [row.subordinate_unit for row in table.rows[1::2]] == units[1::2]
    (table,) = clean(head + lines.format("社会保障和就业支出", "某某区救助站"))
    assert {row.subordinate_unit for row in table.rows} == {None}


def test_a_unit_that_is_named_once_is_that_of_the_lines_below(clean: Clean) -> None:
    head = "支出总表\n单位：万元\n\n单位名称|科目|合计\n"
    lines = "某某区民政局|养老补贴|3.00\n|殡葬改革|2.00\n某某区救助站|救助|0.90\n|站务|0.10\n|合计|6.00\n"
    (table,) = clean(head + lines)
    owners = ["某某区民政局", "某某区民政局", "某某区救助站", "某某区救助站", None]
    assert [row.subordinate_unit for row in table.rows] == owners
    (table,) = clean(head + lines.replace("|站务", "某某区救助站|站务"))
    assert [row.subordinate_unit for row in table.rows][:2] == ["某某区民政局", None]
