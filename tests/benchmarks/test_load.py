"""The benchmark of many people, for a moment and over the fixture engine."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks.load import SEED, askings, measure
from tests.browser.conftest import free_port, running

BRIEF = argparse.Namespace(users=4, seconds=1.5, pause=0.1, workers=1)


def test_what_people_wait_for_and_what_fails_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    with running(["-m", "tests.browser.fixture_server", str(tmp_path), str(port)], port, tmp_path / "log") as process:
        address = f"http://127.0.0.1:{port}"
        assert measure(address, process.pid, BRIEF, [("第2项？", "第45项？"), ("第7项？",)]) == 0
        told = capsys.readouterr().out
        assert "4 people" in told and "errors: 0" in told and f"process {process.pid}: " in told
        assert measure(address, process.pid, BRIEF, [("崩",)]) > 0, "what goes wrong in the service is an error"


def test_follow_ups_come_behind_what_they_follow() -> None:
    asked = askings(SEED)
    assert len(asked) > 100 and max(map(len, asked)) > 1
