"""Units, signs, marks and headers in places and forms that readers have complained of; all figures are invented."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from index.clean import clean_tables
from index.clean.periods import own_period
from index.clean.table import CleanTable, Column
from index.document import Cell, Document, Paragraph, Provenance, RawRow, RawTable
from index.figures import figure_records
from index.outline import outline

One = Callable[[str], CleanTable]

_HEADER = "科目编码|科目名称|合计|基本支出|项目支出"
_ROWS = "201|一般公共服务支出|73.20|53.20|20.00\n20106|财政事务|73.20|53.20|20.00\n|合计|73.20|53.20|20.00\n"


def _table(unit: str = "", header: str = _HEADER, rows: str = _ROWS) -> str:
    return f"一般公共预算支出表{unit}\n{header}\n{rows}"


def _yuan(table: CleanTable, label: str) -> list[Decimal | None]:
    return [each.amount_yuan for each in figure_records("", [table]) if each.row_label == label]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        (_table("\n单位：RMB万元"), 732000),
        (_table("\n单位：仟圆"), 73200),
        (_table("\n单位（万元）"), 732000),
        (_table("\n币种：人民币 单位：万元"), 732000),
        (_table("\n第1页 单位：百元"), 7320),
        (_table("\n单位：元，%"), 73),
        (_table(" 单位：百元"), 7320),
        (_table("\n單位：萬元"), 732000),
        (_table("", "科目编码|科目名称|合计（万元）|基本支出（万元）|项目支出（万元）"), 732000),
        (_table("", "科目编码|科目名称|合计/千元|基本支出/千元|项目支出/千元"), 73200),
        (_table("", "科目编码|科目名称|金额单位：万元||\n||合计|基本支出|项目支出"), 732000),
        (_table("", rows=_ROWS + "单位：千元||||\n"), 73200),
        (_table("", rows=_ROWS + "注：本表金额单位：千元||||\n"), 73200),
        (
            _table("", rows=_ROWS.replace("73.20", "73.20万元").replace("53.20", "532000元").replace("20.00", "20万")),
            732000,
        ),
    ],
)
def test_the_unit_is_found_wherever_it_stands(clean_one: One, text: str, total: int) -> None:
    table = clean_one(text)
    assert table.kind == "一般公共预算支出表"
    assert int(_yuan(table, "合计")[0] or 0) == total


@pytest.mark.parametrize("unit", ["单位：万美元", "单位：元、万元"])
def test_a_unit_that_is_none_of_ours_or_open_is_none(clean_one: One, unit: str) -> None:
    assert clean_one(_table(f"\n{unit}")).unit is None


@pytest.mark.parametrize(
    "printed",
    [
        "∆62.00",
        "（62.00）①",
        "﹙62.00﹚",
        "－６２．００",
        "△ 62.00",
        "62.00-",
        "-62.00(1)",
        "负62.00注①",
        "减62.00",
        "-62.00#",
    ],
)
def test_negative_amounts(clean_one: One, printed: str) -> None:
    table = clean_one(_table("\n单位：万元", rows=f"201|一般公共服务支出|{printed}||\n|合计|{printed}||\n"))
    assert _yuan(table, "合计")[0] == Decimal(-620000)


@pytest.mark.parametrize("name", ["行政运行（2010101）", "2010101、行政运行", "2010101行政运行"])
def test_a_code_in_the_cell_of_its_name(clean_one: One, name: str) -> None:
    table = clean_one(
        _table("\n单位：元", "科目|合计|基本支出|项目支出", f"{name}|5|5|\n2010102 会议|1||1\n合计|6|5|1\n")
    )
    assert (table.rows[0].code, table.rows[0].label) == ("2010101", "行政运行")


def test_counts_per_cents_and_scores_beside_money_are_none(clean_one: One) -> None:
    table = clean_one(
        "项目执行情况表\n单位：万元\n项目名称|预算金额|公务用车（辆）|预算执行率（%）|复核得分|评价等级\n展览|120.00|5|82.5|90|良\n"
    )
    assert [cell.value_type for cell in table.rows[0].cells] == ["amount", "quantity", "percent", "quantity", "text"]


def test_sums_of_pages_are_no_rows(clean_one: One) -> None:
    table = clean_one(
        "项目支出表\n单位：万元\n项目名称|合计\n慰问|30.00\n页计|30.00\n（转下页）|30.00\n上页结转|30.00\n培训|2.00\n累计|32.00\n总计|32.00\n"
    )
    assert [row.label for row in table.rows] == ["慰问", "培训", "总计"]


def test_names_in_two_languages(clean_one: One) -> None:
    table = clean_one(
        "General Budget 一般公共预算支出表\n单位：万元\n科目编码 Code|科目名称 Item|合计 Total\n"
        "201|一般公共服务支出 General service|5.00\n20106|财政事务 Finance|5.00\n|合计 Total|5.00\n"
    )
    assert (table.title, table.rows[-1].is_total, table.rows[0].label) == (
        "一般公共预算支出表",
        True,
        "一般公共服务支出",
    )


def test_the_groups_of_indicators_may_stand_in_the_first_column(clean: Callable[[str], tuple[CleanTable, ...]]) -> None:
    tables = clean(
        "绩效自评表\n项目名称|展览|||\n主管部门|某局|||\n项目资金|年初预算数|全年执行数|分值|得分\n|120.00|99.00|10|9\n"
        "一级指标|二级指标|三级指标|年度指标值|得分\n产出指标|数量指标|展览场次|20场|9\n"
    )
    (indicators,) = [table for table in tables if table.kind == "绩效指标表"]
    assert indicators.rows[0].cells[0].printed == "产出指标"


def test_a_total_that_includes_more_is_not_the_measures_own() -> None:
    paths = (("合计", "三公经费合计"), ("三公经费/小计", "三公经费合计"), ("会议费", "会议费"))
    columns = tuple(Column(n, path, "measure", measure=measure) for n, (path, measure) in enumerate(paths, 1))
    own = own_period(columns, "“三公”经费、会议费、培训费支出预算表")
    assert [column.measure for column in own] == [None, "三公经费合计", "会议费"]
    assert own_period(columns[:1], "“三公”经费支出表") == columns[:1]


def test_a_total_may_stand_in_the_column_that_numbers_the_rows(clean_one: One) -> None:
    table = clean_one("项目支出表\n单位：万元\n序号|项目名称|合计\n1|慰问|30.00\n2|培训|2.00\n总计||32.00\n")
    assert [(row.label, row.is_total) for row in table.rows] == [("慰问", False), ("培训", False), ("总计", True)]


def test_of_two_columns_under_one_header_of_codes_the_filled_one_counts(clean_one: One) -> None:
    table = clean_one(
        "财政拨款支出表\n单位：万元\n科目编码||科目名称|金额\n208||社会保障和就业支出|3.00\n20805||养老支出|3.00\n合计|||3.00\n"
    )
    assert [(row.code, row.label) for row in table.rows] == [
        ("208", "社会保障和就业支出"), ("20805", "养老支出"), (None, "合计"),
    ]  # fmt: skip


def test_a_name_that_stands_in_the_cell_of_its_code_is_the_rows_own(clean_one: One) -> None:
    table = clean_one(_table("\n单位：元", rows="201|一般公共服务支出|6|6|\n2010101行政运行||6|6|\n|合计|6|6|\n"))
    assert [(row.code, row.label) for row in table.rows][1] == ("2010101", "行政运行")


@pytest.mark.parametrize(
    ("title", "table", "kind"),
    [
        ("云岭小学2025年单位收入总表", "项目|2024年执行数|2025年预算数\n财政拨款收入|4|5\n合计|4|5", "收入总表"),
        ("2025年部门支出预算表（按单位）", "单位名称|合计|工资福利支出\n局机关|5|4\n合计|5|4", "支出总表"),
        ("云岭市档案馆支出预算表", "科目名称|合计|工资福利支出\n教育支出|5|4\n合计|5|4", "支出总表"),
    ],
)  # fmt: skip
def test_a_title_behind_its_owner_and_year_whose_lines_confirm_it(
    clean_one: One, title: str, table: str, kind: str
) -> None:
    assert clean_one(f"{title}\n单位：万元\n\n{table}\n").kind == kind


def test_what_pays_for_the_use_of_assets_is_a_part_of_its_group(clean_one: One) -> None:
    table = clean_one(
        "青云县2025年一般公共预算收入总表\n单位：亿元\n\n预算科目|2024年执行数|2025年预算数\n一、税收收入|5|6\n增值税|5|6\n"
        "二、非税收入|2|3\n专项收入|1|1\n国有资源（资产）有偿使用收入|1|2\n收入合计|7|9\n"
    )
    parents = {row.label: row.parent for row in table.rows}
    assert parents["国有资源（资产）有偿使用收入"] == parents["专项收入"] == "3"


def test_a_quantity_that_looks_like_a_code_tells_no_kind(clean_one: One) -> None:
    table = clean_one(
        "2026年政府采购预算明细表\n\n采购项目|数量|单价（元）|预算金额（万元）\n课桌|500|320.00|16.00\n投影设备|12|25,000.00|30.00\n"
        "合计|||46.00\n"
    )
    assert table.kind == "政府采购预算表"


def test_a_column_headed_by_a_per_cent_sign_holds_no_amounts(clean_one: One) -> None:
    table = clean_one(
        "收支增减表\n单位：元\n\n项目|2024年决算|2025年决算|增减%\n事业收入|50|55|10.00\n合计|50|55|10.00\n"
    )
    assert [cell.value_type for cell in table.rows[0].cells] == ["amount", "amount", "percent"]


def test_arrows_and_words_say_which_way_a_figure_went(clean_one: One) -> None:
    rows = "事业收入|60.00|47.50|↓12.50|↓20.83%\n其他收入|8.00|8.00|持平|持平\n上年结转|5.00|8.00|3.00↑|60.00%↑\n"
    table = clean_one(f"收入预算对比表\n单位：万元\n收入项目|2025年|2026年|增减|增减幅度\n{rows}")
    change = [[(cell.value_type, cell.number) for cell in row.cells[2:]] for row in table.rows]
    assert change == [
        [("amount", Decimal("-12.50")), ("percent", Decimal("-20.83"))],
        [("amount", Decimal(0)), ("percent", Decimal(0))],
        [("amount", Decimal("3.00")), ("percent", Decimal("60.00"))],
    ]


def test_a_sign_behind_a_number_is_no_unit_of_it(clean_one: One) -> None:
    rows = "201|一般公共服务支出|90.00|92.70|2.70+\n205|教育支出|9,000|8,200|800-\n"
    table = clean_one(f"支出预算表\n单位：万元\n科目编码|科目名称|2025年|2026年|增减额\n{rows}")
    change = [(row.cells[-1].value_type, row.cells[-1].number) for row in table.rows]
    assert change == [("amount", Decimal("2.70")), ("text", None)]


def test_bare_years_name_their_lines(clean_one: One) -> None:
    lines = "2025|5.00|10.00|15.00\n2026|3.50|12.00|15.50\n增减|-1.50|2.00|0.50\n"
    table = clean_one(f"“三公”经费支出表\n单位：万元\n年度|公务接待费|公务用车运行费|合计\n{lines}")
    assert [(row.label, row.is_own) for row in table.rows] == [("2025", False), ("2026", True), ("增减", False)]


def test_a_name_that_reaches_over_several_lines_is_that_of_each() -> None:
    """Lines of a merged name have no other: not that of what such tables are about."""
    rows = [
        RawRow((Cell("项目", column_span=2), None, Cell("金额")), Provenance()),
        RawRow((Cell("公务接待费", row_span=2), Cell("预算"), Cell("3.50")), Provenance()),
        RawRow((None, Cell("决算"), Cell("3.10")), Provenance()),
    ]
    title = Paragraph("“三公”经费支出表（单位：万元）", Provenance())
    document = Document("0" * 12, "文件.docx", "0" * 64, (title, RawTable(tuple(rows))))
    (table,) = clean_tables(document, outline(document))
    assert [(row.label, row.cells[-1].printed) for row in table.rows] == [
        ("公务接待费", "3.50"),
        ("公务接待费", "3.10"),
    ]
