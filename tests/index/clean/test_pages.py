"""What a page break split is joined, what only stands together is not."""

from __future__ import annotations

from collections.abc import Callable

from index.clean.table import CleanTable

Clean = Callable[[str], tuple[CleanTable, ...]]

_HEADER = "科目编码|科目名称|合计|基本支出|项目支出"
_FIRST = f"支出总表\n\n{_HEADER}\n|合计|3.00|1.00|2.00\n201|一般公共服务支出|2.00||2.00\n"


def test_rows_behind_a_blank_line_go_on(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n208|社会保障和就业支出|1.00|1.00|\n")
    assert [row.code for row in table.rows] == [None, "201", "208"]


def test_a_page_number_between_is_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n— 9 —\n\n208|社会保障和就业支出|1.00|1.00|\n")
    assert len(table.rows) == 3


def test_a_page_number_inside_the_grid_is_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + "— 9 —||||\n208|社会保障和就业支出|1.00|1.00|\n")
    assert [row.code for row in table.rows] == [None, "201", "208"]


def test_a_repeated_header_is_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + f"\n{_HEADER}\n208|社会保障和就业支出|1.00|1.00|\n")
    assert [row.code for row in table.rows] == [None, "201", "208"]
    assert len(table.grid) == 4


def test_a_repeated_title_and_header_are_dropped(clean: Clean) -> None:
    (table,) = clean(_FIRST + f"\n支出总表\n\n{_HEADER}\n208|社会保障和就业支出|1.00|1.00|\n")
    assert len(table.rows) == 3


def test_a_row_short_of_its_last_cell_goes_on(clean: Clean) -> None:
    (table,) = clean(_FIRST + "\n208|社会保障和就业支出|1.00|1.00\n")
    last = table.rows[-1].cells
    assert [cell.printed for cell in last] == ["1.00", "1.00", ""]
    assert last[2].value_type == "blank"


def test_another_title_begins_another_table(clean: Clean) -> None:
    tables = clean(_FIRST + "\n政府性基金预算支出表||||\n" + _HEADER + "\n212|城乡社区支出|1.00|1.00|\n")
    assert [table.kind for table in tables] == ["支出总表", "政府性基金预算支出表"]


def test_prose_between_keeps_tables_apart(clean: Clean) -> None:
    assert len(clean(_FIRST + "\n以上为上级项目，以下为本级项目。\n\n208|社会保障和就业支出|1.00|1.00|\n")) == 2
