"""What numbers look like in cells: signs, marks, currencies, digits of any width."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.money import YUAN_PER_UNIT, money_in, parse_number, to_yuan


@pytest.mark.parametrize(
    "printed",
    ["-60.00", "−60.00", "－60.00",
     "—60.00", "–60.00", "△60.00", "▲60.00", "▼60.00", "负60.00", "(60.00)", "（60.00）",
     "（-60.00）", "60.00-",
     "-¥60.00", "¥-60.00", "△ 60.00", "△60.00①", "↓60.00", "↓ ¥60.00", "60.00↓", "⬇\ufe0f60.00", "60.00－", "减少60.00",
     "下降 60.00", "↓60.00①"],
)  # fmt: skip
def test_a_minus_in_every_form(printed: str) -> None:
    assert parse_number(printed) == Decimal("-60.00")


@pytest.mark.parametrize(
    "printed",
    ["607.20①", "607.20[注2]", "607.20［1］", "607.20（注1）", "607.20注3", "*607.20", "607.20*", "※607.20", "607.20²",
     "¥607.20", "￥607.20", "+607.20", "６０７．２０", "607.20★",
     "↑607.20", "607.20↑", "607.20+", "607.20＋", "607.2+", "增加607.20", "↑¥607.20"],
)  # fmt: skip
def test_marks_and_currencies_are_no_part_of_the_number(printed: str) -> None:
    assert parse_number(printed) == Decimal("607.20")


@pytest.mark.parametrize(
    "printed",
    [
        "**",
        "①",
        "[1]",
        "注1",
        "12,34",
        "1.2.3",
        "5-10",
        "5台",
        "2024年",
        "*",
        "△",
        "1（2）",
        "↑",
        "↓",
        "2026-",
        "2026+",
        "增加",
        "减少",
    ],
)
def test_what_is_no_number(printed: str) -> None:
    assert parse_number(printed) is None


@pytest.mark.parametrize("printed", ["-", "—", "——", "－"])
def test_a_lone_dash_is_zero(printed: str) -> None:
    assert parse_number(printed) == 0


@pytest.mark.parametrize(
    ("printed", "yuan"),
    [
        ("¥1,250.50万元", "12505000"),
        ("300元整", "300"),
        ("7百元", "700"),
        ("1.2亿元", "120000000"),
        ("（2.00）万元", "-20000"),
    ],
)
def test_an_amount_that_prints_its_unit(printed: str, yuan: str) -> None:
    money = money_in(printed)
    assert money and to_yuan(*money) == Decimal(yuan)


def test_units_of_every_size_are_known() -> None:
    assert [unit for unit in YUAN_PER_UNIT if money_in(f"1{unit}") != (Decimal(1), unit)] == []
