"""Reconciliation over an invented document: it contradicts itself nowhere, until one figure is changed.

That no form raises a false alarm, the comparison of invented documents tells (compare.py).
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from index.clean.table import CleanCell, CleanRow, CleanTable
from index.parse import parse
from index.parsed import ParsedDocument
from index.reconcile import reconcile
from tests.invented.document import print_document
from tests.invented.forms import ANNEXES
from tests.invented.invent import invent
from tests.writers.word import write_docx

KINDS = ("支出总表", "一般公共预算支出表", "一般公共预算基本支出表", "收入总表")


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> ParsedDocument:
    path = tmp_path_factory.mktemp("checks") / "文件.docx"
    write_docx(print_document(invent(1), ANNEXES).blocks, path)
    read = parse(path)
    assert isinstance(read, ParsedDocument)
    return read


def test_a_sound_budget_is_checked_and_contradicts_itself_nowhere(parsed: ParsedDocument) -> None:
    results = Counter(finding.result for finding in parsed.findings)
    assert results["holds"] > 300 and results["differs"] == 0 and results["not_checkable"] < 5


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_figure_is_found(parsed: ParsedDocument, seed: int) -> None:
    """Any cell of the tables that functions and economic items add up in."""
    chance = random.Random(seed)
    number = chance.choice([n for n, table in enumerate(parsed.tables) if table.kind in KINDS])
    table = parsed.tables[number]
    row = chance.choice([row for row in table.rows if any(_changeable(cell) for cell in row.cells)])
    changed = _changed(table, row, chance.choice([cell for cell in row.cells if _changeable(cell)]))
    tables = (*parsed.tables[:number], changed, *parsed.tables[number + 1 :])
    found = [finding for finding in reconcile(tables, parsed.statements) if finding.result == "differs"]
    assert any((cell.table, cell.row) == (table.number, row.key) for finding in found for cell in finding.cells)


def _changeable(cell: CleanCell) -> bool:
    return cell.value_type == "amount" and bool(cell.number)


def _changed(table: CleanTable, row: CleanRow, cell: CleanCell) -> CleanTable:
    assert cell.number is not None
    other = replace(cell, number=cell.number + Decimal("7.77"))
    cells = tuple(other if each is cell else each for each in row.cells)
    rows = tuple(replace(each, cells=cells) if each is row else each for each in table.rows)
    return replace(table, rows=rows)
