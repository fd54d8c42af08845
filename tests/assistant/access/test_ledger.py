"""What two processes of a service know of each other's visitors."""

from __future__ import annotations

import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.access import Gate, Ledger, Pace, Users
from assistant.access.gate import MOST_FAILURES
from tests.postgres import PostgresServer

PASSWORD = "correct horse"


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where conversations are kept: in a file, or in PostgreSQL where that is installed."""
    if request.param == "file":
        return tmp_path / "talks.sqlite"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.address


@pytest.fixture
def name() -> str:
    """A user whom nothing is kept of."""
    return uuid.uuid4().hex


async def answers(scope: Any, receive: Any, send: Any) -> None:
    """What is behind the gates: says who it was asked by."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["state"]["user"].encode()})


@pytest.fixture
def gates(place: Path | str, tmp_path: Path, name: str) -> list[Gate]:
    """The gates of two processes."""
    users = Users(tmp_path / "users.json")
    users.add(name, PASSWORD)
    ledgers = [Ledger(place) for _ in range(2)]
    return [Gate(answers, users, Pace(3, ledger), ledger=ledger) for ledger in ledgers]


def test_who_logs_in_at_one_is_known_to_the_other_and_leaves_both(gates: list[Gate], name: str) -> None:
    first, second = (TestClient(gate) for gate in gates)
    first.post("/login", data={"name": name, "password": PASSWORD})
    second.cookies = first.cookies
    assert second.get("/").text == name
    token = dict(second.cookies)
    second.post("/logout", follow_redirects=False)
    first.cookies.clear()
    first.cookies.update(token)
    assert first.get("/").status_code == 401


def test_guesses_are_counted_over_both(gates: list[Gate], name: str) -> None:
    wrong = {"name": name, "password": "wrong"}
    for number in range(MOST_FAILURES):
        TestClient(gates[number % 2]).post("/login", data=wrong)
    right = {"name": name, "password": PASSWORD}
    told = [TestClient(gate).post("/login", data=right, follow_redirects=False).status_code for gate in gates]
    assert told == [401, 401]


def test_the_pace_is_kept_over_both(gates: list[Gate], name: str) -> None:
    clients = [TestClient(gate) for gate in gates]
    clients[0].post("/login", data={"name": name, "password": PASSWORD})
    clients[1].cookies = clients[0].cookies
    assert [clients[number % 2].post("/").status_code for number in range(4)] == [200, 200, 200, 429]


def test_many_at_once_are_within_the_limit(tmp_path: Path) -> None:
    ledgers = [Ledger(tmp_path / "talks.sqlite") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        allowed = list(pool.map(lambda number: ledgers[number % 4].mark("x", 10, 60), range(40)))
    assert sum(allowed) == 10


def test_marks_are_forgotten_and_sessions_end(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "talks.sqlite")
    ledger.mark("x", 5, 0)
    assert ledger.mark("x", 1, 0) and ledger.marks("x", 60) == 1
    token = ledger.begin_session("王芳", -1)
    assert ledger.name_of(token) == ""


def test_what_is_kept_lets_nobody_in(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "talks.sqlite")
    token = ledger.begin_session("王芳", 60)
    with sqlite3.connect(tmp_path / "talks.sqlite") as database:
        (kept,) = database.execute("SELECT token FROM sessions").fetchone()
    assert ledger.name_of(token) == "王芳" and token not in kept and ledger.name_of(kept) == ""


def test_a_ledger_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    ledger = Ledger(tmp_path / "talks.sqlite")
    gate = Gate(answers, users, ledger=ledger)
    with sqlite3.connect(tmp_path / "talks.sqlite") as database:
        database.execute("DROP TABLE sessions")
    told = TestClient(gate).get("/", headers={"Cookie": "budget_session=x"})
    assert told.status_code == 503 and "数据库用不了" in told.json()["problem"]
