"""收支总表 and 财政拨款收支总表: income on the left, expenditure on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from index.clean.table import Side
from index.dictionary import code_names
from tests.invented.budget import ZERO, Budget, Fund, Spending, total
from tests.invented.chinese import chinese
from tests.invented.lines import Line, by_economic_item, by_function
from tests.invented.printing import Expected, Heading, Printed, headings, two_sided
from tests.invented.style import Style
from tests.invented.words import CLASSES

_FUNDS: Final[tuple[Fund, ...]] = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
_OTHER_INCOME: Final = (
    "财政专户管理资金收入", "事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入",
)  # fmt: skip

Half = list[Line | None]


def overview(
    budget: Budget,
    style: Style,
    *,
    title: str = "收支总表",
    amount: str = "预算数",
    income: Literal["flat", "nested"] = "flat",
    spending: Literal["classes", "purposes", "tree"] = "classes",
) -> Printed:
    """收支总表. The expenditure half lists all 类, or 基本支出 and 项目支出, or 类, 款 and 项 without their codes."""
    left = _numbered(_flat_income(budget)) if income == "flat" else _nested_income(budget)
    right = {"classes": _classes, "purposes": _purposes, "tree": _tree}[spending](budget.spending)
    halves = _with_totals(budget, left, right)
    tops = _tops(style, amount, amount)
    expected = Expected("收支总表", title, (), ("预算数", "预算数"))
    return two_sided(style, expected, tops, halves, (1, 1))


def four_blocks(budget: Budget, style: Style, *, title: str = "收支总表") -> Printed:
    """收支总表 with the expenditure three times over: by function and by both economic classifications."""
    staff = sum((each.staff for each in budget.spending), ZERO)
    by_government = [("机关工资福利支出", staff), ("机关商品和服务支出", budget.total - staff)]
    carried_over = Line("上年结转", (budget.carried_over,), ordinal="十、")
    blocks = [
        [*_numbered(_flat_income(budget)), carried_over],
        _classes(budget.spending),
        _by_item(budget),
        _numbered(by_government),
    ]
    sides: list[Side] = ["收入", "支出", "支出", "支出"]
    length = max(map(len, blocks))
    halves = [
        _sided([*block, *[None] * (length - len(block)), _total(f"{side}总计", budget.total)], side)
        for block, side in zip(blocks, sides, strict=True)
    ]
    kinds = ("支出功能分类", "部门预算支出经济分类", "政府预算支出经济分类")
    below = [text for kind in kinds for text in (f"{kind}科目（按大类）", "预算数")]
    tops = headings(Heading("收入", headings("项目", "预算数")), Heading("支出", headings(*below)))
    return two_sided(style, Expected("收支总表", title, (), ("预算数", "预算数")), tops, halves, (1, 1, 1, 1))


def fiscal(
    budget: Budget,
    style: Style,
    *,
    title: str = "财政拨款收支总表",
    amount: str = "预算数",
    columns: Literal["one", "funds"] = "one",
    nested: bool = False,
) -> Printed:
    """财政拨款收支总表, with one amount a line of expenditure or one for each fund."""
    names = [(f"{fund}拨款", budget.fund_total(fund)) for fund in _FUNDS]
    left, right = _numbered(names), _classes(budget.fiscal, _FUNDS if columns == "funds" else ())
    whole = total(budget.fiscal)
    if nested:
        left, right = _under("本年收入", left), _under("本年支出", right)
    length = max(len(left), len(right))
    halves = [
        _sided([*left, *[None] * (length - len(left)), _total("收入总计", whole)], "收入"),
        _sided([*right, *[None] * (length - len(right)), _sum("支出总计", right)], "支出"),
    ]
    amounts = ("合计", *_FUNDS) if columns == "funds" else (amount,)
    measures = ("预算数", *_FUNDS) if columns == "funds" else ("预算数",)
    expected = Expected("财政拨款收支总表", title, (), ("预算数", *measures))
    return two_sided(style, expected, _tops(style, amount, *amounts), halves, (1, len(amounts)))


def _tops(style: Style, income: str, *spending: str) -> tuple[Heading, ...]:
    left, right, item = ("收 入", "支 出", "项 目") if style.spaced else ("收入", "支出", "项目")
    return headings(Heading(left, headings(item, income)), Heading(right, headings(item, *spending)))


def _flat_income(budget: Budget) -> list[tuple[str, Decimal]]:
    amounts = {"其他收入": budget.other_income}
    funds = [(f"{fund}拨款收入", budget.fund_total(fund)) for fund in _FUNDS]
    return [*funds, *((name, amounts.get(name, ZERO)) for name in _OTHER_INCOME)]


def _numbered(items: Sequence[tuple[str, Decimal]]) -> Half:
    return [Line(name, (amount,), ordinal=f"{chinese(at)}、") for at, (name, amount) in enumerate(items, start=1)]


def _nested_income(budget: Budget) -> Half:
    """财政拨款收入 with its funds below it, then the rest."""
    funds = [(fund, budget.fund_total(fund)) for fund in _FUNDS]
    rest = [("事业收入", ZERO), ("事业单位经营收入", ZERO), ("其他收入", budget.other_income)]
    return [
        Line("财政拨款收入", (sum((amount for _, amount in funds), ZERO),), ordinal="一、"),
        *(Line(name, (amount,), ordinal=f"{at}. ") for at, (name, amount) in enumerate(funds, start=1)),
        *(Line(name, (amount,), ordinal=f"{chinese(at)}、") for at, (name, amount) in enumerate(rest, start=2)),
    ]


def _classes(spending: Sequence[Spending], funds: Sequence[Fund] = ()) -> Half:
    """All 类; with ``funds`` a column for each of them behind the sum."""
    lines: Half = []
    for at, code in enumerate(CLASSES, start=1):
        under = [each for each in spending if each.code.startswith(code)]
        amounts = [total(under), *(total(each for each in under if each.fund == fund) for fund in funds)]
        lines.append(Line(code_names("功能分类")[code], tuple(amounts), ordinal=f"{chinese(at)}、"))
    return lines


def _purposes(spending: Sequence[Spending]) -> Half:
    basic, projects = (sum((getattr(each, part) for each in spending), ZERO) for part in ("basic", "projects"))
    names = [("基本支出", basic), ("项目支出", projects), ("事业单位经营支出", ZERO), ("对附属单位补助支出", ZERO)]
    return _numbered(names)


def _tree(spending: Sequence[Spending]) -> Half:
    return [replace(line, code=None, level=None, parent=None) for line in by_function(spending, [_whole])]


def _whole(spending: Spending) -> Decimal:
    return spending.total


def _by_item(budget: Budget) -> Half:
    """人员经费和公用经费 with its economic 类 below it, then the projects."""
    basic = by_economic_item(budget.economic, [lambda each: each.amount])
    tops = [line for line in basic if line.level == 1]
    whole = sum((each.amount for each in budget.economic), ZERO)
    return [
        Line("人员经费和公用经费支出", (whole,), ordinal="一、"),
        *(Line(line.label, line.values, ordinal=f"({at})") for at, line in enumerate(tops, start=1)),
        Line("专项业务经费支出", (budget.total - whole,), ordinal="二、"),
    ]


def _with_totals(budget: Budget, left: Half, right: Half) -> list[Half]:
    """Both halves with their last lines, which stand side by side."""
    length = max(len(left), len(right))
    ends = [
        (_total("本年收入合计", budget.income), Line("上年结转结余", (budget.carried_over,))),
        (_total("本年支出合计", budget.total), Line("年终结转结余", (ZERO,))),
    ]
    sides: tuple[Side, Side] = ("收入", "支出")
    return [
        _sided([*half, *[None] * (length - len(half)), *end, _total(f"{side}总计", budget.total)], side)
        for half, end, side in zip((left, right), ends, sides, strict=True)
    ]


def _under(name: str, lines: Half) -> Half:
    """The lines one step deeper, below a line for their sum."""
    return [
        replace(_sum(name, lines), is_total=False, ordinal="一、"),
        *(replace(line, ordinal=f"（{line.ordinal.rstrip('、')}）") for line in lines if line),
    ]


def _sum(name: str, lines: Half) -> Line:
    tops = [line.values for line in lines if line and not line.ordinal.startswith("（")]
    columns = zip(*tops, strict=True)
    return Line(name, tuple(sum(column, ZERO) for column in columns), is_total=True)


def _total(name: str, amount: Decimal) -> Line:
    return Line(name, (amount,), is_total=True)


def _sided(lines: Half, side: Side) -> Half:
    return [line and replace(line, side=side) for line in lines]
