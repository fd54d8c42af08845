"""The tools as the SDK's own client sees them: in memory, over HTTP behind the gate, over standard input and output."""

from __future__ import annotations

import base64
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.memory import create_connected_server_and_client_session
from PIL import Image

from assistant.access import Gate, Users
from assistant.api import create_api
from assistant.mcp_server import create_mcp
from assistant.serving import Serving
from tests.conftest import ROOT
from tests.doubles import ANNEX, DOCUMENT_ID, FILE, FixtureEngine, place_of_cell
from tests.served import served

PASSWORD = "correct horse"
CELL = {"table_id": f"{DOCUMENT_ID}.t2", "row": 5, "column_no": 2}


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    engine: Any = FixtureEngine(tmp_path)
    return Serving(engine)


def called(serving: Serving, tool: str, arguments: dict[str, Any]) -> Any:
    """What a tool gives."""

    async def call() -> Any:
        async with create_connected_server_and_client_session(create_mcp(serving)._mcp_server) as session:
            return await session.call_tool(tool, arguments)

    return anyio.run(call)


def test_a_question_gets_the_contracts_answer(serving: Serving) -> None:
    result = called(serving, "ask", {"question": "第2项？", "history": ["第45项？"]})
    assert not result.isError
    answer = json.loads(result.content[0].text)
    assert answer["figures"][0]["value"] == "2.69" and answer["citations"][0]["table_id"]
    engine: Any = serving.engine
    assert engine.asked == [("第2项？", ("第45项？",))]


def test_documents_and_what_does_not_add_up(serving: Serving) -> None:
    (document,) = called(serving, "documents", {}).structuredContent["result"]
    assert document["record"]["file"] == FILE
    (checked,) = called(serving, "check", {}).structuredContent["result"]
    assert (checked["holds"], checked["differs"]) == (1, 1) and "差 1.00 万元" in checked["messages"][0]


def test_the_cited_cell_is_boxed_on_its_page(serving: Serving) -> None:
    (content,) = called(serving, "page_image", CELL).content
    picture = Image.open(io.BytesIO(base64.b64decode(content.data)))
    place = place_of_cell(5, 2)
    at = (int(place.left * picture.width) + 1, int((place.top + place.bottom) / 2 * picture.height))
    assert picture.getpixel(at) == (180, 83, 9)


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {"question": "空"}, "问题是空的"),
        ("check", {"document": "没有的"}, "没有与“没有的”相符的文件"),
        ("page_image", {"table_id": f"{DOCUMENT_ID}.t1", "row": 1, "column_no": 3}, "没有页面图"),
        ("page_image", {"table_id": "../../etc/passwd", "row": 1, "column_no": 1}, "没有页面图"),
    ],
)
def test_problems_are_told_in_chinese(serving: Serving, tool: str, arguments: dict[str, Any], told: str) -> None:
    result = called(serving, tool, arguments)
    assert result.isError and told in result.content[0].text


@pytest.fixture
def address(serving: Serving, tmp_path: Path) -> Iterator[str]:
    """The server behind the gate."""
    users = Users(tmp_path / "users.json")
    users.add("a", PASSWORD)
    with served(Gate(create_api(serving), users)) as address:
        yield address


def test_over_http_who_is_no_user_gets_nothing(address: str) -> None:
    async def ask(password: str) -> Any:
        async with (
            httpx.AsyncClient(auth=("a", password), trust_env=False) as http,
            streamable_http_client(f"{address}/mcp", http_client=http) as (reads, writes, _),
            ClientSession(reads, writes) as session,
        ):
            return await _asked(session)

    answer, tools = anyio.run(ask, PASSWORD)
    assert answer["figures"][0]["value"] == "2.69" and tools == {"ask", "documents", "check", "page_image"}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Accept": "application/json, text/event-stream"}
    for auth in (None, ("a", "wrong horse")):
        refused = httpx.post(f"{address}/mcp", json=body, headers=headers, auth=auth, trust_env=False)
        assert refused.status_code == 401 and ANNEX not in refused.text


def test_over_standard_input_and_output(seed_index: Path) -> None:
    command = ["-m", "assistant", "mcp", "--index", str(seed_index)]
    parameters = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})

    async def ask() -> Any:
        async with stdio_client(parameters) as (reads, writes), ClientSession(reads, writes) as session:
            return await _asked(session, "公务接待费预算是多少？")

    answer, _ = anyio.run(ask)
    assert "0.69 万元" in answer["answer"]


async def _asked(session: ClientSession, question: str = "第2项？") -> tuple[Any, set[str]]:
    await session.initialize()
    tools = (await session.list_tools()).tools
    assert all(tool.description and tool.annotations and tool.annotations.readOnlyHint for tool in tools)
    result = await session.call_tool("ask", {"question": question})
    content: Any = result.content[0]
    return json.loads(content.text), {tool.name for tool in tools}
