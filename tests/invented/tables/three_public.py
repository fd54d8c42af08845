"""三公经费支出表: one row under nested headers, a row for each kind of expense, pairs of columns, several years."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from tests.invented.budget import ZERO, Budget, ThreePublic
from tests.invented.lines import ANY, Line, total_line
from tests.invented.printing import Cells, Expected, Heading, Printed, headings, one_sided, plain
from tests.invented.style import Style
from tests.invented.tables.units import unit_lines

KIND: Final = "三公经费支出表"
_MEASURES: Final = (
    "三公经费合计", "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费", "公务接待费",
)  # fmt: skip


def one_row(
    budget: Budget, style: Style, *, title: str = "一般公共预算“三公”经费支出表", with_meetings: bool = False
) -> Printed:
    """All of it in one row; 会议费 and 培训费 may stand beside it."""
    others = (budget.meetings, budget.training) if with_meetings else ()
    line = Line(ANY, (*_amounts(budget.three_public), *others))
    expected = Expected(KIND, title, (line,), _MEASURES + (None,) * len(others))
    tops = (*_kinds("“三公”经费合计"), *headings(*(("会议费", "培训费") if with_meetings else ())))
    return one_sided(style, expected, (), tops)


def by_unit(budget: Budget, style: Style, *, title: str = "一般公共预算“三公”经费预算表") -> Printed:
    """A row for all units and one for each."""
    values = [_amounts(each) for _, each in budget.three_public_by_unit]
    style = replace(style, codes="none")
    lines = unit_lines(budget, style, values, with_department=False)
    total = total_line(style.total_label, lines)
    expected = Expected(KIND, title, lines, _MEASURES)
    return one_sided(style, expected, headings("单位名称"), _kinds("“三公”经费合计"), total)


def a_row_each(
    budget: Budget, style: Style, *, title: str = "一般公共预算“三公”经费支出预算表", funds: bool = False
) -> Printed:
    """A row for each kind of expense; with ``funds`` a column for each fund and the office costs above."""
    whole, abroad, cars, purchase, running, reception = _amounts(budget.three_public)
    office_costs = sum((each.running for each in budget.general), ZERO)
    if funds:
        items = [
            ("", "行政经费", office_costs), ("", "“三公”经费", whole), ("其中：（一）", "因公出国（境）支出", abroad),
            ("（二）", "公务用车购置及运行维护支出", cars), ("1.", "公务用车购置费", purchase),
            ("2.", "公务用车运行维护费", running), ("（三）", "公务接待费支出", reception),
        ]  # fmt: skip
    else:
        items = [
            ("", "合计", whole), ("1、", "因公出国（境）费用", abroad), ("2、", "公务接待费", reception),
            ("3、", "公务用车购置及运行费", cars), ("其中：（1）", "公务用车购置费", purchase),
            ("（2）", "公务用车运行费", running),
        ]  # fmt: skip
    values = headings(*(("合计", "一般公共预算", "政府性基金预算") if funds else ("预算数",)))
    lines = tuple(
        Line(label, (amount, amount, ZERO) if funds else (amount,), ordinal=ordinal, is_total=label == "合计")
        for ordinal, label, amount in items
    )
    expected = Expected(KIND, title, lines, (None,) * len(values))
    return one_sided(replace(style, codes="none"), expected, headings("项目"), values, name_cells=_as_printed)


def pairs(budget: Budget, style: Style, *, title: str = "财政拨款“三公”经费支出决算表") -> Printed:
    """预算数 and 决算数 under each kind of expense."""
    planned = _amounts(budget.earlier.three_public)
    spent = _amounts(budget.three_public)
    values = tuple(amount for pair in zip(planned, spent, strict=True) for amount in pair)
    tops = headings(Heading("财政拨款“三公”经费", tuple(_in_pairs(heading) for heading in _kinds("合计"))))
    expected = Expected(KIND, title, (Line(ANY, values),), (None,) * len(values))
    return one_sided(style, expected, (), tops)


def two_years(budget: Budget, style: Style, *, title: str = "一般公共预算“三公”经费支出情况表") -> Printed:
    """Last year's figures beside this year's."""
    values = (*_amounts(budget.earlier.three_public), *_amounts(budget.three_public))
    tops = [Heading(f"{year}年预算数", _kinds("合计")) for year in (budget.year - 1, budget.year)]
    return one_sided(style, Expected(KIND, title, (Line(ANY, values),), (None,) * len(values)), (), tops)


def with_changes(budget: Budget, style: Style, *, title: str = "“三公”经费及会议费、培训费支出预算表") -> Printed:
    """上年, 当年 and the change, each with 会议费 and 培训费, which 合计 includes."""
    others = (budget.meetings, budget.training)
    before, now = (_with_others(each, others) for each in (budget.earlier.three_public, budget.three_public))
    values = (*before, *now, *(later - earlier for earlier, later in zip(before, now, strict=True)))
    group = headings("合计", Heading("一般公共预算拨款安排的“三公”经费预算", _kinds("小计")), "会议费", "培训费")
    tops = [Heading(name, group) for name in ("上年", "当年", "增减变化情况")]
    code, name = budget.units[0].code[:3], budget.name
    line = Line(name, values, code=code)
    expected = Expected(KIND, title, (line,), (None,) * len(values))
    total = replace(line, label=style.total_label, code=None, is_total=True)
    return one_sided(replace(style, codes="one"), expected, headings("单位编码", "单位名称"), tops, total)


def _amounts(each: ThreePublic) -> tuple[Decimal, ...]:
    return (each.total, each.abroad, each.cars, each.car_purchase, each.car_running, each.reception)


def _with_others(each: ThreePublic, others: tuple[Decimal, Decimal]) -> tuple[Decimal, ...]:
    return (each.total + sum(others, ZERO), *_amounts(each), *others)


def _kinds(whole: str) -> tuple[Heading, ...]:
    cars = Heading("公务用车购置及运行维护费", headings("小计", "公务用车购置费", "公务用车运行维护费"))
    return headings(whole, "因公出国（境）费", cars, "公务接待费")


def _in_pairs(heading: Heading) -> Heading:
    below = tuple(map(_in_pairs, heading.below)) or headings("预算数", "决算数")
    return Heading(heading.text, below)


def _as_printed(style: Style, line: Line, width: int) -> Cells:
    return plain([line.ordinal + line.label])
