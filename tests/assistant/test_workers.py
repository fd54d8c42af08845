"""Several processes behind one port, started for real: they are one service, outlive a kill and stop in order."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPMessage
from pathlib import Path
from typing import Any

from assistant.access import Users
from assistant.cli.supervisor import CANT_START, Supervisor
from assistant.cli.workers import Followers
from index.manifest import POINTER
from tests.assistant.model.endpoint import Server, serving, slow
from tests.browser.conftest import free_port, running

PASSWORD = "correct horse"
QUESTION = "公务接待费预算是多少？"
UNREAD = "咱这儿今年给大伙儿搭暖棚要花几个钱？"
"""What no rule reads, so that the model is asked."""


class Service:
    """The running service: its address, its process, and a visitor who opens a new connection each time."""

    def __init__(self, address: str, process: subprocess.Popen[bytes]) -> None:
        self.address, self.process, self.cookie = address, process, ""

    def call(self, path: str, body: Any = None, method: str | None = None) -> tuple[str, HTTPMessage]:
        """What comes back, from whichever worker."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        headers = {"Content-Type": kind, "Cookie": self.cookie, "Connection": "close"}
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.read().decode(), response.headers

    def log_in(self) -> None:
        """Lets the visitor in."""
        form = f"name=a&password={PASSWORD.replace(' ', '+')}".encode()
        request = urllib.request.Request(f"{self.address}/login", form)
        opener = urllib.request.build_opener(_Stay)
        self.cookie = opener.open(request).headers["Set-Cookie"].partition(";")[0]

    def ask(self, question: str = QUESTION) -> Any:
        """An answer."""
        return json.loads(self.call("/api/ask", {"question": question})[0])

    def workers(self) -> set[int]:
        """The processes that answer, as the monitor is told."""
        return set(map(int, re.findall(r'process_resident_memory_bytes{pid="(\d+)"}', self.call("/metrics")[0])))

    def answered(self) -> float:
        """How many questions were answered, as the monitor is told."""
        found = re.findall(r"budget_question_seconds_count (\S+)", self.call("/metrics")[0])
        return float(found[0])


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Stays where it is."""

    def http_error_303(self, req: Any, fp: Any, code: int, msg: str, headers: HTTPMessage) -> Any:
        """As if it were the answer."""
        return fp


@contextmanager
def started(index: Path, folder: Path, **environment: str) -> Iterator[Service]:
    """The service over an index, with two workers and one user."""
    Users(folder / "users.json").add("a", PASSWORD, "editor")
    port = free_port()
    environment = {
        "BUDGET_INDEX_DIR": str(index), "BUDGET_DOCUMENTS_DIR": str(folder / "documents"), "BUDGET_METRICS": "true",
        "BUDGET_USERS": str(folder / "users.json"), "BUDGET_CONVERSATIONS": str(folder / "talks.sqlite"),
        "BUDGET_AUDIT_DIR": str(folder / "audit"), **environment,
    }  # fmt: skip
    command = ["-m", "assistant", "serve", "--workers", "2", "--port", str(port), "--login"]
    with running(command, port, folder / "log", **environment) as process:
        service = Service(f"http://127.0.0.1:{port}", process)
        service.log_in()
        until(lambda: len(service.workers()) == 2)
        yield service


def until(holds: Any, seconds: float = 120) -> None:
    """Waits for it."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.2)


def test_two_workers_are_one_service(seed_index: Path, tmp_path: Path) -> None:
    """One story, since it takes long to begin: as one they answer, one is killed and replaced, all stop in order."""
    with serving(slow(1, '{"asks":[]}')) as model:
        options = {"BUDGET_MODEL": "m", "BUDGET_MODEL_BASE_URL": model.url}
        with started(seed_index, tmp_path, **options) as service:
            _all_know_the_visitor_and_count_together(service)
            _all_show_one_shelf(service)
            assert (
                '"named_endpoints":{}' in service.call("/gradio_api/info")[0]
            )  # they would need the same worker twice
            _a_killed_one_is_replaced(service)
            _open_answers_are_finished_before_it_stops(service, model)
    assert "Traceback" not in (tmp_path / "log").read_text()
    assert len(list((tmp_path / "audit").iterdir())) == 1


def _all_know_the_visitor_and_count_together(service: Service) -> None:
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: service.ask(), range(20)))
    assert all("0.69" in each["answer"] for each in told)
    assert {service.answered() for _ in range(8)} == {20}


def _all_show_one_shelf(service: Service) -> None:
    """A file that is nothing: read, found unusable, taken away."""
    put = json.loads(service.call("/page/shelf?name=a.txt", b"nothing")[0])
    until(lambda: "用不了" in service.call("/page/shelf")[0])
    assert all(put["id"] in service.call("/page/shelf")[0] for _ in range(8))
    service.call(f"/page/shelf/{put['id']}", method="DELETE")
    assert not any(put["id"] in service.call("/page/shelf")[0] for _ in range(8))


def _a_killed_one_is_replaced(service: Service) -> None:
    victim, survivor = sorted(service.workers())
    os.kill(victim, signal.SIGKILL)
    until(lambda: service.workers() != {victim, survivor})
    assert "0.69" in service.ask()["answer"]
    until(lambda: len(service.workers()) == 2)
    assert survivor in service.workers() and victim not in service.workers()
    assert service.answered() == 21


def _open_answers_are_finished_before_it_stops(service: Service, model: Server) -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(service.ask, UNREAD)
        until(lambda: model.requests)
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(30) == 0
        assert asked.result()["refused"]


def test_where_no_worker_can_start_the_service_ends_instead_of_trying_on() -> None:
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        assert Supervisor(2, partial(sys.exit, CANT_START), 5).run(lambda: False) == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_change_is_told_as_done_once_all_workers_ask_the_new_version(tmp_path: Path) -> None:
    (tmp_path / POINTER).write_text("v2")
    followers = Followers(tmp_path)
    followers.living = lambda: {1, 2}
    followers.asks(1, "v2")
    followers.asks(2, "v1")
    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(followers.look)
        time.sleep(0.1)
        assert not looking.done()
        followers.asks(2, "v2")
        looking.result(10)
