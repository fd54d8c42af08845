"""Invented budgets add up, and come out of their seed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dictionary import code_names
from tests.invented.budget import ZERO, Budget, total
from tests.invented.invent import STEP, invent

SEEDS = st.integers(0, 10**6)


@given(SEEDS)
def test_a_seed_gives_one_budget(seed: int) -> None:
    assert invent(seed) == invent(seed)


@given(SEEDS)
def test_each_classification_has_the_same_total(seed: int) -> None:
    budget = invent(seed)
    assert sum(each.amount for each in budget.economic) == sum(each.basic for each in budget.general)
    assert sum(each.amount for each in budget.projects) == sum(each.projects for each in budget.spending)
    staff = sum(each.amount for each in budget.economic if each.is_staff)
    assert staff == sum(each.staff for each in budget.general)


@given(SEEDS)
def test_income_is_expenditure(seed: int) -> None:
    budget = invent(seed)
    assert total(budget.fiscal) + budget.other_income + budget.carried_over == budget.total
    assert budget.other_income >= 0


@given(SEEDS)
def test_three_public_is_what_the_economic_items_say(seed: int) -> None:
    budget = invent(seed)
    amounts = {each.code: each.amount for each in budget.economic}
    expenses = budget.three_public
    assert expenses.reception == amounts["30217"] and expenses.car_running == amounts["30231"]
    assert expenses.abroad == amounts.get("30212", ZERO) and expenses.car_purchase == amounts.get("31013", ZERO)


@given(SEEDS)
def test_codes_are_official_and_amounts_positive(seed: int) -> None:
    budget = invent(seed)
    assert {each.code for each in budget.spending} <= code_names("功能分类").keys()
    assert {each.code for each in budget.economic} <= code_names("部门经济分类").keys()
    amounts = [each.total for each in budget.spending] + [each.amount for each in budget.economic]
    assert all(amount > 0 and amount % STEP == 0 for amount in amounts)


@pytest.mark.parametrize("units", [1, 2, 3, 4])
def test_as_many_units_as_asked_for(units: int) -> None:
    budget = invent(7, units=units)
    assert len(budget.units) == len({unit.code for unit in budget.units}) == len({unit.name for unit in budget.units})
    assert len(budget.units) == units and {each.unit for each in budget.spending} == set(budget.units)


def test_seeds_differ() -> None:
    budgets: list[Budget] = [invent(seed) for seed in range(40)]
    assert len({budget.total for budget in budgets}) == 40
    assert {budget.unit_level for budget in budgets} == {"部门", "单位"}
    assert any(budget.fund_total("政府性基金预算") for budget in budgets)
    assert any(not budget.fund_total("政府性基金预算") for budget in budgets)
    assert any(budget.carried_over == Decimal(0) for budget in budgets)
