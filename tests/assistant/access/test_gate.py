"""Nobody gets past the gate who isn't a user, whatever the path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.access import Gate, Users
from assistant.access.gate import MOST_FAILURES, SESSION
from assistant.api import create_api
from assistant.serving import Serving
from assistant.ui import mount_page
from tests.doubles import FixtureEngine

PASSWORD = "correct horse"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "users.json")
    users.add("王芳", PASSWORD)
    users.add("李雷", PASSWORD)
    return users


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What is behind the gate."""
    folder = tmp_path_factory.mktemp("gated")
    engine: Any = FixtureEngine(folder)
    return mount_page(create_api(Serving(engine)), Serving(engine), folder / "talks.sqlite")


@pytest.fixture
def arrive(users: Users, page: Any) -> Callable[[], TestClient]:
    """A new browser before the gate."""
    gate = Gate(page, users)
    return lambda: TestClient(gate)


def log_in(client: TestClient, name: str = "王芳", password: str = PASSWORD) -> int:
    return client.post("/login", data={"name": name, "password": password}, follow_redirects=False).status_code


@pytest.mark.parametrize(
    "path",
    ["/", "/config", "/api/documents", "/page/state", "/page/talks", "/gradio_api/info", "/theme.css", "//", "/login"],
)
def test_nothing_is_told_to_strangers(arrive: Callable[[], TestClient], path: str) -> None:
    client = arrive()
    response = client.get(path)
    assert response.status_code == 401
    assert "登录" in response.text and "某某区委办公室" not in response.text
    assert client.post("/api/ask", json={"question": "第2项？"}).status_code == 401


def test_a_user_logs_in_and_out(arrive: Callable[[], TestClient]) -> None:
    client = arrive()
    assert "用户名" in client.get("/", headers={"Accept": "text/html"}).text
    assert log_in(client) == 303
    assert client.get("/page/state").json()["user"] == "王芳"
    client.post("/logout", follow_redirects=False)
    assert client.get("/page/state").status_code == 401


def test_the_session_is_out_of_reach_of_scripts_and_other_sites(arrive: Callable[[], TestClient]) -> None:
    client = arrive()
    response = client.post("/login", data={"name": "王芳", "password": PASSWORD}, follow_redirects=False)
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie


def test_programs_name_themselves(arrive: Callable[[], TestClient]) -> None:
    client = arrive()
    asked = {"question": "第2项？"}
    assert client.post("/api/ask", json=asked, auth=("王芳".encode(), PASSWORD)).status_code == 200
    assert client.post("/api/ask", json=asked, auth=("王芳".encode(), "wrong horse")).status_code == 401
    assert client.post("/api/ask", json=asked, headers={"Authorization": "Basic ???"}).status_code == 401


def test_conversations_are_the_users_on_every_browser(arrive: Callable[[], TestClient]) -> None:
    desk, phone, other = arrive(), arrive(), arrive()
    log_in(desk), log_in(phone), log_in(other, "李雷")
    talk = desk.post("/page/ask", json={"question": "第2项费用是多少？"}).json()["talk"]
    assert [each["id"] for each in phone.get("/page/talks").json()] == [talk]
    assert other.get("/page/talks").json() == []
    assert other.get("/page/state", params={"c": talk}).json()["missing"]


def test_guessing_is_stopped(arrive: Callable[[], TestClient]) -> None:
    client = arrive()
    assert [log_in(client, password="wrong") for _ in range(MOST_FAILURES)] == [401] * MOST_FAILURES
    assert log_in(client) == 401, "not even the right password for a while"
    assert log_in(client, "李雷") == 303, "others are not locked out"


def test_a_removed_user_is_out_at_once(arrive: Callable[[], TestClient], users: Users) -> None:
    client = arrive()
    log_in(client)
    users.remove("王芳")
    assert client.get("/page/state").status_code == 401


@pytest.mark.parametrize("cookie", ["x", "", "=;;=", f'{SESSION}="', "a" * 5000])
def test_made_up_sessions_are_none(arrive: Callable[[], TestClient], cookie: str) -> None:
    assert arrive().get("/page/state", headers={"Cookie": cookie}).status_code == 401


def test_health_is_told_to_everybody_and_names_nobody(arrive: Callable[[], TestClient]) -> None:
    told = arrive().get("/api/health").json()
    assert told == {"status": "ok", "index": "v1", "documents": 1, "model": None}
    assert arrive().get("/api/ready").status_code == 503
    assert arrive().get("/metrics").status_code == 401
