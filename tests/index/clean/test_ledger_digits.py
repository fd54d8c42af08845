"""Ledger forms: the digits of an amount in cells of their own."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from index.clean.table import CleanTable
from index.clean.unread import unread_numbers
from index.figures import figure_records

One = Callable[[str], CleanTable]

_HEAD = "序号|支出项目|金额||||||||\n||百|十|万|千|百|十|元|角|分\n"


def _table(rows: str, head: str = _HEAD) -> str:
    return f"项目支出预算表\n单位：万元\n{head}{rows}"


@pytest.mark.parametrize(
    ("digits", "yuan"),
    [
        ("||1|2|8|0|0|0|0", "12800"),
        ("¥|8|3|6|5|0|5|0|0", "836505"),
        ("|||||￥|5|0|7", "5.07"),
        ("|||||5|0|—|—", "50"),
        ("||||||||5", "0.05"),
        ("1|5|6|4|0|0|0|0|0", "1564000"),
    ],
)
def test_the_digits_of_an_amount_are_one_number(clean_one: One, digits: str, yuan: str) -> None:
    table = clean_one(_table(f"1|办公费|{digits}\n2|水电费||||9|4|2|0|7|5\n"))
    figures = [each for each in figure_records("", [table]) if each.column_path == "金额/元"]
    assert [(each.row_label, each.amount_yuan) for each in figures] == [
        ("办公费", Decimal(yuan)),
        ("水电费", Decimal("9420.75")),
    ]


def test_places_may_be_named_in_full_and_stand_side_by_side(clean_one: One) -> None:
    head = "摘要|十万|万|仟|佰|拾|元|千|百|十|元|角|分\n"
    table = clean_one(_table("办公费||1|2|8|0|0|1|2|8|0|5|0\n水电费|||9|4|2|0||9|4|2|0|7\n", head))
    assert [[cell.printed for cell in row.cells] for row in table.rows] == [["12800", "1280.50"], ["9420", "942.07"]]


@pytest.mark.parametrize("digits", ["||1|2||0|0|0|0", "||12|8|0|0|0|0|0", "|||1|2|8|0|x|0"])
def test_digits_that_make_no_number_are_told(clean_one: One, digits: str) -> None:
    table = clean_one(_table(f"1|办公费|{digits}\n2|水电费||||9|4|2|0|7|5\n3|差旅费||||9|4|2|0|7|5\n"))
    assert [each.number for each in figure_records("", [table]) if each.row_label == "办公费"] == [None]
    assert any("看不懂" in gap.text for gap in unread_numbers([table]))
