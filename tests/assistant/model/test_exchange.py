"""Behind an air gap: requests go out in a file, replies come back in files, as many rounds as it takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.ask import Assistant
from assistant.cli import app, engine
from assistant.model.chat import Chat, ModelSilent, Prompt
from assistant.model.exchange import Exchange, ExchangeUnusable
from tests.assistant.model.conftest import WithModel

QUESTIONS = {
    "sum": "名字里嵌着“补助”两个字的经济科目合计多少",
    "plain": "差旅费是多少",
    "quote": "秘书股平时都忙活些啥",
    "rank": "商品和服务支出里哪三样称雄",
}
READINGS = {
    "sum": '{"asks":[{"op":"value","items":["会展费"]}]}',
    "quote": '{"asks":[{"op":"say","intent":"duty","items":[]}]}',
    "rank": '<think>三样</think>{"asks":[{"op":"rank","rows":"economic","within":"商品和服务支出","k":3}]}',
}
USAGE = {"prompt_tokens": 700, "completion_tokens": 20, "total_tokens": 720}
REPAIRED = '{"asks":[{"op":"sum","rows":"economic","where":[{"holds":"补助"}]}]}'


@pytest.fixture
def over_seed(with_model: WithModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands get the engine over the seed."""

    def opened(index: Path | None, chat: Chat | None = None) -> Assistant:
        return with_model(chat)

    monkeypatch.setattr(engine, "open_assistant", opened)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": "200"})


def ask_batch(folder: Path, requests: Path, *replies: Path) -> dict[str, dict[str, Any]]:
    """The answers by id."""
    file = folder / "questions.jsonl"
    lines = (json.dumps({"id": id, "question": text}, ensure_ascii=False) for id, text in QUESTIONS.items())
    file.write_text("\n".join(lines), encoding="utf-8")
    files = [part for reply in replies for part in ("--model-replies", reply)]
    result = run("ask", "--batch", file, "--model-requests", requests, *files)
    assert result.exit_code == 0, result.stderr
    return {answer["id"]: answer for answer in map(json.loads, result.stdout.splitlines())}


def requests_in(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def reply_to(request: dict[str, Any]) -> str:
    """What a model behind the gap says."""
    user = request["body"]["messages"][1]["content"]
    if "这样不行" in user:
        return REPAIRED
    if "<句子>" in user:
        number = next(line.split(".")[0] for line in user.splitlines() if "秘书股" in line and line[:1].isdigit())
        return json.dumps({"sentences": [int(number)]})
    question = user.rsplit("<问题>", 1)[1].split("</问题>")[0]
    return next(READINGS[id] for id, text in QUESTIONS.items() if text == question)


def answer_file(path: Path, requests: list[dict[str, Any]]) -> Path:
    """The output of a batch run."""
    bodies = (
        {"choices": [{"index": 0, "message": {"role": "assistant", "content": reply_to(r)}}], "usage": USAGE}
        for r in requests
    )
    lines = [
        {
            "id": f"b{n}",
            "custom_id": request["custom_id"],
            "response": {"status_code": 200, "body": body},
            "error": None,
        }
        for n, (request, body) in enumerate(zip(requests, bodies, strict=True))
    ]
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return path


def test_the_rounds_of_requests_and_replies(over_seed: None, tmp_path: Path) -> None:
    requests = [tmp_path / f"requests{n}.jsonl" for n in range(3)]
    without = ask_batch(tmp_path, requests[0])
    first = requests_in(requests[0])
    assert len(first) == len(READINGS)
    assert {answer["engine"] for answer in without.values()} == {"rules"}
    assert {(r["method"], r["url"]) for r in first} == {("POST", "/v1/chat/completions")}
    assert len({r["custom_id"] for r in first}) == len(first)

    replies = [answer_file(tmp_path / "replies1.jsonl", first)]
    halfway = ask_batch(tmp_path, requests[1], *replies)
    second = requests_in(requests[1])
    assert sorted("repair" if "这样不行" in r["body"]["messages"][1]["content"] else "choice" for r in second) == [
        "choice",
        "repair",
    ]
    assert [id for id, answer in halfway.items() if answer["engine"] == "model"] == ["rank"]

    replies.append(answer_file(tmp_path / "replies2.jsonl", second))
    whole = ask_batch(tmp_path, requests[2], *replies)
    assert requests_in(requests[2]) == []
    assert [id for id, answer in whole.items() if answer["engine"] == "model"] == ["sum", "quote", "rank"]
    assert "16.05" in {figure["value"] for figure in whole["sum"]["figures"]}
    assert "秘书股" in whole["quote"]["citations"][0]["quote"]
    assert whole["plain"]["figures"] == without["plain"]["figures"]


def test_failed_requests_are_no_replies(tmp_path: Path) -> None:
    prompt = Prompt("s", "u")
    lines = [
        {"custom_id": prompt.key, "response": None, "error": {"message": "expired"}},
        {"custom_id": "other", "response": {"status_code": 500, "body": {}}},
    ]
    path = tmp_path / "replies.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with pytest.raises(ModelSilent) as raised:
        Exchange([path])(prompt, 1)
    assert raised.value.reason == "empty"


GOOD = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "好\u2028好\u0085的"}}]}


@pytest.mark.parametrize(
    "body",
    [
        "overloaded",
        {"choices": None},
        {"choices": [{"message": None}]},
        {"choices": [{"message": {"content": [{"type": "text"}]}}]},
    ],
    ids=["a text", "no choices", "no message", "parts"],
)
def test_a_reply_that_nobody_can_read_costs_no_other(tmp_path: Path, body: object) -> None:
    prompt = Prompt("s", "u")
    used = {**GOOD, "usage": {"prompt_tokens": None, "completion_tokens": 3}}
    lines = [
        {"custom_id": "other", "response": {"body": body}},
        {"custom_id": prompt.key, "response": {"body": used}},
        {"custom_id": prompt.key, "response": None, "error": {"message": "expired"}},
    ]
    path = tmp_path / "replies.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8-sig")
    exchange = Exchange([path])
    assert exchange(prompt, 1) == "好\u2028好\u0085的"
    assert (exchange.spent.replies, exchange.spent.written) == (1, 3)


@pytest.mark.parametrize("content", [b"\xff", b"{", b"[]\n", None], ids=["no text", "no JSON", "no object", "no file"])
def test_what_is_no_file_of_replies_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "replies.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExchangeUnusable, match="读不了模型的回复"):
        Exchange([path])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeUnusable, match="写不了"):
        Exchange().write(tmp_path / "nowhere" / "requests.jsonl")


def test_files_of_a_model_go_with_a_batch_only(over_seed: None, tmp_path: Path) -> None:
    result = run("ask", "差旅费是多少", "--model-requests", tmp_path / "x.jsonl")
    assert result.exit_code == 2
    assert "--batch" in result.stderr


def test_eval_shows_both_side_by_side(over_seed: None, tmp_path: Path) -> None:
    questions = tmp_path / "set.jsonl"
    lines = [
        {"id": "a", "kind": "sum", "question": QUESTIONS["rank"], "expect": ["w:20.00"]},
        {"id": "b", "kind": "lookup", "question": QUESTIONS["plain"], "expect": ["w:12.60"]},
    ]
    questions.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    requests = tmp_path / "requests.jsonl"
    ask_batch(tmp_path, requests)
    replies = answer_file(tmp_path / "replies.jsonl", requests_in(requests))
    result = run("eval", questions, "--side-by-side", "--no-save", "--model-replies", replies)
    assert result.exit_code == 0, result.stderr
    for told in (
        "与不用模型相比（共有的题 2 道）：新答对 1",
        "1→2",
        "请模型读题 1 次：采用 1",
        "读 700、写 20 个词元",
        "答对 2/2",
    ):
        assert told in result.stdout, result.stdout
