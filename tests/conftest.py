"""What all tests share: the seed document, and a wall against the network."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

# The embedder's threads would otherwise spin while they wait: on busy processors a question then takes seconds.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# Processes that share the tests are told a narrow terminal, which tables printed later would be cut to.
os.environ.pop("COLUMNS", None)

# The same examples in every run and no deadline: a failure means that the code changed, not that the machine is busy.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from assistant.evaluate import Score
    from tests.postgres import PostgresServer
    from tests.questions.sets import Index

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "data" / "documents" / "曾都区委办公室_2024_部门预算.txt"
"""The published budget that every part must get right."""

CORPUS = ROOT.parent / "shared" / "corpus"
"""Published budgets of many units; not everywhere present."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests, those that need what is slow to make go to one of them."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group_of(item)))


def _group_of(item: pytest.Item) -> str:
    """The index whose questions a test judges or that it builds, else its module."""
    fixtures = {*getattr(item, "fixturenames", ())}
    params = getattr(getattr(item, "callspec", None), "params", {}).values()
    for index in ("corpus", "seed"):
        is_judging = f"{index}_scores" in fixtures or f"{index}_answers" in fixtures or index in map(str, params)
        if is_judging or (index == "corpus" and fixtures & {"corpus_index", "corpus_assistant"}):
            return index
    return str(item.path)


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The file of the seed."""
    return SEED


@pytest.fixture(scope="session")
def seed_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index over the seed alone, built once for all tests that only read it."""
    from tests.questions.sets import build_index

    return build_index("seed", tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="session")
def seed_assistant(seed_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The real engine over the seed, for all tests that only ask."""
    from tests.questions.sets import open_index

    return open_index(seed_index, tmp_path_factory.mktemp("seed_talks"))


@pytest.fixture(scope="session")
def seed_scores(seed_assistant: Assistant) -> dict[str, Score]:
    """Every question of every set over the seed in tests/questions, asked once and judged; by file name."""
    return _scores("seed", seed_assistant)


def _scores(index: Index, assistant: Assistant) -> dict[str, Score]:
    from tests.questions.sets import ask_set, sets_of

    return {name: ask_set(name, assistant) for name in sets_of(index)}


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index over the shared corpus, where that is present."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not here")
    from tests.questions.sets import build_index

    return build_index("corpus", tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def corpus_assistant(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The real engine over the corpus."""
    from tests.questions.sets import open_index

    return open_index(corpus_index, tmp_path_factory.mktemp("corpus_talks"))


@pytest.fixture(scope="session")
def corpus_scores(corpus_assistant: Assistant) -> dict[str, Score]:
    """Every question of every set over the corpus in tests/questions, asked once and judged; by file name."""
    return _scores("corpus", corpus_assistant)


@pytest.fixture(scope="session")
def invented_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index over the invented budgets, which stand for the corpus where that is not present."""
    from tests.questions.sets import build_index

    return build_index("invented", tmp_path_factory.mktemp("invented"))


@pytest.fixture(scope="session")
def invented_scores(invented_index: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    """Every question over the invented budgets."""
    from tests.questions.sets import open_index

    return _scores("invented", open_index(invented_index, tmp_path_factory.mktemp("invented_talks")))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that is this session's own."""
    from tests.postgres import may_run, postgres_server

    pytest.importorskip("psycopg")
    if not may_run():
        pytest.skip("没有安装 PostgreSQL（Debian、Ubuntu：apt-get install postgresql）")
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of the page's tests."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("没有 chromium：网页测试跑不了（`make test` 以 root 运行时会自动安装）")
    return found


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Tests may talk to this machine only; whatever reaches out further fails."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if not _is_local(address):
            raise AssertionError(f"a test reached out to {address}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield
