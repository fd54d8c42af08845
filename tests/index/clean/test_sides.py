"""Income and expenditure side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]


@pytest.mark.parametrize(
    "header",
    [
        "收 入||支 出|\n项 目|预算数|项 目|预算数",
        "收入|预算数|支出|预算数",
        "收入项目|金额|支出项目|金额",
        "项目|预算数|项目|预算数",
    ],
)
def test_two_halves_are_told_apart(clean: Clean, header: str) -> None:
    (table,) = clean(
        f"收支总表\n单位：万元\n\n{header}\n一、财政拨款收入|5.00|一、教育支出|4.00\n"
        "|| 二、其他支出|1.00\n收入总计|5.00|支出总计|5.00"
    )
    assert [(row.key, row.label) for row in table.rows] == [
        ("1I", "财政拨款收入"), ("1E", "教育支出"), ("2E", "其他支出"), ("3I", "收入总计"), ("3E", "支出总计"),
    ]  # fmt: skip
    assert {row.parent for row in table.rows if not row.is_total} == {"3I", "3E"}


def test_fund_columns_belong_to_their_half(clean: Clean) -> None:
    (table,) = clean(
        "财政拨款收支总表\n\n收入||支出|||\n项目|金额|项目|合计|一般公共预算|政府性基金预算\n"
        "一、本年收入|5.00|一、本年支出|5.00|4.00|1.00\n收入总计|5.00|支出总计|5.00|4.00|1.00"
    )
    assert [column.side for column in table.columns] == ["收入", "收入", "支出", "支出", "支出", "支出"]
    assert [column.measure for column in table.columns[3:]] == ["预算数", "一般公共预算", "政府性基金预算"]


def test_a_second_classification_of_the_same_expenditure_becomes_a_table_of_its_own(clean: Clean) -> None:
    first, second = clean(
        "部门收支总表\n单位：元\n\n收入||支出|||\n项目|预算数|功能分类科目|预算数|经济分类科目|预算数\n"
        "一、财政拨款|5.00|一、教育支出|5.00|一、工资福利支出|5.00\n收入总计|5.00|支出总计|5.00|支出总计|5.00"
    )
    assert (first.kind, second.kind) == ("收支总表", "支出经济分类表")
    assert [row.label for row in first.rows if row.side == "支出"] == ["教育支出", "支出总计"]
    assert [row.label for row in second.rows] == ["工资福利支出", "支出总计"]
    assert second.unit == "元"


@pytest.mark.parametrize(
    ("header", "names", "kind"),
    [
        ("政府预算支出经济分类科目（按大类）", ("机关工资福利支出", "对个人和家庭的补助"), "政府经济分类支出表"),
        ("项目", ("机关工资福利支出", "机关商品和服务支出", "对企业补助"), "政府经济分类支出表"),
        ("项目", ("工资福利支出", "商品和服务支出", "其他支出"), "支出经济分类表"),
        ("支出项目", ("基本支出", "项目支出", "预留机动经费"), "其他表"),
    ],
)
def test_which_classification_that_is_its_header_or_its_names_tell(
    clean: Clean, header: str, names: tuple[str, ...], kind: str
) -> None:
    rows = [f"{'财政拨款|3.00|教育支出|3.00' if not at else '|||'}|{name}|1.00" for at, name in enumerate(names)]
    header = f"收入||支出|||\n项目|预算数|功能分类科目|预算数|{header}|预算数"
    _, second = clean("\n".join(["部门收支总表", "单位：元", "", header, *rows]))
    assert second.kind == kind
    assert kind == "其他表" or second.columns[1].measure is not None


def test_income_groups_over_amounts_are_no_halves(clean: Clean) -> None:
    (table,) = clean("收入总表\n\n名称|合计|本年收入||上年结转结余\n||小计|一般公共预算|\n某某局|3.00|2.00|2.00|1.00")
    assert table.kind == "收入总表"
    assert {column.side for column in table.columns} == {None}


def test_a_column_of_row_numbers_belongs_to_no_half(clean: Clean) -> None:
    first, second = clean(
        "收支总表\n单位：万元\n\n序号|收入||支出|||\n|项目|预算数|支出功能科目（按大类）|预算数|支出经济科目（按大类）|预算数\n"
        "1|财政拨款|5.00|教育支出|4.00|工资福利支出|3.00\n2|||农林水支出|1.00|商品和服务支出|2.00\n"
        "3|收入总计|5.00|支出总计|5.00|支出总计|5.00"
    )
    assert [cell.printed for row in first.rows for cell in row.cells if row.side == "支出"] == ["4.00", "1.00", "5.00"]
    assert second.title == "收支总表：支出经济科目（按大类）"
