"""Parsing many files: over processes, and past files that raise, hang, eat memory or kill their process."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import index.parse
from index.errors import DocumentError
from index.parse import parse
from index.parsed import ParsedDocument
from index.workers import Limits, ParsedFile, Problem, parse_files

ROOT = Path(__file__).resolve().parents[2]

# Worker processes start anew, so what stands in for parsing must be in a script that they can load.
SCRIPT = """
import os, sys, time
from pathlib import Path
import index.parse
from index.errors import DocumentError
from index.workers import Limits, parse_files

def stand_in(path):
    if path.name == "crash":
        os._exit(9)
    if path.name == "once" and not os.path.exists("tried"):
        open("tried", "w").close()
        os._exit(9)
    if path.name == "huge":
        bytearray(1 << 40)
    if path.name == "endless":
        Path(os.environ["PID_FILE"]).write_text(str(os.getpid()))
        time.sleep(60)
    raise DocumentError(f"{path.name} {os.getpid() != int(os.environ['PARENT'])}")

index.parse._parse = stand_in

if __name__ == "__main__":
    os.environ["PARENT"] = str(os.getpid())
    seconds, *names = sys.argv[1:]
    limits = Limits(seconds=float(seconds), memory=2 << 30)
    for path, outcome in parse_files(map(Path, names), Path("."), 2, limits):
        print(path, outcome.message, flush=True)
"""


@pytest.fixture
def script(tmp_path: Path) -> list[str]:
    path = tmp_path / "parse_many.py"
    path.write_text(SCRIPT, encoding="utf-8")
    return [sys.executable, str(path)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PID_FILE": str(tmp_path / "pid"), "PYTHONIOENCODING": "utf-8"}


def told(script: list[str], environment: dict[str, str], seconds: float, *names: str) -> dict[str, str]:
    """What the script says of each file."""
    command = [*script, str(seconds), *names]
    result = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=90, check=True, cwd=Path(script[1]).parent
    )
    return dict(line.split(" ", 1) for line in result.stdout.splitlines())


def test_a_file_becomes_a_parsed_document(seed_path: Path) -> None:
    parsed = parse(seed_path)
    assert isinstance(parsed, ParsedDocument)
    assert parsed.document.sha256.startswith(parsed.document.document_id)
    assert parsed.tables and parsed.paragraphs and parsed.statements and parsed.findings and parsed.chunks


def test_what_another_process_read_is_the_same(seed_path: Path, tmp_path: Path) -> None:
    ((path, outcome),) = parse_files([seed_path], tmp_path, 1, Limits())
    assert path == seed_path and isinstance(outcome, ParsedFile)
    assert outcome.load() == parse(seed_path)
    assert outcome.summary.counts.tables["收支总表"] == 1


@pytest.mark.parametrize(("content", "told"), [("", "空"), ("今天天气很好，我们去公园散步。", "不像部门预算")])
def test_a_file_that_is_no_budget_is_a_problem(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "文件.txt").write_text(content)
    outcome = parse(tmp_path / "文件.txt")
    assert isinstance(outcome, Problem) and told in outcome.message


@pytest.mark.parametrize(
    ("error", "told"),
    [(DocumentError("读不了。"), "读不了。"), (KeyError("x"), "程序出错"), (MemoryError(), "内存超过了限度")],
)
def test_whatever_a_stage_raises_is_the_file_s_problem(
    monkeypatch: pytest.MonkeyPatch, seed_path: Path, error: Exception, told: str
) -> None:
    def fail(*stages: object) -> None:
        raise error

    monkeypatch.setattr(index.parse, "clean_tables", fail)
    outcome = parse(seed_path)
    assert isinstance(outcome, Problem) and told in outcome.message


def test_what_reads_files_is_not_imported_where_an_index_is_built() -> None:
    code = "import sys, index.build; print(*sorted({'index.convert', 'PIL', 'torch', 'chromadb'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not done.stdout.strip()


def test_other_processes_parse_the_files(script: list[str], environment: dict[str, str]) -> None:
    names = [f"f{number}" for number in range(12)]
    assert told(script, environment, 60, *names) == {name: f"{name} True" for name in names}


def test_a_file_that_kills_its_process_is_the_only_one_lost(script: list[str], environment: dict[str, str]) -> None:
    others = ["a", *(f"f{number}" for number in range(8))]
    lines = told(script, environment, 60, "a", "crash", *others[1:])
    assert "意外终止" in lines.pop("crash")
    assert lines == {name: f"{name} True" for name in others}


def test_a_file_whose_process_ends_once_is_read_after_all(script: list[str], environment: dict[str, str]) -> None:
    assert told(script, environment, 60, "once", "a") == {"once": "once True", "a": "a True"}


def test_a_full_disk_is_no_file_s_problem(monkeypatch: pytest.MonkeyPatch, seed_path: Path) -> None:
    def fail(*stages: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(index.parse, "clean_tables", fail)
    with pytest.raises(OSError, match="No space"):
        parse(seed_path)


def test_a_file_that_hangs_is_stopped_and_the_others_go_on(script: list[str], environment: dict[str, str]) -> None:
    lines = told(script, environment, 2, "endless", "a", "b")
    assert "2 秒" in lines.pop("endless")
    assert lines == {"a": "a True", "b": "b True"}
    assert _wait_for(lambda: not _runs(int(Path(environment["PID_FILE"]).read_text())))


def test_a_file_that_eats_memory_is_stopped_and_the_others_go_on(
    script: list[str], environment: dict[str, str]
) -> None:
    lines = told(script, environment, 60, "huge", "a")
    assert "内存超过了限度" in lines.pop("huge")
    assert lines == {"a": "a True"}


def test_workers_end_with_a_killed_build(script: list[str], environment: dict[str, str]) -> None:
    process = subprocess.Popen([*script, "60", "endless", "a"], env=environment)
    pid_file = Path(environment["PID_FILE"])
    assert _wait_for(lambda: pid_file.exists() and bool(pid_file.read_text()))
    worker = int(pid_file.read_text())
    process.kill()
    process.wait(10)
    assert _wait_for(lambda: not _runs(worker))


def _runs(pid: int) -> bool:
    """A process that nobody has waited for yet has ended all the same."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_for(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_lines_that_each_name_unit_and_year_say_whose_budget_it_is(tmp_path: Path) -> None:
    lines = [
        "单位名称,预算年度,功能科目编码,功能科目名称,支出类别,预算金额（元）",
        *(f"某市档案馆,{year},2012604,档案馆,基本支出,{amount}" for year, amount in ((2025, 880_000), (2026, 901_500))),
    ]
    path = tmp_path / "导出.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    parsed = parse(path)
    assert isinstance(parsed, ParsedDocument)
    assert (parsed.profile.unit_name, parsed.profile.year) == ("某市档案馆", 2026)
    (table,) = parsed.tables
    assert [(row.code, row.is_own) for row in table.rows] == [("2012604", False), ("2012604", True)]
