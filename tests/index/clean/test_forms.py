"""Forms made of blocks: 部门整体支出绩效目标申报表 and its like."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_FORM = (
    "部门整体支出绩效目标申报表|||||\n(2025年度)|||||\n部门名称|某某区文化局||||\n填报人|某人|联系电话|0000-000||\n"
    "部门职能概述|负责文化工作。||||\n人员情况|在职人员 (A+B)||在编人员 (A)||\n|30||28||\n"
    "|总体资金情况||2025年预算金额 (C)||\n|财政拨款|90.00|2024年预算金额 (D)|80.00|\n|||预算增减变化 (C-D)|10.00|\n\n"
    "资金情况 (万元)|收入构成|其他资金|1|2|-1\n||合计|91.00|82.00|9.00\n|支出构成|基本支出|60.00|52.00|8.00\n"
    "||项目支出|31.00|30.00|1.00\n||合计|91.00|82.00|9.00\n"
    "年度整体绩效总目标|办好演出。||||\n年度绩效指标|一级指标|二级指标|三级指标|年初目标值|备注\n"
    "|产出指标|数量指标|演出场次|20场|\n|观众人次|5万|||\n"
    "一级指标|二级指标|三级指标|年初目标值|备注|\n年度绩效指标|社会效益|群众满意度|满意||\n"
)


@pytest.fixture(scope="module")
def parts(clean: Clean) -> dict[tuple[str, str], CleanTable]:
    return {(table.kind, table.title): table for table in clean(_FORM)}


def test_goals_and_duties_are_one_row_of_the_department(parts: dict[tuple[str, str], CleanTable]) -> None:
    goals = parts["绩效目标表", "部门整体支出绩效目标申报表"]
    (row,) = goals.rows
    assert (row.label, goals.subject) == ("部门整体", "部门整体")
    assert {column.measure: cell.printed for column, cell in zip(goals.columns[1:], row.cells, strict=True)} == {
        "职能概述": "负责文化工作。",
        "年度绩效目标": "办好演出。",
    }


def test_torn_amounts_are_put_together_by_reading_order(parts: dict[tuple[str, str], CleanTable]) -> None:
    money = parts["绩效资金表", "资金情况"]
    assert money.unit == "万元"
    assert [column.path for column in money.columns] == [
        "方向",
        "项目",
        "2025年预算金额",
        "2024年预算金额",
        "预算增减变化",
    ]
    assert [(row.side, row.label, [str(cell.number) for cell in row.cells]) for row in money.rows] == [
        ("收入", "财政拨款", ["90.00", "80.00", "10.00"]),
        ("收入", "其他资金", ["1", "2", "-1"]),
        ("收入", "合计", ["91.00", "82.00", "9.00"]),
        ("支出", "基本支出", ["60.00", "52.00", "8.00"]),
        ("支出", "项目支出", ["31.00", "30.00", "1.00"]),
        ("支出", "合计", ["91.00", "82.00", "9.00"]),
    ]
    assert [row.is_total for row in money.rows] == [False, False, True, False, False, True]


def test_counts_stand_under_their_labels(parts: dict[tuple[str, str], CleanTable]) -> None:
    people = parts["其他表", "人员情况"]
    assert [(row.label, row.cells[0].printed, row.cells[0].value_type) for row in people.rows] == [
        ("在职人员", "30", "quantity"),
        ("在编人员", "28", "quantity"),
    ]


def test_indicators_go_on_behind_the_page_break(parts: dict[tuple[str, str], CleanTable]) -> None:
    indicators = parts["绩效指标表", "部门整体支出绩效目标申报表"]
    assert [[row.label, *(cell.printed for cell in row.cells)] for row in indicators.rows] == [
        ["演出场次", "产出指标", "数量指标", "20场", ""],
        ["观众人次", "产出指标", "数量指标", "5万", ""],
        ["群众满意度", "", "社会效益", "满意", ""],
    ]


def test_the_rest_is_kept_and_not_interpreted(parts: dict[tuple[str, str], CleanTable]) -> None:
    rest = parts["其他表", "部门整体支出绩效目标申报表：基本信息"]
    assert [(row.label, row.cells[0].printed) for row in rest.rows] == [
        ("部门名称", "某某区文化局"), ("填报人", "某人"), ("联系电话", "0000-000"),
    ]  # fmt: skip


def test_a_projects_form_is_about_the_project(clean: Clean) -> None:
    tables = clean(
        "项目绩效目标表|||||\n项目名称|古籍修复||||\n项目类型|常年项目||||\n年度目标|修复一百册。||||\n"
        "绩效指标|一级指标|二级指标|三级指标|指标值|备注\n|产出指标|数量指标|修复册数|100册|"
    )
    assert {table.subject for table in tables} == {"古籍修复"}


def test_an_ordinary_table_is_no_form(clean: Clean) -> None:
    (table,) = clean("某某统计表\n\n名称|数量\n甲|1\n乙|2")
    assert table.kind == "其他表" and table.subject is None
    assert table.grid == (("名称", "数量"), ("甲", "1"), ("乙", "2"))


_TASKS = (
    "部门整体支出绩效目标表|||||\n(2025年度)|||||\n部门（单位）名称|某某区文化局||||\n"
    "年度主要任务|任务名称|主要内容|预算金额（万元）||\n|||总额|财政拨款|其他资金\n"
    "|保运转|保障人员薪酬|30.50|30.50|\n|办展览|办好全年展览|12|10|2\n|金额合计||42.50|40.50|2\n"
    "年度总体目标|办好演出。||||\n"
    "年度绩效指标|一级指标|二级指标|三级指标|指标值|备注\n|产出指标|数量指标|演出场次|20场|\n"
)


def test_tasks_of_the_year_are_a_table_with_all_their_amounts(clean: Clean) -> None:
    parts = {table.title: table for table in clean(_TASKS)}
    tasks = parts["部门整体支出绩效目标表：年度主要任务"]
    assert tasks.unit == "万元"
    assert [(row.label, row.is_total, [cell.printed for cell in row.cells[1:]]) for row in tasks.rows] == [
        ("保运转", False, ["30.50", "30.50", ""]),
        ("办展览", False, ["12", "10", "2"]),
        ("金额合计", True, ["42.50", "40.50", "2"]),
    ]


def _project_form(unit: str, amount: str, limit: str) -> str:
    return (
        "\n项目绩效目标表|||||\n项目名称|||公车统管||\n主管部门|||某某区文化局|实施单位|" + unit + "\n"
        f"项目资金（万元）|||年度预算资金总额：|{amount}|\n|||其中：财政拨款|{amount}|\n总体目标|保障公务出行。||||\n"
        f"|一级指标|二级指标|三级指标|指标值|\n绩效指标|产出指标|数量指标|车辆租赁次数|≤{limit}次|\n"
    )


def test_forms_of_one_project_of_several_units_stay_apart(clean: Clean) -> None:
    tables = clean(_project_form("某某区文化局", "30.00", "400") + _project_form("某某区图书馆", "0.50", "10"))
    indicators = [table for table in tables if table.kind == "绩效指标表"]
    assert [[row.label for row in table.rows] for table in indicators] == [["车辆租赁次数"]] * 2
    assert [table.subject for table in indicators] == ["公车统管"] * 2


def test_scores_and_rates_beside_amounts_are_no_amounts(clean: Clean) -> None:
    tables = clean(
        "项目支出绩效自评表||||||\n项目名称|科普经费|主管部门|某局|||\n"
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|得分\n|年度资金总额|120.00|110.00|99.00|10|9\n"
        "|其他资金|20.00|20.00|14.00|—|—\n绩效指标|一级指标|二级指标|三级指标|年度指标值|分值|得分\n"
        "|产出指标|数量指标|展览场次|20场|10|9\n总分|||||100|98\n"
    )
    money = next(table for table in tables if table.title == "项目资金")
    total = money.rows[0]
    values = {column.path: cell for column, cell in zip(money.columns[1:], total.cells, strict=True)}
    assert (money.unit, total.label) == ("万元", "年度资金总额")
    assert [values[name].printed for name in ("年初预算数", "全年预算数", "全年执行数")] == [
        "120.00",
        "110.00",
        "99.00",
    ]
    assert {values[name].value_type for name in ("分值", "得分")} == {"quantity"}
    scores = next(table for table in tables if table.kind == "绩效指标表")
    assert [row.label for row in scores.rows] == ["展览场次", "总分"]


@pytest.mark.parametrize(
    ("budgeted", "spent", "scored"),
    [("全年预算数", "全年执行数", "权重"), ("预算安排数", "实际支出数", "分值"), ("批复金额", "执行金额", "自评得分"),
     ("年初预算数（A）", "全年执行数（B）", "执行率（B/A）")],
)  # fmt: skip
def test_one_budget_s_amount_beside_what_was_spent_and_its_score(
    clean: Clean, budgeted: str, spent: str, scored: str
) -> None:
    tables = clean(
        f"项目支出绩效自评表||||||\n项目名称|防汛物资|实施单位|某局|||\n预算执行情况（万元）||{budgeted}|{spent}|{scored}|得分\n"
        "|资金总额|86.00|81.70|10|9.5\n|财政拨款|80.00|75.70|—|—\n"
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|得分\n|产出指标|数量指标|沙袋|20000个|15\n"
    )
    money = next(table for table in tables if table.title == "预算执行情况")
    assert [(row.label, [cell.printed for cell in row.cells[:2]]) for row in money.rows] == [
        ("资金总额", ["86.00", "81.70"]), ("财政拨款", ["80.00", "75.70"]),
    ]  # fmt: skip
    assert {cell.value_type for row in money.rows for cell in row.cells[2:]} <= {"quantity", "percent", "blank"}


def test_indicators_go_on_below_the_forms_title_printed_again(clean: Clean) -> None:
    parts = clean(
        "项目预算绩效目标表\n\n项目名称|宣传经费|||\n主管部门|某部|实施单位|某部|\n总体目标|办好宣传。|||\n"
        "绩效指标|一级指标|二级指标|三级指标|指标值\n|产出指标|数量指标|稿件数量|≥300条\n\n"
        "项目预算绩效目标表\n（2026年度）\n\n绩效指标|产出指标|数量指标|评选活动次数|≥1场\n|||督导次数|≥6次\n"
    )
    (indicators,) = [part for part in parts if part.kind == "绩效指标表"]
    assert [row.label for row in indicators.rows] == ["稿件数量", "评选活动次数", "督导次数"]
