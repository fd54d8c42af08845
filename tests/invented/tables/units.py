"""Tables whose rows are budget units: 收入总表 by unit, and 支出总表 with a column for the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from tests.invented.budget import ZERO, Budget, Unit
from tests.invented.lines import ANY, Line, Value, by_function, total_line
from tests.invented.printing import Cells, Expected, Heading, Printed, code_names_of, headings, one_sided, plain
from tests.invented.style import Style
from tests.invented.tables.spending import LONG, Columns


def income_by_unit(
    budget: Budget,
    style: Style,
    *,
    title: str = "收入总表",
    columns: Literal["nested", "flat"] = "nested",
    with_department: bool = True,
) -> Printed:
    """收入总表 with a line for the department, if wanted, and one for each of its units."""
    values = {unit: _income(budget, unit, columns) for unit in budget.units}
    lines = unit_lines(budget, style, [values[unit] for unit in budget.units], with_department)
    tops, measures = (_NESTED, _NESTED_MEASURES) if columns == "nested" else (_FLAT, _FLAT_MEASURES)
    total_ = total_line(style.total_label, [line for line in lines if line.unit or not with_department])
    style = style if style.codes == "none" else replace(style, codes="one")
    names = code_names_of(style, "单位编码", "单位名称")
    return one_sided(style, Expected("收入总表", title, lines, measures), names, tops, total_)


def unit_lines(
    budget: Budget, style: Style, values: Sequence[Sequence[Decimal]], with_department: bool
) -> tuple[Line, ...]:
    """A line for each unit, below one for the department as a whole."""
    coded = style.codes != "none"
    code = budget.units[0].code[:3]
    sums: tuple[Value, ...] = tuple(sum(column, ZERO) for column in zip(*values, strict=True))
    department = Line(budget.name, sums, code=code if coded else None, level=1 if coded else None)
    # A unit that is all of the department, or that is called like it, may be either.
    told = [len(values) > 1 and (coded or unit.name != budget.name) for unit in budget.units]
    units = tuple(
        Line(
            unit.name,
            tuple(amounts),
            code=unit.code if coded else None,
            level=(2 if with_department else 1) if coded else None,
            parent=code if coded and with_department else None,
            unit=unit.name if is_told else ANY,
        )
        for unit, amounts, is_told in zip(budget.units, values, told, strict=True)
    )
    return (department, *units) if with_department else units


_NESTED = headings(
    "合计",
    Heading(
        "本年收入",
        headings(
            "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "事业收入", "其他收入"
        ),
    ),
    Heading("上年结转结余", headings("小计", "一般公共预算", "单位资金")),
)
_NESTED_MEASURES = (
    "合计", "本年收入", "一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "事业收入",
    "其他收入", "上年结转结余", "结转一般公共预算", "结转单位资金",
)  # fmt: skip
_FLAT = headings(
    "合计", "一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "事业收入", "其他收入",
    "上年结转结余",
)  # fmt: skip
_FLAT_MEASURES = (
    "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算", "事业收入", "其他收入", "上年结转结余",
)  # fmt: skip


def _income(budget: Budget, unit: Unit, columns: Literal["nested", "flat"]) -> list[Decimal]:
    general, fund, capital = (
        budget.fund_total(fund, unit) for fund in ("一般公共预算", "政府性基金预算", "国有资本经营预算")
    )
    own_means = budget.fund_total("单位资金", unit)
    carried = budget.carried_over if own_means else ZERO
    other = own_means - carried
    whole = general + fund + capital + own_means
    if columns == "flat":
        return [whole, general, fund, capital, ZERO, other, carried]
    return [whole, whole - carried, general, fund, capital, ZERO, ZERO, other, carried, ZERO, carried]


def expenditure_by_unit(budget: Budget, style: Style, *, title: str = "支出总表", columns: Columns = LONG) -> Printed:
    """支出总表 with a line for each unit and its functional items below it; the unit's name stands on its line only."""
    lines: list[Line] = []
    for unit in budget.units:
        items = by_function([each for each in budget.spending if each.unit == unit], columns.values)
        lines.append(replace(total_line(unit.name, items), is_total=False, level=None, unit=unit.name))
        lines += [replace(item, level=None, unit=unit.name) for item in items]
    expected = Expected("支出总表", title, tuple(lines), columns.measures)
    names = headings("预算单位", "科目编码", "科目名称")
    return one_sided(style, expected, names, columns.headings, name_cells=_beside_unit)


def _beside_unit(style: Style, line: Line, width: int) -> Cells:
    return plain(["", line.code, line.label]) if line.code else plain([line.label, "", ""])
