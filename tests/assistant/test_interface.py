"""The page for developers names all there is, in Chinese, and loads nothing; what it says comes back does come back."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_api
from assistant.interface import DOCS_PATH
from assistant.journal.metrics import Metrics
from assistant.mcp_server import PATH
from assistant.serving import Serving
from tests.doubles import FixtureEngine

LOADING = frozenset({"script", "link", "img", "iframe", "object", "embed", "video", "audio", "source", "base", "form"})


class Page(HTMLParser):
    """The tags of a page, the anchors that it has, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        told = dict(attrs)
        self.anchors.add(told.get("id") or "")
        self.links += [each for each in (told.get("href"), told.get("src")) if each]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    engine: Any = FixtureEngine(tmp_path_factory.mktemp("small"))
    return create_api(Serving(engine), Metrics(lambda: 1))


@pytest.fixture(scope="module")
def client(app: Any) -> TestClient:
    return TestClient(app)


@pytest.fixture(scope="module")
def html(client: TestClient) -> str:
    response = client.get(DOCS_PATH)
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/html")
    return response.text


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    return dict(client.get("/openapi.json").json())


def test_every_route_is_named(app: Any, html: str) -> None:
    paths = {route.path for route in app.routes} - {DOCS_PATH}
    assert {"/api/ask", "/api/documents", "/api/health", "/api/ready", "/metrics", PATH, "/openapi.json"} <= paths
    assert [path for path in paths if path not in html] == []


def test_every_body_and_field_is_told_in_chinese(html: str, description: dict[str, Any]) -> None:
    assert "FastAPI" not in html and "Successful Response" not in html
    for name, schema in description["components"]["schemas"].items():
        assert f'id="{name}"' in html
        for field, told in schema["properties"].items():
            assert any("\u4e00" <= character <= "\u9fff" for character in told.get("description", "")), (name, field)
            assert told["description"] in html


def test_what_may_be_left_out_is_told_of_requests_alone(html: str) -> None:
    assert html.count("（可以不给）") == 3


def test_links_lead_within_the_server(html: str) -> None:
    page = Page(html)
    assert not page.tags & LOADING
    assert page.links and {each for each in page.links if each.removeprefix("#") not in page.anchors} == {
        "openapi.json"
    }
    assert "@import" not in html and "url(" not in html


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/api/ask", {"question": "第2项费用是多少？"}, 200),
        ("POST", "/api/ask", {"question": "哪一项？"}, 200),
        ("POST", "/api/ask", {"question": "财政局多少？"}, 200),
        ("POST", "/api/ask", {"question": "空"}, 422),
        ("GET", "/api/documents", None, 200),
        ("GET", "/api/health", None, 200),
        ("GET", "/api/ready", None, 503),
    ],
)
def test_what_comes_back_is_as_described(
    client: TestClient, description: dict[str, Any], method: str, path: str, body: Any, status: int
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    told = description["paths"][path][method.lower()]["responses"][str(status)]["content"]["application/json"]["schema"]
    bodies = response.json() if "items" in told else [response.json()]
    schema = description["components"]["schemas"][told.get("items", told)["$ref"].rpartition("/")[2]]
    assert bodies and all(each.keys() == schema["properties"].keys() for each in bodies)
