"""The warehouse: what is written is what is read, the views agree with the cells, and nothing can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from index.errors import IndexUnusable
from index.kinds import KINDS
from index.parsed import ParsedDocument, rows_of
from index.records import RECORD_TYPES
from index.warehouse import (
    QueryError,
    QueryTooLarge,
    Warehouse,
    WarehouseWriter,
    WriteError,
    open_warehouse,
    write_warehouse,
)


@pytest.fixture(scope="module")
def warehouse(parsed: ParsedDocument, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    path = tmp_path_factory.mktemp("warehouse") / "w.duckdb"
    write_warehouse(path, [parsed, _other(parsed)])
    opened = open_warehouse(path)
    yield opened
    opened.close()


def _other(parsed: ParsedDocument) -> ParsedDocument:
    document = replace(parsed.document, document_id="ffffffffffff", sha256="f" * 64)
    return replace(parsed, document=document, profile=replace(parsed.profile, unit_name="另一个局", year=2023))


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_record_types_are_the_tables_columns(warehouse: Warehouse, table: str) -> None:
    columns, _ = warehouse.execute(f"SELECT * FROM {table} LIMIT 0")
    assert columns == [field.name for field in fields(RECORD_TYPES[table])]


def test_what_was_written_is_read_back(warehouse: Warehouse, parsed: ParsedDocument) -> None:
    written = rows_of(parsed)
    document_id = parsed.document.document_id
    assert warehouse.documents()[0] == written["documents"][0]
    read = {
        "tables": warehouse.tables(),
        "paragraphs": warehouse.paragraphs(),
        "statements": warehouse.statements(),
        "facts": warehouse.facts(),
        "findings": warehouse.findings(),
        "chunks": tuple(replace(chunk, vector=(0.5, 0.25, -1.0)) for chunk in warehouse.chunks()),
    }
    for table, records in read.items():
        assert [record for record in records if record.document_id == document_id] == written[table], table
    assert [f for row in _rows(parsed) for f in warehouse.figures_of_row(row)] == written["figures"]
    assert warehouse.table(f"{document_id}.t1") == written["tables"][0]
    assert warehouse.table("none") is None
    assert warehouse.vectors() == ([0.5, 0.25, -1.0],) * 2
    assert warehouse.all_vectors().tolist() == [[0.5, 0.25, -1.0]] * 2
    assert [list(read) for read in (warehouse.tables(document_id), warehouse.paragraphs(document_id),
            warehouse.statements(document_id), warehouse.facts(document_id), warehouse.findings(document_id))] == [
        written[table] for table in ("tables", "paragraphs", "statements", "facts", "findings")
    ]  # fmt: skip
    assert len(warehouse.vectors(document_id)) == len(warehouse.chunks(document_id)) == len(written["chunks"])
    assert warehouse.tables("none") == ()
    assert warehouse.tables_with([f"{document_id}.t1", "none"]) == (written["tables"][0],)
    differing = [finding for finding in written["findings"] if finding.result == "differs"]
    assert list(warehouse.contradictions([document_id])) == differing


def _rows(parsed: ParsedDocument) -> list[str]:
    return [
        f"{parsed.document.document_id}.t{table.number}.r{row.key}" for table in parsed.tables for row in table.rows
    ]


def test_each_view_and_column_has_a_comment(warehouse: Warehouse) -> None:
    catalogue, comments = warehouse.catalogue(), warehouse.comments()
    assert catalogue.keys() == {*KINDS, "正文数据", "全部数据"}
    for view, columns in catalogue.items():
        assert comments[view].keys() == {"", *columns}
        assert all(comments[view].values()), view


def test_amount_columns_are_exact_and_say_yuan(warehouse: Warehouse) -> None:
    catalogue, comments = warehouse.catalogue(), warehouse.comments()
    for kind in KINDS.values():
        for measure in kind.measures:
            expected = "VARCHAR" if measure.type == "text" else "DECIMAL(28,6)"
            assert catalogue[kind.name][measure.name] == expected
            assert ("元" in comments[kind.name][measure.name]) == (measure.type == "amount")


def test_columns_stand_in_the_agreed_order(warehouse: Warehouse) -> None:
    assert list(warehouse.catalogue()["收支总表"]) == [
        "row_id", "document_id", "部门", "年度", "所属单位", "方向",
        "科目编码", "项目", "层级", "上级", "末级", "合计行", "预算数", "基本支出", "人员经费", "公用经费", "项目支出",
    ]  # fmt: skip
    assert "方向" not in warehouse.catalogue()["收入总表"]


def test_every_measured_figure_stands_in_its_view(warehouse: Warehouse, parsed: ParsedDocument) -> None:
    assert_views_agree(warehouse)
    assert warehouse.count("收支总表") == 2 * len(parsed.tables[0].rows)


def assert_views_agree(warehouse: Warehouse) -> None:
    """Each figure with a measure has the same value in its wide view, and each row stands there once."""
    for kind in KINDS.values():
        _, rows = warehouse.execute(f'SELECT count(*), count(DISTINCT row_id) FROM "{kind.name}"')
        _, cells = warehouse.execute("SELECT count(DISTINCT row_id) FROM figures WHERE kind = $1", [kind.name])
        assert rows[0] == (cells[0][0], cells[0][0]), kind.name
        for measure in kind.measures:
            value = {"amount": "f.amount_yuan", "text": "nullif(f.printed, '')"}.get(measure.type, "f.number")
            _, different = warehouse.execute(
                f'SELECT f.figure_id FROM figures f LEFT JOIN "{kind.name}" v USING (row_id) '
                f'WHERE f.kind = $1 AND f.measure = $2 AND v."{measure.name}" IS DISTINCT FROM {value}',
                [kind.name, measure.name],
            )
            assert different == [], (kind.name, measure.name)


def test_rows_of_a_view_come_as_printed(warehouse: Warehouse) -> None:
    _, rows = warehouse.execute('SELECT 方向, 项目, 预算数 FROM "收支总表" WHERE 部门 = $1', ["某市某局"])
    assert rows == [
        ("收入", "一般公共预算拨款收入", Decimal("10050")),
        ("收入", "收入总计", Decimal("10050")),
        ("支出", "一般公共服务支出", Decimal("10050")),
        ("支出", "公共安全支出", None),
    ]


def test_a_table_s_subject_is_the_project_of_rows_that_name_none(warehouse: Warehouse) -> None:
    _, rows = warehouse.execute("SELECT 三级指标, 项目, 指标值 FROM 绩效指标表 WHERE document_id = '0123456789ab'")
    assert rows == [("畅通率", "专线费", "100"), ("满意度", "另一个项目", "95")]


def test_quantities_texts_and_subordinate_units(warehouse: Warehouse) -> None:
    _, rows = warehouse.execute(
        "SELECT 所属单位, 采购品目, 采购数量, 单价, 计量单位, 采购金额 FROM 政府采购预算表 WHERE 年度 = 2024"
    )
    assert rows == [("某中心", "台式机", 5, 6000, "台", 30000)]


def test_prose_and_single_cells_have_views(warehouse: Warehouse) -> None:
    _, rows = warehouse.execute("SELECT row_id, 事项, 金额, 增减额 FROM 正文数据 WHERE 年度 = 2024")
    assert rows == [("0123456789ab.s1", "收入总计", 10000, 5000)]
    _, rows = warehouse.execute("SELECT row_id, 表名, 列名, 原样 FROM 全部数据 WHERE 表种类 = '其他表' AND 年度 = 2024")
    assert rows == [("0123456789ab.t5.r1.c2", "补充资料", "说明", "某说明")]


def test_findings_point_at_cells_and_statements(warehouse: Warehouse) -> None:
    finding = warehouse.findings()[0]
    assert finding.figure_ids == ("0123456789ab.t1.r3I.c2",)
    assert finding.statement_ids == ("0123456789ab.s1",)


@pytest.mark.parametrize("filter_", ["document_id = '0123456789ab'", "科目编码 = '205'"])
def test_filters_reach_the_scan_of_the_figures(warehouse: Warehouse, filter_: str) -> None:
    _, plan = warehouse.execute(f'EXPLAIN (FORMAT json) SELECT 合计 FROM "一般公共预算支出表" WHERE {filter_}')
    scan = next(part for part in plan[0][1].split('"name"') if "figures" in part)
    assert filter_.split("'")[1] in scan


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM figures",
        "CREATE TABLE x (a INTEGER)",
        "ATTACH 'x.duckdb'",
        "COPY figures TO 'x.csv'",
        "SELECT * FROM read_csv('x.csv')",
        "SET memory_limit = '8GB'",
        "INSTALL fts",
    ],
)
def test_a_finished_warehouse_can_t_be_changed_or_left(warehouse: Warehouse, statement: str) -> None:
    with pytest.raises(QueryError):
        warehouse.execute(statement)


def test_what_takes_too_much_memory_is_told_with_what_to_do(warehouse: Warehouse) -> None:
    with pytest.raises(QueryTooLarge, match=r"内存上限.*分几次问"):
        warehouse.execute("SELECT list(range::VARCHAR || 'x') FROM range(30000000)")


def test_many_threads_may_read(warehouse: Warehouse) -> None:
    with ThreadPoolExecutor(8) as pool:
        counts = set(pool.map(lambda _: warehouse.count("收支总表"), range(64)))
    assert counts == {8}


def test_a_document_that_can_t_be_stored_leaves_no_trace(parsed: ParsedDocument, tmp_path: Path) -> None:
    table = parsed.tables[0]
    broken = replace(_other(parsed), tables=(table, replace(table, rows=(table.rows[0],) * 2)))
    with WarehouseWriter(tmp_path / "w.duckdb") as writer:
        writer.add(rows_of(parsed))
        with pytest.raises(WriteError):
            writer.add(rows_of(broken))
    warehouse = open_warehouse(tmp_path / "w.duckdb")
    assert [document.document_id for document in warehouse.documents()] == ["0123456789ab"]
    assert {record.document_id for record in warehouse.tables()} == {"0123456789ab"}


def test_documents_are_copied_as_they_are(parsed: ParsedDocument, tmp_path: Path) -> None:
    old, new = tmp_path / "o'ld.duckdb", tmp_path / "new.duckdb"
    write_warehouse(old, [parsed, _other(parsed)])
    with WarehouseWriter(new) as writer:
        writer.copy(old, ["0123456789ab"])
    write_warehouse(tmp_path / "direct.duckdb", [parsed])
    copied, direct = open_warehouse(new), open_warehouse(tmp_path / "direct.duckdb")
    for table in RECORD_TYPES:
        query = f"SELECT * FROM {table} ORDER BY ALL"
        assert copied.execute(query) == direct.execute(query)


def test_a_damaged_or_missing_warehouse_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "damaged.duckdb").write_bytes(b"x" * 5000)
    for name in ("damaged.duckdb", "missing.duckdb"):
        with pytest.raises(IndexUnusable, match="python -m assistant build"):
            open_warehouse(tmp_path / name)


def test_a_damaged_file_is_told_wherever_the_damage_is(parsed: ParsedDocument, tmp_path: Path) -> None:
    """As an index that can't be used, never as a question that has no answer."""
    path = tmp_path / "w.duckdb"
    write_warehouse(path, [parsed])
    whole, outcomes = path.read_bytes(), set()
    for start in range(12_288, len(whole), 65_536):
        path.write_bytes(whole[:start] + b"x" * 512 + whole[start + 512 :])
        try:
            opened = open_warehouse(path)
        except IndexUnusable:
            outcomes.add("not opened")
            continue
        try:
            for table in RECORD_TYPES:
                opened.execute(f"SELECT * FROM {table}")
        except IndexUnusable as error:
            outcomes.add("not read")
            assert "python -m assistant build" in error.remedy
        finally:
            opened.close()
    assert "not read" in outcomes
