"""The prose of an invented budget: duties, units, the figures and how they changed, and what words mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index.dictionary import code_names
from index.money import from_yuan
from tests.invented.budget import ZERO, Budget, total
from tests.invented.chinese import chinese
from tests.invented.style import Style
from tests.invented.words import CLASSES, DEFINITIONS, REASONS

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the explanation says of one subject; ``change`` and ``percent`` are signed, None where it tells of none."""

    subject: str
    amount: Decimal
    change: Decimal | None = None
    percent: Decimal | None = None


def facts(budget: Budget) -> tuple[Fact, ...]:
    """The figures that the explanation states with their change."""
    now, before = budget.three_public, budget.earlier.three_public
    general = total(budget.general)
    return (
        _fact("收入总计", budget.total, budget.earlier.total),
        _fact("支出总计", budget.total, budget.earlier.total),
        _fact("一般公共预算支出", general, budget.earlier.general),
        _fact("“三公”经费", now.total, before.total),
        _fact("因公出国（境）费", now.abroad, before.abroad),
        _fact("公务用车购置费", now.car_purchase, before.car_purchase),
        _fact("公务用车运行维护费", now.car_running, before.car_running),
        _fact("公务接待费", now.reception, before.reception),
        Fact("机关运行经费", sum((each.running for each in budget.general), ZERO)),
    )


def _fact(subject: str, now: Decimal, before: Decimal) -> Fact:
    percent = _percent(abs(now - before), before) if before and now != before else None
    return Fact(subject, now, now - before, -percent if percent and now < before else percent)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(_CENT, ROUND_HALF_UP)


def organisation(budget: Budget) -> Iterator[str]:
    """第一部分: duties and units."""
    yield f"第一部分 {budget.name}概况"
    yield "一、主要职责"
    for at, duty in enumerate(budget.duties, start=1):
        yield f"（{chinese(at)}）{duty}。"
    yield "二、机构设置"
    names = "、".join(unit.name for unit in budget.units)
    scope = f"{budget.name}{budget.year}年部门{budget.document_type}编制范围"
    yield f"纳入{scope}的预算单位共{len(budget.units)}个，包括：{names}。"


def explanation(budget: Budget, style: Style, part: str) -> Iterator[str]:
    """The figures in words, each against last year."""
    say = _Amounts(budget, style)
    yield f"{part} {budget.name}{budget.year}年部门{budget.document_type}情况说明"
    yield "一、收支总体情况"
    yield from _overview(budget, say)
    yield "二、一般公共预算支出情况"
    yield from _general(budget, say)
    yield "三、“三公”经费情况"
    yield from _three_public(budget, say)
    yield "四、其他重要事项"
    yield from _others(budget, say)


def definitions(part: str) -> Iterator[str]:
    """名词解释."""
    yield f"{part} 名词解释"
    for at, (term, meaning) in enumerate(DEFINITIONS, start=1):
        yield f"{chinese(at)}、{term}：{meaning}"


class _Amounts:
    """How amounts and changes are put into words. Prose is in 万元, whatever the tables are in."""

    def __init__(self, budget: Budget, style: Style) -> None:
        self._budget = budget
        self._separators = "," if style.separators else ""

    def amount(self, amount: Decimal) -> str:
        """``735.66万元``."""
        return f"{from_yuan(amount, '万元'):{self._separators}.2f}万元"

    def change(self, now: Decimal, before: Decimal) -> str:
        """The change against last year with its per cent, or that there is none."""
        if now == before:
            return "与上年持平"
        more = now > before
        words = f"比上年{'增加' if more else '减少'}{self.amount(abs(now - before))}"
        if before:
            words += f"，{'增长' if more else '下降'}{_percent(abs(now - before), before)}%"
        return f"{words}，主要原因是{REASONS[int(now / 100) % len(REASONS)]}"


def _overview(budget: Budget, say: _Amounts) -> Iterator[str]:
    basic = sum((each.basic for each in budget.spending), ZERO)
    whole = say.amount(budget.total)
    yield f"{budget.name}{budget.year}年收入总计{whole}，{say.change(budget.total, budget.earlier.total)}。"
    yield (
        f"支出总计{whole}，{say.change(budget.total, budget.earlier.total)}。"
        f"其中：基本支出{say.amount(basic)}，项目支出{say.amount(budget.total - basic)}。"
    )


def _general(budget: Budget, say: _Amounts) -> Iterator[str]:
    whole = total(budget.general)
    yield f"{budget.year}年一般公共预算支出{say.amount(whole)}，{say.change(whole, budget.earlier.general)}。"
    yield "按支出功能分类，主要用于："
    classes = [code for code in CLASSES if any(each.code.startswith(code) for each in budget.general)]
    for at, code in enumerate(classes, start=1):
        amount = total(each for each in budget.general if each.code.startswith(code))
        yield f"{at}.{code_names('功能分类')[code]}（类）{say.amount(amount)}，占{_percent(amount, whole)}%。"


def _three_public(budget: Budget, say: _Amounts) -> Iterator[str]:
    now, before = budget.three_public, budget.earlier.three_public
    type_ = budget.document_type
    yield f"{budget.year}年“三公”经费{type_}{say.amount(now.total)}，{say.change(now.total, before.total)}。其中："
    yield f"因公出国（境）费{type_}{say.amount(now.abroad)}，{say.change(now.abroad, before.abroad)}。"
    yield f"公务用车购置费{type_}{say.amount(now.car_purchase)}，{say.change(now.car_purchase, before.car_purchase)}。"
    yield f"公务用车运行维护费{type_}{say.amount(now.car_running)}，{say.change(now.car_running, before.car_running)}。"
    yield f"公务接待费{type_}{say.amount(now.reception)}，{say.change(now.reception, before.reception)}。"


def _others(budget: Budget, say: _Amounts) -> Iterator[str]:
    running = sum((each.running for each in budget.general), ZERO)
    yield f"（一）机关运行经费。{budget.year}年机关运行经费{say.amount(running)}。"
    amount = sum((each.amount for each in budget.purchases), ZERO)
    yield f"（二）政府采购情况。{budget.year}年政府采购预算总额{say.amount(amount)}。"
    fund = budget.fund_total("政府性基金预算")
    if fund:
        yield f"（三）政府性基金预算支出情况。{budget.year}年政府性基金预算支出{say.amount(fund)}。"
    else:
        yield f"（三）政府性基金预算支出情况。本部门{budget.year}年没有使用政府性基金预算安排的支出。"
