"""Budgets out of a seed: the same seed, the same budget."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from tests.invented.budget import (
    ZERO,
    Budget,
    Earlier,
    Economic,
    Fund,
    Project,
    Purchase,
    Spending,
    ThreePublic,
    Unit,
)
from tests.invented.words import OFFICES, PLACES, PROJECTS, PURCHASES, Office

STEP: Final = 100
"""Amounts are whole hundreds of 元, so that two decimals of 万元 print them exactly."""

_STAFF_OF_FUNCTION: Final = {
    "2080505": "30108", "2080506": "30109", "2101101": "30110", "2101102": "30110", "2101103": "30111",
    "2210201": "30113", "2080501": "30302", "2080502": "30302",
}  # fmt: skip
_STAFF: Final = ("30101", "30102", "30103", "30107", "30112", "30199", "30307")
_RUNNING: Final = (
    "30201", "30202", "30206", "30207", "30209", "30211", "30213", "30215", "30216", "30217", "30226", "30227",
    "30228", "30229", "30231", "30239", "30299",
)  # fmt: skip
_ALWAYS_RUNNING: Final = ("30201", "30211", "30215", "30216", "30217", "30231", "30299")
_EXTRA_RUNNING: Final = ("30212", "31002", "31013")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose budget it is: a place and an office of words.py, and the year."""

    place: str
    office: str
    year: int


def invent(
    seed: int,
    document_type: Literal["预算", "决算"] = "预算",
    units: int | None = None,
    whose: Whose | None = None,
) -> Budget:
    """A budget of ``units`` budget units, or of as many as the seed says, which else says also ``whose`` it is."""
    chance = random.Random(seed)
    office, place = chance.choice(OFFICES), chance.choice(PLACES)
    if whose:
        place, office = whose.place, next(each for each in OFFICES if each.name == whose.office)
    named = _units(chance, place, office, units or chance.randint(1, 4))
    spending = _spending(chance, office, named)
    basic = [each for each in spending if each.fund == "一般公共预算"]
    economic = _economic(chance, basic)
    three_public = _three_public(chance, named, economic)
    amounts = {each.code: each.amount for each in economic}
    return Budget(
        place=place,
        department=office.name,
        year=whose.year if whose else chance.randint(2021, 2026),
        document_type=document_type,
        unit_level="单位" if len(named) == 1 and chance.random() < 0.5 else "部门",
        duties=office.duties,
        units=named,
        spending=spending,
        economic=economic,
        projects=_projects(chance, spending),
        purchases=_purchases(chance, named),
        three_public_by_unit=three_public,
        meetings=amounts["30215"],
        training=amounts["30216"],
        carried_over=_carried_over(chance, spending),
        earlier=_earlier(chance, spending, three_public),
    )


def _amount(chance: random.Random, low: int, high: int) -> Decimal:
    return Decimal(chance.randrange(low, high, STEP))


def _parts(chance: random.Random, whole: Decimal, count: int) -> list[Decimal]:
    """``whole`` as a sum of ``count`` amounts, none of them zero."""
    steps = int(whole / STEP)
    cuts = sorted(chance.sample(range(1, steps), count - 1))
    return [Decimal((end - start) * STEP) for start, end in zip([0, *cuts], [*cuts, steps], strict=True)]


def _units(chance: random.Random, place: str, office: Office, count: int) -> tuple[Unit, ...]:
    department = f"{chance.randint(101, 199)}"
    own = f"{place}{office.name}" + chance.choice(["", "（本级）"] if count > 1 else [""])
    names = [own, *(place + name for name in office.institutions[: count - 1])]
    return tuple(Unit(f"{department}{number:03}", name) for number, name in enumerate(names, start=1))


def _spending(chance: random.Random, office: Office, units: Sequence[Unit]) -> tuple[Spending, ...]:
    spending: list[Spending] = []
    for number, unit in enumerate(units):
        spending += _basic(chance, unit, office, is_own=number == 0)
        spending += _business(chance, unit, office, 1 if number else 2)
    spending += _other_funds(chance, units[0], office)
    return tuple(spending)


def _basic(chance: random.Random, unit: Unit, office: Office, is_own: bool) -> list[Spending]:
    """Wages and office costs, pensions, health care and housing."""
    size = 10 if is_own else 3
    running = office.running if is_own else office.institution_running
    staff = {
        "2080501" if is_own else "2080502": _amount(chance, 20_000, 200_000),
        "2080505": _amount(chance, 60_000 * size, 90_000 * size),
        "2080506": _amount(chance, 30_000 * size, 45_000 * size),
        "2101101" if is_own else "2101102": _amount(chance, 20_000 * size, 30_000 * size),
        "2210201": _amount(chance, 50_000 * size, 90_000 * size),
    }
    if is_own:
        staff |= {code: _amount(chance, 50_000, 500_000) for code in ("2101103", "2210203") if chance.random() < 0.6}
    wages, costs = _amount(chance, 800_000 * size, 1_500_000 * size), _amount(chance, 90_000 * size, 200_000 * size)
    fund: Fund = "一般公共预算"
    return [
        Spending(unit, running, fund, wages, costs),
        *(Spending(unit, code, fund, amount) for code, amount in staff.items()),
    ]


def _business(chance: random.Random, unit: Unit, office: Office, count: int) -> list[Spending]:
    codes = chance.sample(office.business, count) + (["2050803"] if chance.random() < 0.4 else [])
    return [Spending(unit, code, "一般公共预算", projects=_amount(chance, 50_000, 9_000_000)) for code in codes]


def _other_funds(chance: random.Random, unit: Unit, office: Office) -> list[Spending]:
    """Now and then money from elsewhere; always some from the unit's own means."""
    funds: list[tuple[Fund, str]] = [("单位资金", office.business[-1])]
    if chance.random() < 0.4:
        funds += [("政府性基金预算", code) for code in ("2120803", "2120899")]
    if chance.random() < 0.2:
        funds.append(("国有资本经营预算", "2230199"))
    return [Spending(unit, code, fund, projects=_amount(chance, 20_000, 3_000_000)) for fund, code in funds]


def _carried_over(chance: random.Random, spending: Sequence[Spending]) -> Decimal:
    own_means = next(each.total for each in spending if each.fund == "单位资金")
    return chance.choice([ZERO, _parts(chance, own_means, 2)[0]])


def _economic(chance: random.Random, spending: Sequence[Spending]) -> tuple[Economic, ...]:
    """Both sorts of basic expenditure by economic item, pensions and the like as the functional items have them."""
    amounts: dict[str, Decimal] = {}
    free = ZERO
    for each in spending:
        code = _STAFF_OF_FUNCTION.get(each.code)
        if code:
            amounts[code] = amounts.get(code, ZERO) + each.staff
        else:
            free += each.staff
    amounts |= dict(zip(_STAFF, _parts(chance, free, len(_STAFF)), strict=True))
    running = _running_codes(chance)
    costs = sum((each.running for each in spending), ZERO)
    amounts |= dict(zip(running, _parts(chance, costs, len(running)), strict=True))
    return tuple(Economic(code, amounts[code]) for code in sorted(amounts))


def _running_codes(chance: random.Random) -> list[str]:
    optional = [code for code in (*_RUNNING, *_EXTRA_RUNNING) if code not in _ALWAYS_RUNNING]
    return sorted([*_ALWAYS_RUNNING, *(code for code in optional if chance.random() < 0.6)])


def _three_public(
    chance: random.Random, units: Sequence[Unit], economic: Sequence[Economic]
) -> tuple[tuple[Unit, ThreePublic], ...]:
    """As the economic items have it, each unit a part of the office's cars and guests."""
    amounts = {each.code: each.amount for each in economic}
    cars = _shares(chance, amounts["30231"], len(units))
    guests = _shares(chance, amounts["30217"], len(units))
    return tuple(
        (
            unit,
            ThreePublic(
                abroad=amounts.get("30212", ZERO) if number == 0 else ZERO,
                car_purchase=amounts.get("31013", ZERO) if number == 0 else ZERO,
                car_running=cars[number],
                reception=guests[number],
            ),
        )
        for number, unit in enumerate(units)
    )


def _shares(chance: random.Random, whole: Decimal, count: int) -> list[Decimal]:
    """Parts of a whole that may be too small to be shared."""
    if whole < STEP * count * 2:
        return [whole, *[ZERO] * (count - 1)]
    return _parts(chance, whole, count)


def _projects(chance: random.Random, spending: Sequence[Spending]) -> tuple[Project, ...]:
    names = iter(chance.sample(PROJECTS, len(PROJECTS)))
    projects: list[Project] = []
    for each in (each for each in spending if each.projects):
        count = min(chance.randint(1, 2), int(each.projects / STEP))
        for amount in _parts(chance, each.projects, count):
            code = f"{420000 + int(each.unit.code)}2{len(projects):02}R{chance.randint(10**7, 10**8 - 1)}"
            projects.append(Project(each.unit, code, next(names), each.code, each.fund, amount))
    return tuple(projects)


def _purchases(chance: random.Random, units: Sequence[Unit]) -> tuple[Purchase, ...]:
    items = sorted(chance.sample(PURCHASES, chance.randint(2, 4)))
    return tuple(
        Purchase(chance.choice(units), code, name, chance.randint(1, 20), _amount(chance, 200, 9_000))
        for code, name in items
    )


def _earlier(
    chance: random.Random, spending: Sequence[Spending], by_unit: Sequence[tuple[Unit, ThreePublic]]
) -> Earlier:
    general = [each for each in spending if each.fund == "一般公共预算"]
    parts = [each for _, each in by_unit]
    return Earlier(
        total=_before(chance, sum((each.total for each in spending), ZERO)),
        general=_before(chance, sum((each.total for each in general), ZERO)),
        basic=_before(chance, sum((each.basic for each in spending), ZERO)),
        projects=_before(chance, sum((each.projects for each in spending), ZERO)),
        three_public=ThreePublic(
            abroad=_before(chance, sum((each.abroad for each in parts), ZERO)),
            car_purchase=_before(chance, sum((each.car_purchase for each in parts), ZERO)),
            car_running=_before(chance, sum((each.car_running for each in parts), ZERO)),
            reception=_before(chance, sum((each.reception for each in parts), ZERO)),
        ),
    )


def _before(chance: random.Random, amount: Decimal) -> Decimal:
    """Last year's amount: the same, or some per cent more or less."""
    change = chance.choice([Decimal(0), Decimal(chance.randint(-30, 30)) / 100])
    return (amount * (1 + change) / STEP).quantize(Decimal(1), ROUND_HALF_UP) * STEP
