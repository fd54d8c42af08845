"""Tables too wide for their page, stacked values, and codes in the cells of their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from index.clean import clean_tables
from index.clean.table import CleanTable
from index.document import Block, Cell, Document, Paragraph, Provenance, RawRow, RawTable
from index.outline import outline

Clean = Callable[[str], tuple[CleanTable, ...]]

_UNITS = [("单位编码", "单位名称", "合计", "一般公共预算"), ("301001", "某局本级", "900.00", "750.00"),
          ("301002", "某中心", "450.00", "370.00"), ("", "合计", "1350.00", "1120.00")]  # fmt: skip
_BESIDE = [("事业收入", "其他收入"), ("100.00", "50.00"), ("80.00", ""), ("180.00", "50.00")]


def _table(page: int, rows: Sequence[Sequence[str]]) -> RawTable:
    return RawTable(tuple(RawRow(tuple(map(Cell, row)), Provenance(page=page)) for row in rows))


def _clean(*blocks: Block) -> tuple[CleanTable, ...]:
    document = Document("0" * 12, "文件.pdf", "0" * 64, blocks)
    return clean_tables(document, outline(document))


def _captions(page: int) -> tuple[Paragraph, Paragraph]:
    return Paragraph("收入总表", Provenance(page=page)), Paragraph("单位：万元", Provenance(page=page))


@pytest.mark.parametrize("names", [False, True], ids=["amounts alone", "names again"])
def test_columns_on_the_next_page_belong_to_the_table(names: bool) -> None:
    beside = [(*row[:2], *more) if names else more for row, more in zip(_UNITS, _BESIDE, strict=True)]
    (table,) = _clean(*_captions(1), _table(1, _UNITS), _table(2, beside))
    assert [column.measure for column in table.columns if column.role == "measure"] == [
        "合计", "一般公共预算", "事业收入", "其他收入",
    ]  # fmt: skip
    assert [cell.printed for cell in table.rows[0].cells] == ["900.00", "750.00", "100.00", "50.00"]
    assert [row.label for row in table.rows] == ["某局本级", "某中心", "合计"]


@pytest.mark.parametrize("beside", [_BESIDE[:-1], [*_BESIDE[:-1], ("见注", "50.00")]], ids=["shorter", "words"])
def test_other_amounts_are_left_apart(beside: Sequence[Sequence[str]]) -> None:
    assert len(_clean(*_captions(1), _table(1, _UNITS), _table(2, beside))) == 2


def test_a_table_with_a_title_is_no_continuation() -> None:
    title = Paragraph("补充资料表", Provenance(page=2))
    assert len(_clean(*_captions(1), _table(1, _UNITS), title, _table(2, _BESIDE))) == 2


@pytest.mark.parametrize("title", ["收入总表（续）", "收入总表（续表）", "收入总表"])
def test_the_title_may_be_printed_again_above_the_other_columns(title: str) -> None:
    again = (Paragraph(title, Provenance(page=2)), Paragraph("单位：万元", Provenance(page=2)))
    beside = [(*row[:2], *more) for row, more in zip(_UNITS, _BESIDE, strict=True)]
    (table,) = _clean(*_captions(1), _table(1, _UNITS), *again, _table(2, beside))
    assert [cell.printed for cell in table.rows[0].cells] == ["900.00", "750.00", "100.00", "50.00"]


def test_stacked_values_are_a_column_each(clean: Clean) -> None:
    header = "合计 预算数 决算数|因公出国（境）费 预算数 决算数|公务接待费 预算数 决算数"
    (table,) = clean(f"“三公”经费支出决算表\n单位：万元\n\n{header}\n42 / 31|35 / 27|7 / 4\n")
    (row,) = table.rows
    named = {column.measure: cell.printed for column, cell in zip(table.columns, row.cells, strict=True)}
    assert (named["三公经费合计"], named["因公出国（境）费"], named["公务接待费"]) == ("31", "27", "4")
    assert [cell.printed for cell in row.cells] == ["42", "31", "35", "27", "7", "4"]


def test_stacked_values_without_names_stay_text(clean: Clean) -> None:
    (table,) = clean("“三公”经费支出表\n单位：万元\n\n合计|因公出国（境）费|公务接待费\n42 / 31|35 / 27|7 / 4\n")
    assert {cell.value_type for row in table.rows for cell in row.cells} == {"text"}


@pytest.mark.parametrize("between", [" ", "", "　", "-"])
def test_codes_in_front_of_the_names(clean: Clean, between: str) -> None:
    rows = "".join(f"{code}{between}{name}|9.00|9.00|\n" for code, name in
                   (("201", "一般公共服务支出"), ("20101", "人大事务"), ("2010101", "行政运行")))  # fmt: skip
    (table,) = clean(f"一般公共预算支出表\n单位：万元\n\n科目　　金额|合计|基本支出|项目支出\n{rows}合计|9.00|9.00|\n")
    assert [(row.code, row.label, row.level) for row in table.rows] == [
        ("201", "一般公共服务支出", 1), ("20101", "人大事务", 2), ("2010101", "行政运行", 3), (None, "合计", 0),
    ]  # fmt: skip


def test_names_that_begin_with_a_number_are_no_codes(clean: Clean) -> None:
    (table,) = clean(
        "项目支出表\n单位：万元\n\n项目名称|合计|一般公共预算\n208国道养护|9.00|9.00\n宣传经费|1.00|1.00\n"
    )
    assert [(row.code, row.label) for row in table.rows] == [(None, "208国道养护"), (None, "宣传经费")]


def test_stacked_values_may_be_of_two_years(clean: Clean) -> None:
    header = "项目|2024年预算数 2024年决算数|增减额"
    (table,) = clean(f"“三公”经费支出情况表\n单位：元\n\n{header}\n合计|612,000 / 548,730|-63,270\n")
    assert [column.path for column in table.columns[1:]] == ["2024年预算数", "2024年决算数", "增减额"]
    assert [cell.number for cell in table.rows[0].cells] == [612000, 548730, -63270]
