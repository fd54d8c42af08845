"""A server process of its own, a browser, and people at the page."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
START_SECONDS = 180


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running page over the fixture engine."""
    folder, port = tmp_path_factory.mktemp("page"), free_port()
    with fixture_server(folder, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def fixture_server(folder: Path, port: int) -> Iterator[None]:
    """The page over the fixture engine while this lasts; conversations are kept in the folder."""
    with running(["-m", "tests.browser.fixture_server", str(folder), str(port)], port, folder / "log"):
        yield


@pytest.fixture(scope="session")
def real_server(tmp_path_factory: pytest.TempPathFactory, seed_path: Path) -> Iterator[str]:
    """The address of ``serve`` over the seed: it has no index at first, so it builds one."""
    folder, port = tmp_path_factory.mktemp("real"), free_port()
    documents = folder / "documents"
    documents.mkdir()
    shutil.copy(seed_path, documents)
    environment = {"BUDGET_DOCUMENTS_DIR": str(documents), "BUDGET_INDEX_DIR": str(folder / "index")}
    command = ["-m", "assistant", "serve", "--port", str(port)]
    with running(command, port, folder / "log", **environment):
        yield f"http://127.0.0.1:{port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server process while this lasts."""
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=output, stderr=output, env={**os.environ, **environment}
        )
        try:
            _wait_until_up(process, f"http://127.0.0.1:{port}/api/health", log)
            yield process
        finally:
            process.terminate()
            code = process.wait(40)
        assert code in (0, -signal.SIGKILL), log.read_text()  # killed by a test, or ended in order


def _wait_until_up(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a window; with it ends its event loop, next to which no test may run one of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    """Somebody at a desk."""
    visitor = Visitor(browser, server, 1300, 850)
    yield visitor
    visitor.leave()


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visitor]:
    """Somebody with a phone."""
    visitor = Visitor(browser, server, 390, 844, touch=True)
    yield visitor
    visitor.leave()


@pytest.fixture
def projector(browser: Browser, server: str) -> Iterator[Visitor]:
    """Somebody before an audience."""
    visitor = Visitor(browser, server, 1920, 1080)
    yield visitor
    visitor.leave()
