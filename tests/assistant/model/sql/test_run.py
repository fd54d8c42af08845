"""Statements run apart: bounded in time, rows and memory; the next question is answered whatever became of the last.

Nothing here would harm a machine even without the bounds: what hangs is a process that sleeps.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.model.sql import run, worker
from assistant.model.sql.errors import QueryStopped
from assistant.model.sql.run import Runner
from index.warehouse import Warehouse
from tests.conftest import ROOT

ONE = "SELECT count(*) FROM documents"
SLEEPER = """
import json, sys, time
print("ready", flush=True)
for line in sys.stdin:
    if "sleep" in line:
        time.sleep(60)
    if "talk" in line:
        while True:
            print("x" * 100_000, end="")
    if "die" in line:
        sys.exit(1)
    print(json.dumps({"rows": [[["1"]]]}), flush=True)
"""


def sleeping(tmp_path: Path, seconds: float) -> Runner:
    """A runner whose process does what its statements are called."""
    program = tmp_path / "sleeper.py"
    program.write_text(SLEEPER, encoding="utf-8")
    runner = Runner(tmp_path, seconds)
    runner._command = [sys.executable, str(program)]
    return runner


def test_values_come_exactly_and_as_texts(runner: Runner) -> None:
    assert runner.run([ONE, "SELECT 38.52::DECIMAL(28, 6), NULL, true"]) == [[["1"]], [["38.520000", None, "True"]]]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [("sleep", "超时"), ("talk", "结果太大|超时"), ("die", "内存")],
    ids=["late", "endless", "dead"],
)
def test_what_hangs_is_ended_and_the_next_question_is_answered_at_once(
    tmp_path: Path, statement: str, problem: str
) -> None:
    runner = sleeping(tmp_path, 2)
    assert runner.run(["a"]) == [[["1"]]]
    started = time.monotonic()
    with pytest.raises(QueryStopped, match=problem):
        runner.run([statement])
    assert time.monotonic() - started < 4
    started = time.monotonic()
    assert runner.run(["a"]) == [[["1"]]]
    assert time.monotonic() - started < 2
    runner.close()


def test_a_process_that_was_killed_meanwhile_is_replaced(tmp_path: Path) -> None:
    runner = sleeping(tmp_path, 5)
    runner.run(["a"])
    process = runner._process
    assert process
    process.kill()
    process.wait()
    assert runner.run(["a"]) == [[["1"]]]
    runner.close()


def test_no_process_outlives_its_runner(tmp_path: Path) -> None:
    runner = sleeping(tmp_path, 5)
    runner.run(["a"])
    process = runner._process
    del runner
    assert process and process.wait(5) is not None


def test_what_duckdb_refuses_is_told_and_the_process_stays(runner: Runner) -> None:
    runner.run([ONE])
    process = runner._process
    with pytest.raises(QueryStopped, match="nichts"):
        runner.run(["SELECT x FROM nichts"])
    assert runner.run([ONE]) == [[["1"]]] and runner._process is process


def test_a_join_of_too_many_rows_is_not_run(
    warehouse: Warehouse, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = "SELECT count(*) FROM 全部数据 AS a CROSS JOIN 全部数据 AS b"
    cells = warehouse.count("figures")
    assert worker.estimated(warehouse, pair) == pytest.approx(cells * cells, rel=0.1)
    assert worker.estimated(warehouse, "SELECT 合计 FROM 支出总表") < 10 * cells
    assert worker.estimated(warehouse, "SELECT * FROM 全部数据 AS a JOIN 全部数据 AS b ON a.row_id = b.row_id") <= cells
    with pytest.raises(QueryStopped, match="太多"):
        runner.run([pair])


def test_the_address_space_is_limited(warehouse: Warehouse) -> None:
    program = f"""
import sys
from pathlib import Path
from assistant.model.sql.worker import limit
from index.warehouse import open_warehouse
limit({run.MEMORY}, 60)
open_warehouse(Path({str(warehouse.path)!r})).execute({ONE!r})
try:
    bytearray({run.MEMORY})  # address space only: no page of it is ever touched
except MemoryError:
    print("limited")
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "limited"
