"""Row sets of the seed: which rows a query ranges over, how they changed, what they are part of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answering.draft import Draft
from assistant.plan.bind import bind
from assistant.plan.quantity import Quantity
from assistant.plan.rows import change_of, named_parts, rows_of, whole_of
from assistant.query import Name, RowKind, Rows, Select, Side


def rows(*within: str, kind: RowKind = "any", level: int | None = None) -> Rows:
    """Rows below what is named."""
    return Rows(within=Select(names=tuple(Name(text=name) for name in within)), kind=kind, level=level)


def figure_of(name: str, draft: Draft, *, side: Side | None = None) -> Quantity:
    """The best figure of a name."""
    names = (Name(text=name),) if name else ()
    best = bind(Select(names=names, side=side), draft).best
    assert best is not None
    return best


@pytest.mark.parametrize(
    ("asked", "count", "total"),
    [
        (rows(kind="project"), 41, "735.67"),
        (rows("专用通信保障中心", kind="project"), 14, "104.38"),
        (rows("工资福利支出"), 10, "469.07"),
        (rows("商品和服务支出"), 16, "78.44"),
        (rows("一般公共预算支出", level=1), 4, "735.65"),
        (rows(kind="economic", level=1), 3, "581.62"),
        (rows(kind="purchase"), 5, "23.9"),
        (rows(kind="unit"), 2, "735.66"),
        (rows("行政事业单位医疗"), 3, "43.80"),
    ],
)
def test_how_many_and_how_much_together(asked: Rows, count: int, total: str, seed_draft: Draft) -> None:
    found, missing = rows_of(asked, seed_draft, "")
    assert (len(found), missing) == (count, ())
    assert sum((q.exact or Decimal(0) for q in found), Decimal(0)) == Decimal(total) * 10_000


@pytest.mark.parametrize("asked", [rows(kind="project"), rows("工资福利支出"), rows(kind="purchase")])
def test_rows_are_each_a_row_with_its_cell(asked: Rows, seed_draft: Draft) -> None:
    found, _ = rows_of(asked, seed_draft, "")
    assert len({q.row_id for q in found}) == len(found)
    assert all(len(q.cells) == 1 and q.cells[0].row_id == q.row_id for q in found)
    assert not any(q.cells[0].is_total for q in found)


def test_rows_of_a_unit_are_of_no_other(seed_draft: Draft) -> None:
    found, _ = rows_of(rows("专用通信保障中心", kind="project"), seed_draft, "")
    assert {q.cells[0].subordinate_unit for q in found} == {"中共随州市曾都区委专用通信保障中心"}


def test_rows_of_several_units_say_whose_they_are(seed_draft: Draft) -> None:
    found, _ = rows_of(rows(kind="project"), seed_draft, "")
    wages = [q.name for q in found if q.name.startswith("基本工资")]
    assert wages == ["基本工资（区委办公室）", "基本工资（区委专用通信保障中心）"]


@pytest.mark.parametrize("name", ["不存在的名目", "差旅费", "水费"])
def test_what_has_no_rows_is_reported(name: str, seed_draft: Draft) -> None:
    assert name in rows_of(rows(name), seed_draft, "")[1]


def test_a_name_beside_one_with_rows_is_reported(seed_draft: Draft) -> None:
    found, missing = rows_of(rows("水费", "工资福利支出"), seed_draft, "")
    assert (len(found), missing) == (10, ("水费",))


def test_no_row_holds_another_one(seed_draft: Draft) -> None:
    found, _ = rows_of(rows("三公经费"), seed_draft, "")
    assert sum((q.exact or Decimal(0) for q in found), Decimal(0)) == Decimal(206_900)


@pytest.mark.parametrize(("name", "change"), [("公务接待费", "-900"), ("项目支出", "890400"), ("基本支出", "-293300")])
def test_changes_have_a_sign_and_a_sentence(name: str, change: str, seed_draft: Draft) -> None:
    found = change_of(figure_of(name, seed_draft), seed_draft)
    assert found is not None
    assert found.exact == Decimal(change)
    assert found.statements
    assert found.name.endswith("减少" if found.exact < 0 else "增加")


def test_no_change_is_no_fall(seed_draft: Draft) -> None:
    found = change_of(figure_of("公务用车运行维护费", seed_draft), seed_draft)
    assert found is not None
    assert found.exact == 0
    assert "减少" not in found.name


@pytest.mark.parametrize("name", ["差旅费", "会议费"])
def test_no_sentence_no_change(name: str, seed_draft: Draft) -> None:
    assert change_of(figure_of(name, seed_draft), seed_draft) is None


@pytest.mark.parametrize(
    ("name", "whole", "amount"),
    [
        ("差旅费", "商品和服务支出", "784400"),
        ("行政单位医疗", "行政事业单位医疗", "438000"),
        ("商品和服务支出", "一般公共预算基本支出表", "5816200"),
    ],
)
def test_what_a_row_is_part_of(name: str, whole: str, amount: str, seed_draft: Draft) -> None:
    found = whole_of(figure_of(name, seed_draft), seed_draft)
    assert found is not None
    assert (found.name, found.exact) == (whole, Decimal(amount))


def test_the_parts_that_everybody_knows(seed_draft: Draft) -> None:
    found = named_parts((Name(text="三公经费"),), seed_draft)
    assert [(q.name, q.value.number()) for q in found] == [
        ("因公出国（境）费", "0.00"), ("公务用车购置及运行费", "20.00"), ("公务接待费", "0.69"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["差旅费", "不存在的名目"])
def test_other_items_have_no_known_parts(name: str, seed_draft: Draft) -> None:
    assert named_parts((Name(text=name),), seed_draft) == ()
