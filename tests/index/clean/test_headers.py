"""Nested headers become paths; rows of column numbers go."""

from __future__ import annotations

from collections.abc import Callable

from index.clean.draft import Draft
from index.clean.headers import column_paths, count_header_rows, find_headers
from index.clean.table import CleanTable
from index.document import Cell, Provenance, RawRow


def _row(*cells: str | Cell | None) -> RawRow:
    return RawRow(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in cells), Provenance())


def test_a_blank_to_the_right_belongs_to_the_group_on_its_left() -> None:
    header = (
        _row("科目编码", "科目名称", "基本支出", "", "", "项目支出"),
        _row("", "", "小计", "人员经费", "公用经费", ""),
    )
    assert column_paths(header, 6) == (
        "科目编码", "科目名称", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出",
    )  # fmt: skip


def test_spans_say_the_same_as_blanks() -> None:
    header = (
        _row(Cell("科目编码", row_span=2), Cell("基本支出", column_span=2), None, Cell("项目支出", row_span=2)),
        _row(None, "人员经费", "公用经费", None),
    )
    assert column_paths(header, 4) == ("科目编码", "基本支出/人员经费", "基本支出/公用经费", "项目支出")


def test_three_levels_do_not_leak_between_groups() -> None:
    header = (
        _row("名称", "本年", "", "", "上年", ""),
        _row("", "小计", "其中", "", "小计", "其中"),
        _row("", "", "甲类资金", "乙类资金", "", ""),
    )
    assert column_paths(header, 6) == (
        "名称", "本年/小计", "本年/其中/甲类资金", "本年/其中/乙类资金", "上年/小计", "上年/其中",
    )  # fmt: skip


def test_letter_spaced_headers_are_read() -> None:
    assert column_paths((_row("项 目", "预 算 数"),), 2) == ("项目", "预算数")


def test_a_blank_row_of_amounts_is_no_header() -> None:
    rows = (_row("项目", "预算数"), _row("一、一般公共预算拨款收入", ""), _row("二、其他收入", ""))
    assert count_header_rows(rows) == 1


def test_rows_of_column_numbers_are_dropped(clean_one: Callable[[str], CleanTable]) -> None:
    for numbering in ("1|2|3|4|5", "**|**|1|2|3", "栏次||1|2|3"):
        table = clean_one(
            f"支出总表\n\n科目编码|科目名称|合计|基本支出|项目支出\n{numbering}\n201|一般公共服务支出|5.00|2.00|3.00"
        )
        assert [row.code for row in table.rows] == ["201"]
        assert len(table.grid) == 2


def test_small_amounts_are_no_column_numbers(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one("支出总表\n\n科目编码|科目名称|合计|基本支出|项目支出\n201|一般公共服务支出|3|1|2")
    assert [cell.printed for cell in table.rows[0].cells] == ["3", "1", "2"]


def test_a_header_that_stands_off_its_column_is_put_over_what_it_names() -> None:
    header = _row(Cell("科目代码", column_span=2), None, "科目名称", "金额")
    body = (
        _row(Cell("合计", column_span=3), None, None, "5.00"),
        _row("208", Cell("社会保障和就业支出", column_span=2), None, "5.00"),
        _row("20805", Cell("养老支出", column_span=2), None, "5.00"),
    )
    found = find_headers(Draft(1, (header, *body)))
    assert [column.path for column in found.columns] == ["科目代码", "科目名称", "", "金额"]


def test_a_blank_column_of_amounts_keeps_its_header() -> None:
    header = _row(Cell("项目", column_span=2), None, "预算数")
    body = (_row("一、", "基本支出", ""), _row("二、", "项目支出", ""))
    found = find_headers(Draft(1, (header, *body)))
    assert [column.path for column in found.columns] == ["项目", "项目", "预算数"]


def test_bare_years_are_heads_of_groups(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one(
        "“三公”经费、会议费预算表\n单位：元\n\n单位名称|2025年||2026年|\n|“三公”经费|会议费|“三公”经费|会议费\n局机关|86|60|80|56\n合计|86|60|80|56\n"
    )
    assert [column.path for column in table.columns][1:] == [
        "2025年/“三公”经费", "2025年/会议费", "2026年/“三公”经费", "2026年/会议费",
    ]  # fmt: skip


def test_two_rows_of_unusual_words_over_all_numbers_are_the_header(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one("部门预算附列资料\n单位：元\n\n甲|乙||丙|\n|子|丑|子|丑\n寅|86|60|80|56\n卯|86|60|80|56\n")
    assert [column.path for column in table.columns] == ["甲", "乙/子", "乙/丑", "丙/子", "丙/丑"]


def test_names_under_a_blank_head_are_names(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one(
        "单位预算收支表\n单位：万元\n\n|本年预算||上年预算|\n|合计|其中：项目|合计|其中：项目\n公租房运营|486|400|460|380\n合计|486|400|460|380\n"
    )
    assert [row.label for row in table.rows] == ["公租房运营", "合计"]
