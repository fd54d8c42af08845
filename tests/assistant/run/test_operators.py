"""Operators over exact figures: what they come to, and what they refuse to work out."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.draft import Draft
from assistant.answering.values import Value, ValueKind
from assistant.plan.quantity import Quantity
from assistant.plan.rows import rows_of
from assistant.query import Comparison, Condition, Rows
from assistant.run.operators import (
    Unsound,
    added,
    averaged,
    divided,
    label_of,
    numbered,
    passes,
    ranked,
    same_unit,
    share,
    subtracted,
)
from index.money import to_yuan
from index.records import StatementRecord

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
POSITIVE = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2)


def amount(number: str | Decimal, name: str = "差旅费", *, unit: str = "万元", row: str = "") -> Quantity:
    """An amount that a table prints in ``unit``."""
    return Quantity(name, Value("amount", to_yuan(Decimal(number), unit), unit=unit), "d", row_id=row)


def number(value: str, unit: str, kind: ValueKind = "quantity") -> Quantity:
    """A number of things, or per cents."""
    return Quantity("车辆", Value(kind, Decimal(value), unit=unit), "d")


BLANK = Quantity("空白", Value("blank"), "d")
TEXT = Quantity("说明", Value("text", text="正常开展"), "d")


# Sums and means


def test_a_sum_is_exact() -> None:
    total = added([amount("0.1"), amount("0.2")], "合计")
    assert total.exact == Decimal(3000)
    assert total.value.number() == "0.30"


def test_a_sum_keeps_its_parts_and_unit() -> None:
    parts = [amount("1.5"), amount("2", unit="元")]
    total = added(parts, "合计")
    assert (total.name, total.parts, total.value.unit) == ("合计", tuple(parts), "万元")


def test_amounts_in_different_units_of_money_add_up() -> None:
    assert added([amount("1"), amount("5000", unit="元")], "合计").exact == Decimal(15000)


def test_blanks_and_texts_are_no_terms() -> None:
    total = added([amount("1"), BLANK, TEXT], "合计")
    assert (total.exact, len(total.parts)) == (Decimal(10000), 1)


@pytest.mark.parametrize("parts", [[], [BLANK], [TEXT, BLANK]])
def test_nothing_cannot_be_added(parts: list[Quantity]) -> None:
    with pytest.raises(Unsound, match="没有数"):
        added(parts, "合计")


def test_what_a_sentence_lists_as_a_part_is_not_added_to_its_whole() -> None:
    nothing = (None,) * 8
    sentence = "离退休人员78人，其中：离休3人。"
    retired = StatementRecord("s1", "d", "p", "离退休人员", *nothing, Decimal(78), "人", None, sentence, None)
    of_them = StatementRecord("s2", "d", "p", "离休", *nothing, Decimal(3), "人", None, sentence, "s1")
    each = [replace(number(str(s.number), "人"), name=s.subject, statements=(s,)) for s in (of_them, retired)]
    with pytest.raises(Unsound, match="整体"):
        added(each, "合计")


def test_one_row_is_not_added_twice() -> None:
    with pytest.raises(Unsound, match="两次"):
        added([amount("1", row="t.r1"), amount("1", row="t.r1")], "合计")


def test_equal_amounts_of_different_rows_are_added() -> None:
    assert added([amount("5", row="t.r1"), amount("5", row="t.r2")], "合计").exact == Decimal(100_000)


def test_computed_terms_without_a_row_are_added() -> None:
    assert added([amount("5"), amount("5")], "合计").exact == Decimal(100_000)


@pytest.mark.parametrize(
    "mixed",
    [
        [amount("1"), number("5", "辆")],
        [amount("1"), number("5", "%", "percent")],
        [number("5", "辆"), number("5", "%", "percent")],
        [number("50", "箱"), number("3", "台")],
    ],
)
def test_what_is_of_different_kinds_is_not_put_together(mixed: list[Quantity]) -> None:
    first, second = mixed
    with pytest.raises(Unsound):
        same_unit(mixed)
    with pytest.raises(Unsound):
        added(mixed, "合计")
    with pytest.raises(Unsound):
        averaged(mixed, "平均")
    with pytest.raises(Unsound):
        subtracted(first, second, "相差")


def test_a_mean_is_rounded_in_the_printed_unit() -> None:
    mean = averaged([amount("1"), amount("1"), amount("2")], "平均")
    assert mean.value.number() == "1.33"
    assert len(mean.parts) == 3


def test_a_mean_of_counts() -> None:
    assert averaged([number("1", "辆"), number("2", "辆")], "平均").exact == Decimal("1.50")


def test_a_mean_leaves_blanks_out() -> None:
    assert averaged([amount("2"), BLANK, amount("4")], "平均").value.number() == "3.00"


# Gaps, shares, ratios


def test_a_gap_has_no_sign() -> None:
    smaller, larger = amount("0.69"), amount("12.6")
    assert subtracted(smaller, larger, "相差").value.number() == "11.91"
    assert subtracted(larger, smaller, "相差").value.number() == "11.91"


def test_no_gap_to_nothing() -> None:
    with pytest.raises(Unsound, match="没有数"):
        subtracted(amount("1"), Quantity("空", Value("amount", unit="万元"), "d"), "相差")


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [("0.69", "20.69", "3.33"), ("154.04", "735.66", "20.94"), ("0", "5", "0"), ("5", "5", "100"), ("1", "8", "12.5")],
)
def test_a_share_in_per_cent(part: str, whole: str, percent: str) -> None:
    found = share(amount(part), amount(whole), "占比").value
    assert (found.kind, found.number(), found.unit_shown("元")) == ("percent", percent, "%")


def test_a_share_counts_across_units_of_money() -> None:
    assert share(amount("5000", unit="元"), amount("1"), "占比").exact == Decimal(50)


@pytest.mark.parametrize(
    ("part", "whole", "why"),
    [
        (amount("20.70"), amount("20.69"), "部分大于整体"),
        (amount("-2"), amount("1"), "部分大于整体"),
        (amount("1"), amount("0"), "合计"),
        (amount("0"), amount("0"), "合计"),
        (amount("1"), number("5", "辆"), "单位"),
        (BLANK, BLANK, "合计"),
    ],
)
def test_shares_that_mean_nothing(part: Quantity, whole: Quantity, why: str) -> None:
    with pytest.raises(Unsound, match=why):
        share(part, whole, "占比")


def test_a_figure_is_no_share_of_itself(seed_draft: Draft) -> None:
    figures = seed_draft.library.figures(set(list(seed_draft.catalog.rows)[:1]))
    cell = next(cell for row in figures.values() for cell in row)
    part = replace(amount("6"), cells=(cell,))
    with pytest.raises(Unsound, match="部分就是整体"):
        share(part, replace(part, name="三公经费"), "占比")


def test_times() -> None:
    found = divided(amount("12.6"), amount("0.4"), "倍数").value
    assert (found.number(), found.unit) == ("31.5", "倍")


def test_an_amount_for_each_thing_stays_an_amount() -> None:
    each = divided(amount("20"), number("3", "辆"), "每辆")
    assert (each.value.kind, each.value.number(), each.value.unit) == ("amount", "6.67", "万元")


def test_an_amount_for_each_thing_in_the_unit_of_its_table() -> None:
    each = divided(amount("100", unit="元"), number("3", "箱"), "每箱").value
    assert (each.number(), each.unit) == ("33.33", "元")


@pytest.mark.parametrize(
    ("part", "base"),
    [
        (amount("1"), amount("0")),
        (amount("1"), number("0", "辆")),
        (amount("1"), BLANK),
        (BLANK, amount("1")),
        (number("5", "辆"), amount("1")),
        (amount("1"), number("5", "%", "percent")),
    ],
)
def test_divisions_that_mean_nothing(part: Quantity, base: Quantity) -> None:
    with pytest.raises(Unsound):
        divided(part, base, "相除")


# Order and bounds


def test_equals_keep_their_order() -> None:
    rows = [amount("5", "办公费"), BLANK, amount("5", "印刷费"), amount("12.6", "差旅费")]
    assert [q.name for q in ranked(rows, descending=True)] == ["差旅费", "办公费", "印刷费"]
    assert [q.name for q in ranked(rows, descending=False)] == ["办公费", "印刷费", "差旅费"]


@pytest.mark.parametrize(
    ("comparison", "kept"),
    [
        ("gt", ["12.6"]), ("ge", ["5", "12.6"]), ("lt", ["1"]), ("le", ["1", "5"]), ("eq", ["5"]),
        ("ne", ["1", "12.6"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("bound", "unit"), [("5", "万元"), ("50000", "元"), ("0.0005", "亿元"), ("5", None)])
def test_bounds_in_any_unit_of_money(comparison: Comparison, kept: list[str], bound: str, unit: str | None) -> None:
    condition = Condition(comparison=comparison, values=(Decimal(bound),), unit=unit)
    assert [n for n in ("1", "5", "12.6") if passes(amount(n), condition)] == kept


def test_a_range_holds_both_ends() -> None:
    condition = Condition(comparison="range", values=(Decimal(1), Decimal(5)), unit="万元")
    assert [n for n in ("0.99", "1", "5", "5.01") if passes(amount(n), condition)] == ["1", "5"]


def test_another_figure_as_the_bound() -> None:
    condition = Condition(comparison="gt")
    assert passes(amount("2"), condition, Decimal(10_000))
    assert not passes(amount("1"), condition, Decimal(10_000))


def test_blanks_meet_no_bound() -> None:
    condition = Condition(comparison="ne", values=(Decimal(0),))
    assert not passes(BLANK, condition)


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        (Condition(starts="公务"), True),
        (Condition(starts="接待"), False),
        (Condition(holds="接待"), True),
        (Condition(holds="差旅"), False),
        (Condition(comparison="ne", starts="公务"), False),
        (Condition(comparison="ne", holds="差旅"), True),
    ],
)
def test_labels(condition: Condition, is_met: bool) -> None:
    assert passes(amount("0", "公务接待费"), condition) is is_met


def test_the_unit_whose_row_it_is_is_no_part_of_its_label(seed_draft: Draft) -> None:
    row = rows_of(Rows(kind="project"), seed_draft, "")[0][0]
    assert (row.name, label_of(row)) == ("基本工资（区委办公室）", "基本工资")
    assert not passes(row, Condition(holds="办公"))


# Properties


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_a_sum_is_the_sum(numbers: list[Decimal]) -> None:
    assert added([amount(n) for n in numbers], "合计").exact == to_yuan(sum(numbers, Decimal(0)), "万元")


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_a_sum_does_not_depend_on_the_order(numbers: list[Decimal]) -> None:
    rows = [amount(n) for n in numbers]
    assert added(rows, "").exact == added(sorted(rows, key=lambda q: q.exact or 0), "").exact


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_a_mean_lies_within(numbers: list[Decimal]) -> None:
    exact = averaged([amount(n) for n in numbers], "平均").exact
    assert exact is not None
    assert to_yuan(min(numbers), "万元") <= exact <= to_yuan(max(numbers), "万元")


@given(AMOUNTS, AMOUNTS)
def test_a_gap_is_the_same_both_ways(one: Decimal, other: Decimal) -> None:
    gap = subtracted(amount(one), amount(other), "").exact
    assert gap == subtracted(amount(other), amount(one), "").exact == to_yuan(abs(one - other), "万元")


@given(POSITIVE, POSITIVE)
def test_a_share_is_at_most_all(one: Decimal, other: Decimal) -> None:
    part, whole = sorted((one, other))
    exact = share(amount(part), amount(whole), "").exact
    assert exact == (part / whole * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert 0 <= exact <= 100


@given(POSITIVE, POSITIVE)
def test_a_larger_part_is_never_a_share(one: Decimal, more: Decimal) -> None:
    with pytest.raises(Unsound):
        share(amount(one + more), amount(one), "")


@given(st.lists(AMOUNTS, max_size=8), st.booleans())
def test_ranking_loses_nothing(numbers: list[Decimal], descending: bool) -> None:
    rows = [amount(n) for n in numbers]
    order = ranked(rows, descending=descending)
    exact = [q.exact or Decimal(0) for q in order]
    assert sorted(exact, reverse=descending) == exact
    assert len(order) == len(numbered(rows))


def test_a_quotient_that_is_divided_again_is_rounded_once() -> None:
    each = divided(amount("310.67"), number("129", "辆"), "每辆")
    by_month = divided(each, number("12", "个月"), "每辆每月")
    assert each.value.number() == "2.41"
    assert by_month.value.shown() == "0.2007 万元"
