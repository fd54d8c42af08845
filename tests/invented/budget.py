"""The truth of an invented budget: every amount in 元, every total computed, so all that must agree agrees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Fund = Literal["一般公共预算", "政府性基金预算", "国有资本经营预算", "单位资金"]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Unit:
    """A budget unit of the department; the first one is the department's own office."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Spending:
    """What one unit spends on one functional 项 out of one fund."""

    unit: Unit
    code: str
    fund: Fund
    staff: Decimal = ZERO
    running: Decimal = ZERO
    projects: Decimal = ZERO

    @property
    def basic(self) -> Decimal:
        """基本支出."""
        return self.staff + self.running

    @property
    def total(self) -> Decimal:
        """基本支出 and 项目支出."""
        return self.basic + self.projects


@dataclass(frozen=True, slots=True)
class Economic:
    """One economic 款 of the basic expenditure out of 一般公共预算."""

    code: str
    amount: Decimal

    @property
    def is_staff(self) -> bool:
        """Whether it is 人员经费: wages and what goes to persons."""
        return self.code.startswith(("301", "303"))


@dataclass(frozen=True, slots=True)
class Project:
    """One project of one unit."""

    unit: Unit
    code: str
    name: str
    function: str
    fund: Fund
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of the procurement budget."""

    unit: Unit
    code: str
    name: str
    quantity: int
    price: Decimal

    @property
    def amount(self) -> Decimal:
        """Quantity times price."""
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """“三公”经费 of one unit, or of all."""

    abroad: Decimal
    car_purchase: Decimal
    car_running: Decimal
    reception: Decimal

    @property
    def cars(self) -> Decimal:
        """公务用车购置及运行维护费."""
        return self.car_purchase + self.car_running

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True, slots=True)
class Earlier:
    """Last year's figures, which prose compares with."""

    total: Decimal
    general: Decimal
    basic: Decimal
    projects: Decimal
    three_public: ThreePublic


@dataclass(frozen=True, slots=True)
class Budget:
    """One department's budget (or final account) of one year."""

    place: str
    department: str
    year: int
    document_type: Literal["预算", "决算"]
    unit_level: Literal["部门", "单位"]
    duties: tuple[str, ...]
    units: tuple[Unit, ...]
    spending: tuple[Spending, ...]
    economic: tuple[Economic, ...]
    projects: tuple[Project, ...]
    purchases: tuple[Purchase, ...]
    three_public_by_unit: tuple[tuple[Unit, ThreePublic], ...]
    meetings: Decimal
    training: Decimal
    carried_over: Decimal
    earlier: Earlier

    @property
    def name(self) -> str:
        """The department's full name."""
        return self.place + self.department

    def of(self, *funds: Fund) -> tuple[Spending, ...]:
        """What is spent out of these funds."""
        return tuple(each for each in self.spending if each.fund in funds)

    @property
    def general(self) -> tuple[Spending, ...]:
        """What is spent out of 一般公共预算."""
        return self.of("一般公共预算")

    @property
    def fiscal(self) -> tuple[Spending, ...]:
        """What is spent out of 财政拨款."""
        return self.of("一般公共预算", "政府性基金预算", "国有资本经营预算")

    def fund_total(self, fund: Fund, unit: Unit | None = None) -> Decimal:
        """What one fund pays for, for one unit or for all."""
        return total(each for each in self.of(fund) if unit in (None, each.unit))

    @property
    def other_income(self) -> Decimal:
        """其他收入 of the year: what 单位资金 needs beyond what was carried over."""
        return self.fund_total("单位资金") - self.carried_over

    @property
    def income(self) -> Decimal:
        """本年收入."""
        return self.total - self.carried_over

    @property
    def total(self) -> Decimal:
        """收入总计, which is 支出总计."""
        return total(self.spending)

    @property
    def three_public(self) -> ThreePublic:
        """“三公”经费 of all units."""
        parts = [each for _, each in self.three_public_by_unit]
        return ThreePublic(
            abroad=sum((each.abroad for each in parts), ZERO),
            car_purchase=sum((each.car_purchase for each in parts), ZERO),
            car_running=sum((each.car_running for each in parts), ZERO),
            reception=sum((each.reception for each in parts), ZERO),
        )


def total(spending: Iterable[Spending]) -> Decimal:
    """The sum of what is spent."""
    return sum((each.total for each in spending), ZERO)
