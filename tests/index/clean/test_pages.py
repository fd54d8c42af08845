"""What a page break split is joined, what only stands together is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_HEADER = "科目编码|科目名称|合计|基本支出|项目支出"
_FIRST = f"支出总表\n\n{_HEADER}\n|合计|3.00|1.00|2.00\n201|一般公共服务支出|2.00||2.00\n"


def test_rows_behind_a_blank_line_go_on(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n208|社会保障和就业支出|1.00|1.00|\n")
    assert [row.code for row in table.rows] == [None, "201", "208"]


def test_a_page_number_between_is_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n— 9 —\n\n208|社会保障和就业支出|1.00|1.00|\n")
    assert len(table.rows) == 3


def test_a_page_number_inside_the_grid_is_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + "— 9 —||||\n208|社会保障和就业支出|1.00|1.00|\n")
    assert [row.code for row in table.rows] == [None, "201", "208"]


def test_a_repeated_header_is_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + f"\n{_HEADER}\n208|社会保障和就业支出|1.00|1.00|\n")
    assert [row.code for row in table.rows] == [None, "201", "208"]
    assert len(table.grid) == 4


def test_a_repeated_title_and_header_are_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + f"\n支出总表\n\n{_HEADER}\n208|社会保障和就业支出|1.00|1.00|\n")
    assert len(table.rows) == 3


def test_a_row_short_of_its_last_cell_goes_on(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n208|社会保障和就业支出|1.00|1.00\n")
    last = table.rows[-1].cells
    assert [cell.printed for cell in last] == ["1.00", "1.00", ""]
    assert last[2].value_type == "blank"


def test_another_title_begins_another_table(clean: Clean) -> None:
    tables = clean(_FIRST + "\n政府性基金预算支出表||||\n" + _HEADER + "\n212|城乡社区支出|1.00|1.00|\n")
    assert [table.kind for table in tables] == ["支出总表", "政府性基金预算支出表"]


def test_prose_between_keeps_tables_apart(clean: Clean) -> None:
    assert len(clean(_FIRST + "\n以上为上级项目，以下为本级项目。\n\n208|社会保障和就业支出|1.00|1.00|\n")) == 2


def test_a_label_torn_by_the_page_break_is_put_together(clean: Clean) -> None:
    (table,) = clean(_FIRST + "208|社会保障|1.00|1.00|\n\n- 3 -\n\n|和就业支出|||\n210|卫生健康支出|||\n")
    assert [(row.code, row.label) for row in table.rows[2:]] == [("208", "社会保障和就业支出"), ("210", "卫生健康支出")]


def test_halves_are_put_together_where_one_is_torn(clean: Clean) -> None:
    (table,) = clean(
        "收支总表\n\n收入||支出|\n项目|预算数|项目|预算数\n一、事业收入|1.00|一、教育支出|1.00\n"
        "二、其他收入||二、文化旅游体育\n\n||与传媒支出|\n收入总计|1.00|支出总计|1.00\n"
    )
    assert [row.label for row in table.rows if row.side == "支出"] == ["教育支出", "文化旅游体育与传媒支出", "支出总计"]


def test_a_row_of_its_own_is_no_rest(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n|其他|1.00||\n208|社会保障和就业支出|||\n")
    assert [row.label for row in table.rows[2:]] == ["其他", "社会保障和就业支出"]


def test_rows_without_amounts_at_the_top_of_a_page_are_no_header(clean: Clean) -> None:
    (table,) = clean(
        "收支总表\n\n收入||支出|\n项目|预算数|项目|预算数\n一、事业收入|1.00|一、教育支出|1.00\n\n"
        "上年结转结余||年终结转结余|\n收入总计|1.00|支出总计|1.00\n"
    )
    assert [row.label for row in table.rows if row.side == "收入"] == ["事业收入", "上年结转结余", "收入总计"]


@pytest.mark.parametrize(
    "sums",
    [
        ("本页小计", "承前页"), ("本页合计", "承上页"), ("过次页", "承前页合计"), ("转下页", "接上页"),
        ("小计（本页）", "接上页"), ("小计（转下页）", "合计（承前页）"), ("本页合计数", "结转上页"),
    ],
)  # fmt: skip
def test_sums_carried_from_page_to_page_are_no_rows(clean: Clean, sums: tuple[str, str]) -> None:
    header = "项目名称|合计|一般公共预算\n"
    first = f"项目支出表\n单位：万元\n\n{header}救助经费|12.50|12.50\n{sums[0]}|12.50|12.50\n"
    second = f"{header}{sums[1]}|12.50|12.50\n宣传经费|6.60|6.60\n{sums[0]}|6.60|6.60\n总计|19.10|19.10\n"
    (table,) = clean(f"{first}\n- 1 -\n\n项目支出表（续）\n单位：万元\n\n{second}")
    assert [row.label for row in table.rows] == ["救助经费", "宣传经费", "总计"]


def test_indicators_of_a_form_go_on_under_the_title_printed_again(clean: Clean) -> None:
    first = (
        "项目绩效目标表|||||\n项目名称|||湿地修复||\n总体目标|||修复湿地。||\n绩效指标|一级指标|二级指标|三级指标|指标值|\n"
        "|产出指标|数量指标|修复面积|≥400亩|\n"
    )
    second = "\n项目绩效目标表\n\n绩效指标|效益指标|经济效益指标|带动收入|≥2万元|\n|||带动就业|≥9人|\n"
    tables = [table for table in clean(first + second) if table.kind == "绩效指标表"]
    assert [row.label for table in tables for row in table.rows] == ["修复面积", "带动收入", "带动就业"]
    assert {table.subject for table in tables} == {"湿地修复"}


def test_two_cells_torn_in_one_row_are_put_together(clean: Clean) -> None:
    (table,) = clean(
        "收支总表\n\n收入||支出|\n项目|预算数|项目|预算数\n一、财政|1.00|一、社会保障|1.00\n\n拨款||和就业支出|\n"
        "收入总计|1.00|支出总计|1.00\n"
    )
    assert [row.label for row in table.rows][:2] == ["财政拨款", "社会保障和就业支出"]


def test_what_a_page_break_tore_off_amounts_and_names_is_put_together(clean: Clean) -> None:
    first = _FIRST + "20805|机关事业单位基本养老保|1,300,|5|\n\n— 3 —\n\n"
    (table,) = clean(first + "|险缴费支出|000.00|.00|7.00\n210|卫生健康支出|1.00||\n")
    assert [cell.printed for cell in table.rows[2].cells] == ["1,300,000.00", "5.00", "7.00"]
    assert table.rows[2].label == "机关事业单位基本养老保险缴费支出"


def test_rows_without_a_code_behind_a_page_break_are_rows(clean: Clean) -> None:
    head = "支出总表\n\n科目名称|合计|基本支出\n一、社会保障和就业支出||\n"
    (table,) = clean(head + "\n行政运行|3.00|3.00\n社会福利|2.00|\n")
    assert [row.label for row in table.rows] == ["社会保障和就业支出", "行政运行", "社会福利"]


def test_a_part_may_be_headed_as_one(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n续表\n\n208|社会保障和就业支出|1.00|1.00|\n")
    assert [row.code for row in table.rows] == [None, "201", "208"]


def test_a_list_of_projects_and_their_amounts_goes_on_under_its_header(clean: Clean) -> None:
    head = "项目名称|金额\n"
    (table,) = clean(f"项目支出表\n单位：元\n\n{head}养老补贴|8.00\n殡葬改革|2.00\n\n{head}社区治理|3.00\n")
    assert [row.label for row in table.rows] == ["养老补贴", "殡葬改革", "社区治理"]
