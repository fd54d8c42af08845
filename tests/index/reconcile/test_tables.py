"""What must agree within and between tables, as pairs that a budget officer can read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean.table import CleanRow, CleanTable
from index.prose import CellReference, Finding
from index.reconcile import reconcile
from tests.index.reconcile.budget import Line, table


def differing(*tables: CleanTable) -> list[Finding]:
    return [finding for finding in reconcile(tables, ()) if finding.result == "differs"]


def test_children_add_up_to_their_parent() -> None:
    lines: list[Line] = [
        ("1", "党委办公厅（室）及相关机构事务", None, ["558.66"]),
        ("2", "行政运行", "1", ["338.74"]),
        ("3", "事业运行", "1", ["65.88"]),
        ("4", "其他党委办公厅（室）及相关机构事务支出", "1", ["154.04"]),
    ]
    (finding,) = reconcile((table("支出总表", ["合计"], lines),), ())
    assert (finding.check, finding.result) == ("上级科目=下级之和", "holds")
    lines[2] = ("3", "事业运行", "1", ["65.08"])
    (finding,) = differing(table("支出总表", ["合计"], lines))
    assert finding.difference == Decimal("8000.00") and not finding.is_rounding
    assert "558.66 万元" in finding.message and "相差 0.80 万元" in finding.message
    assert CellReference(1, "1", 1) in finding.cells and CellReference(1, "3", 1) in finding.cells


def test_a_last_digit_off_is_rounding() -> None:
    lines: list[Line] = [
        ("1", "合计", None, ["735.66"]),
        ("2", "一般公共服务支出", "1", ["558.66"]),
        ("3", "社会保障和就业支出", "1", ["94.37"]),
        ("4", "卫生健康支出", "1", ["43.80"]),
        ("5", "住房保障支出", "1", ["38.82"]),
    ]
    (finding,) = differing(table("支出总表", ["合计"], lines))
    assert (finding.check, finding.difference, finding.is_rounding) == ("合计=各行之和", Decimal(100), True)


def test_zeros_make_no_room_for_rounding() -> None:
    zeros: list[Line] = [(str(n), f"科目{n}", "1", ["0.00"]) for n in range(3, 30)]
    lines: list[Line] = [("1", "合计", None, ["10.10"]), ("2", "教育支出", "1", ["10.00"]), *zeros]
    (finding,) = differing(table("支出总表", ["合计"], lines))
    assert not finding.is_rounding


def test_rows_that_hold_sums_of_each_other_cannot_be_checked() -> None:
    lines: list[Line] = [
        ("1", "合计", None, ["50.00"]),
        ("2", "教育支出", "1", ["50.00"]),
        ("3", "普通教育", "1", ["50.00"]),
    ]
    (finding,) = reconcile((table("支出总表", ["合计"], lines),), ())
    assert finding.result == "not_checkable" and "上下级关系不明" in finding.message


def test_a_row_of_which_does_not_make_up_its_parent() -> None:
    lines: list[Line] = [
        ("1", "一般公共预算拨款", None, ["100.00"]),
        ("2", "其中：专项资金", "1", ["5.00"]),
    ]
    assert reconcile((table("收支总表", ["预算数"], lines),), ()) == ()


PARTS = {"因公出国（境）费": "0.00", "公务用车购置及运行费": "20.00", "公务接待费": "0.69"}
ROWS = [
    ("支出总表", {"合计": "404.62", "基本支出": "404.62", "项目支出": "0.00"}, True),
    ("支出总表", {"合计": "404.62", "基本支出": "400.62", "项目支出": "0.00"}, False),
    ("支出总表", {"合计": "404.62", "基本支出": "404.62", "项目支出": ""}, True),
    ("一般公共预算基本支出表", {"合计": "581.62", "人员经费": "503.18", "公用经费": "78.44"}, True),
    ("三公经费支出表", {"三公经费合计": "20.69", **PARTS}, True),
    ("三公经费支出表", {"三公经费合计": "21.69", **PARTS}, False),
    ("三公经费支出表", {"三公经费合计": "20.69", **PARTS, "公务用车购置费": "0", "公务用车运行维护费": "19"}, False),
]


@pytest.mark.parametrize(("kind", "printed", "holds"), ROWS)
def test_columns_of_a_row_add_up(kind: str, printed: dict[str, str], holds: bool) -> None:
    found = reconcile((table(kind, list(printed), [("1", "行政运行", None, list(printed.values()))]),), ())
    assert found
    assert all(finding.result == "holds" for finding in found) is holds


def test_quantity_times_price() -> None:
    def purchase(amount: str) -> CleanTable:
        line = ("1", "台式机", None, ["5", "6000", amount])
        return table("政府采购预算表", ["采购数量", "单价", "采购金额"], [line], unit="元")

    assert [finding.result for finding in reconcile((purchase("30000.00"),), ())] == ["holds"]
    (finding,) = differing(purchase("36000.00"))
    assert "数量 5 × 单价 6000.00 元" in finding.message


def test_income_equals_expenditure() -> None:
    lines: list[Line] = [("1I", "收入总计", None, ["735.66"]), ("1E", "支出总计", None, ["735.66"])]
    assert not differing(table("收支总表", ["预算数"], lines))
    lines[1] = ("1E", "支出总计", None, ["753.66"])
    (finding,) = differing(table("收支总表", ["预算数"], lines))
    assert finding.check == "收入总计=支出总计" and "18.00 万元" in finding.message


def test_one_item_in_two_tables_with_different_units() -> None:
    def rounded(printed: str) -> CleanTable:
        return table("一般公共预算支出表", ["基本支出"], [("1", "合计", None, [printed])], no="表5")

    exact = table(
        "一般公共预算基本支出表", ["合计"], [("1", "合计", None, ["12,345,678.90"])], number=2, unit="元", no="表6"
    )
    assert [finding.result for finding in reconcile((rounded("1234.57"), exact), ())] == ["holds"]
    (finding,) = differing(rounded("1234.67"), exact)
    assert finding.check == "基本支出各表一致"
    assert {cell.table for cell in finding.cells} == {1, 2}


def test_totals_of_this_year_alone_need_not_agree() -> None:
    lines: list[Line] = [("1I", "本年收入合计", None, ["7.00"]), ("1E", "本年支出合计", None, ["9.00"])]
    assert reconcile((table("收支总表", ["预算数"], lines),), ()) == ()


def _halves(income: str, this_year: str) -> CleanTable:
    lines: list[Line] = [("1I", "本年收入合计", None, [this_year]), ("2I", "收入总计", None, [income])]
    return table("收支总表", ["预算数"], lines)


@pytest.mark.parametrize(("total", "result"), [("9.00", "holds"), ("7.00", "holds"), ("8.00", "differs")])
def test_another_table_may_print_either_total(total: str, result: str) -> None:
    income = table("收入总表", ["合计"], [("1", "合计", None, [total])], number=2)
    found = [f.result for f in reconcile((_halves("9.00", "7.00"), income), ()) if f.check == "收入总额各表一致"]
    assert found == [result]


def test_the_total_of_a_part_is_not_the_table_s() -> None:
    general = table("一般公共预算支出表", ["基本支出"], [("1", "合计", None, ["9.00"])])
    lines: list[Line] = [("1", "人员经费合计", None, ["5.00"]), ("2", "公用经费合计", None, ["4.00"])]
    assert reconcile((general, table("一般公共预算基本支出表", ["合计"], lines, number=2)), ()) == ()


def test_of_two_tables_of_a_kind_one_must_agree() -> None:
    def income(number: int, total: str) -> CleanTable:
        return table("收入总表", ["合计"], [("1", "合计", None, [total])], number=number)

    def found(*totals: str) -> list[str]:
        tables = [income(number, total) for number, total in enumerate(totals, start=2)]
        return [f.result for f in reconcile((_halves("9", "9"), *tables), ()) if f.check == "收入总额各表一致"]

    assert (found("8", "9"), found("8", "7")) == (["holds"], ["not_checkable"])


def test_tables_of_different_money_raise_no_alarm() -> None:
    spent = table("支出总表", ["项目支出"], [("1", "合计", None, ["9.00"])])
    projects = table("项目支出表", ["合计"], [("1", "合计", None, ["5.00"])], number=2)
    (finding,) = reconcile((spent, projects), ())
    assert finding.result == "not_checkable" and "范围可能不同" in finding.message


def test_what_was_carried_over_is_not_this_year_s() -> None:
    lines: list[Line] = [
        ("1I", "本年收入", None, ["9.00"]), ("2I", "一般公共预算拨款", "1I", ["9.00"]),
        ("3I", "上年结转", None, ["2.00"]), ("4I", "一般公共预算拨款", "3I", ["2.00"]),
    ]  # fmt: skip
    spent = table("一般公共预算支出表", ["合计"], [("1", "合计", None, ["9.00"])], number=2)
    found = reconcile((table("财政拨款收支总表", ["预算数"], lines), spent), ())
    assert [f.result for f in found if f.check == "一般公共预算拨款与支出一致"] == ["holds"]


def test_sister_tables_are_compared_where_their_totals_agree() -> None:
    def functions(kind: str, number: int, total: str, housing: str) -> CleanTable:
        rows = table(
            kind, ["合计"], [("1", "合计", None, [total]), ("2", "住房保障支出", "1", [housing])], number=number
        )
        return replace(rows, rows=(rows.rows[0], replace(rows.rows[1], code="221")))

    both = functions("支出总表", 1, "38.82", "38.82"), functions("一般公共预算支出表", 2, "38.82", "38.52")
    assert "支出总表与一般公共预算支出表一致" in {finding.check for finding in differing(*both)}
    other_money = functions("支出总表", 1, "50.00", "50.00"), functions("一般公共预算支出表", 2, "38.82", "38.82")
    assert not differing(*other_money)


def test_the_economic_table_may_hold_less_than_the_three_public_expenses() -> None:
    public = table("三公经费支出表", ["公务接待费"], [("1", "“三公”经费", None, ["3.00"])])
    economic = table("一般公共预算基本支出表", ["合计"], [("1", "公务接待费", None, ["2.00"])], number=2)
    economic = replace(economic, rows=(replace(economic.rows[0], code="30217"),))
    assert [finding.result for finding in reconcile((public, economic), ())] == ["not_checkable"]


def test_cells_of_no_known_unit_are_left_alone() -> None:
    lines: list[Line] = [("1", "合计", None, ["5"]), ("2", "教育支出", "1", ["4"])]
    assert reconcile((replace(table("支出总表", ["合计"], lines), unit=None),), ()) == ()


@st.composite
def budgets(draw: st.DrawFn) -> list[list[int]]:
    """Two to five groups of one to five items, in hundredths of 万元."""
    items = st.lists(st.integers(1, 10**8), min_size=1, max_size=5)
    return draw(st.lists(items, min_size=2, max_size=5))


def tree(budget: list[list[int]]) -> CleanTable:
    lines: list[Line] = [("1", "合计", None, [_printed(sum(map(sum, budget)))])]
    for group in budget:
        parent = str(len(lines) + 1)
        lines.append((parent, f"类{parent}", "1", [_printed(sum(group))]))
        lines += [
            (str(len(lines) + n), f"项{parent}之{n}", parent, [_printed(item)]) for n, item in enumerate(group, 1)
        ]
    return table("政府性基金预算支出表", ["合计"], lines)


def _printed(hundredths: int) -> str:
    return f"{Decimal(hundredths) / 100:,.2f}"


@given(budgets())
@settings(max_examples=60, deadline=None)
def test_a_table_whose_sums_hold_gives_no_difference(budget: list[list[int]]) -> None:
    found = reconcile((tree(budget),), ())
    assert found and all(finding.result == "holds" for finding in found)


@given(budgets(), st.data())
@settings(max_examples=60, deadline=None)
def test_one_changed_cell_is_found(budget: list[list[int]], data: st.DataObject) -> None:
    sound = tree(budget)
    changed = data.draw(st.sampled_from(sound.rows))
    added = data.draw(st.integers(100, 10**6))
    broken = replace(sound, rows=tuple(_raised(row, added) if row is changed else row for row in sound.rows))
    found = [finding for finding in reconcile((broken,), ()) if finding.result != "holds"]
    assert any(cell.row == changed.key for finding in found for cell in finding.cells)


def _raised(row: CleanRow, hundredths: int) -> CleanRow:
    (cell,) = row.cells
    assert cell.number is not None
    return replace(row, cells=(replace(cell, number=cell.number + Decimal(hundredths) / 100),))


@pytest.mark.parametrize(("total", "tail"), [("480544221.60", True), ("480544221.40", False)])
def test_a_tenth_of_a_yuan_is_the_tail_of_a_sum(total: str, tail: bool) -> None:
    rows = [("1", "本级", "3", ["480000000.00"]), ("2", "中心", "3", ["544221.67"])]
    found = reconcile((table("支出总表", ["合计"], [*rows, ("3", "合计", None, [total])], unit="元"),), ())
    assert {f.is_rounding for f in found if f.check == "合计=各行之和"} == {tail}
