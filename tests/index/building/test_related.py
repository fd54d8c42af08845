"""Files that belong together: prose beside tables, copies, replaced versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import index.relate
import index.sources
from index.build import build
from index.workers import ParsedFile, Problem
from tests.index.building.served import Parsed, files_cited, statuses, titles


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
