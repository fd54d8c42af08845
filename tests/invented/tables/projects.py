"""项目支出表 and 政府采购预算表."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from tests.invented.budget import ZERO, Budget, Fund, Project, Unit
from tests.invented.lines import Count, Line, Price, total_line
from tests.invented.printing import Cells, Expected, Heading, Printed, headings, one_sided, plain
from tests.invented.style import Style

KIND: Final = "项目支出表"
_FUNDS: Final[tuple[Fund, ...]] = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "单位资金")
_MEASURES: Final = ("合计", *_FUNDS)
_SOURCES: Final = headings("合计", Heading("本年拨款", headings(*_FUNDS[:3])), "单位资金")


def by_unit_column(budget: Budget, style: Style, *, title: str = "项目支出表") -> Printed:
    """The unit's name on each row, before the project's."""
    lines = tuple(_project(each) for each in budget.projects)
    expected = Expected(KIND, title, lines, _MEASURES)

    def name_cells(style: Style, line: Line, width: int) -> Cells:
        return plain([line.unit or "", line.label or style.total_label])

    total = total_line(style.total_label, lines)
    return one_sided(style, expected, headings("单位名称", "项目名称"), _SOURCES, total, name_cells=name_cells)


def with_codes(budget: Budget, style: Style, *, title: str = "项目支出表") -> Printed:
    """Lines for the department, its units and their projects, told apart by their codes."""
    lines = tuple(_tree(budget))
    expected = Expected(KIND, title, lines, _MEASURES)

    def name_cells(style: Style, line: Line, width: int) -> Cells:
        unit = line.unit if line.code and len(line.code) > 8 else ""
        return plain([line.code or "", line.label, unit or ""])

    tops = [line for line in lines if line.level == 1]
    names = headings("项目编码", "项目名称", "项目单位")
    total = total_line(style.total_label, tops)
    return one_sided(style, expected, names, _SOURCES, total, name_cells=name_cells)


def with_unit_codes(budget: Budget, style: Style, *, title: str = "专项业务经费支出表") -> Printed:
    """Department and units with their codes, projects without; one amount, and words about each project."""
    lines = tuple(
        replace(line, values=(line.values[0], "按年度计划执行" if line.code and len(line.code) > 8 else None))
        for line in _tree(budget)
    )
    lines = tuple(replace(line, code=line.code if _is_unit(line) else None, level=None) for line in lines)
    expected = Expected(KIND, title, lines, ("合计", None))
    total = total_line(style.total_label, [replace(line, parent=None) for line in lines[:1]])
    total = replace(total, values=(total.values[0], None))
    names, values = headings("单位编码", "单位（项目）名称"), headings("项目金额", "项目简介")
    return one_sided(replace(style, codes="one"), expected, names, values, total)


def by_category(budget: Budget, style: Style, *, title: str = "部门预算项目支出预算表") -> Printed:
    """Units and their projects in one column without codes."""
    lines = tuple(replace(line, code=None, level=None) for line in _tree(budget) if line.level != 1)
    units = [line for line in _tree(budget) if line.level == 2]
    expected = Expected(KIND, title, lines, _MEASURES)
    total = total_line(style.total_label, [replace(line, parent=None) for line in units])
    names = headings("支出项目类别（资金使用单位）")
    return one_sided(replace(style, codes="none"), expected, names, _SOURCES, total)


def purchases(budget: Budget, style: Style, *, title: str = "政府采购预算表") -> Printed:
    """A line for each purchase: 品目, quantity, price in 元 and amount."""
    lines = tuple(
        Line(each.name, (Count(each.quantity), "台", Price(each.price), each.amount), each.code, unit=each.unit.name)
        for each in budget.purchases
    )
    whole = sum((each.amount for each in budget.purchases), ZERO)
    total = Line(style.total_label, (None, None, None, whole), is_total=True)
    expected = Expected("政府采购预算表", title, lines, ("采购数量", "计量单位", "单价", "采购金额"))

    def name_cells(style: Style, line: Line, width: int) -> Cells:
        return plain([line.unit or "", f"[{line.code}]{line.label}" if line.code else style.total_label])

    names, values = headings("采购单位", "采购品目"), headings("采购数量", "计量单位", "单价（元）", "采购金额")
    return one_sided(style, expected, names, values, total, name_cells=name_cells)


def _project(project: Project, level: int | None = None, parent: str | None = None) -> Line:
    sources = tuple(project.amount if project.fund == fund else ZERO for fund in _FUNDS)
    return Line(project.name, (project.amount, *sources), level=level, parent=parent, unit=project.unit.name)


def _tree(budget: Budget) -> Iterator[Line]:
    """The department, its units and their projects."""
    code = budget.units[0].code[:3]
    yield Line(budget.name, _sum(budget, budget.units), code=code, level=1)
    for unit in budget.units:
        own = [each for each in budget.projects if each.unit == unit]
        if own:
            yield Line(unit.name, _sum(budget, (unit,)), code=unit.code, level=2, parent=code, unit=unit.name)
            yield from (replace(_project(each, 3, unit.code), code=each.code) for each in own)


def _sum(budget: Budget, units: tuple[Unit, ...]) -> tuple[Decimal, ...]:
    projects = [each for each in budget.projects if each.unit in units]
    sources = (sum((each.amount for each in projects if each.fund == fund), ZERO) for fund in _FUNDS)
    return (sum((each.amount for each in projects), ZERO), *sources)


def _is_unit(line: Line) -> bool:
    return bool(line.code) and len(line.code or "") <= 8
