"""No number leaves that stands in no source."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ground import Ungrounded, check_grounded, numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公务接待费为 0.69 万元", ["0.69"]),
        ("采购金额 239,000.00 元（23.9 万元）", ["239000", "23.9"]),
        ("共 1,234,567 元", ["1234567"]),
        ("20.690 万元", ["20.69"]),
        ("减少 0.4%", ["0.4"]),
        ("２０２４年５０％", ["2024", "50"]),
        ("人员经费 12，公用经费 345", ["12", "345"]),
        ("公务接待费为 0.69 万元[12][3]", ["0.69"]),
        ("1. 基本工资 86.70 万元\n2. 奖金 7 万元", ["86.7", "7"]),
        ("3.5万元", ["3.5"]),
        ("科目编码2080505", ["2080505"]),
        ("没有数字", []),
        ("", []),
    ],
)
def test_the_numbers_of_a_text(text: str, found: list[str]) -> None:
    assert numbers(text) == {Decimal(number) for number in found}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("公务接待费为 0.69 万元[1]", ["0.69"]),
        ("采购金额 239,000 元[1]", ["239000.00"]),
        ("采购金额 239000 元[1]", ["采购金额：239,000.00 元"]),
        ("合计 735.660 万元", ["735.66"]),
        ("1. 基本工资 86.70 万元[1]\n2. 奖金 7.23 万元[2]", ["86.70", "7.23"]),
        ("2024年公务接待费 0.69 万元", ["2024年预算", "0.69"]),
        ("本部门没有安排", []),
    ],
)
def test_grounded(text: str, sources: list[str]) -> None:
    check_grounded(text, sources)


@pytest.mark.parametrize(
    ("text", "sources", "named"),
    [
        ("公务接待费为 0.68 万元[1]", ["0.69"], "0.68"),
        ("公务接待费为 0.69 万元", [], "0.69"),
        ("公务接待费为 6900 元", ["0.69 万元"], "6900"),
        ("共 5 项", ["[5]"], "5"),
        ("共 5 项", ["5. 办公费"], "5"),
        ("采购 39 元", ["239,000"], "39"),
        ("采购 000 元", ["239,000"], "0"),
        ("合计 12345 元", ["12，345"], "12345"),
        ("增长 1200%", ["1.2"], "1200"),
    ],
)
def test_ungrounded(text: str, sources: list[str], named: str) -> None:
    with pytest.raises(Ungrounded, match=rf"答案里的数字 {named} 找不到出处"):
        check_grounded(text, sources)


def test_every_unknown_number_is_named_in_order() -> None:
    with pytest.raises(Ungrounded, match="数字 2、30、400 找不到出处"):
        check_grounded("400、30、2 和 1", ["1"])


@given(st.sets(st.decimals(0, 10**9, places=2), min_size=1), st.decimals(0, 10**9, places=2))
def test_only_numbers_of_the_sources_pass(known: set[Decimal], number: Decimal) -> None:
    sources = [f"{entry:,.2f} 元" for entry in known]
    check_grounded("；".join(f"{entry} 元[1]" for entry in known), sources)
    if number not in known:
        with pytest.raises(Ungrounded):
            check_grounded(f"{number} 元[1]", sources)
