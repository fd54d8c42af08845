"""Exact values and how they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.values import Value, added, mean, percentage, plain, quotient
from index.money import parse_number, to_yuan


def amount(yuan: str, unit: str = "万元") -> Value:
    return Value("amount", Decimal(yuan), unit=unit)


@pytest.mark.parametrize(
    ("value", "asked_unit", "shown"),
    [
        (amount("6900"), None, "0.69 万元"),
        (amount("6900"), "元", "6900.00 元"),
        (amount("206900"), "元", "206900.00 元（20.69 万元）"),
        (amount("206900"), "亿元", "0.002069 亿元"),
        (amount("7356600"), "亿元", "0.073566 亿元"),
        (amount("0"), None, "0.00 万元"),
        (amount("-293300"), None, "-29.33 万元"),
        (amount("-293300"), "元", "-293300.00 元（-29.33 万元）"),
        (amount("239000", "元"), None, "239000.00 元（23.90 万元）"),
        (amount("200", "元"), None, "200.00 元"),
        (amount("239000", "元"), "万元", "23.90 万元"),
        (amount("43128737"), None, "4312.8737 万元"),
        (amount("6900"), "台", "0.69 万元"),
        (Value("quantity", Decimal("5.000000"), unit="台"), None, "5 台"),
        (Value("quantity", Decimal(50)), "万元", "50"),
        (Value("percent", Decimal("8.80"), unit="%"), None, "8.8 %"),
        (Value("text", text="正常开展"), "万元", "正常开展"),
        (Value("blank"), None, "（表中为空，没有列数）"),
    ],
)
def test_shown(value: Value, asked_unit: str | None, shown: str) -> None:
    assert value.shown(asked_unit) == shown


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["元", "万元", "亿元"]), st.sampled_from(["元", "万元"]))
def test_what_is_printed_is_exact_in_any_unit(yuan: Decimal, asked_unit: str, own_unit: str) -> None:
    printed = parse_number(Value("amount", yuan, unit=own_unit).number(asked_unit))
    assert printed is not None
    assert to_yuan(printed, asked_unit) == yuan


@pytest.mark.parametrize(
    ("number", "printed"), [("5.000000", "5"), ("13.410", "13.41"), ("0.00", "0"), ("1E+3", "1000"), ("-0.50", "-0.5")]
)
def test_plain_numbers(number: str, printed: str) -> None:
    assert plain(Decimal(number)) == printed


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        ("6900", "206900", "3.33"),
        ("1", "3", "33.33"),
        ("2", "3", "66.67"),
        ("0", "5", "0.00"),
        ("5", "5", "100.00"),
        ("1", "80000", "0.00"),
        ("1", "800", "0.13"),
        ("-1", "8", "-12.50"),
    ],
)
def test_shares_round_half_up(part: str, whole: str, percent: str) -> None:
    assert percentage(Decimal(part), Decimal(whole)) == Value("percent", Decimal(percent), unit="%")


def test_a_share_of_nothing_is_none() -> None:
    with pytest.raises(ZeroDivisionError):
        percentage(Decimal(1), Decimal(0))


def test_quotients_are_in_times() -> None:
    assert quotient(Decimal("5031800"), Decimal("784400")).shown() == "6.41 倍"


@pytest.mark.parametrize(
    ("total", "count", "unit", "shown"),
    [
        ("100000", 3, "万元", "3.33 万元"),
        ("100000", 3, "元", "33333.33 元（3.333333 万元）"),
        ("50", 4, "元", "12.50 元"),
        ("250", 2, "万元", "0.01 万元"),
    ],
)
def test_means_have_two_decimals_of_their_unit(total: str, count: int, unit: str, shown: str) -> None:
    assert mean(Decimal(total), count, unit).shown() == shown


def test_amounts_are_added_exactly_in_the_first_ones_unit() -> None:
    assert added([amount("0.1"), amount("0.2", "元")]) == amount("0.3")


def test_blanks_add_nothing() -> None:
    assert added([Value("blank"), amount("5"), Value("blank")]) == amount("5")
    assert added([Value("blank")]).kind == "blank"
    assert added([]).kind == "blank"


def test_quantities_stay_quantities() -> None:
    assert added([Value("quantity", Decimal(5)), Value("quantity", Decimal(3))]).shown() == "8"
