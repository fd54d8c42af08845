"""Figures that a question asserts, against those of the answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Figure
from assistant.query import Claim
from assistant.reply.claims import claim_lines

AGREES, DISAGREES = "相符。", "以文件为准。"


def figure(value: str, unit: str) -> Figure:
    """A figure of an answer."""
    return Figure(label="差旅费", value=value, unit=unit, citations=[1])


def claim(value: str, unit: str | None, text: str = "") -> Claim:
    """A number that a question says."""
    return Claim(value=Decimal(value), unit=unit, text=text or f"{value}{unit}")


def line_of(asserted: Claim, *figures: Figure) -> str:
    """What is said of one claim, "" for nothing."""
    return "".join(claim_lines([asserted], figures))


@pytest.mark.parametrize(
    ("asserted", "printed"),
    [
        (claim("12.6", "万元"), figure("12.60", "万元")),
        (claim("126000", "元"), figure("12.60", "万元")),
        (claim("12.6", "万元"), figure("126,000.00", "元")),
        (claim("12", "万元"), figure("12.60", "万元")),
        (claim("13", "万元"), figure("12.60", "万元")),
        (claim("71", "亿元"), figure("71.4321", "亿元")),
        (claim("0.09", "万元"), figure("-0.09", "万元")),
        (claim("5", "辆"), figure("5", "辆")),
        (claim("3.33", "%"), figure("3.33", "%")),
    ],
)
def test_as_many_digits_as_the_claim_has(asserted: Claim, printed: Figure) -> None:
    assert line_of(asserted, printed).endswith(AGREES)


@pytest.mark.parametrize(
    ("asserted", "printed"),
    [
        (claim("12.61", "万元"), figure("12.60", "万元")),
        (claim("10", "万元"), figure("0.69", "万元")),
        (claim("14", "万元"), figure("12.60", "万元")),
        (claim("12.6", "亿元"), figure("12.60", "万元")),
        (claim("12.6", "元"), figure("12.60", "万元")),
        (claim("6", "辆"), figure("5", "辆")),
    ],
)
def test_what_does_not_agree_is_said(asserted: Claim, printed: Figure) -> None:
    line = line_of(asserted, printed)
    assert DISAGREES in line
    assert asserted.text in line
    assert "相符。" not in line


@pytest.mark.parametrize(
    ("asserted", "printed"),
    [
        (claim("5", "辆"), figure("5.00", "万元")),
        (claim("5", "万元"), figure("5", "辆")),
        (claim("5", "%"), figure("5", "元")),
    ],
)
def test_a_figure_of_another_kind_neither_agrees_nor_not(asserted: Claim, printed: Figure) -> None:
    assert line_of(asserted, printed) == ""


@pytest.mark.parametrize(
    ("asserted", "printed"), [(claim("5", "辆"), figure("5", "%")), (claim("5", "人"), figure("5", "辆"))]
)
def test_counts_of_different_things_never_agree(asserted: Claim, printed: Figure) -> None:
    assert AGREES not in line_of(asserted, printed)


def test_one_of_several_figures_is_enough() -> None:
    line = line_of(claim("0.4", "万元"), figure("12.60", "万元"), figure("0.40", "万元"))
    assert line.endswith(AGREES)
    assert "0.40 万元" in line


def test_every_claim_has_its_line() -> None:
    lines = list(claim_lines([claim("1", "万元"), claim("2", "万元")], [figure("2.00", "万元")]))
    assert [AGREES in line for line in lines] == [False, True]


def test_texts_are_no_figures() -> None:
    assert line_of(claim("5", "万元"), figure("正常开展", "")) == ""


def test_nothing_to_say_without_figures_or_claims() -> None:
    assert line_of(claim("5", "万元")) == ""
    assert list(claim_lines([], [figure("5.00", "万元")])) == []


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_a_figure_agrees_with_itself(number: Decimal) -> None:
    assert AGREES in line_of(claim(f"{number}", "万元"), figure(f"{number:,}", "万元"))


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.decimals(min_value=1, max_value=100, places=2))
def test_a_figure_that_is_further_off_never_agrees(number: Decimal, gap: Decimal) -> None:
    assert AGREES not in line_of(claim(f"{number + gap}", "万元"), figure(f"{number}", "万元"))
