"""The seed, built for real: parsing, embedding, Chroma and the warehouse together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from index.build import build
from index.embed import load_embeddings
from index.kinds import KINDS
from index.manifest import IndexVersion, open_version
from index.vectors import open_vectors
from index.warehouse import Warehouse, open_warehouse

NOT_IN_THE_SEED = {
    *("国有资本经营预算支出表", "支出经济分类表", "财政拨款支出表"),
    *("基本支出总表", "机关运行经费表", "政府经济分类支出表"),
    *("其他资金支出表", "政府购买服务表", "转移支付表", "专项资金表", "费用明细表"),
    *("资产情况表", "人员情况表", "非税收入表", "政府债务表"),
}

NOT_PRINTED = {"国有资本经营预算支出表", "支出经济分类表", "财政拨款支出表", "基本支出总表", "机关运行经费表"}


@pytest.fixture(scope="module")
def version(seed_path: Path, tmp_path_factory: pytest.TempPathFactory) -> IndexVersion:
    index_dir = tmp_path_factory.mktemp("seed")
    build([seed_path], index_dir)
    return open_version(index_dir)


@pytest.fixture(scope="module")
def warehouse(version: IndexVersion) -> Iterator[Warehouse]:
    opened = open_warehouse(version.warehouse)
    yield opened
    opened.close()


def test_every_kind_of_table_was_recognised(version: IndexVersion) -> None:
    (entry,) = version.manifest.documents
    assert entry.summary is not None
    assert (entry.summary.year, entry.summary.unit_name) == (2024, "中共随州市曾都区委办公室")
    assert entry.counts.tables.keys() == KINDS.keys() - NOT_IN_THE_SEED


def test_every_measured_figure_stands_in_its_view(warehouse: Warehouse) -> None:
    for kind in KINDS.values():
        for measure in kind.measures:
            value = {"amount": "f.amount_yuan", "text": "nullif(f.printed, '')"}.get(measure.type, "f.number")
            _, missing = warehouse.execute(
                f'SELECT f.figure_id FROM figures f LEFT JOIN "{kind.name}" v USING (row_id) '
                f"WHERE f.kind = $1 AND f.measure = $2 AND {value} IS NOT NULL "
                f'AND v."{measure.name}" IS DISTINCT FROM {value}',
                [kind.name, measure.name],
            )
            assert missing == [], (kind.name, measure.name)


def test_each_row_stands_once_in_its_view(warehouse: Warehouse) -> None:
    for kind in KINDS:
        _, ((rows, distinct),) = warehouse.execute(f'SELECT count(*), count(DISTINCT row_id) FROM "{kind}"')
        _, ((expected,),) = warehouse.execute("SELECT count(DISTINCT row_id) FROM figures WHERE kind = $1", [kind])
        assert rows == distinct == expected, kind


@pytest.mark.parametrize(
    ("query", "amount"),
    [
        ("SELECT 预算数 FROM 收支总表 WHERE 方向 = '支出' AND 项目 = '支出总计'", "7356600"),
        ("SELECT 公用经费 FROM 一般公共预算支出表 WHERE 科目编码 = '2013101'", "693900"),
        ("SELECT 合计 FROM 一般公共预算基本支出表 WHERE 科目编码 = '30217'", "6900"),
        ("SELECT 公务接待费 FROM 三公经费支出表", "6900"),
        ("SELECT sum(采购金额) FROM 政府采购预算表 WHERE 末级 AND NOT 合计行", "239000"),
        # 0.01万元 more than the printed total: the seed's details are rounded.
        ("SELECT sum(合计) FROM 项目支出表 WHERE 末级 AND NOT 合计行", "7356700"),
    ],
)
def test_printed_amounts_are_found_by_sql(warehouse: Warehouse, query: str, amount: str) -> None:
    _, rows = warehouse.execute(query)
    assert rows == [(Decimal(amount),)]


def test_every_finding_and_parent_points_at_something(warehouse: Warehouse) -> None:
    _, figures = warehouse.execute("SELECT figure_id, row_id, parent_row_id FROM figures")
    cells, rows = {figure for figure, *_ in figures}, {row for _, row, _ in figures}
    assert {parent for *_, parent in figures if parent} <= rows
    assert {cell for finding in warehouse.findings() for cell in finding.figure_ids} <= cells
    statements = {statement.statement_id for statement in warehouse.statements()}
    assert {each for finding in warehouse.findings() for each in finding.statement_ids} <= statements
    paragraphs = {paragraph.paragraph_id for paragraph in warehouse.paragraphs()}
    assert {statement.paragraph_id for statement in warehouse.statements()} <= paragraphs
    assert {each for chunk in warehouse.chunks() for each in chunk.paragraph_ids} <= paragraphs


def test_passages_are_found_by_meaning(version: IndexVersion, warehouse: Warehouse) -> None:
    store = open_vectors(version.vectors, load_embeddings())
    chunks = {chunk.chunk_id: chunk for chunk in warehouse.chunks()}
    (document_id,) = {chunk.document_id for chunk in chunks.values()}
    found = store.similarity_search("哪个股室管外事", k=3, filter={"document_id": document_id})
    assert any("外事股" in chunks[document.id or ""].text for document in found)
