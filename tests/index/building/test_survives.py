"""The old version survives a build that dies or fails; a damaged index is told, and the next build mends it."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import index.build
import index.publish
import index.sources
import index.warehouse
from index.build import build
from index.errors import IndexUnusable, StorageTrouble
from index.manifest import POINTER, VERSIONS, open_version
from index.warehouse import WarehouseWriter
from tests.index.building.served import Parsed, titles


def test_a_damaged_old_warehouse_is_not_copied_from(read: Parsed, inputs: Path, index_dir: Path) -> None:
    build([inputs], index_dir)
    read.clear()
    warehouse = open_version(index_dir).warehouse
    size = warehouse.stat().st_size
    warehouse.write_bytes(warehouse.read_bytes()[: size // 2].ljust(size, b"x"))
    build([inputs], index_dir)
    assert len(read) == 2
    assert titles(index_dir) == {"甲局预算", "乙局预算"}


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


def _disk_full(*args: Any, **kwargs: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def _write_fails(*args: Any, **kwargs: Any) -> Any:
    raise duckdb.IOException("Could not write file: No space left on device")


def _commit_fails(*args: Any, **kwargs: Any) -> Any:
    message = 'TransactionContext Error: Failed to commit: Could not write file "w.duckdb.wal": No space left on device'
    raise duckdb.TransactionException(message)


FULL: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "while reading": (index.sources, "parse_files", _disk_full),
    "while writing documents": (WarehouseWriter, "_insert", _write_fails),
    "while committing documents": (WarehouseWriter, "_insert", _commit_fails),
    "while making views": (index.warehouse, "view_statements", _write_fails),
    "while writing vectors": (index.build, "write_vectors", _disk_full),
    "before the switch": (index.publish.os, "replace", _disk_full),
}


@pytest.mark.parametrize("stage", FULL)
def test_a_full_disk_stops_the_build_and_drops_no_document(
    read: Parsed, inputs: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """A document that can't be written for want of space is no unusable document: nothing is published without it."""
    build([inputs], index_dir)
    (inputs / "丙.txt").write_text("丙局预算")
    with monkeypatch.context() as patch:
        patch.setattr(*FULL[stage])
        with pytest.raises(StorageTrouble, match="旧索引照常使用"):
            build([inputs], index_dir)
    assert titles(index_dir) == {"甲局预算", "乙局预算"}
    build([inputs], index_dir)
    assert titles(index_dir) == {"甲局预算", "乙局预算", "丙局预算"}


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
