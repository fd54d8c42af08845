"""A language model on the page: it is told, can be left out, rewords on request; without one nothing of it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer
from assistant.api import create_api
from assistant.model.frame import Frame
from assistant.papers.letter import CLOSING, OPENING
from assistant.serving import Serving
from assistant.ui import mount_page
from index.errors import BudgetError
from tests.doubles import FixtureEngine


class Wording:
    """Words what it is asked to."""

    def reworded(self, answer: Answer) -> Answer:
        """The text of the quotation as a sentence."""
        if "怪" in answer.question:
            raise BudgetError("模型改写的话与原文对不上，没有采用。", "请看原文。")
        return answer.model_copy(update={"answer": "换了话说。[2]", "engine": "model"})

    def letter_frame(self, incoming: str, asked: Sequence[str]) -> Frame:
        """Polite."""
        return Frame(opening="您好！来信收悉，答复如下：", closing="谢谢您的来信。")


@pytest.fixture
def engine(tmp_path: Path) -> FixtureEngine:
    return FixtureEngine(tmp_path)


@pytest.fixture
def client(engine: Any, tmp_path: Path) -> Iterator[TestClient]:
    serving = Serving(engine)
    with TestClient(mount_page(create_api(serving), serving, tmp_path / "talks.sqlite")) as client:
        yield client


def post(client: TestClient, path: str, **body: Any) -> dict[str, Any]:
    response = client.post(f"/page/{path}", json=body)
    assert response.status_code == 200, response.text
    return dict(response.json())


def refused(client: TestClient, path: str, **body: Any) -> str:
    response = client.post(f"/page/{path}", json=body)
    assert response.status_code == 422
    return str(response.json()["problem"])


def quoting(engine: FixtureEngine, question: str) -> str:
    """What the engine answers a question with from now on: a quotation."""
    plain = engine._answer
    engine._answer = lambda text: plain(text).model_copy(update={"answer": "原文：\n\n> 减少 0.09 万元[2]"})  # type: ignore[method-assign]
    return question


def test_an_answer_with_a_models_part_is_asked_again_without_it(client: TestClient, engine: FixtureEngine) -> None:
    talk = post(client, "ask", question="第2项费用是多少？")["talk"]
    first = post(client, "ask", talk=talk, question="请模型看看第45项")["turn"]
    assert "语言模型参与" in first["html"] and 'data-act="rules"' in first["html"]
    post(client, "ask", talk=talk, question="第3项费用是多少？")
    again = post(client, "again", talk=talk, turn=first["number"], way="rules")["turn"]
    assert (again["number"], again["question"]) == (4, "请模型看看第45项")
    assert "语言模型参与" not in again["html"] and 'data-act="rules"' not in again["html"]
    assert engine.asked[-1] == ("请模型看看第45项", ("第2项费用是多少？",))


def test_a_quotation_is_reworded_on_request(client: TestClient, engine: FixtureEngine) -> None:
    engine.model = Wording()
    asked = post(client, "ask", question=quoting(engine, "为什么减少？"))
    assert 'data-act="reworded"' in asked["turn"]["html"]
    again = post(client, "again", talk=asked["talk"], turn=1, way="reworded")["turn"]
    assert "换了话说" in again["html"] and 'data-n="2"' in again["html"]


def test_where_no_wording_holds_that_is_told_and_nothing_kept(client: TestClient, engine: FixtureEngine) -> None:
    engine.model = Wording()
    talk = post(client, "ask", question=quoting(engine, "怪"))["talk"]
    assert "没有采用" in refused(client, "again", talk=talk, turn=1, way="reworded")
    assert len(client.get("/page/state", params={"c": talk}).json()["turns"]) == 1


def test_without_a_model_nothing_of_it_is_on_the_page(client: TestClient, engine: FixtureEngine) -> None:
    asked = post(client, "ask", question=quoting(engine, "为什么减少？"))
    for act in ("rules", "reworded"):
        assert f'data-act="{act}"' not in asked["turn"]["html"]
    assert 'id=\\"letter-frame\\" hidden' in client.get("/config").text
    assert "没有设语言模型" in refused(client, "again", talk=asked["talk"], turn=1, way="reworded")


@pytest.mark.parametrize("turn", [0, 2, -1])
def test_only_a_turn_that_is_there_is_asked_again(client: TestClient, turn: int) -> None:
    talk = post(client, "ask", question="第2项费用是多少？")["talk"]
    assert "没有这个对话或回答" in refused(client, "again", talk=talk, turn=turn, way="rules")
    assert "没有这个对话或回答" in refused(client, "again", talk="x" * 32, turn=1, way="rules")


def test_a_letter_gets_another_opening_and_keeps_its_figures(client: TestClient, engine: FixtureEngine) -> None:
    engine.model = Wording()
    talk = post(client, "ask", question="第45项费用是多少？")["talk"]
    letter = post(client, "letter", talk=talk, turns=[1])
    fields = {k: letter[k] for k in letter if k not in ("notes", "talk", "turns")}
    body = post(client, "letter/frame", talk=talk, turns=[1], **fields)["body"].splitlines()
    before = letter["body"].splitlines()
    assert (before[0], before[-1]) == (OPENING, CLOSING)
    assert (body[0], body[-1]) == ("您好！来信收悉，答复如下：", "谢谢您的来信。")
    assert body[1:-1] == before[1:-1] and "45.69 万元" in body[1]
    fields["body"] = "\n".join(body)
    assert "已经改过" in refused(client, "letter/frame", talk=talk, turns=[1], **fields)
