"""Performance forms: goals and indicators per project, slipped rows put right by what is in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_FORM = (
    "项目支出绩效目标申报表\n(2024年度)\n\n项目名称|中期绩效目标|年度绩效目标|一级指标|二级指标|三级指标|计算符号|指标值|计量单位\n"
    "图书采购费|充实馆藏|新增图书|产出指标|数量指标|采购册数|≥|5000|册\n"
    "||||质量指标|完好率|=|100|%\n"
    "|||||时效指标|采购及时率|=|100\n"
    "|||效益指标|社会效益指标|借阅量|=|逐年提高|\n"
    "||||读者满意度|≥|95|%|\n"
)


@pytest.fixture(scope="module")
def form(clean: Clean) -> tuple[CleanTable, ...]:
    return clean(_FORM)


def _printed(table: CleanTable, measure: str) -> list[str]:
    (number,) = [column.number for column in table.columns if column.measure == measure]
    return [cell.printed for row in table.rows for cell in row.cells if cell.column == number]


def test_a_form_becomes_goals_and_indicators(form: tuple[CleanTable, ...]) -> None:
    goals, indicators = form
    assert (goals.kind, indicators.kind) == ("绩效目标表", "绩效指标表")
    assert goals.subject == indicators.subject == "图书采购费"
    assert [row.label for row in goals.rows] == ["图书采购费"]
    assert _printed(goals, "中期绩效目标") == ["充实馆藏"]
    assert _printed(goals, "年度绩效目标") == ["新增图书"]


def test_rows_that_slipped_either_way_are_put_right(form: tuple[CleanTable, ...]) -> None:
    indicators = form[1]
    assert [row.label for row in indicators.rows] == ["采购册数", "完好率", "采购及时率", "借阅量", "读者满意度"]
    assert _printed(indicators, "计算符号") == ["≥", "=", "=", "=", "≥"]
    assert _printed(indicators, "指标值") == ["5000", "100", "100", "逐年提高", "95"]
    assert _printed(indicators, "计量单位") == ["册", "%", "", "", "%"]


def test_merged_cells_are_carried_down_and_end_with_their_group(form: tuple[CleanTable, ...]) -> None:
    indicators = form[1]
    assert _printed(indicators, "一级指标") == ["产出指标"] * 3 + ["效益指标"] * 2
    assert _printed(indicators, "二级指标") == ["数量指标", "质量指标", "时效指标", "社会效益指标", "社会效益指标"]


def test_every_cell_stands_where_the_grid_has_it(form: tuple[CleanTable, ...]) -> None:
    for table in form:
        for row in table.rows:
            printed = table.grid[table.header_rows + row.number - 1]
            assert all(cell.printed == printed[cell.column - 1] for cell in row.cells)


def test_two_projects_in_one_grid_are_told_apart(clean: Clean) -> None:
    tables = clean(_FORM + "设备费|更新设备|更新电脑|产出指标|数量指标|电脑台数|=|5|台\n")
    assert [(table.kind, table.subject) for table in tables] == [
        ("绩效目标表", "图书采购费"), ("绩效指标表", "图书采购费"), ("绩效目标表", "设备费"), ("绩效指标表", "设备费"),
    ]  # fmt: skip
