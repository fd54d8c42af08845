"""Names to figures of the seed: the right cell, of the right unit and kind, and what nothing accounts for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answering.draft import Draft
from assistant.plan.bind import Bound, alike, bind
from assistant.query import ACTUAL, Name, Period, Quantity, Select, Side

CENTRE = "专用通信保障中心"


def select(
    *names: str,
    within: tuple[str, ...] = (),
    side: Side | None = None,
    period: Period = "this",
    quantity: Quantity = "any",
    counted: str | None = None,
) -> Select:
    """A selection; 中心 is a unit."""
    return Select(
        names=tuple(Name(text=name, is_unit=name == CENTRE) for name in names),
        within=tuple(Name(text=name) for name in within),
        side=side, period=period, quantity=quantity, counted=counted,
    )  # fmt: skip


def shown(bound: Bound) -> list[str]:
    """The readings as an answer prints them."""
    return [reading.value.shown() for reading in bound.readings]


@pytest.mark.parametrize(
    ("asked", "figures"),
    [
        (select("差旅费"), ["12.60 万元"]),
        (select("行政运行", "公用经费"), ["69.39 万元"]),
        (select("公用经费", "行政运行"), ["69.39 万元"]),
        (select(CENTRE, "基本工资"), ["16.92 万元"]),
        (select("公务接待费", within=("三公经费",)), ["0.69 万元"]),
        (select(side="收入"), ["735.66 万元"]),
        (select("三公经费"), ["20.69 万元"]),
        (select("政府采购预算"), ["239000.00 元（23.90 万元）"]),
        (select("教育支出"), ["0.00 万元"]),
        (select("资产总额"), ["183.70 万元"]),
    ],
)
def test_figures(asked: Select, figures: list[str], seed_draft: Draft) -> None:
    bound = bind(asked, seed_draft)
    assert (shown(bound), bound.missing) == (figures, ())


def test_what_table_and_prose_print_differently_is_given_twice(seed_draft: Draft) -> None:
    bound = bind(select("住房保障支出"), seed_draft)
    assert shown(bound) == ["38.82 万元", "38.52 万元"]
    assert [bool(reading.cells) for reading in bound.readings] == [True, False]


@pytest.mark.parametrize("names", [("差旅费",), (CENTRE, "基本工资"), ("三公经费",), ("资产总额",)])
def test_every_figure_rests_on_a_source(names: tuple[str, ...], seed_draft: Draft) -> None:
    for reading in bind(select(*names), seed_draft).readings:
        assert reading.cells or reading.statements
        assert reading.document_id == seed_draft.catalog.document_id


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        (select("不存在的名目"), ("不存在的名目",)),
        (select("差旅费", "水费"), ("水费",)),
        (select(CENTRE, "差旅费"), ("差旅费",)),
        (select(CENTRE, "公务接待费"), ("公务接待费",)),
        (select("差旅费", period="last"), ("差旅费",)),
        (select("差旅费", quantity="count", counted="人"), ("差旅费",)),
        (select("公务接待费", quantity="count", counted="批次"), ("公务接待费",)),
        (select("房屋", quantity="count", counted="辆"), ("房屋",)),
    ],
)
def test_names_that_nothing_accounts_for(asked: Select, missing: tuple[str, ...], seed_draft: Draft) -> None:
    assert bind(asked, seed_draft).missing == missing


def test_what_was_told_around_is_left_out_silently(seed_draft: Draft) -> None:
    bound = bind(select("差旅费", within=("车辆",)), seed_draft)
    assert (shown(bound), bound.missing) == (["12.60 万元"], ())


def test_what_is_said_to_be_inside_is_not_left_out_silently(seed_draft: Draft) -> None:
    asked = select("差旅费", within=("三公经费",)).model_copy(update={"is_inside": True})
    assert bind(asked, seed_draft).missing == ("三公经费",)


@pytest.mark.parametrize(
    ("name", "counted", "number", "unit"),
    [
        ("车辆", "辆", "5", "辆"),
        ("退休人员", "名", "8", "人"),
        ("行政编制", "个", "23", "个"),
        ("车辆", "台", "5", "辆"),
    ],
)
def test_counts(name: str, counted: str, number: str, unit: str, seed_draft: Draft) -> None:
    best = bind(select(name, quantity="count", counted=counted), seed_draft).best
    assert best is not None
    assert (best.exact, best.value.unit, best.value.kind) == (Decimal(number), unit, "quantity")


@pytest.mark.parametrize("name", ["差旅费", "公务接待费", "公务用车", "项目支出", "住房公积金", "办公费"])
def test_a_count_is_never_money(name: str, seed_draft: Draft) -> None:
    readings = bind(select(name, quantity="count"), seed_draft).readings
    assert {reading.value.kind for reading in readings} <= {"quantity"}


def test_people_that_are_there(seed_draft: Draft) -> None:
    bound = bind(select(ACTUAL, "退休人员"), seed_draft)
    assert [(r.name, r.value.shown()) for r in bound.readings] == [("实有退休人员", "8 人")]


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("公务接待费", "0.78 万元"),
        ("三公经费", "20.78 万元"),
        ("项目支出", "65.00 万元"),
        ("机关运行经费", "86.46 万元"),
    ],
)
def test_last_years_figure(name: str, figure: str, seed_draft: Draft) -> None:
    best = bind(select(name, period="last"), seed_draft).best
    assert best is not None
    assert best.value.shown() == figure
    assert best.name.startswith("上年")


def test_the_best_of_nothing(seed_draft: Draft) -> None:
    assert bind(select("不存在的名目"), seed_draft).best is None


@pytest.mark.parametrize(("one", "other"), [("人", "名"), ("辆", "台"), ("家", "所"), ("次", "场"), ("平", "平方米")])
def test_counting_words_of_one_kind(one: str, other: str) -> None:
    assert other in alike(one)
    assert one in alike(other)


@pytest.mark.parametrize(("one", "other"), [("人", "辆"), ("次", "人"), ("批次", "人次"), ("平方米", "个")])
def test_counting_words_of_different_kinds(one: str, other: str) -> None:
    assert other not in alike(one)
