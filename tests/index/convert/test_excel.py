"""Workbooks: what is seen on their sheets is read, with merged cells, and blank rows part tables."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, PatternFill, Side

from index.convert.excel import ExcelConverter, ExcelXmlConverter, OldExcelConverter
from index.document import Block, Gap, Paragraph, RawTable
from index.errors import DocumentError
from tests.writers.package import xlsx_of

_PATH = Path("预算.xlsx")
_TABLE = [["项目", "预算数"], ["收入", 1], ["支出", 2]]
_TEXTS = [("项目", "预算数"), ("收入", "1"), ("支出", "2")]


def _workbook(rows: list[list[object]]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def _read(workbook: openpyxl.Workbook) -> tuple[Block, ...]:
    buffer = BytesIO()
    workbook.save(buffer)
    assert ExcelConverter().accepts(buffer.getvalue())
    return ExcelConverter().read(buffer.getvalue(), _PATH)


def _read_parts(*sheets: str, **parts: str) -> tuple[Block, ...]:
    return ExcelConverter().read(xlsx_of(*sheets, **parts), _PATH)


def _texts(blocks: tuple[Block, ...]) -> list[object]:
    return [block.text if isinstance(block, Paragraph) else [row.texts for row in block.rows] for block in blocks]


def _cells(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def test_cells_are_read_as_shown() -> None:
    workbook = _workbook([["项目", "预算数", "比例", "日期"], ["收入", 1234.5, 0.085, date(2024, 3, 14)]])
    sheet = workbook.active
    sheet["B2"].number_format, sheet["C2"].number_format = "#,##0.00", "0.0%"
    sheet["D2"].number_format = 'yyyy"年"m"月"d"日"'
    assert _texts(_read(workbook)) == [
        [("项目", "预算数", "比例", "日期"), ("收入", "1,234.50", "8.5%", "2024年3月14日")]
    ]


def test_what_is_struck_out_is_not_read() -> None:
    workbook = _workbook([*_TABLE, ["作废", 3]])
    for cell in workbook.active[4]:
        cell.font = Font(strike=True)
    workbook.active["B2"] = CellRichText(TextBlock(InlineFont(strike=True), "7"), TextBlock(InlineFont(), "1"))
    workbook.active["B2"].font = Font(strike=True)
    assert _texts(_read(workbook)) == [_TEXTS]


def test_what_is_white_on_white_is_not_read() -> None:
    workbook = _workbook([*_TABLE, ["合计", 9], ["旧数", 3]])
    for row in (4, 5):
        for cell in workbook.active[row]:
            cell.font = Font(color="FFFFFFFF")
            cell.fill = PatternFill("solid", fgColor="FF1F4E79") if row == 4 else PatternFill()
    assert _texts(_read(workbook)) == [[*_TEXTS, ("合计", "9")]]


def test_of_headers_and_footers_what_they_say_of_the_tables_is_read() -> None:
    workbook = _workbook(_TABLE)
    workbook.active.oddHeader.left.text, workbook.active.oddHeader.right.text = "编制单位：某所", "单位：千元"
    workbook.active.oddFooter.center.text = "第 &P 页"
    assert _texts(_read(workbook)) == [_TEXTS, "页眉：编制单位：某所", "页眉：单位：千元"]


def test_titles_above_and_notes_below_are_paragraphs() -> None:
    workbook = _workbook([["2024年收支总表"], ["单位：万元"], *_TABLE, ["注：本表公开。"]])
    workbook.active.merge_cells("A1:B1")
    assert _texts(_read(workbook)) == ["2024年收支总表", "单位：万元", _TEXTS, "注：本表公开。"]


def test_a_table_is_what_has_lines_around_its_cells() -> None:
    """Who published it stands beside the unit; the line above the table is those cells' lower one."""
    workbook = _workbook([["某某局", "单位：万元"], *_TABLE, ["负责人：甲", "填表人：乙"]])
    for row, sides in enumerate(("bottom", "all", "all", "all", "top"), start=1):
        for cell in workbook.active[row]:
            line = Side("thin")
            cell.border = Border(line, line, line, line) if sides == "all" else Border(**{sides: line})
    assert _texts(_read(workbook)) == ["某某局", "单位：万元", _TEXTS, "负责人：甲", "填表人：乙"]


def test_a_header_over_all_columns_belongs_to_the_table_that_has_lines() -> None:
    workbook = _workbook([["收支总表"], ["三公经费", None], *_TABLE])
    workbook.active.merge_cells("A1:B1")
    workbook.active.merge_cells("A2:B2")
    for row in workbook.active.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(Side("thin"), Side("thin"), Side("thin"), Side("thin"))
    assert _texts(_read(workbook)) == ["收支总表", [("三公经费", ""), *_TEXTS]]


def test_a_header_without_lines_belongs_to_the_table_below() -> None:
    rows = [
        ["支出表", None, None],
        ["科目名称", "本年支出（计量单位：十万元）", None],
        [None, "小计", "项目支出"],
        ["教育", 4, 3],
    ]
    merged, plain = (
        _workbook(rows),
        _workbook([rows[0], ["部门：某局", None, "单位：万元"], ["名称", "小计", "项目支出"], rows[3]]),
    )
    merged.active.merge_cells("A2:A3")
    merged.active.merge_cells("B2:C2")
    for workbook in (merged, plain):
        for cell in workbook.active[4]:
            cell.border = Border(Side("thin"), Side("thin"), Side("thin"), Side("thin"))
    title, table = _texts(_read(merged))
    assert (title, table) == ("支出表", [("科目名称", rows[1][1], ""), ("", "小计", "项目支出"), ("教育", "4", "3")])
    *above, table = _texts(_read(plain))
    assert (above, table) == (
        ["支出表", "部门：某局", "单位：万元"],
        [("名称", "小计", "项目支出"), ("教育", "4", "3")],
    )


def test_blank_rows_part_tables_and_lines_of_prose_are_paragraphs() -> None:
    prose = "一、收支总体情况。\n二、本年收入1万元。"
    workbook = _workbook([[prose], [], ["表一"], [], *_TABLE, [], *_TABLE])
    assert _texts(_read(workbook)) == ["一、收支总体情况。", "二、本年收入1万元。", "表一", _TEXTS, _TEXTS]


def test_rows_know_their_sheet_and_number() -> None:
    (table,) = _read(_workbook([[], [], *_TABLE]))
    assert isinstance(table, RawTable)
    assert [(row.provenance.sheet, row.provenance.line) for row in table.rows] == [("Sheet", n) for n in (3, 4, 5)]


def test_hidden_rows_columns_and_sheets_are_not_read() -> None:
    workbook = _workbook([["项目", "内部", "预算数"], ["密", 9, 9], ["收入", 9, 1], ["支出", 9, 2]])
    workbook.active.row_dimensions[2].hidden = True
    workbook.active.column_dimensions["B"].hidden = True
    workbook.create_sheet("底稿").append(["密", 9])
    workbook["底稿"].sheet_state = "hidden"
    assert _texts(_read(workbook)) == [_TEXTS]


def test_rows_and_columns_of_no_size_are_not_read() -> None:
    rows = [["项目", "密", "预算数"], ["密", "9", "9"], ["收入", "9", "1"], ["支出", "9", "2"]]
    cells = ["".join(f'<c t="str"><v>{text}</v></c>' for text in row) for row in rows]
    sizes = ["", ' ht="0"', ' ht="10"', ""]
    inside = "".join(f"<row{size}>{line}</row>" for size, line in zip(sizes, cells, strict=True))
    columns = '<cols><col min="2" max="2" width="0.0"/><col min="3" max="3" width="10"/></cols>'
    assert _texts(_read_parts(f"{columns}<sheetData>{inside}</sheetData>")) == [_TEXTS]


def test_a_hidden_row_parts_no_table() -> None:
    workbook = _workbook([_TABLE[0], ["密"], *_TABLE[1:]])
    workbook.active.row_dimensions[2].hidden = True
    assert _texts(_read(workbook)) == [_TEXTS]


def test_merged_cells_become_spans_and_show_only_their_first() -> None:
    """What a merged range covers stays in files that other programs than Excel write."""
    rows = [
        '<row r="1"><c r="A1" t="str"><v>科目</v></c><c r="B1" t="str"><v>本年支出</v></c><c r="C1"><v>9</v></c></row>',
        '<row r="2"><c r="A2"><v>9</v></c><c r="B2" t="str"><v>基本</v></c><c r="C2" t="str"><v>项目</v></c></row>',
        '<row r="3"><c r="A3" t="str"><v>教育</v></c><c r="B3"><v>1</v></c><c r="C3"><v>2</v></c></row>',
    ]
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    (table,) = _read_parts(_cells(*rows) + merged)
    assert isinstance(table, RawTable)
    head = table.rows[0].cells
    assert head[0] and (head[0].row_span, head[0].column_span) == (2, 1)
    assert head[1] and (head[1].row_span, head[1].column_span) == (1, 2)
    assert [row.texts for row in table.rows] == [("科目", "本年支出", ""), ("", "基本", "项目"), ("教育", "1", "2")]


def test_a_merged_range_with_a_hidden_beginning_keeps_its_text() -> None:
    rows = [
        '<row r="1" hidden="1"><c r="A1" t="str"><v>科目</v></c><c r="B1" t="str"><v>密</v></c></row>',
        '<row r="2"><c r="A2" t="str"><v>盖住</v></c><c r="B2" t="str"><v>预算数</v></c></row>',
        '<row r="3"><c r="A3" t="str"><v>收入</v></c><c r="B3"><v>1</v></c></row>',
    ]
    sheet = _cells(*rows) + '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    assert _texts(_read_parts(sheet)) == [[("科目", "预算数"), ("收入", "1")]]


def _stored(kind: str, value: str, more: str = "") -> str:
    return f'<c t="{kind}" {more}><v>{value}</v></c>'


def test_every_kind_of_cell_is_read() -> None:
    cells = [
        _stored("s", "0"), '<c t="inlineStr"><is><t>内</t></is></c>', _stored("b", "1"), _stored("e", "#REF!"),
        '<c t="str"><f>A1</f><v>算</v></c>', _stored("n", "1E2"), _stored("n", "0", 's="1"'), _stored("s", "99"),
        _stored("n", "x"),
    ]  # fmt: skip
    strings = "<si><r><t>富</t></r><r><t>文_x000D_本</t></r><rPh><t>fu</t></rPh></si>"
    own = '<numFmts><numFmt numFmtId="170" formatCode="0;0;&quot;-&quot;"/></numFmts>'
    styles = f'{own}<cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
    blocks = _read_parts(_cells(f"<row>{''.join(cells)}</row>"), sst=strings, styleSheet=styles)
    assert _texts(blocks) == [[("富文 本", "内", "TRUE", "#REF!", "算", "100", "-", "x")]]


def test_formulas_are_read_by_their_stored_value_and_missing_ones_are_told() -> None:
    """Neither empty nor zero: nobody knows what stands there."""
    formulas = '<c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>1+2</f></c>'
    stored = f'<row r="1"><c r="A1" t="str"><v>合计</v></c>{formulas}</row>'
    table, gap = _read_parts(_cells(stored))
    assert _texts((table,)) == [[("合计", "2", "（公式无值）")]]
    assert isinstance(gap, Gap) and "工作表“表1”里 1 个公式没有算好的数" in gap.text


def test_a_sheet_of_formulas_without_values_is_refused() -> None:
    workbook = _workbook([["项目", "预算数"], ["合计", "=SUM(B3:B4)"], ["收入", "=1"], ["支出", "=2"]])
    with pytest.raises(DocumentError, match="只有公式") as caught:
        _read(workbook)
    assert "保存" in caught.value.remedy


def test_numbers_that_were_typed_are_read_beside_formulas_without_values() -> None:
    """What a program wrote that computes nothing: its totals are told as missing."""
    workbook = _workbook([["项目", "预算数"], ["收入", 1], ["支出", 2], ["合计", "=SUM(B2:B3)"]])
    table, gap = _read(workbook)
    assert _texts((table,)) == [[("项目", "预算数"), ("收入", "1"), ("支出", "2"), ("合计", "（公式无值）")]]
    assert isinstance(gap, Gap) and "1 个公式" in gap.text


_HIDDEN = xlsx_of(_cells("<row><c><v>1</v></c></row>"), states={1: "hidden"})


@pytest.mark.parametrize("content", [xlsx_of("<sheetData/>"), _HIDDEN], ids=["blank", "hidden"])
def test_a_workbook_that_shows_nothing_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError, match="没有可见的内容"):
        ExcelConverter().read(content, _PATH)


def test_very_many_formatted_blank_rows_are_nothing() -> None:
    table = '<row r="1"><c r="A1" t="str"><v>收入</v></c><c r="B1"><v>1</v></c></row>'
    blank = "".join(f'<row r="{row}" ht="14"/>' for row in range(2, 200_001))
    last = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    merged = '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
    assert _texts(_read_parts(_cells(table, blank, last) + merged)) == [[("收入", "1")]]


def test_tables_that_cleaning_may_join_share_a_width() -> None:
    """A page of a table whose last columns are blank must not look like a narrower table."""
    first, second = _read(_workbook([["编码", "名称", "合计", "结转"], [201, "公共", 2, 1], [], [202, "外交"]]))
    assert isinstance(first, RawTable) and isinstance(second, RawTable)
    assert [row.texts for row in second.rows] == [("202", "外交", "", "")]


def test_of_old_workbooks_too_nothing_is_read_that_is_struck_out_or_white_on_white() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("表", cell_overwrite_ok=True)
    on_blue = "font: colour white; pattern: pattern solid, fore_colour dark_blue"
    for row, style in enumerate((on_blue, "", "font: struck_out on", "font: colour white")):
        for column, text in enumerate(("项目", "预算数") if row == 0 else ("收入", "1.00")):
            sheet.write(row, column, text, xlwt.easyxf(style))
    gone, above = xlwt.easyfont("struck_out on"), xlwt.easyfont("escapement superscript")
    struck = xlwt.easyxf("font: struck_out on")
    sheet.write_rich_text(1, 1, ("7", ("1.50", xlwt.easyfont("")), ("2", above), ("3", gone)), struck)
    content = BytesIO()
    workbook.save(content)
    blocks = OldExcelConverter().read(content.getvalue(), Path("预算.xls"))
    assert _texts(blocks) == [[("项目", "预算数"), ("收入", "1.50[2]")]]


def test_old_workbooks_show_the_same() -> None:
    """A stray cell in the last corner of the sheet makes it no larger."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("表")
    sheet.write(65_535, 255, " ")
    sheet.write_merge(0, 0, 0, 2, "2024年收支总表")
    cells = [["项目", "内部", "预算数"], ["密", 9, 9], ["收入", 9, 1234.5], ["支出", 9, 0]]
    style = xlwt.easyxf(num_format_str='#,##0.00;-#,##0.00;"-"')
    for row, values in enumerate(cells, start=1):
        for column, value in enumerate(values):
            sheet.write(row, column, value, style)
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    hidden = workbook.add_sheet("底稿")
    hidden.write(0, 0, "密")
    hidden.visibility = 1
    buffer = BytesIO()
    workbook.save(buffer)
    content = buffer.getvalue()
    assert OldExcelConverter().accepts(content)
    blocks = OldExcelConverter().read(content, Path("预算.xls"))
    assert _texts(blocks) == ["2024年收支总表", [("项目", "预算数"), ("收入", "1,234.50"), ("支出", "-")]]


@pytest.mark.parametrize(
    "caption", [["编制部门：某局", None, "单位：元"], ["部门名称: 某局", "单位：万元"], [None, "金额单位：千元"]]
)
def test_a_line_of_owner_and_unit_between_blank_rows_is_no_table(caption: list[object]) -> None:
    blocks = _read(_workbook([["收支总表"], [], caption, [], *_TABLE]))
    assert _texts(blocks) == ["收支总表", *filter(None, caption), _TEXTS]


def test_such_a_line_may_have_lines_around_it() -> None:
    workbook = _workbook([["收支总表"], [], ["编制部门：某局", "单位：元"], [], *_TABLE])
    for row in (3, *range(5, 5 + len(_TABLE))):
        for cell in workbook.active[row]:
            cell.border = Border(*[Side("thin")] * 4)
    assert _texts(_read(workbook)) == ["收支总表", "编制部门：某局", "单位：元", _TEXTS]


def test_a_raised_digit_behind_a_number_is_a_mark() -> None:
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    cell = f'<c r="B2" t="inlineStr"><is><r><t>607.20</t></r>{raised}</is></c>'
    head = '<c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1" t="inlineStr"><is><t>预算数</t></is></c>'
    name = '<c r="A2" t="inlineStr"><is><t>收入</t></is></c>'
    (table,) = _read_parts(_cells(f'<row r="1">{head}</row>', f'<row r="2">{name}{cell}</row>'))
    assert isinstance(table, RawTable)
    assert table.rows[1].texts == ("收入", "607.20[1]")


_XML = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"><Borders/></Style><Style ss:ID="old"><Font ss:StrikeThrough="1"/></Style>
<Style ss:ID="white"><Font ss:Color="#ffffff"/></Style><Style ss:ID="money"><NumberFormat ss:Format="Standard"/></Style>
<Style ss:ID="day" ss:Parent="old"><Font/><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style></Styles>
<Worksheet ss:Name="表"><Table><Column/><Column ss:Hidden="1" ss:Span="1"/><Column ss:Index="4" ss:StyleID="money"/>
<Row><Cell><Data ss:Type="String">项目</Data></Cell><Cell ss:Index="4"><Data ss:Type="String">预算数</Data></Cell>
<Cell><Data ss:Type="String">日期</Data></Cell></Row>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">收入</Data></Cell><Cell><Data ss:Type="Number">9</Data></Cell>
<Cell><Data ss:Type="Number">1234.5</Data></Cell>
<Cell ss:StyleID="day"><Data ss:Type="DateTime">2026-01-05T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">支出</Data></Cell><Cell ss:Index="4"><ss:Data ss:Type="String"
xmlns="http://www.w3.org/TR/REC-html40"><S>7.00</S>1.50<Sup>2</Sup></ss:Data></Cell></Row>
<Row ss:Hidden="1" ss:Span="1"><Cell><Data ss:Type="String">密</Data></Cell></Row>
<Row ss:Index="6" ss:StyleID="old"><Cell><Data ss:Type="String">旧</Data></Cell></Row>
<Row ss:StyleID="white"><Cell><Data ss:Type="String">旧</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">合计</Data></Cell><Cell ss:Index="4" ss:Formula="=SUM(R2C:R3C)"/></Row>
</Table></Worksheet><Worksheet ss:Name="底稿"><Table><Row><Cell><Data ss:Type="String">密</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


def test_workbooks_in_xml_show_the_same() -> None:
    assert ExcelXmlConverter().accepts(_XML.encode())
    *blocks, gap = ExcelXmlConverter().read(_XML.encode(), Path("预算.xls"))
    assert isinstance(gap, Gap) and "1 个公式没有算好的数" in gap.text
    tables = [block for block in blocks if isinstance(block, RawTable)]
    assert [row.texts for table in tables for row in table.rows] == [
        ("项目", "预算数", "日期"), ("收入", "1,234.50", "2026年1月"), ("支出", "1.50[2]", ""),
        ("合计", "（公式无值）", ""),
    ]  # fmt: skip


def test_a_workbook_in_broken_xml_says_so() -> None:
    with pytest.raises(DocumentError, match="已损坏"):
        ExcelXmlConverter().read(_XML.replace("</Table>", "").encode(), Path("预算.xls"))
