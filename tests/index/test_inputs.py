"""Small files of the kinds that once failed, where they are present: what is right for each of them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from index.clean.table import CleanTable
from index.figures import figure_records
from index.parse import parse
from index.parsed import ParsedDocument
from index.workers import Problem
from tests.conftest import ROOT

INPUTS = ROOT.parent / "shared" / "inputs"

pytestmark = pytest.mark.skipif(not INPUTS.is_dir(), reason="the shared inputs are not here")

_GENERAL, _FUNDS = "一般公共预算支出表", "政府性基金预算支出表"

# Per file tables with their unit and, of some rows, what the first amounts are in 元.
FIGURES: list[tuple[str, str, str, dict[str, list[str]]]] = [
    ("x15_two_tables_no_gap.xlsx", _GENERAL, "万元", {"合计": ["1756000", "1251000", "505000"]}),
    ("x15_two_tables_no_gap.xlsx", _FUNDS, "元", {"合计": ["1150000"]}),
    ("w11_two_tables_in_one.docx", _FUNDS, "元", {"合计": ["3110000"]}),
    ("p07_side_by_side.pdf", _GENERAL, "万元", {"教育支出": ["7103000", "5001000", "2102000"]}),
    ("p07_side_by_side.pdf", _FUNDS, "元", {"合计": ["3050000"]}),
    ("p45_whiteout.pdf", _GENERAL, "万元", {"一般公共服务支出": ["6262000"], "行政运行": ["5555000", "5555000"]}),
    ("p21_page_subtotals.pdf", "项目支出表", "万元", {"总计": ["1311500"]}),
    ("h12_bilingual.html", _GENERAL, "万元", {"民族事务": ["5555000", "5151000", "404000"]}),
    ("p05_unit_0.pdf", _GENERAL, "百元", {"合计": ["732050", "532050", "200000"]}),
    ("p23_currency.pdf", _GENERAL, "万元", {"行政运行": ["9505000", "9505000"]}),
    ("p32_unit_place_2.pdf", _GENERAL, "元", {"合计": ["5782", "5081.3", "700.7"]}),
    ("p01_kangxi.pdf", _GENERAL, "万元", {"民政管理事务": ["13901500", "9001500", "4900000"]}),
    ("p02_fullwidth.pdf", "收支总表", "万元", {"一般公共预算拨款收入": ["12345600"]}),
    ("p09a_watermark45.pdf", _GENERAL, "万元", {"行政运行": ["9011100", "9011100"]}),
    ("p09c_watermark_digits.pdf", _GENERAL, "万元", {"合计": ["14154000", "9931800", "4222200"]}),
    ("p04_negative.pdf", _GENERAL, "万元", {"合计": ["6120000", "5500000", "-620000"]}),
    ("p04_negative.pdf", _GENERAL, "万元", {"其他商业流通事务支出": ["2600000", "1900000", "-700000"]}),
    ("p06b_rotated_text_no_rotate.pdf", _GENERAL, "万元", {"合计": ["11967500", "8766500", "3201000"]}),
    ("p08_diagonal.pdf", _GENERAL, "万元", {"住房公积金": ["288000", "288000"]}),
    ("p13_form_fields.pdf", _GENERAL, "万元", {"行政运行": ["1111100", "1111100"]}),
    ("w07_altchunk.docx", _GENERAL, "万元", {"合计": ["4286000", "3284000", "1002000"]}),
    ("x10_html_as.xls", _GENERAL, "万元", {"合计": ["1706000", "1201000", "505000"]}),
    ("h13_title_in_table.html", _GENERAL, "万元", {"合计": ["5605000", "5201000", "404000"]}),
    ("x14.csv", _GENERAL, "万元", {"合计": ["11751000", "11246000", "505000"]}),
    ("p33_columns_on_next_page.pdf", "收入总表", "万元", {"合计": ["15600000", "9100000", "1000000", "700000"]}),
    ("p36_footnote_marks.pdf", _GENERAL, "万元", {"合计": ["6160000"], "一般行政管理事务": ["707000", "707000"]}),
    ("p38_stacked_numbers.pdf", "三公经费支出表", "万元", {"“三公”经费": ["420000", "310000", "50000", "0"]}),
]


@cache
def _parsed(file: str) -> ParsedDocument | Problem:
    return parse(INPUTS / file)


def _document(file: str) -> ParsedDocument:
    parsed = _parsed(file)
    assert isinstance(parsed, ParsedDocument), parsed.message
    return parsed


def _amounts(table: CleanTable, label: str) -> list[Decimal]:
    """The amounts of a row in 元, from left to right."""
    records = figure_records("", [table])
    return [r.amount_yuan for r in records if r.row_label == label and r.amount_yuan is not None]


@pytest.mark.parametrize(("file", "kind", "unit", "rows"), FIGURES)
def test_figures_are_those_a_reader_sees(file: str, kind: str, unit: str, rows: dict[str, list[str]]) -> None:
    (table,) = [table for table in _document(file).tables if table.kind == kind]
    assert table.unit == unit
    for label, amounts in rows.items():
        assert _amounts(table, label)[: len(amounts)] == [Decimal(amount) for amount in amounts]


def test_a_filled_template_has_all_its_tables() -> None:
    tables = _document("x20_template_filled.xlsx").tables
    assert len({table.kind for table in tables}) == 9
    assert {table.unit for table in tables if "三公" not in table.title} == {"元"}


def test_prose_is_read_in_every_way_to_write_an_amount() -> None:
    statements = {s.subject: s for s in _document("t01_prose_amounts.txt").statements}
    amounts = {subject: s.amount for subject, s in statements.items() if s.amount is not None}
    assert amounts == {
        "收入总计": Decimal("12345600"), "一般公共预算拨款收入": Decimal("12000000"), "项目支出": Decimal("120000000"),
        "培训费": Decimal("50000"), "会议费": Decimal("35000"), "因公出国（境）费": Decimal("300000"),
        "公务用车运行维护费": Decimal("200000"),
    }  # fmt: skip
    assert statements["“三公”经费"].change == Decimal("-20000")


def test_scores_of_a_self_evaluation_are_no_amounts() -> None:
    money = next(t for t in _document("s03b_self_evaluation_national.docx").tables if t.title == "项目资金")
    assert _amounts(money, "年度资金总额") == [Decimal("1200000"), Decimal("1100000"), Decimal("990000")]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("p16_tables_are_images.pdf", "第 3—5 页有整块的图片"),
        ("w08_tables_are_pictures.docx", "“一般公共预算支出表”后面的图片"),
        ("h08_iframe_pdf.html", "请打开附件"),
        ("x18_formulas_half_cached.xlsx", "3 个公式没有算好的数"),
    ],
)
def test_what_is_not_read_is_told(file: str, told: str) -> None:
    assert told in "；".join(gap.text for gap in _document(file).document.gaps)


@pytest.mark.parametrize(
    ("file", "told"),
    [("p11a_tounicode_pua.pdf", "字体“"), ("p11b_tounicode_shifted.pdf", "字体“"), ("p15_scan_only.pdf", "扫描件")],
)
def test_a_file_that_can_not_be_read_is_refused_with_the_reason(file: str, told: str) -> None:
    parsed = _parsed(file)
    assert isinstance(parsed, Problem) and told in parsed.message
