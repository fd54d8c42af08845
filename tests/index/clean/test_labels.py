"""Cut-off labels are completed, other wordings are left alone, the printed label stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_ECONOMIC = "一般公共预算基本支出表\n单位：万元\n\n科目编码|科目名称|合计|人员经费|公用经费\n"


def _labels(table: CleanTable) -> list[tuple[str, str]]:
    return [(row.label, row.printed_label) for row in table.rows]


def test_labels_as_wide_as_the_column_are_completed_by_code(clean: Clean) -> None:
    (table,) = clean(
        _ECONOMIC
        + "30108|机关事业单位基本|1.00|1.00|\n30299|其他商品和服务支|1.00||1.00\n30111|公务员医疗补助|1.00|1.00|"
    )
    assert _labels(table) == [
        ("机关事业单位基本养老保险缴费", "机关事业单位基本"),
        ("其他商品和服务支出", "其他商品和服务支"),
        ("公务员医疗补助", "公务员医疗补助"),
    ]


def test_another_wording_is_kept(clean: Clean) -> None:
    (table,) = clean(_ECONOMIC + "30102|规范性津补贴|1.00|1.00|\n30213|维修(护)费|1.00||1.00")
    assert _labels(table) == [("规范性津补贴", "规范性津补贴"), ("维修(护)费", "维修(护)费")]


def test_a_label_torn_by_a_line_break_is_glued_and_not_lengthened(clean: Clean) -> None:
    (table,) = clean(_ECONOMIC + "30109|职业年 金缴费|1.00|1.00|\n30201|办公费|1.00||1.00")
    assert table.rows[0].label == "职业年金缴费"
    assert table.rows[0].printed_label == "职业年 金缴费"


def test_the_documents_own_longer_name_completes_another_tables_label(clean: Clean) -> None:
    text = "支出总表\n\n科目编码|科目名称|合计|基本支出|项目支出\n"
    first, second = clean(
        text + "2010399|其他政府办公厅及相关机构事务支出|1.00||1.00\n201|一般公共服务支出|1.00||1.00\n\n"
        "一般公共预算支出表\n\n科目编码|科目名称|合计|基本支出|项目支出\n2010399|其他政府办公厅及相关|1.00||1.00\n"
        "201|一般公共服务支出|1.00||1.00"
    )
    assert first.rows[0].label == second.rows[0].label == "其他政府办公厅及相关机构事务支出"


def test_a_cut_category_is_called_what_its_projects_begin_with(clean: Clean) -> None:
    (table,) = clean(
        "项目支出表\n单位：万元\n\n项目编码|项目名称|项目单位|合计|一般公共预算\n|||6.00|6.00\n"
        "1101|基本||1.00|1.00\n42130000000001|基本 工资|某某局|1.00|1.00\n"
        "1102|信息||2.00|2.00\n42130000000002|信息化建设|某某局|1.00|1.00\n42130000000003|信息化运维|某某局|1.00|1.00\n"
        "22|其他||3.00|3.00\n42130000000004|专线费|某某局|3.00|3.00"
    )
    categories = [row.label for row in table.rows if row.code_system == "项目类别"]
    assert categories == ["基本工资", "信息化", "其他"]


def test_ordinals_are_no_part_of_a_label(clean: Clean) -> None:
    (table,) = clean(
        "财政拨款收支总表\n\n收入||支出|\n项目|预算数|项目|预算数\n一、本年收入|5.00|一、本年支出|5.00\n"
        "（一）一般公共预算拨款|5.00|(廿一) 预备费|5.00\n"
        "1.其中：上级补助|1.00|（二）其他支出|0.00\n收入总计|5.00|支出总计|5.00"
    )
    assert [row.label for row in table.rows] == [
        "本年收入", "本年支出", "一般公共预算拨款", "预备费", "上级补助", "其他支出", "收入总计", "支出总计",
    ]  # fmt: skip
    assert [row.parent for row in table.rows if row.side == "收入"] == ["4I", "1I", "2I", None]


@pytest.mark.parametrize("mark", ["*", "①", "[注2]", "（注）", "※", " [1]"])
def test_marks_behind_names_and_codes_are_no_part_of_them(clean: Clean, mark: str) -> None:
    (table,) = clean(
        "一般公共预算支出表\n单位：万元\n\n科目编码|科目名称|合计|基本支出|项目支出\n"
        f"201{mark}|一般公共服务支出|9.00|9.00|\n20101|人大事务{mark}|9.00|9.00|\n"
    )
    assert [(row.code, row.label) for row in table.rows] == [("201", "一般公共服务支出"), ("20101", "人大事务")]
    assert table.rows[1].printed_label == f"人大事务{mark}"


def test_the_code_of_an_item_beside_a_purchase_names_no_purchase(clean: Clean) -> None:
    purchases, spending = clean(
        "政府采购预算表\n单位：元\n科目编码|单位编码|采购项目|采购目录|数量|金额\n"
        "2101505|245001某市医疗保障局||||5000\n2101505||医疗保障政策管理系统|C0206运行维护服务|1|3000\n"
        "2101505||审计|C0803审计服务|1|2000\n\n"
        "一般公共预算支出表\n单位：元\n科目编码|科目名称|合计\n210|卫生健康支出|9\n2101505|医疗保障政策管理|9\n|合计|9\n"
    )
    assert [row.label for row in purchases.rows] == ["某市医疗保障局", "医疗保障政策管理系统", "审计"]
    assert [row.label for row in spending.rows][1] == "医疗保障政策管理"
