"""The HTTP API."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.api import create_api
from assistant.interface.bodies import MAX_HISTORY
from assistant.serving import Serving
from tests.doubles import UNIT, FixtureEngine


@pytest.fixture
def client(fixture_engine: FixtureEngine) -> TestClient:
    engine: Any = fixture_engine
    return TestClient(create_api(Serving(engine)))


def test_ask_returns_the_contract(client: TestClient, fixture_engine: FixtureEngine) -> None:
    response = client.post("/api/ask", json={"question": "第2项？", "history": ["第45项？"], "id": "7"})
    answer = Answer.model_validate(response.json())
    assert (response.status_code, answer.id, answer.figures[0].value) == (200, "7", "2.69")
    assert fixture_engine.asked == [("第2项？", ("第45项？",))]


def test_the_model_is_left_out_on_request(client: TestClient) -> None:
    told = [
        client.post("/api/ask", json={"question": "请模型看看", **more}).json() for more in ({}, {"no_model": True})
    ]
    assert [answer["engine"] for answer in told] == ["model", "rules"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": 3},
        {"question": "问", "history": "问"},
        {"question": "问", "more": 1},
        {"question": "问", "history": ["问"] * (MAX_HISTORY + 1)},
        {"question": "空"},
    ],
)
def test_bad_requests_are_told_in_chinese(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == 422
    assert set(response.json()) == {"problem", "remedy"}


def test_documents(client: TestClient) -> None:
    (document,) = client.get("/api/documents").json()
    assert document["record"]["unit_name"] == UNIT


def test_no_page_that_loads_scripts_from_elsewhere(client: TestClient) -> None:
    assert client.get("/redoc").status_code == 404
