"""A small hand-made document, as the stages before the warehouse would hand it over."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.clean.table import CleanCell, CleanRow, CleanTable, Column, ValueType
from index.document import Document
from index.parsed import ParsedDocument
from index.prose import CellReference, Chunk, DocumentProfile, Finding, OutlinedParagraph, Statement


def _cell(column: int, printed: str, value_type: ValueType = "amount") -> CleanCell:
    return CleanCell(column, printed, value_type, None if value_type in ("text", "blank") else Decimal(printed))


def _two_sided() -> CleanTable:
    columns = (
        Column(1, "收入/项目", "label", side="收入"),
        Column(2, "收入/预算数", "measure", "预算数", side="收入"),
        Column(3, "支出/项目", "label", side="支出"),
        Column(4, "支出/预算数", "measure", "预算数", side="支出"),
    )
    rows = (
        CleanRow(1, "一般公共预算拨款收入", "一、一般公共预算拨款收入", (_cell(2, "1.005"),), side="收入"),
        CleanRow(1, "一般公共服务支出", "一、一般公共服务支出", (_cell(4, "1.005"),), side="支出"),
        CleanRow(2, "公共安全支出", "二、公共安全支出", (CleanCell(4, "", "blank"),), side="支出"),
        CleanRow(3, "收入总计", "收 入 总 计", (_cell(2, "1.005"),), side="收入", level=0, is_total=True),
    )
    grid = (
        ("项目", "预算数", "项目", "预算数"),
        ("一、一般公共预算拨款收入", "1.005", "一、一般公共服务支出", "1.005"),
    )
    return CleanTable(1, "附表4-1", "收支总表", "收支总表", 0.9, "万元", columns, rows, "figures", None, grid, 1)


def _by_function() -> CleanTable:
    columns = (
        Column(1, "科目编码", "code"),
        Column(2, "科目名称", "label"),
        Column(3, "2024年/合计", "measure", "合计"),
        Column(4, "2023年/合计", "measure", "合计"),
        Column(5, "其他", "measure"),
    )
    rows = (
        CleanRow(1, "教育支出", "教育支出", (_cell(3, "30"), _cell(4, "20"), _cell(5, "7")), code="205", level=1,
                 code_system="功能分类", is_leaf=False),
        CleanRow(2, "教育管理", "教育管理", (CleanCell(3, "", "blank"), _cell(4, "20")), code="20501", level=2,
                 parent="1", code_system="功能分类"),
    )  # fmt: skip
    return CleanTable(
        2, None, "一般公共预算支出表", "一般公共预算支出表", 1.0, "元", columns, rows, "figures", None, (), 0
    )


def _purchases() -> CleanTable:
    columns = (
        Column(1, "政府采购品目", "label"),
        Column(2, "采购数量", "measure", "采购数量"),
        Column(3, "单价(元)", "measure", "单价", unit="元"),
        Column(4, "计量", "measure", "计量单位"),
        Column(5, "采购金额/采购金额合计", "measure", "采购金额"),
    )
    cells = (_cell(2, "5", "quantity"), _cell(3, "6000"), _cell(4, "台", "text"), _cell(5, "3"))
    row = CleanRow(1, "台式机", "[A02010105]台式机", cells, code="A02010105", subordinate_unit="某中心")
    return CleanTable(3, None, "政府采购预算表", "政府采购预算表", 1.0, "万元", columns, (row,), "figures", None, (), 0)


def _indicators() -> CleanTable:
    columns = (
        Column(1, "三级指标", "label"),
        Column(2, "项目名称", "measure", "项目"),
        Column(3, "指标值", "measure", "指标值"),
    )
    rows = (
        CleanRow(1, "畅通率", "畅通率", (_cell(3, "100", "text"),)),
        CleanRow(2, "满意度", "满意度", (_cell(2, "另一个项目", "text"), _cell(3, "95", "text"))),
    )
    return CleanTable(
        4, None, "绩效目标申报表", "绩效指标表", 1.0, None, columns, rows, "figures", None, (), 0, subject="专线费"
    )


def _unknown() -> CleanTable:
    columns = (Column(1, "名称", "label"), Column(2, "说明", "measure"))
    row = CleanRow(1, "某行", "某行", (_cell(2, "某说明", "text"),))
    return CleanTable(5, None, "补充资料", "其他表", 0.2, None, columns, (row,), "figures", None, (), 0)


@pytest.fixture(scope="session")
def parsed() -> ParsedDocument:
    """One document with a table of every shape and a little prose, already embedded."""
    section = ("第二部分 说明", "一、收支情况")
    return ParsedDocument(
        document=Document("0123456789ab", "某局.txt", "0123456789ab" + "0" * 52),
        profile=DocumentProfile("某局2024年部门预算", "某市某局", "001", "某市", 2024, "预算", "部门"),
        paragraphs=(
            OutlinedParagraph(1, section[0], (), "heading", line=1),
            OutlinedParagraph(2, "收入总计1万元，比上年增加0.5万元。", section, line=2),
        ),
        tables=(_two_sided(), _by_function(), _purchases(), _indicators(), _unknown()),
        statements=(
            Statement(2, "收入总计", "收入总计1万元，比上年增加0.5万元。", Decimal(10000), change=Decimal(5000)),
        ),
        findings=(
            Finding("prose", "differs", "正文与表不符", Decimal("50.00"), cells=(CellReference(1, "3I", 2),),
                    statements=(0,)),
        ),
        chunks=(Chunk(section, "收入总计1万元，比上年增加0.5万元。", (2,)),),
        vectors=((0.5, 0.25, -1.0),),
    )  # fmt: skip
