"""一般公共预算基本支出表: by economic item, alone, beside the government's classification, or in blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from index.dictionary import code_names
from index.document import Cell
from tests.invented.budget import ZERO, Budget, Economic
from tests.invented.lines import Line, by_economic_item, total_line
from tests.invented.printing import (
    Cells,
    Expected,
    Heading,
    Printed,
    Printer,
    code_cells,
    code_names_of,
    header_rows,
    headings,
    one_sided,
    plain,
    table_of,
)
from tests.invented.style import Style

KIND: Final = "一般公共预算基本支出表"
_GOVERNMENT: Final = {
    "301": "501", "30101": "50101", "30102": "50101", "30103": "50101", "30108": "50102", "30109": "50102",
    "30110": "50102", "30111": "50102", "30112": "50102", "30113": "50103", "30107": "50199", "30199": "50199",
    "302": "502", "30215": "50202", "30216": "50203", "30217": "50206", "30212": "50207", "30231": "50208",
    "30213": "50209", "30226": "50205", "30227": "50205", "30299": "50299", "303": "509", "30302": "50905",
    "30307": "50901", "310": "503", "31002": "50306", "31013": "50303",
}  # fmt: skip
"""Which item of the government's classification an item belongs to; office costs (50201) for all others."""

_AMOUNTS: Final[tuple[Callable[[Economic], Decimal], ...]] = (
    lambda item: item.amount,
    lambda item: item.amount if item.is_staff else ZERO,
    lambda item: ZERO if item.is_staff else item.amount,
)
_SPLIT: Final = ("合计", "人员经费", "公用经费")


def basic(budget: Budget, style: Style, *, title: str = KIND, amount: str = "") -> Printed:
    """One code column and 合计, 人员经费, 公用经费; with ``amount`` only one column of that name."""
    measures = ("合计",) if amount else _SPLIT
    lines = by_economic_item(budget.economic, _AMOUNTS[: len(measures)])
    values = headings(amount) if amount else headings(Heading("本年一般公共预算基本支出", headings(*measures)))
    names = code_names_of(style, parts=2, name="经济分类科目名称" if style.codes == "none" else "科目名称")
    if style.codes == "one" and not amount:
        names = headings(Heading("部门预算支出经济分类科目", names))
    total = total_line(style.total_label, lines)
    return one_sided(style, Expected(KIND, title, lines, measures), names, values, total)


def basic_with_government(budget: Budget, style: Style, *, title: str = KIND) -> Printed:
    """Code and name of both classifications on each row, in one or two columns for a code."""
    lines = by_economic_item(budget.economic, _AMOUNTS)
    parts = 1 if style.codes == "one" else 2
    code = Heading("科目编码", headings("类", "款")) if parts == 2 else Heading("部门经济科目编码")
    government = code if parts == 2 else Heading("政府经济科目编码")
    names = headings(code, "部门预算支出经济分类科目名称", government, "政府预算支出经济分类科目名称")
    total = total_line(style.total_label, lines)
    expected = Expected(KIND, title, lines, _SPLIT)

    def name_cells(style: Style, line: Line, width: int) -> Cells:
        if line.code is None:
            return plain([*[""] * parts, style.total_label, *[""] * (parts + 1)])
        other = _GOVERNMENT.get(line.code, "50201")
        cells = code_cells(replace(style, codes="parts"), line.code, parts)
        others = code_cells(replace(style, codes="parts"), other, parts)
        return plain([*cells, line.label, *others, code_names("政府经济分类")[other]])

    tops = headings(Heading("基本支出预算", headings("小计", "人员支出", "日常公用支出")))
    return one_sided(style, expected, names, tops, total, name_cells=name_cells)


def basic_in_blocks(
    budget: Budget, style: Style, *, title: str = "一般公共预算财政拨款基本支出决算表", blocks: int = 2
) -> Printed:
    """Code, name and amount side by side: wages and what goes to persons, office costs, and (of three) the rest."""
    lines = by_economic_item(budget.economic, _AMOUNTS[:1])
    groups = [_of(lines, "301", "303"), _of(lines, "302"), _of(lines, "310")]
    groups = groups if blocks == 3 else [groups[0], groups[1] + groups[2]]
    printer = Printer(style)
    said: list[Line] = []
    body: list[Cells] = []
    for row in zip_longest(*groups):
        cells: list[str] = []
        for line in row:
            texts, left = printer.line(line) if line else ([""], None)
            cells += [line.code or "", line.label, *texts] if line else [""] * 3
            said += [left] if left else []
        body.append(plain(cells))
    ends = _ends(budget, blocks)
    body.append(tuple(cell for end, width in ends for cell in _merged(end, width, printer)))
    tops = headings(*["经济分类科目编码", "科目名称", "决算数"] * blocks)
    expected = Expected(KIND, title, tuple(said + [end for end, _ in ends]), ("合计",), in_order=False)
    return Printed(table_of([*header_rows(tops), *body]), 1, expected)


def _of(lines: Sequence[Line], *classes: str) -> list[Line]:
    return [line for line in lines if line.code and line.code.startswith(classes)]


def _ends(budget: Budget, blocks: int) -> list[tuple[Line, int]]:
    """The totals in the last row, each with the number of columns of its label."""
    staff = sum((each.amount for each in budget.economic if each.is_staff), ZERO)
    running = sum((each.amount for each in budget.economic if not each.is_staff), ZERO)
    return [
        (Line("人员经费合计", (staff,), level=0, is_total=True), 2),
        (Line("公用经费合计", (running,), level=0, is_total=True), 3 * blocks - 4),
    ]


def _merged(line: Line, width: int, printer: Printer) -> Cells:
    return (Cell(line.label, 1, width), *[None] * (width - 1), Cell(printer.text(line.values[0])))
