"""Questions that the rules leave open, answered by hand in a model's place, file after file (by_hand.jsonl).

Twenty over the seed, and some over the shared corpus where that is present. ``expect`` is what the answer then tells;
"" where no reply may bring one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import ask
from assistant.ask import Assistant
from assistant.cli import engine
from assistant.library import Library
from assistant.settings import Settings
from tests.assistant.model.test_exchange import over_seed, requests_in, run  # noqa: F401 - a fixture

QUESTIONS = [json.loads(line) for line in Path(__file__).with_name("by_hand.jsonl").read_text("utf-8").splitlines()]
ROUNDS = 4
"""A follow-up completed, a reading, its repair, a choice: no question needs all of them."""


def reply_to(request: dict[str, Any]) -> str:
    """What was written by hand; of sentences the number of the first that holds it."""
    kind = request["custom_id"].rsplit("-", 2)[0]
    user = request["body"]["messages"][1]["content"]
    asked = user.rsplit("<问题>", 1)[1].split("</问题>")[0]
    reply = next(each["replies"].get(kind, "") for each in QUESTIONS if each["question"] == asked)
    if kind != "passages":
        return str(reply)
    numbers = [line.split(".")[0] for line in user.splitlines() if reply in line and line[:1].isdigit()]
    return json.dumps({"sentences": [int(number) for number in numbers[:1]]})


def answer_file(path: Path, requests: list[dict[str, Any]]) -> Path:
    """The output of a batch run."""
    said = ({"index": 0, "message": {"role": "assistant", "content": reply_to(request)}} for request in requests)
    lines = [
        {"custom_id": request["custom_id"], "response": {"status_code": 200, "body": {"choices": [choice]}}}
        for request, choice in zip(requests, said, strict=True)
    ]
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return path


def test_twenty_questions_make_the_round_trip(over_seed: None, tmp_path: Path) -> None:  # noqa: F811
    questions = [each for each in QUESTIONS if each["index"] == "seed"]
    assert len(questions) == 20
    make_the_round_trip(questions, tmp_path)


def test_so_do_questions_over_the_corpus(corpus_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(conversations=tmp_path / "talks.sqlite")
    library = Library(corpus_index)
    monkeypatch.setattr(ask, "Library", lambda *_: library)
    monkeypatch.setattr(engine, "open_assistant", lambda _, chat=None: Assistant(corpus_index, settings, chat))
    make_the_round_trip([each for each in QUESTIONS if each["index"] == "corpus"], tmp_path)


def make_the_round_trip(questions: list[dict[str, Any]], tmp_path: Path) -> None:
    """Requests out, replies in, until nothing is to be asked any more."""
    batch = tmp_path / "questions.jsonl"
    batch.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in questions), encoding="utf-8")
    files: list[Path] = []
    open_requests = []
    for number in range(ROUNDS):
        requests = tmp_path / f"requests{number}.jsonl"
        replies = [part for file in files for part in ("--model-replies", file)]
        result = run("ask", "--batch", batch, "--model-requests", requests, *replies)
        assert result.exit_code == 0, result.stderr
        open_requests.append(len(requests_in(requests)))
        files.append(answer_file(tmp_path / f"replies{number}.jsonl", requests_in(requests)))
    assert open_requests[0] == len(questions) and open_requests[-1] == 0
    answers = {answer["id"]: answer for answer in map(json.loads, result.stdout.splitlines())}
    for each in questions:
        answer = answers[each["id"]]
        assert (answer["engine"] == "model") == bool(each["expect"]), answer
        assert each["expect"] in answer["answer"] and bool(answer["citations"]) == bool(each["expect"])
        assert "99999" not in answer["answer"]
