"""Replicas over one read-only index whose vectors a Chroma server has: a real one, on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import chromadb
import pytest
from pydantic import ValidationError

from assistant.ask import Assistant
from assistant.settings import Settings
from index.errors import IndexUnusable
from index.manifest import open_version
from index.opened import open_index
from tests.sharding import split

QUESTIONS: Final = ("公务接待费为什么减少", "由谁负责公文处理", "国有资产占有使用情况")
_STARTS_WITHIN: Final = 120


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """``chroma run`` in a process group of its own, and where it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    found = str(program) if program.exists() else shutil.which("chroma")
    if found is None:
        pytest.skip("chroma is not on the path")
    folder = tmp_path_factory.mktemp("chroma")
    command = [found, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "ANONYMIZED_TELEMETRY": "False"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the server at once, if it still runs."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("chroma did not start")


def without_vectors(index_dir: Path, folder: Path) -> Path:
    """A copy of an index whose own vector stores are empty: what is found is found on the server."""
    copied = Path(shutil.copytree(index_dir, folder))
    for store in copied.rglob("vectors"):
        shutil.rmtree(store)
        store.mkdir()
    return copied


def files(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of change of each file."""
    return {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()}


def test_replicas_find_on_the_server_what_one_process_finds_in_the_index(
    invented_index: Path, server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    address, _ = server
    shared = without_vectors(invented_index, tmp_path / "index")
    before = files(shared)
    with ThreadPoolExecutor(3) as pool:  # the first question of each finds the server empty
        replicas = [open_index(shared, address) for _ in range(3)]
        found = list(pool.map(lambda replica: [replica.nearest(text, 100)[:10] for text in QUESTIONS], replicas))
    alone = open_index(invented_index)
    assert found == [[alone.nearest(text, 100)[:10] for text in QUESTIONS]] * 3
    assert files(shared) == before


def test_shards_have_a_collection_each_on_the_server(
    invented_index: Path, server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    shared = without_vectors(split(invented_index, tmp_path / "whole", 3), tmp_path / "index")
    alone, served = open_index(invented_index), open_index(shared, server[0])
    for text in QUESTIONS:
        assert alone.nearest(text, 100)[:10] == served.nearest(text, 100)[:10]


def test_the_engine_asks_the_server_that_is_set(
    invented_index: Path, server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    shared = without_vectors(invented_index, tmp_path / "index")
    options = Settings(chroma=server[0], conversations=tmp_path / "talks.sqlite")
    replicas = [Assistant(shared, options) for _ in range(2)]
    alone = Assistant(invented_index, Settings(conversations=tmp_path / "other.sqlite"))
    question = "2024年哪些单位的预算提到了公文处理？"
    expected = alone.ask(question).model_dump(exclude={"elapsed_ms"})
    assert [replica.ask(question).model_dump(exclude={"elapsed_ms"}) for replica in replicas] == [expected] * 2


def test_versions_that_are_gone_leave_the_server(
    invented_index: Path, server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    address, _ = server
    shared = without_vectors(invented_index, tmp_path / "index")
    first = open_version(shared).folder
    open_index(shared, address).nearest("公文", 5)
    later = first.rename(first.with_name("later"))
    (shared / "CURRENT").write_text("later\n")
    open_index(shared, address).nearest("公文", 5)
    client = chromadb.HttpClient("127.0.0.1", int(address.rpartition(":")[2]))
    names = {c.name for c in client.list_collections() if (c.metadata or {}).get("index") == str(later.parent)}
    assert names == {"later"}


def test_a_server_that_stopped_is_told(invented_index: Path, server: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, process = server
    replica = open_index(invented_index, address)
    replica.nearest("公文", 5)
    stop(process)
    for index in (replica, open_index(invented_index, address)):
        with pytest.raises(IndexUnusable, match="没有答复"):
            index.nearest("公文", 5)


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(chroma=address)
