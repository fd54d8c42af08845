"""Blocks side by side under the same headers become one table; two sides of a budget do not."""

from __future__ import annotations

from collections.abc import Callable

from index.clean.table import CleanTable

CleanOne = Callable[[str], CleanTable]

_TITLE = "一般公共预算财政拨款基本支出决算表\n单位：万元\n\n"
_HEADER = "科目编码|科目名称|决算数"
_ROWS = "301|工资福利支出|3.00|302|商品和服务支出|2.00\n30101|基本工资|3.00|30201|办公费|1.50\n|||30202|印刷费|0.50\n"


def _lines(table: CleanTable) -> list[tuple[str | None, str, str]]:
    return [(row.code, row.label, row.cells[0].printed) for row in table.rows]


def test_two_blocks_are_put_below_each_other(clean_one: CleanOne) -> None:
    table = clean_one(f"{_TITLE}{_HEADER}|{_HEADER}\n{_ROWS}")
    assert _lines(table) == [
        ("301", "工资福利支出", "3.00"), ("30101", "基本工资", "3.00"), ("302", "商品和服务支出", "2.00"),
        ("30201", "办公费", "1.50"), ("30202", "印刷费", "0.50"),
    ]  # fmt: skip
    assert [row.parent for row in table.rows] == [None, "1", None, "3", "3"]


def test_blocks_of_names_and_amounts_are_put_below_each_other(clean_one: CleanOne) -> None:
    names = "科目名称|金额"
    table = clean_one(f"{_TITLE}{names}|{names}|{names}\n基本工资|3.00|办公费|2.00|退休费|0.70\n||印刷费|0.50||")
    assert [(label, printed) for _, label, printed in _lines(table)] == [
        ("基本工资", "3.00"), ("办公费", "2.00"), ("印刷费", "0.50"), ("退休费", "0.70"),
    ]  # fmt: skip


def test_blocks_may_have_headings_of_their_own(clean_one: CleanOne) -> None:
    table = clean_one(f"{_TITLE}人员经费|||公用经费||\n{_HEADER}|{_HEADER}\n{_ROWS}")
    assert [code for code, _, _ in _lines(table)] == ["301", "30101", "302", "30201", "30202"]


def test_the_last_rows_totals_are_totals(clean_one: CleanOne) -> None:
    table = clean_one(f"{_TITLE}{_HEADER}|{_HEADER}\n{_ROWS}人员经费合计||3.00|公用经费合计||2.00")
    totals = [(row.label, row.cells[0].printed) for row in table.rows if row.is_total]
    assert totals == [("人员经费合计", "3.00"), ("公用经费合计", "2.00")]


def test_a_total_over_two_blocks_keeps_its_amount(clean_one: CleanOne) -> None:
    table = clean_one(
        f"{_TITLE}{_HEADER}|{_HEADER}|{_HEADER}\n301|工资福利支出|3.00|302|商品和服务支出|2.00|310|资本性支出|1.00\n"
        "人员经费合计||3.00|公用经费合计|||||3.00"
    )
    assert ("公用经费合计", "3.00") in [(row.label, row.cells[0].printed) for row in table.rows]
    assert len(table.rows) == 5


def test_income_and_expenditure_stay_side_by_side(clean_one: CleanOne) -> None:
    table = clean_one(
        "收支总表\n\n收入|||支出||\n项目|行次|预算数|项目|行次|预算数\n事业收入|1|3.00|一般公共服务支出|2|3.00"
    )
    assert [row.side for row in table.rows] == ["收入", "支出"]
