"""绩效目标表 and 绩效指标表 in one printed table: a project and its goal beside its indicators."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from index.document import Cell
from tests.invented.budget import Budget, Project
from tests.invented.lines import Line
from tests.invented.printing import Cells, Expected, Printed, header_rows, headings, plain, table_of
from tests.invented.style import Style

_INDICATORS: Final = (
    ("产出指标", "数量指标", "全年开展次数", "≥", "12", "次"),
    ("产出指标", "质量指标", "验收合格率", "≥", "95", "%"),
    ("产出指标", "时效指标", "按期完成率", "=", "100", "%"),
    ("效益指标", "社会效益指标", "工作影响力", "定性", "明显提升", ""),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥", "90", "%"),
)
_PROJECTS: Final = 2
_MEASURES: Final = ("项目", "一级指标", "二级指标", "计算符号", "指标值", "计量单位")


def by_project(budget: Budget, style: Style, *, title: str = "项目支出绩效目标表") -> Printed:
    """The first projects; what belongs to several indicators spans their rows."""
    projects = budget.projects[:_PROJECTS]
    tops = headings("项目名称", "年度绩效目标", "一级指标", "二级指标", "三级指标", "计算符号", "指标值", "计量单位")
    body = [row for project in projects for row in _rows(project)]
    expected = [each for project in projects for each in _expected(project, title)]
    return Printed(table_of([*header_rows(tops), *body]), 1, expected[0], others=tuple(expected[1:]))


def _goal(project: Project) -> str:
    return f"通过实施{project.name}项目，保障{project.unit.name}各项工作顺利完成。"


def _rows(project: Project) -> Iterator[Cells]:
    """The indicators' rows, the project's cells in the first of them."""
    left: Cells = (Cell(project.name, len(_INDICATORS)), Cell(_goal(project), len(_INDICATORS)))
    for name, group in groupby(_INDICATORS, key=lambda indicator: indicator[0]):
        indicators = list(group)
        first: Cells = (Cell(name, len(indicators)),)
        for indicator in indicators:
            yield (*left, *first, *plain(indicator[1:]))
            left, first = (None, None), (None,)


def _expected(project: Project, title: str) -> tuple[Expected, Expected]:
    goal = Line(project.name, (_goal(project),))
    indicators = tuple(
        Line(label, (project.name, first, second, sign, value, unit or None))
        for first, second, label, sign, value, unit in _INDICATORS
    )
    return (
        Expected("绩效目标表", title, (goal,), ("年度绩效目标",)),
        Expected("绩效指标表", title, indicators, _MEASURES),
    )
