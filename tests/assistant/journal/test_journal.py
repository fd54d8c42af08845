"""What a service keeps of what happens in it, and what it doesn't."""

from __future__ import annotations

import csv
import io
import json
import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.api import create_api
from assistant.cli import app as commands
from assistant.journal import Audit, Event, Metrics
from assistant.journal.audit import events
from assistant.journal.log import JsonLines, log_event
from assistant.serving import Serving
from assistant.settings import settings
from assistant.ui import mount_page
from index.errors import BudgetError, IndexUnusable
from tests.doubles import DOCUMENT_ID, FixtureEngine


@pytest.fixture
def serving(fixture_engine: FixtureEngine) -> Serving:
    engine: Any = fixture_engine
    return Serving(engine)


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    return tmp_path / "audit"


def kept(folder: Path) -> list[dict[str, Any]]:
    """The audit's lines."""
    return list(events(folder))


def test_the_audit_tells_who_asked_what_over_what_and_what_came_of_it(serving: Serving, audit: Path) -> None:
    serving.listen(Audit(audit, 30))
    answer = serving.ask("第45项？", ["第2项？"], who="user:王芳", way="page", talk="t")
    (line,) = kept(audit)
    assert (line["who"], line["way"], line["talk"], line["index"]) == ("user:王芳", "page", "t", "v1")
    assert (line["question"], line["history"], line["read"]) == ("第45项？", ["第2项？"], [["范围", "某某区委办公室"]])
    assert (line["route"], line["figures"], line["sql"]) == ("both", [["第45项费用", "45.69", "万元"]], answer.sql)
    assert line["facts"] == [f"{DOCUMENT_ID}.t1.r3.c5", f"{DOCUMENT_ID}.t1.r45.c3", f"{DOCUMENT_ID}.p7"]


def test_problems_and_breakdowns_are_kept_too(serving: Serving, audit: Path) -> None:
    serving.listen(Audit(audit, 30))
    for question, error in (("空", BudgetError), ("崩", RuntimeError)):
        with pytest.raises(error):
            serving.ask(question)
    assert [(line["problem"], line.get("route")) for line in kept(audit)] == [
        ("问题是空的。", None),
        ("RuntimeError", None),
    ]


def test_the_page_tells_whose_question_it_was_and_what_was_wrong(serving: Serving, audit: Path, tmp_path: Path) -> None:
    serving.listen(Audit(audit, 30))
    client = TestClient(mount_page(create_api(serving), serving, tmp_path / "talks.sqlite"))
    asked = client.post("/page/ask", json={"question": "第2项？"}).json()
    client.post("/page/wrong", json={"talk": asked["talk"], "turn": 1, "comment": "数不对"})
    first, second = [line for line in kept(audit) if line["who"]]
    assert (first["event"], first["talk"], len(first["who"])) == ("asked", asked["talk"], 32)
    assert (second["event"], second["comment"], second["who"]) == ("objected", "数不对", first["who"])


def test_old_days_are_forgotten_and_other_files_are_not(audit: Path) -> None:
    audit.mkdir()
    for name in ("2020-01-01.jsonl", "notes.jsonl", "2020-01-01.txt"):
        (audit / name).write_text("{}\n")
    Audit(audit, 30)
    names = {path.name for path in audit.iterdir()}
    assert names == {"notes.jsonl", "2020-01-01.txt", f"{date.today()}.jsonl"}
    assert (audit / f"{date.today()}.jsonl").stat().st_mode & 0o077 == 0


def test_an_audit_that_cannot_be_written_is_told_before_anybody_asks(audit: Path) -> None:
    audit.write_text("a file where the folder should be")
    with pytest.raises(BudgetError, match="BUDGET_AUDIT_DIR"):
        Audit(audit, 30)


def test_a_line_that_a_full_disk_cut_off_hides_no_other(audit: Path) -> None:
    audit.mkdir()
    (audit / "2026-01-02.jsonl").write_text('{"n": 1}\n{"n": \n{"n": 3}\n')
    assert [line["n"] for line in kept(audit)] == [1, 3]
    assert list(events(audit, since=date(2026, 1, 3))) == list(events(audit, until=date(2026, 1, 1))) == []


def test_the_audit_is_exported_and_runs_in_no_spreadsheet(
    serving: Serving, audit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving.listen(Audit(audit, 30))
    serving.ask("=1+1 第2项？", who="@x")
    monkeypatch.setenv("BUDGET_AUDIT_DIR", str(audit))
    settings.cache_clear()
    try:
        lines, table = (CliRunner().invoke(commands, ["audit", *more]).stdout for more in ([], ["--csv"]))
    finally:
        settings.cache_clear()
    assert json.loads(lines)["question"] == "=1+1 第2项？"
    head, row = csv.reader(io.StringIO(table))
    told = dict(zip(head, row, strict=True))
    assert (told["question"], told["who"], told["figures"]) == ("'=1+1 第2项？", "'@x", "第2项费用 2.69 万元")


def test_numbers_for_a_monitor_hold_no_question(serving: Serving) -> None:
    metrics = Metrics(lambda: 3)
    serving.listen(metrics)
    client = TestClient(create_api(serving, metrics))
    client.post("/api/ask", json={"question": "第2项？"})
    client.post("/api/ask", json={"question": "空"})
    told = client.get("/metrics").text
    assert 'budget_questions_total{engine="rules",route="both",way="api"} 1.0' in told
    assert 'budget_problems_total{way="api"} 1.0' in told and "budget_documents 3.0" in told
    assert "第2项" not in told
    assert TestClient(create_api(serving)).get("/metrics").status_code == 404


def test_a_service_is_ready_once_it_has_loaded_and_says_why_not(
    serving: Serving, fixture_engine: FixtureEngine
) -> None:
    client = TestClient(create_api(serving))
    assert client.get("/api/ready").status_code == 503 and client.get("/api/health").status_code == 200

    def damaged() -> None:
        raise IndexUnusable("坏了。", "请重建。")

    fixture_engine.warm_up = damaged  # type: ignore[method-assign]
    serving.warm_up()
    assert client.get("/api/ready").json() == {"status": "starting", "problem": "坏了。", "remedy": "请重建。"}
    del fixture_engine.warm_up  # type: ignore[attr-defined]
    serving.warm_up()
    assert client.get("/api/ready").json() == {"status": "ok", "index": "v1", "documents": 1, "model": None}


def test_the_log_is_one_line_of_json_an_event_without_the_question(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Event] = []
    serving.listen(heard.append)
    serving.ask("第2项？")
    with caplog.at_level(logging.INFO, "assistant"):
        log_event(heard[0])
        try:
            raise ValueError("two\nlines")
        except ValueError:
            logging.getLogger("assistant.x").exception("broken")
    asked, broken = (json.loads(JsonLines().format(record)) for record in caplog.records)
    assert (asked["message"], asked["route"], asked["way"], asked["index"]) == ("asked", "both", "api", "v1")
    assert "第2项" not in str(asked) and "two\nlines" in broken["exception"]
