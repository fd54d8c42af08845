"""The unit of money wherever it is printed: above, below, in the cells, on the cover, and of any size."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from index.clean import clean_tables
from index.clean.table import CleanTable
from index.convert import convert
from index.outline import outline

Clean = Callable[[str], tuple[CleanTable, ...]]

_TITLE = "一般公共预算支出表"
_TABLE = "科目编码|科目名称|合计|基本支出|项目支出\n201|一般公共服务支出|950.50|900.00|50.50\n"


@pytest.mark.parametrize("unit", ["元", "百元", "千元", "万元", "十万元", "百万元", "千万元", "亿元"])
def test_units_of_every_size(clean: Clean, unit: str) -> None:
    (table,) = clean(f"{_TITLE}\n金额单位：{unit}\n\n{_TABLE}")
    assert table.unit == unit


@pytest.mark.parametrize(
    "line",
    [
        "单位：人民币万元",
        "单位：万元（人民币）",
        "计量单位：万 元",
        "[单位:万元]",
        "货币单位：万元",
        "金额：人民币万元",
    ],
)
def test_ways_to_print_the_unit(clean: Clean, line: str) -> None:
    (table,) = clean(f"{_TITLE}\n{line}\n\n{_TABLE}")
    assert (table.title, table.unit) == (_TITLE, "万元")


@pytest.mark.parametrize(
    "foot", ["填报单位：某某局|||单位：元|2026年", "金额单位：元||||", "复核人：|||审核人：某某|单位：元"]
)
def test_the_unit_in_the_last_row(clean: Clean, foot: str) -> None:
    (table,) = clean(f"{_TITLE}\n\n{_TABLE}{foot}\n")
    assert (table.unit, [row.code for row in table.rows]) == ("元", ["201"])


def test_the_unit_of_a_volume_is_that_of_its_second_table_too(clean: Clean) -> None:
    tables = clean(
        f"某某局\n2026年部门预算\n（全册金额计量单位：千元）\n{_TITLE}\n\n{_TABLE}\n政府采购预算表\n\n品目|数量|金额\n纸|5|20\n"
    )
    assert [table.unit for table in tables] == ["千元", "千元"]


@pytest.mark.parametrize("note", ["注：计量单位：元；本表按功能分类填列。", "单位：元", "说明：金额单位为元。"])
def test_the_unit_below_the_table(clean: Clean, note: str) -> None:
    (table,) = clean(f"{_TITLE}\n\n{_TABLE}\n{note}\n")
    assert table.unit == "元"


def test_the_unit_below_may_be_that_of_the_next_table(clean: Clean) -> None:
    first, second = clean(f"{_TITLE}\n\n{_TABLE}\n单位：元\n\n政府采购预算表\n\n品目|数量|金额\n复印纸|5|20\n")
    assert (first.unit, second.unit) == (None, "元")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_each_table_s_unit_below_it(clean: Clean, gap: str) -> None:
    rows = "公务接待费|0.86\n公务用车运行费|3.00\n"
    tables = clean(
        f"附表3\n{_TITLE}\n{_TABLE}{gap}单位：元\n附表4\n“三公”经费支出表\n项目|2026年\n{rows}{gap}单位：万元\n附表5\n"
        f"政府采购预算表\n品目|数量|金额\n纸|5|20\n{gap}单位：千元\n"
    )
    assert [table.unit for table in tables] == ["元", "万元", "千元"]


@pytest.mark.parametrize(
    "line",
    [
        "金额单位：万元",
        "单位：万元",
        "（本册各表金额单位除另有注明外，均为万元）",
        "本书数据如无特别说明，均以万元为单位",
        "各表金额均以人民币万元列示",
        "除特别注明外，本套报表金额单位：万元",
    ],
)
def test_the_unit_on_the_cover_is_that_of_all_tables(clean: Clean, line: str) -> None:
    cover = f"某某市统计局2024年部门预算\n{line}\n目录及说明如下，请结合阅读使用。\n"
    assert [table.unit for table in clean(f"{cover}{_TITLE}\n\n{_TABLE}")] == ["万元"]


def test_a_sentence_for_all_tables(clean: Clean) -> None:
    (table,) = clean(f"{_TITLE}\n\n{_TABLE}\n以上各表金额单位均为千元，合计数可能因四舍五入略有出入。\n")
    assert table.unit == "千元"


def test_the_unit_in_the_cells(clean: Clean) -> None:
    cells = _TABLE.replace("950.50", "¥950.50万元").replace("900.00", "900.00 万元").replace("|50.50", "|￥50.50万元")
    (table,) = clean(f"{_TITLE}\n\n{cells}")
    assert table.unit == "万元"
    assert [(cell.number, cell.value_type) for cell in table.rows[0].cells] == [
        (Decimal("950.50"), "amount"), (Decimal("900.00"), "amount"), (Decimal("50.50"), "amount"),
    ]  # fmt: skip
    assert [cell.printed for cell in table.rows[0].cells] == ["¥950.50", "900.00", "￥50.50"]


def test_a_sign_of_currency_alone_means_yuan(clean: Clean) -> None:
    (table,) = clean(
        "“三公”经费支出表\n\n项目|2025年|2026年\n公务用车运行费|￥3.80万|￥3.50万\n公务接待费|￥8,000|￥0\n"
    )
    assert [cell.number for row in table.rows for cell in row.cells] == [38000, 35000, 8000, 0]
    assert (table.unit, {cell.value_type for row in table.rows for cell in row.cells}) == ("元", {"amount"})


def test_a_cell_with_another_unit_is_converted(clean: Clean) -> None:
    (table,) = clean(f"{_TITLE}\n单位：万元\n\n{_TABLE.replace('|50.50', '|505000元')}")
    assert [cell.number for cell in table.rows[0].cells] == [Decimal("950.50"), Decimal("900.00"), Decimal("50.5")]


def test_the_unit_in_the_header_of_the_names(clean: Clean) -> None:
    (table,) = clean(f"{_TITLE}\n\n{_TABLE.replace('科目名称', '科目名称（单位：千元）')}")
    assert table.unit == "千元"


@pytest.mark.parametrize("head", ["起止年限", "实施期限", "开工日期"])
def test_years_of_a_project_are_no_amounts(clean: Clean, head: str) -> None:
    (table,) = clean(
        f"项目支出表\n单位：万元\n\n项目名称|{head}|金额\n防灾宣传|2026|12\n应急物资|2027|86.5\n合计||98.5\n"
    )
    assert [cell.value_type for cell in table.rows[0].cells] == ["quantity", "amount"]


def test_a_remark_behind_an_amount_is_no_part_of_it(clean: Clean) -> None:
    (table,) = clean(f"{_TITLE}\n单位：万元\n\n{_TABLE.replace('950.50', '950.50（含上年结转50.50）')}")
    assert [cell.number for cell in table.rows[0].cells] == [Decimal("950.50"), Decimal("900.00"), Decimal("50.50")]


def test_rows_of_counts_hold_no_amounts(clean: Clean) -> None:
    (table,) = clean(
        "“三公”经费及相关信息表\n单位：万元\n\n项目|2025年预算|2026年预算\n公务接待费|2.60|2.20\n其中：国内接待批次（批）|26|22\n"
        "国内接待人次|260|220\n公务用车运行维护费|16.00|15.00\n公务用车保有量（辆）|4|4\n"
    )
    assert [row.cells[0].value_type for row in table.rows] == ["amount", "quantity", "quantity", "amount", "quantity"]


def test_columns_of_money_hold_amounts_in_rows_of_counts_too(clean: Clean) -> None:
    (table,) = clean(
        "公务接待情况表\n单位：万元\n\n项目|数量|预算金额\n国内接待批次（批）|26|2.60\n国内接待人次|260|2.60\n"
    )
    assert [cell.value_type for cell in table.rows[0].cells] == ["quantity", "amount"]


def test_rows_with_a_unit_of_their_own(clean: Clean) -> None:
    (table,) = clean(
        "部门支出情况表\n单位：万元\n\n项目|2026年预算\n基本支出|880.00\n其中：维修（元）|26,000\n人均公用经费（元）|2,500\n预算执行率（%）|98.60\n"
    )
    cells = [row.cells[0] for row in table.rows]
    assert [cell.value_type for cell in cells] == ["amount", "amount", "quantity", "percent"]
    assert (cells[1].number, cells[2].number) == (Decimal("2.6"), Decimal(2500))


def test_a_row_of_units_below_the_header(clean: Clean) -> None:
    (table,) = clean(
        "项目支出表\n\n项目名称|救助人数|预算金额|占比\n|人|万元|%\n城乡低保|12600|8640.50|86.2\n临时救助|860|320|3.2\n"
    )
    assert [(column.path, column.unit) for column in table.columns][2] == ("预算金额/万元", "万元")
    assert [cell.value_type for cell in table.rows[0].cells] == ["quantity", "amount", "percent"]


@pytest.mark.parametrize(
    "foot",
    [
        "填报日期：2026年1月28日\n金额单位：千元（保留两位小数）",
        "2026年1月28日\n单位：千元",
        "制表人：张三　审核人：李四\n填报日期：2026-01-28\n（单位：千元）",
        "填报日期：2026年1月28日　　单位：千元",
        "- 3 -\n单位：千元",
    ],
)
def test_the_unit_below_dates_and_signatures(clean: Clean, foot: str) -> None:
    (table,) = clean(f"{_TITLE}\n\n{_TABLE}\n{foot}\n")
    assert table.unit == "千元"


def test_the_unit_below_a_date_may_be_that_of_the_next_table(clean: Clean) -> None:
    first, second = clean(
        f"{_TITLE}\n\n{_TABLE}\n填报日期：2026年1月28日\n单位：元\n\n政府采购预算表\n\n品目|数量|金额\n复印纸|5|20\n"
    )
    assert (first.unit, second.unit) == (None, "元")


def test_the_unit_in_the_header_of_the_pages(clean: Clean) -> None:
    (table,) = clean(f"{_TITLE}\n\n{_TABLE}\n正文。\n页眉：某所2026年单位预算 金额单位：千元\n")
    assert table.unit == "千元"


def test_each_line_may_name_its_unit_in_a_column(clean: Clean) -> None:
    lines = "事业收入|万元|5.00\n其他收入|元|300.00\n在职人数|人|35\n科目代码|万元|3010101\n人均经费|元|18,600\n"
    (table,) = clean(f"收支总表\n\n项目|计量单位|预算数\n{lines}")
    cells = [row.cells[-1] for row in table.rows]
    assert (table.unit, {row.subordinate_unit for row in table.rows}) == ("万元", {None})
    assert [(cell.value_type, cell.number) for cell in cells] == [
        ("amount", Decimal("5.00")),
        ("amount", Decimal("0.03")),
        ("quantity", Decimal(35)),
        ("text", None),
        ("amount", Decimal("1.86")),
    ]


def test_a_unit_beside_a_quantity_is_that_of_the_quantity(clean: Clean) -> None:
    (table,) = clean("政府采购预算表\n单位：万元\n\n采购项目|数量|单位|单价|金额\n台式计算机|10|台|0.50|5.00")
    assert [cell.value_type for cell in table.rows[0].cells] == ["quantity", "text", "amount", "amount"]


def test_other_money_is_not_converted(clean: Clean) -> None:
    (table,) = clean("项目支出表\n单位：万元\n\n项目名称|金额（万美元）|金额（万元）\n援外培训|10.00|71.00")
    assert [(cell.value_type, cell.number) for cell in table.rows[0].cells] == [
        ("quantity", Decimal("10.00")),
        ("amount", Decimal("71.00")),
    ]
    assert [column.unit for column in table.columns] == [None, "万美元", "万元"]


@pytest.mark.parametrize("amount", ["伍佰万元整", "5百万元", "人民币伍佰万元"])
def test_an_amount_may_be_written_out(clean: Clean, amount: str) -> None:
    (table,) = clean(f"{_TITLE}\n单位：万元\n\n科目名称|合计\n教育|{amount}\n卫生|2.00\n")
    assert table.rows[0].cells[0].number == 500


@pytest.mark.parametrize(("printed", "number"), [("2.00（减）", "-2.00"), ("2.00。", "2.00"), ("升2.00", "2.00")])
def test_a_sign_or_a_stop_may_stand_behind_an_amount(clean: Clean, printed: str, number: str) -> None:
    (table,) = clean(f"{_TITLE}\n单位：万元\n\n科目名称|合计|增减额\n教育|5.00|{printed}\n卫生|2.00|1.00\n")
    cell = table.rows[0].cells[1]
    assert (cell.printed, cell.number, cell.value_type) == (printed, Decimal(number), "amount")


def test_a_unit_in_the_corner_heads_codes(clean: Clean) -> None:
    (table,) = clean(f"{_TITLE}\n\n{_TABLE.replace('科目编码', '单位：千元')}")
    assert (table.unit, table.rows[0].code, len(table.rows[0].cells)) == ("千元", "201", 3)


def test_a_sheet_may_be_called_with_its_unit(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "支出表（千元）"
    for row in (["某局2026年部门预算"], ["一般公共预算支出表"], ["科目编码", "科目名称", "合计"], [201, "教育", 3]):
        workbook.active.append(row)
    workbook.save(tmp_path / "预算.xlsx")
    document = convert(tmp_path / "预算.xlsx")
    assert [table.unit for table in clean_tables(document, outline(document))] == ["千元"]
