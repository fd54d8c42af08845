"""Kinds of tables that other places publish beside the usual ones, and their wordings; all figures are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

One = Callable[[str], CleanTable]

_BY_FUNCTION = """科目编码|科目名称|合计|基本支出|项目支出
201|一般公共服务支出|73.20|53.20|20.00
20106|财政事务|73.20|53.20|20.00
"""
_TWO_SIDED = "收入||支出|\n项目|预算数|项目|预算数\n本年收入|73.20|本年支出|73.20\n收入总计|73.20|支出总计|73.20"


def _measures(table: CleanTable) -> dict[str, str]:
    return {column.path: column.measure for column in table.columns if column.measure}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("财政专户管理资金预算支出表", "其他资金支出表"),
        ("单位资金支出预算表", "其他资金支出表"),
        ("社会保险基金预算支出表", "其他资金支出表"),
        ("财政拨款上年结转资金支出表", "其他资金支出表"),
        ("部门预算政府基金预算财政拨款支出表", "政府性基金预算支出表"),
        ("支出预算分类汇总表（按政府预算经济分类）", "支出总表"),
        ("部门支出预算明细表", "支出总表"),
        ("上级补助支出预算表", "其他资金支出表"),
        ("纳入预算管理的非税收入拨款支出预算表", "其他资金支出表"),
        ("一般公共预算支出预算明细表（按支出功能分类和经济分类科目）", "一般公共预算支出表"),
        ("一般公共预算支出表（不含上年结转）", "一般公共预算支出表"),
        ("一般公共预算基本支出表--人员经费(工资福利支出)（按部门预算经济分类）", "基本支出总表"),
    ],
)
def test_a_table_by_function_is_of_the_money_that_its_title_names(clean_one: One, title: str, kind: str) -> None:
    table = clean_one(f"{title}\n单位：万元\n{_BY_FUNCTION}")
    assert (table.kind, table.title, table.unit) == (kind, title, "万元")
    assert _measures(table)["合计"] == "合计"


@pytest.mark.parametrize(
    ("text", "kind", "measures"),
    [
        (
            "政府购买服务支出预算表\n单位：万元\n填报单位|购买服务内容|购买服务目录代码|预算金额\n审计局|审计服务|C0801|30.00",
            "政府购买服务表",
            {"预算金额": "预算金额"},
        ),
        (
            "部门专项资金管理清单目录\n单位：万元\n序号|专项资金名称|资金额度|分配办法\n1|商务发展资金|300.00|因素法",
            "专项资金表",
            {"资金额度": "金额"},
        ),
        (
            "市对下转移支付预算表\n单位：万元\n单位名称（项目）|合计|一般公共预算\n审计局|30.00|30.00\n以奖代补|30.00|30.00",
            "转移支付表",
            {"合计": "合计"},
        ),
        (
            "会议费预算明细表\n单位：万元\n序号|会议名称|时间|人数|金额\n1|审计工作会|2025年3月|50|1.50",
            "费用明细表",
            {"时间": "时间", "人数": "人数", "金额": "金额"},
        ),
        (
            "新增资产配置表\n单位：元\n单位名称|资产名称|数量|单价|金额\n审计局|台式机|5|5000.00|25000.00",
            "资产情况表",
            {"数量": "数量", "单价": "单价", "金额": "金额"},
        ),
        (
            "单位名称|编制人数||实有人数||离退休人员\n|小计|行政|小计|行政|\n合计|60|40|58|39|7\n某局|60|40|58|39|7",
            "人员情况表",
            {"编制人数/小计": "编制人数", "实有人数/小计": "实有人数", "离退休人员": "离退休人数"},
        ),
        (
            "非税收入征收计划表\n单位：万元\n收入项目编码|收入项目名称|2025年计划数|上年执行数\n103|非税收入|50.00|45.00",
            "非税收入表",
            {"2025年计划数": "计划数", "上年执行数": "执行数"},
        ),
        (
            "政府债务情况表\n单位：万元\n项目|限额|余额\n一般债务|120.00|100.00\n专项债务|60.00|50.00",
            "政府债务表",
            {"限额": "限额", "余额": "余额"},
        ),
        (
            "部门预算单位基本情况表\n单位名称|编制数|实有人数\n审计局|60|58\n审计中心|20|19",
            "人员情况表",
            {"编制数": "编制人数", "实有人数": "实有人数"},
        ),
        (
            "工资福利支出预算表\n单位：万元\n科目编码|科目名称|合计|基本工资\n201|一般公共服务支出|60.00|60.00",
            "费用明细表",
            {"合计": "金额"},
        ),
        (
            f"预算收支平衡表\n单位：万元\n{_TWO_SIDED}",
            "收支总表",
            {"收入/预算数": "预算数", "支出/预算数": "预算数"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith("表") and "\n" not in value else "",
)
def test_tables_beside_the_usual_ones_have_kinds_of_their_own(
    clean_one: One, text: str, kind: str, measures: dict[str, str]
) -> None:
    table = clean_one(text)
    assert (table.kind, _measures(table)) == (kind, measures)


@pytest.mark.parametrize("title", ["专项资金绩效目标表", "政府购买服务绩效目标表", "转移支付绩效目标表"])
def test_goals_of_such_money_are_goals(clean_one: One, title: str) -> None:
    assert clean_one(f"{title}\n项目名称|年度目标\n某专项|完成审计项目").kind == "绩效目标表"


def test_the_total_over_all_funds_is_the_total(clean_one: One) -> None:
    table = clean_one("""支出经济分类汇总表
        单位：万元
        科目编码|科目名称|合计|一般公共预算||政府性基金预算
        |||小计|财政拨款|
        301|工资福利支出|90.00|60.00|60.00|30.00""")
    assert _measures(table) == {"合计": "合计"}


def test_basic_expenditure_of_a_fund_is_not_its_total(clean_one: One) -> None:
    table = clean_one("""国有资本经营预算支出表
        单位：万元
        科目编码|科目名称|合计|基本支出|||项目支出
        |||小计|人员经费|公用经费|
        223|国有资本经营预算支出|90.00|60.00|50.00|10.00|30.00""")
    assert _measures(table) == {
        "合计": "合计", "基本支出/小计": "基本支出", "基本支出/人员经费": "人员经费",
        "基本支出/公用经费": "公用经费", "项目支出": "项目支出",
    }  # fmt: skip


def test_codes_of_another_classification_are_no_figures(clean_one: One) -> None:
    table = clean_one("""政府采购预算表
        单位：元
        采购项目|采购目录|数量|部门预算支出经济科目编码|政府预算支出经济科目编码|预算金额
        年会|C0602展览服务|1|302|502|150000.00""")
    assert {cell.printed: cell.value_type for cell in table.rows[0].cells}["502"] == "text"


def test_uses_by_an_economic_classification_may_be_headed_without_the_word_item(
    clean: Callable[[str], tuple[CleanTable, ...]],
) -> None:
    tables = clean("""部门收支总表
        单位：万元
        收入||支出||||
        项目|预算数|项目（按功能分类）|预算数|项目（按部门预算经济分类）|预算数
        一、财政拨款|100.00|一、一般公共服务支出|100.00|一、工资福利支出|60.00
        ||||二、商品和服务支出|40.00
        收入总计|100.00|支出总计|100.00|支出总计|100.00""")
    assert [table.kind for table in tables] == ["收支总表", "支出经济分类表"]


def test_running_costs_of_cars_stand_under_all_costs_of_cars(clean_one: One) -> None:
    table = clean_one("""一般公共预算“三公”经费支出表
        单位：万元
        项目|2024年预算数|2025年预算数
        合计|9.00|8.00
        公务接待费|4.00|3.00
        公务用车购置及运行维护费|5.00|5.00
        其中：公务用车购置费|0.00|0.00
        公务用车运行维护费|5.00|5.00""")
    labels = {row.key: row.label for row in table.rows}
    assert labels[table.rows[-1].parent or ""] == "公务用车购置及运行维护费"
