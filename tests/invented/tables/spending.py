"""收入总表, 支出总表, 一般公共预算支出表 and the tables of the other funds, by functional item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Final, Literal

from tests.invented.budget import ZERO, Budget, Fund, Spending
from tests.invented.lines import Line, Measure, by_function, total_line
from tests.invented.printing import Expected, Heading, Printed, code_names_of, headings, one_sided
from tests.invented.style import Style


def _nothing(spending: Spending) -> Decimal:
    return ZERO


_TOTAL: Final[Measure] = attrgetter("total")
_BASIC: Final[Measure] = attrgetter("basic")
_STAFF: Final[Measure] = attrgetter("staff")
_RUNNING: Final[Measure] = attrgetter("running")
_PROJECTS: Final[Measure] = attrgetter("projects")


@dataclass(frozen=True, slots=True)
class Columns:
    """Value columns: their headings, what each is called in the end, and what stands in it."""

    headings: tuple[Heading, ...]
    measures: tuple[str | None, ...]
    values: tuple[Measure, ...]


SHORT: Final = Columns(
    headings("合计", "基本支出", "项目支出"), ("合计", "基本支出", "项目支出"), (_TOTAL, _BASIC, _PROJECTS)
)
LONG: Final = Columns(
    headings("合计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出"),
    ("合计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出"),
    (_TOTAL, _BASIC, _PROJECTS, _nothing, _nothing, _nothing),
)
NESTED: Final = Columns(
    headings("合计", Heading("基本支出", headings("小计", "人员经费", "公用经费")), "项目支出"),
    ("合计", "基本支出", "人员经费", "公用经费", "项目支出"),
    (_TOTAL, _BASIC, _STAFF, _RUNNING, _PROJECTS),
)
OF_WHICH: Final = Columns(
    headings(Heading("一般公共预算支出", headings("小计", "其中：基本支出", "项目支出"))),
    ("合计", "基本支出", "项目支出"),
    (_TOTAL, _BASIC, _PROJECTS),
)
BELOW_OF_WHICH: Final = Columns(
    headings("小计", Heading("其中：", headings("基本支出", "项目支出"))),
    ("合计", "基本支出", "项目支出"),
    (_TOTAL, _BASIC, _PROJECTS),
)
PURPOSES: Final = Columns(
    headings("合计", "人员经费支出", "公用经费支出", "专项业务经费支出", "备注"),
    ("合计", "人员经费", "公用经费", "项目支出", None),
    (_TOTAL, _STAFF, _RUNNING, _PROJECTS),
)

Empty = Literal["blank_total", "zero_total", "note_row", "nothing_row", "blank_row"]


def expenditure(budget: Budget, style: Style, *, title: str = "支出总表", columns: Columns = LONG) -> Printed:
    """支出总表: all funds, by functional item."""
    return _by_function(style, Expected("支出总表", title, (), columns.measures), budget.spending, columns)


def general(budget: Budget, style: Style, *, title: str = "一般公共预算支出表", columns: Columns = NESTED) -> Printed:
    """一般公共预算支出表, by functional item."""
    return _by_function(style, Expected("一般公共预算支出表", title, (), columns.measures), budget.general, columns)


def fiscal(budget: Budget, style: Style, *, title: str = "财政拨款支出表", columns: Columns = NESTED) -> Printed:
    """财政拨款支出表: 一般公共预算 and both other funds, by functional item."""
    return _by_function(style, Expected("财政拨款支出表", title, (), columns.measures), budget.fiscal, columns)


def income(budget: Budget, style: Style, *, title: str = "收入总表") -> Printed:
    """收入总表 by the functional item that the income is spent on."""

    def carried(each: Spending) -> Decimal:
        return budget.carried_over if each.fund == "单位资金" else ZERO

    def fiscal(each: Spending) -> Decimal:
        return each.total if each.fund != "单位资金" else ZERO

    def other(each: Spending) -> Decimal:
        return each.total - fiscal(each) - carried(each)

    columns = Columns(
        headings("合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入", "上年结转"),
        ("合计", None, "事业收入", "事业单位经营收入", "其他收入", "上年结转结余"),
        (_TOTAL, fiscal, _nothing, _nothing, other, carried),
    )
    return _by_function(style, Expected("收入总表", title, (), columns.measures), budget.spending, columns)


def other_fund(
    budget: Budget,
    style: Style,
    *,
    fund: Fund,
    title: str,
    columns: Columns | None = None,
    empty: Empty = "blank_total",
    note: str = "",
) -> Printed:
    """The table of 政府性基金 or 国有资本经营预算; where there is none, it is ``empty`` in one of several ways."""
    columns = columns or replace(SHORT, headings=(Heading(f"本年{fund}支出", SHORT.headings),))
    kind = "政府性基金预算支出表" if fund == "政府性基金预算" else "国有资本经营预算支出表"
    expected = Expected(kind, title, (), columns.measures)
    spending = budget.of(fund)
    if spending:
        return _by_function(style, expected, spending, columns)
    return _empty(style, expected, columns, empty, note.format(fund=fund, year=budget.year))


def _by_function(style: Style, expected: Expected, spending: Sequence[Spending], columns: Columns) -> Printed:
    lines = by_function(spending, columns.values)
    total = total_line(style.total_label, lines)
    remarks = (None,) * (len(columns.measures) - len(columns.values))
    lines = tuple(replace(line, values=line.values + remarks) for line in lines)
    total = replace(total, values=total.values + remarks)
    return one_sided(style, replace(expected, lines=lines), code_names_of(style), columns.headings, total)


def _empty(style: Style, expected: Expected, columns: Columns, empty: Empty, note: str) -> Printed:
    """A table without figures. Rows that say nothing are not expected to be kept where a note declares it empty."""
    blank = (None,) * len(columns.measures)
    names = code_names_of(style)
    if empty in ("note_row", "nothing_row"):
        row = Line("无" if empty == "nothing_row" else note, blank)
        printed = one_sided(style, replace(expected, lines=(row,)), names, columns.headings)
        return replace(printed, expected=replace(expected, state="declared_empty"))
    if empty == "zero_total":
        zeros = Line(style.total_label, (ZERO,) * len(blank), level=0, is_total=True)
        return one_sided(replace(style, zeros=("0.00",)), expected, names, columns.headings, zeros, note)
    lone = Line("" if empty == "blank_row" else style.total_label, blank, level=0, is_total=empty == "blank_total")
    printed = one_sided(style, expected, names, columns.headings, lone, note)
    return replace(printed, expected=replace(expected, state="declared_empty" if note else "empty"))
