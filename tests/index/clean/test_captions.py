"""Title, number and unit, wherever they are printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

_BODY = "科目编码|科目名称|合计|基本支出|项目支出\n|合计|3.00|1.00|2.00\n201|一般公共服务支出|3.00|1.00|2.00\n"
_PLAIN_TITLES = ("支出总表", "2026年部门支出总体情况表", "部门综合预算支出总表", "支出预算总表")


def _with(caption: str) -> str:
    return f"第三部分 预算表\n{caption}\n{_BODY}"


@pytest.mark.parametrize(
    ("caption", "table_no", "title", "unit"),
    [
        ("附表4-3\n支出总表\n部门/单位：\n单位：万元", "附表4-3", "支出总表", "万元"),
        ("附表4-3\n支出总表\n部门/\n单位: 万", "附表4-3", "支出总表", "万元"),
        ("表3：部门支出总表\n金额单位：元", "表3", "部门支出总表", "元"),
        ("公开表3 支出总表（单位：万元）", "公开表3", "支出总表", "万元"),
        ("支出总表（预算表3）\n编制单位：某某局 单位：千元", "预算表3", "支出总表", "千元"),
        ("三、部门支出总表\n单位：人民币元", None, "部门支出总表", "元"),
        ("部门公开表3\n支出总表", "部门公开表3", "支出总表", None),
        ("公开03表\n支出总表\n部门：\n某某省委办公厅\n单位：万元", "公开03表", "支出总表", "万元"),
        ("表03\n支出总表\n606-某某市交通运输局\n单位：万元", "表03", "支出总表", "万元"),
        ("表11\n支出总表\n某某市交通运输局\n万元", "表11", "支出总表", "万元"),
        ("公开03表\n支出总表\n单位：万\n部门名称：某某省高级人民法\n元\n院", "公开03表", "支出总表", "万元"),
        ("表3\n2026年部门支出预算\n总表\n单位：元", "表3", "2026年部门支出预算总表", "元"),
        ("表5一般公共预算支出表\n单位：元", "表5", "一般公共预算支出表", "元"),
        ("表一一般公共预算支出表\n单位：元", "表一", "一般公共预算支出表", "元"),
        ("表十二支出总表\n单位：元", "表十二", "支出总表", "元"),
        ("表5\n支出明细表\n（按经济分类科目分）\n单位：元", "表5", "支出明细表（按经济分类科目分）", "元"),
    ],
)
def test_lines_above_the_table(
    clean_one: Callable[[str], CleanTable], caption: str, table_no: str | None, title: str, unit: str | None
) -> None:
    table = clean_one(_with(caption))
    assert (table.table_no, table.title, table.unit) == (table_no, title, unit)


def test_title_rows_inside_the_grid_are_taken_out(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one("支出总表||||\n预算03表||||单位：元\n" + _BODY)
    assert (table.table_no, table.title, table.unit) == ("预算03表", "支出总表", "元")
    assert table.grid[0][0] == "科目编码"


def test_the_unit_is_the_tables_own(clean: Callable[[str], tuple[CleanTable, ...]]) -> None:
    first, second = clean(f"支出总表\n单位：万元\n\n{_BODY}\n支出总表\n单位：元\n\n{_BODY}")
    assert (first.unit, second.unit) == ("万元", "元")


@pytest.mark.parametrize("title", _PLAIN_TITLES)
def test_titles_vary_and_the_kind_is_one(clean_one: Callable[[str], CleanTable], title: str) -> None:
    assert clean_one(_with(title)).kind == "支出总表"


def test_prose_that_mentions_a_table_is_no_title(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one(f"第三部分 预算表\n本部门支出情况详见支出总表\n{_BODY}")
    assert table.title == ""


@pytest.mark.parametrize(
    "rows",
    [
        "编制部门|某某市信访局|||单位：元",
        "部门名称|某某市信访局|部门编码|213002|\n预算年度|2026|||\n|||单位|元",
        "填报单位：|某某市信访局||单位|元",
    ],
)
def test_labels_and_names_in_cells_of_their_own(clean_one: Callable[[str], CleanTable], rows: str) -> None:
    table = clean_one(f"支出总表\n{rows}\n{_BODY}")
    assert (table.title, table.unit, table.owner) == ("支出总表", "元", "某某市信访局")
    assert table.grid[0][0] == "科目编码"


def test_a_grid_of_captions_stands_above_the_next(clean: Callable[[str], tuple[CleanTable, ...]]) -> None:
    first = f"支出总表\n编制部门|某某市信访局|单位：元\n\n{_BODY}"
    second = "项目支出表\n编制部门|某某市信访局|单位：万元\n\n项目名称|金额\n信访接待|3.00\n"
    assert [(table.title, table.unit, table.owner) for table in clean(f"{first}\n{second}")] == [
        ("支出总表", "元", "某某市信访局"), ("项目支出表", "万元", "某某市信访局"),
    ]  # fmt: skip


def test_the_label_and_name_at_the_head_of_a_form_are_a_part_of_it(
    clean: Callable[[str], tuple[CleanTable, ...]],
) -> None:
    form = (
        "部门整体支出绩效自评表\n部门（单位）名称|某某市信访局|||填报日期：2024年3月15日\n预算执行情况（万元）||全年预算数|全年执行数|得分\n"
        "|支出总额|25.00|24.00|9\n一级指标|二级指标|三级指标|指标值|得分\n产出指标|数量指标|接访|36|30\n"
    )
    assert {table.kind for table in clean(form)} >= {"绩效资金表", "绩效指标表"}


def test_a_number_in_brackets_before_the_title(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one(_with("（预算表5）某某市信访局支出总表\n单位：元"))
    assert (table.table_no, table.title) == ("预算表5", "某某市信访局支出总表")
