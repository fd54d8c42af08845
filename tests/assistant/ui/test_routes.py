"""What the page's script calls, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from assistant.access.headers import HEADERS
from assistant.api import create_api
from assistant.serving import Serving
from assistant.ui import mount_page
from assistant.ui.routes import VISITOR
from tests.doubles import FixtureEngine


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("page")
    engine: Any = FixtureEngine(folder)
    return mount_page(create_api(Serving(engine)), Serving(engine), folder / "talks.sqlite")


@pytest.fixture
def client(app: Any) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def ask(client: TestClient, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/page/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return dict(response.json())


def first_evidence(client: TestClient, asked: dict[str, Any]) -> str:
    """What the page asks for once an answer is shown."""
    place = {"c": asked["talk"], "turn": asked["turn"]["number"], "n": asked["first"]}
    return str(client.get("/page/evidence", params=place).json()["evidence"])


def test_a_conversation_is_there_after_a_reload(client: TestClient) -> None:
    asked = ask(client, "第45项费用是多少？")
    state = client.get("/page/state", params={"c": asked["talk"]}).json()
    assert state["turns"] == [asked["turn"]]
    assert state["evidence"] == first_evidence(client, asked) and "45.69" in state["evidence"]


def test_the_first_mark_of_the_text_is_the_source_shown(client: TestClient) -> None:
    asked = ask(client, "列出全部")
    assert asked["first"] == 12 and 'data-n="12"><h2>依据 12' in first_evidence(client, asked)


def test_another_visitor_sees_nothing_of_it(client: TestClient, app: Any) -> None:
    talk = ask(client, "第45项费用是多少？")["talk"]
    with TestClient(app) as other:
        assert other.get("/page/state", params={"c": talk}).json()["missing"]
        assert other.get("/page/talks").json() == []
        for path in ("evidence", "pack.xlsx", "list.csv"):
            assert other.get(f"/page/{path}", params={"c": talk, "turn": 1, "n": 1}).status_code == 422
        other.delete(f"/page/talks/{talk}")
    assert len(client.get("/page/talks").json()) == 1


def test_the_visitors_name_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    cookie = client.get("/page/state").headers["set-cookie"]
    assert cookie.startswith(VISITOR) and "HttpOnly" in cookie and "SameSite=strict" in cookie


def test_a_made_up_name_is_not_taken(client: TestClient) -> None:
    client.cookies.set(VISITOR, "' OR 1=1")
    assert VISITOR in client.get("/page/state").headers["set-cookie"]


@pytest.mark.parametrize("path", ["/", "/page/state", "/api/health", "/page/evidence?c=x&turn=1&n=1"])
def test_every_answer_forbids_what_is_elsewhere(client: TestClient, path: str) -> None:
    assert {name: client.get(path).headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("body", [{}, {"question": ""}, {"question": "问", "more": 1}, {"question": "问" * 10_001}])
def test_bad_requests_are_told_in_chinese(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post("/page/ask", json=body)
    assert response.status_code == 422 and "请求不合格式" in response.json()["problem"]


def test_a_conversation_is_taken_away_under_its_name_and_by_nobody_else(client: TestClient, app: Any) -> None:
    talk = ask(client, "第45项费用是多少？")["talk"]
    client.post(f"/page/talks/{talk}", json={"title": "会上/的"})
    with TestClient(app) as other:
        for file, name in (("record.docx", "会上/的.docx"), ("pack.xlsx", "证据包 会上/的.xlsx")):
            response = client.get(f"/page/talks/{talk}/{file}")
            assert response.status_code == 200 and response.content.startswith(b"PK")
            assert response.headers["content-disposition"].endswith(quote(name, safe=""))
            refused = other.get(f"/page/talks/{talk}/{file}")
            assert refused.status_code == 422 and "没有这个对话" in refused.json()["problem"]


def test_a_conversation_without_an_answer_has_no_evidence_pack(client: TestClient) -> None:
    talk = ask(client, "崩")["talk"]
    response = client.get(f"/page/talks/{talk}/pack.xlsx")
    assert response.status_code == 422 and "还没有回答" in response.json()["problem"]
    assert client.get(f"/page/talks/{talk}/record.docx").status_code == 200


def test_gone_answers_are_told(client: TestClient) -> None:
    talk = ask(client, "第45项费用是多少？")["talk"]
    response = client.get("/page/evidence", params={"c": talk, "turn": 9, "n": 1})
    assert response.status_code == 422 and "没有这个对话或回答" in response.json()["problem"]


def test_the_list_of_documents_says_what_was_read_and_checked(client: TestClient) -> None:
    html = client.get("/page/documents").json()["html"]
    assert "2 张表、220 格、1 段" in html and "1 项相符；1 项对不上" in html


def test_copied_text_names_its_sources(client: TestClient) -> None:
    turn = ask(client, "第45项费用是多少？")["turn"]
    assert turn["text"].startswith("2024年第45项费用预算 45.69 万元，比上年")
    assert (
        "[1] 《某某区委办公室2024年部门预算》附表4-6 一般公共预算基本支出表，第45项费用，合计：45.69 万元"
        in turn["sourced"]
    )
    assert "注意：表中合计与正文相差 1.00 万元[2]" in turn["sourced"]
