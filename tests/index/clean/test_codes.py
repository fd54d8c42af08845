"""Codes as they are printed: split over columns, carried down, torn by blanks, beside a second classification."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

One = Callable[[str], CleanTable]


def test_blank_parts_of_a_code_are_carried_down(clean_one: One) -> None:
    table = clean_one(
        "支出总表\n\n科目编码|||科目名称|合计|基本支出|项目支出\n类|款|项||||\n|||合计|3.00|1.00|2.00\n"
        "208|||社会保障和就业支出|3.00|1.00|2.00\n|05||行政事业单位养老支出|3.00|1.00|2.00\n||01|行政单位离退休|1.00|1.00|\n"
        "||99|其他行政事业单位养老支出|2.00||2.00"
    )
    assert [row.code for row in table.rows] == [None, "208", "20805", "2080501", "2080599"]
    assert [row.level for row in table.rows] == [0, 1, 2, 3, 3]
    assert [row.parent for row in table.rows] == [None, "1", "2", "3", "3"]


def test_a_total_in_the_code_column_is_a_total(clean_one: One) -> None:
    table = clean_one(
        "支出总表\n\n科目编码|科目名称|合计|基本支出|项目支出\n"
        "合 计||3.00|1.00|2.00\n201|一般公共服务支出|3.00|1.00|2.00"
    )
    total = table.rows[0]
    assert (total.label, total.printed_label, total.is_total, total.code) == ("合计", "合 计", True, None)


def test_the_code_of_the_label_is_the_rows_code(clean_one: One) -> None:
    table = clean_one(
        "一般公共预算基本支出表\n\n部门经济科目编码|部门经济科目名称|政府经济科目编码|政府经济科目名称|合计|人员经费|公用经费\n"
        "30101|基本工资|50101|工资奖金津补贴|1.00|1.00|\n30201|办公费|50201|办公经费|2.00||2.00"
    )
    assert [(row.code, row.code_system, row.label) for row in table.rows] == [
        ("30101", "部门经济分类", "基本工资"),
        ("30201", "部门经济分类", "办公费"),
    ]


@pytest.mark.parametrize("title", ["一般公共预算基本支出表", "支出总表", "部门支出表（按政府预算经济分类）"])
def test_tables_by_the_government_classification_are_told_from_others(clean_one: One, title: str) -> None:
    table = clean_one(
        f"{title}\n\n科目编码|科目名称|合计|人员经费|公用经费\n50101|工资奖金津补贴|1.00|1.00|\n50201|办公经费|2.00||2.00"
    )
    assert table.kind == "政府经济分类支出表"
    assert [column.measure for column in table.columns[2:]] == ["合计", "人员经费", "公用经费"]
    assert table.rows[0].code_system == "政府经济分类"


def test_blank_zero_and_dash_are_three_things(clean_one: One) -> None:
    table = clean_one(
        "支出总表\n单位：万元\n\n科目编码|科目名称|合计|基本支出|项目支出\n201|一般公共服务支出|1,234.50|-|\n208|社会保障和就业支出|0.00|(3.2)|无"
    )
    first, second = table.rows
    assert [(cell.value_type, None if cell.number is None else str(cell.number)) for cell in first.cells] == [
        ("amount", "1234.50"), ("amount", "0"), ("blank", None),
    ]  # fmt: skip
    assert [(cell.value_type, None if cell.number is None else str(cell.number)) for cell in second.cells] == [
        ("amount", "0.00"), ("amount", "-3.2"), ("text", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "parent"), [("2105099", "2"), ("2101101", "1")])
def test_a_row_with_a_misprinted_code_is_called_like_an_item_of_its_group(
    clean_one: One, code: str, parent: str
) -> None:
    name = "其他医疗保障管理事务支出" if parent == "2" else "行政单位医疗"
    table = clean_one(
        "支出总表\n\n科目编码|科目名称|合计|基本支出|项目支出\n210|卫生健康支出|9.00|9.00|\n21015|医疗保障管理事务|9.00|9.00|\n"
        f"2101501|行政运行|5.00|5.00|\n{code}|{name}|4.00|4.00|\n"
    )
    assert table.rows[3].parent == parent


def test_codes_and_names_under_one_header(clean_one: One) -> None:
    table = clean_one(
        "支出总表\n\n科目|科目|合计|项目支出\n合计||9.00|9.00\n213|农林水支出|9.00|9.00\n21302|林业和草原|9.00|9.00\n"
    )
    assert [(row.code, row.label) for row in table.rows] == [
        (None, "合计"), ("213", "农林水支出"), ("21302", "林业和草原"),
    ]  # fmt: skip
