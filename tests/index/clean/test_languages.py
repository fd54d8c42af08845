"""Headers and names in two languages are read by the Chinese."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.languages import chinese_part
from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]


@pytest.mark.parametrize(
    ("code", "name", "total"),
    [("科目编码 كود", "科目名称 تۈر نامى", "合计 جەمئىي"), ("科目编码 རྩིས་ཨང་།", "科目名称 མིང་།", "合计 བསྡོམས།"),
     ("科目编码 Code", "科目名称 Name of Item", "合计 (Total)"), ("科目编码 ᠺᠣᠳ᠋", "科目名称 ᠨᠡᠷ᠎ᠡ", "合计 ᠪᠦᠭᠦᠳᠡ"),
     ("科目编码 코드", "科目名称 과목 명칭", "合计 합계")],
)  # fmt: skip
def test_the_kind_and_the_codes(clean: Clean, code: str, name: str, total: str) -> None:
    header = f"{code}|{name}|{total}|基本支出|项目支出"
    (table,) = clean(f"一般公共预算支出表 چىقىمى\n单位：万元\n\n{header}\n20123|民族事务 མི་རིགས།|555.50|515.10|40.40\n")
    (row,) = table.rows
    assert (table.kind, table.title) == ("一般公共预算支出表", "一般公共预算支出表")
    assert (row.code, row.label, [cell.printed for cell in row.cells]) == (
        "20123",
        "民族事务",
        ["555.50", "515.10", "40.40"],
    )


@pytest.mark.parametrize("text", ["LED 显示屏", "Oracle RAC 扩容", "WPS Office", "GDP增速（%）", "合计"])
def test_latin_words_that_are_no_translation_stay(text: str) -> None:
    assert chinese_part(text) == text


def test_a_header_row_that_repeats_the_one_above_is_dropped(clean: Clean) -> None:
    (table,) = clean(
        "一般公共预算支出表\n单位：万元\n\n科目编码|科目名称|合计|基本支出|项目支出\nكود|تۈر نامى|جەمئىي|چىقىم|تۈر\n"
        "20123|民族事务|555.50|515.10|40.40\n"
    )
    assert (table.header_rows, [row.code for row in table.rows]) == (1, ["20123"])


@pytest.mark.parametrize(
    ("english", "unit"),
    [("Summary of Revenue and Expenditure", "单位：万元 Unit: RMB 10,000"),
     ("Statement 2 Revenue", "金额单位：万元 (in RMB 10,000)"), ("Budget 2026", "单位 Unit：万元")],
)  # fmt: skip
def test_a_caption_in_two_languages(clean: Clean, english: str, unit: str) -> None:
    (table,) = clean(
        f"财政拨款收支总表\n{english}\n部门 Department：云岭市博物馆\n{unit}\n\n"
        "项目 Item|2026年预算数 Budget 2026|项目 Item|2026年预算数 Budget 2026\n"
        "一、一般公共预算拨款 General budget|5.00|一、教育支出 Education|5.00\n收入总计 Total|5|支出总计 Total|5\n"
    )
    assert (table.kind, table.unit, table.owner) == ("财政拨款收支总表", "万元", "云岭市博物馆")
    assert table.columns[1].path.endswith("2026年预算数")


def test_a_translation_beside_the_name_of_the_total_is_no_name(clean: Clean) -> None:
    (table,) = clean(
        "支出总表\n单位：万元\n\n科目编码 Code|科目名称 Item|合计 Total\n20113|商贸事务 Commerce|5\n"
        "20131|党委办公厅（室）及相关机构事务 Office|2\n"
        "合计|Total|7\n"
    )
    assert [(row.label, row.is_total) for row in table.rows] == [
        ("商贸事务", False),
        ("党委办公厅（室）及相关机构事务", False),
        ("合计", True),
    ]


def test_under_a_header_in_two_languages_some_names_may_lack_the_second(clean: Clean) -> None:
    (table,) = clean(
        "支出总表\n单位：万元\n\n科目编码 Code|科目名称 Item|合计 Total\n"
        "201|一般公共服务支出 General public services|5\n20113|商贸事务|5\n2011301|行政运行|5\n"
    )
    assert [row.label for row in table.rows] == ["一般公共服务支出", "商贸事务", "行政运行"]


def test_a_title_in_two_languages_may_have_a_stroke_between_them() -> None:
    assert chinese_part("基本支出表 / ئاساسىي چىقىم", is_head=True) == "基本支出表"


def test_a_total_in_two_languages_under_a_header_of_two_rows(clean: Clean) -> None:
    (table,) = clean(
        "支出总表\n单位：万元\n\n科目编码|科目名称|合计\nCode|Item|Total\n20113|商贸事务|5\n"
        "20114|知识产权事务|2\n合计 Total||7\n"
    )
    assert [(row.label, row.is_total) for row in table.rows][-1] == ("合计", True)


def test_a_header_row_may_stand_in_another_language_above(clean: Clean) -> None:
    (table,) = clean("一般公共预算支出表\n单位：万元\n\nCode|Item|Total\n科目编码|科目名称|合计\n201|教育|5.00\n")
    assert [column.path for column in table.columns] == ["科目编码", "科目名称", "合计"]
