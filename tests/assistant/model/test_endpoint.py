"""A real endpoint, well and badly behaved: each ends in a right answer or the rules' own, within the bound."""

from __future__ import annotations

import json
import logging
import time
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.ask import Step
from tests.assistant.model.conftest import WithModel
from tests.assistant.model.endpoint import (
    Behaviour,
    Handler,
    completion,
    cut,
    drips,
    error_in_200,
    fails,
    knows_no_format,
    never,
    no_json_at_all,
    packed,
    reasons,
    says,
    serving,
    slow,
    talks_on,
)

QUESTION = "名字里嵌着“补助”两个字的经济科目合计多少"
SUM = "16.05"
"""13.00 + 3.05, which the rules can't read."""

RIGHT = '{"asks":[{"op":"sum","rows":"economic","where":[{"holds":"补助"}]}]}'
CALL, QUESTION_SECONDS = 1.5, 2.5
PATIENT = 4
"""How much longer an endpoint that answers is waited for, so that a busy machine fails no test."""

SLACK = 2.0
"""What reading and answering take beside the model on a busy machine."""


def asked(with_model: WithModel, behaviour: Behaviour, times: float = 1) -> tuple[Answer, float, int]:
    """The answer, the seconds that it took, and how many requests were made."""
    with serving(behaviour) as server:
        assistant = with_model(
            model="openai:m", model_base_url=server.url, model_key="sk-secret",
            model_call_seconds=CALL * times, model_seconds=QUESTION_SECONDS * times,
        )  # fmt: skip
        assistant.ask(QUESTION, by_rules=True)  # loads what the first question would otherwise wait for
        started = time.monotonic()
        answer = assistant.ask(QUESTION)
        return answer, time.monotonic() - started, len(server.requests)


def wheres(**condition: object) -> str:
    return json.dumps({"asks": [{"op": "sum", "rows": "economic", "where": [condition]}]}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("behaviour", "requests"),
    [
        (says(RIGHT), 1),
        (says(f"```json\n{RIGHT}\n```"), 1),
        (says(f"好的，查询如下：{RIGHT}请查收。"), 1),
        (says(f"<think>补助……{{}}</think>\n{RIGHT}"), 1),
        (reasons("先想一想", RIGHT), 1),
        (knows_no_format(RIGHT), 2),
        (says(RIGHT[:-6], RIGHT), 2),
        (says('{"asks":[{"op":"add","items":["补助"]}]}', RIGHT), 2),
        (says("我觉得应该是 16.05 万元。", RIGHT), 2),
        (says('{"asks":[{"op":"value","items":["会展费"]}]}', RIGHT), 2),
        (slow(0.5, RIGHT), 1),
    ],
    ids=[
        "right", "fence", "prose around", "think", "reasoning_content", "response_format unknown", "cut, then whole",
        "unknown node, then right", "prose, then right", "wrong name, then right",
        "slow, in time",
    ],
)  # fmt: skip
def test_a_reading_that_holds_is_answered(with_model: WithModel, behaviour: Behaviour, requests: int) -> None:
    answer, seconds, made = asked(with_model, behaviour, PATIENT)
    assert answer.engine == "model"
    assert SUM in {figure.value for figure in answer.figures}
    assert len(answer.citations) == 2
    assert made == requests
    assert seconds < QUESTION_SECONDS * PATIENT + SLACK


@pytest.mark.parametrize(
    "behaviour",
    [
        says('{"asks":[{"op":"value","items":["会展费"]}]}'),
        says('{"asks":[{"op":"lookup","items":["补助"]}]}'),
        says('{"asks":[{"op":"value","items":["福利"],"value":"99999.99"}],"answer":"99999.99 万元"}'),
        says('{"asks":[{"op":"sum","items":["办公费","差旅费"],"last":true}]}'),
        says(wheres(starts="公务")),
        says(wheres(cmp="gt", value=[1], unit="万元")),
        says("DROP TABLE figures"),
        says('{"asks":[{"op":"value","items":["x\'; DROP TABLE figures; --"]}]}'),
        says("SELECT 1; DELETE FROM documents"),
        says("合计 99999.99 万元。"),
        says(""),
        says('{"asks":[]}'),
        says("[]"),
        says('{"asks":{"op":"sum"}}'),
        says(RIGHT[:-6]),
        reasons(RIGHT, None),
        fails(429),
        fails(500),
        fails(401),
        error_in_200,
        no_json_at_all,
        cut,
        slow(CALL + 1, RIGHT),
        never,
        drips,
        talks_on,
        says("\ud800"),
        packed(completion(RIGHT)),
        says(RIGHT + " " * (1 << 20)),
    ],
    ids=[
        "wrong name", "unknown node", "invented figure", "other year", "other name", "invented bound", "DROP",
        "DROP as a name", "two statements", "prose", "empty", "declined", "list", "nothing in it", "cut JSON",
        "only thoughts", "429", "500", "401", "error in 200", "a gateway's page", "cut connection", "slow", "never",
        "endless", "endless words", "half a character", "packed unasked", "too long",
    ],
)  # fmt: skip
def test_whatever_else_it_does_the_rules_answer_stands_within_the_bound(
    with_model: WithModel, behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "assistant"):
        answer, seconds, _ = asked(with_model, behaviour)
    assert (answer.engine, answer.route, answer.figures) == ("rules", "refuse", [])
    assert "99999" not in answer.told
    assert "sk-secret" not in answer.model_dump_json() + caplog.text
    assert seconds < QUESTION_SECONDS + SLACK


MIDDLE = "各单位自己的项目的中位数是多少"
"""What only SQL answers."""

BY_UNIT = "SELECT 所属单位, MEDIAN(合计) AS 中位数 FROM 项目支出表 WHERE 末级 GROUP BY 所属单位"


def writes(*contents: str | Behaviour) -> Behaviour:
    """Reads no question; for SQL says or does each in turn, the last one from then on."""
    left = list(contents)

    def behave(handler: Handler, request: dict[str, Any]) -> None:
        if "DuckDB" not in request["messages"][0]["content"]:
            handler.send(completion('{"asks":[]}'))
            return
        content = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(content, str):
            handler.send(completion(content))
        else:
            content(handler, request)

    return behave


def in_sql(sql: str) -> str:
    return json.dumps({"sql": sql}, ensure_ascii=False)


def asked_by_sql(with_model: WithModel, behaviour: Behaviour, times: float) -> tuple[Answer, float]:
    with serving(behaviour) as server:
        assistant = with_model(
            model="m",
            model_base_url=server.url,
            model_call_seconds=CALL * times,
            model_seconds=QUESTION_SECONDS * times,
        )
        assistant.ask(MIDDLE, by_rules=True)
        started = time.monotonic()
        return assistant.ask(MIDDLE), time.monotonic() - started


@pytest.mark.parametrize(
    "behaviour",
    [
        writes(in_sql(BY_UNIT)),
        writes(f"```json\n{in_sql(BY_UNIT)}\n```"),
        writes(f"<think>各单位……</think>{in_sql(BY_UNIT)}请查收。"),
        writes(reasons("先想一想", in_sql(BY_UNIT))),
        writes(knows_no_format(in_sql(BY_UNIT))),
        writes(in_sql("SELECT 预算金额 FROM 项目支出表"), in_sql(BY_UNIT)),
        writes("中位数是 99999.99 万元。", in_sql(BY_UNIT)),
    ],
    ids=["right", "fence", "think", "reasoning_content", "response_format unknown", "wrong name", "prose, then right"],
)
def test_sql_that_holds_is_answered(with_model: WithModel, behaviour: Behaviour) -> None:
    answer, seconds = asked_by_sql(with_model, behaviour, PATIENT)
    assert [figure.value for figure in answer.figures] == ["17.36", "5.22"]
    assert seconds < QUESTION_SECONDS * PATIENT + SLACK


@pytest.mark.parametrize(
    "behaviour",
    [
        writes(in_sql("DROP TABLE figures")),
        writes(in_sql(f"{BY_UNIT}; DELETE FROM figures")),
        writes(in_sql("SELECT 99999.99 AS 合计 FROM 项目支出表")),
        writes(in_sql("SELECT * FROM read_csv('/etc/passwd')")),
        writes(BY_UNIT),
        writes(""),
        writes(in_sql(BY_UNIT)[:-20]),
        writes(reasons(in_sql(BY_UNIT), None)),
        writes(fails(429)),
        writes(fails(500)),
        writes(cut),
        writes(slow(CALL + 1, in_sql(BY_UNIT))),
        writes(never),
        writes(drips),
    ],
    ids=[
        "DROP", "two statements", "invented figure", "a file", "no JSON", "empty", "cut JSON", "only thoughts", "429",
        "500", "cut connection", "slow", "never", "endless",
    ],
)  # fmt: skip
def test_whatever_else_it_writes_the_rules_answer_stands_within_the_bound(
    with_model: WithModel, behaviour: Behaviour
) -> None:
    answer, seconds = asked_by_sql(with_model, behaviour, 1)
    assert (answer.engine, answer.route, answer.figures) == ("rules", "refuse", [])
    assert "99999" not in answer.model_dump_json()
    assert seconds < QUESTION_SECONDS + SLACK


def test_an_endless_reply_is_cut_off(with_model: WithModel) -> None:
    with serving(drips) as server:
        options = {"model": "m", "model_base_url": server.url, "model_call_seconds": 0.5, "model_seconds": 1}
        assistant = with_model(**options)
        assistant.ask(QUESTION, by_rules=True)
        assistant.ask(QUESTION)
        assert server.cut_off.wait(5)


def test_an_endpoint_that_fails_is_left_alone(with_model: WithModel) -> None:
    with serving(fails(500)) as server:
        assistant = with_model(model="m", model_base_url=server.url)
        for word in ("甲", "乙", "丙", "丁", "戊"):
            assistant.ask(f"{word}里哪三样称雄")
        assert len(server.requests) == 3
        assert assistant.tally == {"silent:refused": 3, "silent:resting": 2}


def test_nobody_is_there(with_model: WithModel) -> None:
    assistant = with_model(model="m", model_base_url="http://127.0.0.1:9/v1")
    assert assistant.ask(QUESTION).engine == "rules"
    assert assistant.tally == {"silent:broken": 1}


def test_a_proxy_that_nobody_understands_costs_no_answer(
    with_model: WithModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://127.0.0.1:9")
    assistant = with_model(model="m", model_base_url="http://budget.invalid/v1")
    assert assistant.ask(QUESTION).engine == "rules"
    assert assistant.tally == {"silent:broken": 1}


def test_the_request_says_what_every_server_knows(with_model: WithModel) -> None:
    with serving(says(RIGHT)) as server:
        assistant = with_model(model="openai:qwen", model_base_url=server.url, model_key="sk-secret")
        assistant.ask(QUESTION)
        assert assistant.model
        spent = assistant.model.spent
        assert (spent.replies, spent.read, spent.written) == (1, 700, 20)
        (request,) = server.requests
        assert request["model"] == "qwen"
        assert [message["role"] for message in request["messages"]] == ["system", "user"]
        assert (request["temperature"], request["max_tokens"]) == (0, 700)
        assert request["response_format"] == {"type": "json_object"}
        assert server.encodings == ["identity"]
        assert server.keys == ["Bearer sk-secret"]


def test_the_step_is_streamed(with_model: WithModel) -> None:
    with serving(lambda handler, _: handler.send(completion(RIGHT))) as server:
        events = list(with_model(model="m", model_base_url=server.url).stream(QUESTION, "t"))
    assert [event.name for event in events if isinstance(event, Step)][-2:] == ["verify", "consult"]
    assert isinstance(events[-1], Answer) and events[-1].engine == "model"
