"""What is known of an invented budget: its items and their amounts, and which of them a question may name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from index.dictionary import code_names
from tests.invented.budget import ZERO, Budget, total
from tests.invented.lines import by_function
from tests.invented.prose import Fact, facts

_YUAN_PER_WAN: Final = 10_000
_WHOLES: Final = ("301", "302")
_NOWHERE: Final = ("30203", "30204", "30214", "30218", "30224", "30225", "30240")


@dataclass(frozen=True, slots=True)
class Item:
    """A name that a document prints and its amount in 元."""

    name: str
    amount: Decimal

    @property
    def wan(self) -> str:
        """The amount as an expectation."""
        return wan(self.amount)


@dataclass(frozen=True, slots=True)
class Whole(Item):
    """An item of which the document prints the parts, here from the largest to the smallest."""

    parts: tuple[Item, ...]


def wan(amount: Decimal) -> str:
    """An amount in 元 as the expectation of one in 万元.

    >>> wan(Decimal(206900)), wan(Decimal(-50))
    ('w:20.69', 'w:0.005')
    """
    return f"w:{(abs(amount) / _YUAN_PER_WAN).normalize():f}"


def percent(part: Decimal, whole: Decimal) -> str:
    """A share as an expectation.

    >>> percent(Decimal(1), Decimal(3))
    'p:33.33'
    """
    return f"p:{part / whole * 100:.2f}"


def wholes(budget: Budget) -> tuple[Whole, ...]:
    """工资福利支出 and 商品和服务支出 with the items below them."""
    return tuple(_whole(budget, code) for code in _WHOLES)


def economic_items(budget: Budget) -> tuple[Item, ...]:
    """The economic items of the basic expenditure."""
    return tuple(part for whole in wholes(budget) for part in whole.parts)


def functional_items(budget: Budget) -> tuple[Item, ...]:
    """Functional items that have one amount in all tables: names that stand once, paid for by one fund alone."""
    everything = by_function(budget.spending, [lambda each: each.total])
    general = {line.code: line.values for line in by_function(budget.general, [lambda each: each.total])}
    names = Counter(line.label for line in everything)
    economic = {item.name for item in economic_items(budget)}
    return tuple(
        Item(line.label, value)
        for line in everything
        if general.get(line.code) == line.values and names[line.label] == 1 and line.label not in economic
        for value in line.values
        if isinstance(value, Decimal)
    )


def three_public(budget: Budget) -> Whole:
    """三公经费 and its kinds, those without money left out."""
    now = budget.three_public
    kinds = (
        Item("公务接待费", now.reception),
        Item("公务用车运行维护费", now.car_running),
        Item("公务用车购置费", now.car_purchase),
    )
    return Whole("三公经费", now.total, tuple(_ordered(kind for kind in kinds if kind.amount)))


def totals(budget: Budget) -> tuple[Item, ...]:
    """The grand totals."""
    return (
        Item("收入总计", budget.total),
        Item("支出总计", budget.total),
        Item("一般公共预算支出", total(budget.general)),
    )


def projects(budget: Budget) -> tuple[Item, ...]:
    """The projects, the largest first."""
    return tuple(_ordered(Item(each.name, each.amount) for each in budget.projects))


def changed(budget: Budget) -> tuple[Fact, ...]:
    """What the prose says to have become more or less than last year."""
    return tuple(fact for fact in facts(budget) if fact.change and fact.percent is not None)


def absent_items() -> tuple[str, ...]:
    """Names of items that no invented budget has."""
    return tuple(code_names("部门经济分类")[code] for code in _NOWHERE)


def _whole(budget: Budget, code: str) -> Whole:
    names = code_names("部门经济分类")
    parts = [Item(names[each.code], each.amount) for each in budget.economic if each.code.startswith(code)]
    return Whole(names[code], sum((part.amount for part in parts), ZERO), tuple(_ordered(parts)))


def _ordered(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: -item.amount)
