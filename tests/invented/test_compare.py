"""The comparison sees what was read wrongly: each change to a document that was read rightly is a difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from index.clean.table import CleanCell, CleanRow, CleanTable
from index.parse import parse
from index.parsed import ParsedDocument
from index.workers import Problem
from tests.invented.budget import Budget
from tests.invented.compare import differences
from tests.invented.document import InventedDocument, print_document
from tests.invented.formats import FORMATS
from tests.invented.forms import ANNEXES
from tests.invented.invent import invent

TABLE, ROW = 4, 3
"""Any row of 一般公共预算支出表."""

Change = Callable[[CleanTable], CleanTable]
Read = tuple[Budget, InventedDocument, ParsedDocument]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    budget = invent(8)
    document = print_document(budget, ANNEXES)
    path = tmp_path_factory.mktemp("invented") / "文件.docx"
    FORMATS["docx"](document, ANNEXES, path)
    parsed = parse(path)
    assert not isinstance(parsed, Problem)
    return budget, document, parsed


def _with_row(change: Callable[[CleanRow], CleanRow]) -> Change:
    def changed(table: CleanTable) -> CleanTable:
        rows = [change(row) if number == ROW else row for number, row in enumerate(table.rows)]
        return replace(table, rows=tuple(rows))

    return changed


def _with_first_cell(change: Callable[[CleanCell], CleanCell]) -> Change:
    return _with_row(lambda row: replace(row, cells=(change(row.cells[0]), *row.cells[1:])))


CHANGES: dict[str, tuple[Change, str]] = {
    "种类": (lambda table: replace(table, kind="支出总表"), "缺表：一般公共预算支出表"),
    "标题": (lambda table: replace(table, title="支出表"), "标题应为"),
    "单位": (lambda table: replace(table, unit="元"), "单位应为万元，读到元"),
    "状态": (lambda table: replace(table, state="empty"), "状态应为figures"),
    "少一行": (lambda table: replace(table, rows=table.rows[:-1]), "行，读到"),
    "名称": (_with_row(lambda row: replace(row, label="别的支出")), "名称应为"),
    "编码": (_with_row(lambda row: replace(row, code="2990000")), "编码应为"),
    "层级": (_with_row(lambda row: replace(row, level=1)), "层级应为"),
    "上级": (_with_row(lambda row: replace(row, parent=None)), "上级应为"),
    "末级": (_with_row(lambda row: replace(row, is_leaf=not row.is_leaf)), "是否末级应为"),
    "合计": (_with_row(lambda row: replace(row, is_total=True)), "是否合计应为False"),
    "所属单位": (_with_row(lambda row: replace(row, subordinate_unit="某中心")), "所属单位应为"),
    "金额": (_with_first_cell(lambda cell: replace(cell, number=Decimal("0.01"))), "“合计”应为"),
    "空白": (_with_first_cell(lambda cell: replace(cell, number=None, value_type="blank")), "各金额应为"),
}


def test_what_was_read_rightly_has_no_differences(read: Read) -> None:
    assert differences(*read) == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_a_difference(read: Read, name: str) -> None:
    budget, document, parsed = read
    change, message = CHANGES[name]
    tables = tuple(change(table) if number == TABLE else table for number, table in enumerate(parsed.tables))
    found = differences(budget, document, replace(parsed, tables=tables))
    assert any(message in difference for difference in found), found


def test_another_profile_is_a_difference(read: Read) -> None:
    budget, document, parsed = read
    wrong = replace(parsed.profile, unit_name="某局", year=1999, document_type="决算", unit_level="单位")
    assert len(differences(budget, document, replace(parsed, profile=wrong))) >= 3
