"""What stays in sight of a printed table that is wider than its frame: the names of its rows, never their codes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.sources import printed_labels
from assistant.ui.printed_table import RowNames, body_rows, head_rows, row_names
from index.records import TableRecord
from tests.doubles import FixtureEngine, table_citation

CODED = (
    ("科目编码", "", "", "科目名称", "合计", "项目支出"),
    ("类", "款", "项", "", "", ""),
    ("合计", "", "", "", "9", "5"),
    ("201", "", "", "一般公共服务支出", "7", "4"),
    ("", "06", "", "财政事务", "7", "4"),
    ("", "", "01", "行政运行", "2", "1"),
)
LABELS = {1: "合计", 2: "一般公共服务支出", 3: "财政事务", 4: "行政运行"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> FixtureEngine:
    folder: Path = tmp_path_factory.mktemp("small")
    return FixtureEngine(folder)


@pytest.fixture
def coded(engine: FixtureEngine) -> TableRecord:
    return replace(engine.warehouse.tables()[0], header_rows=2, grid=CODED)


def named_in(html: str) -> list[str]:
    return re.findall(r'class="name[^"]*">(.*?)<', html)


def test_a_name_behind_three_columns_of_codes_stays_in_sight(coded: TableRecord) -> None:
    assert row_names(coded, LABELS).column == 4
    assert named_in(head_rows(coded, 6, row_names(coded, LABELS))) == ["科目名称"]


def test_a_total_that_is_printed_among_the_codes_stays_in_its_own_row(coded: TableRecord) -> None:
    citation = table_citation(1, 1).model_copy(update={"column_no": 6})
    rows = list(body_rows(coded, citation, {}, row_names(coded, LABELS)))
    assert [named_in(row) for row in rows[1:3]] == [["合计", ""], ["一般公共服务支出"]]
    assert 'class="name apart">合计' in rows[1]


def test_codes_under_a_spread_header_are_no_numbers(coded: TableRecord) -> None:
    rows = list(body_rows(coded, table_citation(1, 3).model_copy(update={"column_no": 6}), {}, RowNames()))
    assert "<td>06</td>" in rows[3] and '<td class="number">7</td>' in rows[3]


def test_of_two_halves_the_cited_ones_names_stay(coded: TableRecord) -> None:
    halves = replace(coded, header_rows=1, grid=(("收入", "数", "支出", "数"), ("拨款", "1", "教育", "2")))
    assert [row_names(halves, {1: label}).column for label in ("拨款", "教育")] == [1, 3]


def test_a_table_without_names_keeps_nothing_in_sight(coded: TableRecord) -> None:
    assert row_names(coded, {1: "", 2: "别的", 99: "行政运行"}) == RowNames()


def test_the_labels_are_those_of_the_cited_column(engine: FixtureEngine) -> None:
    table = engine.warehouse.tables()[0]
    assert printed_labels(engine.warehouse, table.table_id, 3)[45] == "第45项费用"
    assert printed_labels(engine.warehouse, table.table_id, 1) == {}
