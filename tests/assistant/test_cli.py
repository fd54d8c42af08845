"""The command line: what goes to which stream, exit codes, and that nothing ends in a traceback."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.answer import Answer
from assistant.cli import app, engine
from index.errors import BudgetError, IndexUnusable
from index.manifest import FileEntry, Manifest
from tests.doubles import UNIT, FixtureEngine

COMMANDS = (
    "build",
    "ask",
    "chat",
    "serve",
    "check",
    "documents",
    "eval",
    "users",
    "objections",
    "mcp",
    "audit",
    "shards",
)


@pytest.fixture
def fixture_index(fixture_engine: FixtureEngine, monkeypatch: pytest.MonkeyPatch) -> FixtureEngine:
    """Commands get the fixture engine."""
    monkeypatch.setattr(engine, "open_assistant", lambda index: fixture_engine)
    monkeypatch.setattr(engine, "open_sources", lambda index: fixture_engine.warehouse)
    return fixture_engine


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin, env={"COLUMNS": "200"})


def batch(tmp_path: Path, *lines: str | bytes) -> tuple[list[dict[str, Any]], Result]:
    file = tmp_path / "batch.jsonl"
    file.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    result = run("ask", "--batch", str(file))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    for answer in answers:
        Answer.model_validate(answer)
    return answers, result


def test_ask_shows_answer_sources_and_notes(fixture_index: FixtureEngine) -> None:
    result = run("ask", "第45项费用是多少？")
    assert result.exit_code == 0
    for expected in ("45.69 万元", "附表4-6", "表中合计与正文相差", "为什么减少？"):
        assert expected in result.stdout


class Wording:
    """A model that rewords, or doesn't."""

    def reworded(self, answer: Answer) -> Answer:
        """Its own words."""
        if "第2项" in answer.question:
            raise BudgetError("改写的话与原文对不上。")
        return answer.model_copy(update={"answer": "换了话说。[2]"})


def test_quotations_are_reworded_on_request(fixture_index: FixtureEngine) -> None:
    fixture_index.model = Wording()
    assert "换了话说" in run("ask", "第45项费用是多少？", "--reword").stdout
    kept = run("ask", "第2项费用是多少？", "--reword")
    assert (kept.exit_code, "2.69 万元" in kept.stdout, "对不上" in kept.stderr) == (0, True, True)


@pytest.mark.parametrize("more", [[], ["--explain"]], ids=["no model", "explained"])
def test_rewording_needs_a_model_and_a_single_question(fixture_index: FixtureEngine, more: list[str]) -> None:
    result = run("ask", "第2项费用是多少？", "--reword", *more)
    assert (result.exit_code, result.stdout) == (2, "")


def test_ask_json_is_the_contract(fixture_index: FixtureEngine) -> None:
    result = run("ask", "第2项呢？", "--history", "第45项费用是多少？", "--history", "再前一个", "--json")
    answer = Answer.model_validate_json(result.stdout)
    assert answer.figures[0].value == "2.69"
    assert fixture_index.asked == [("第2项呢？", ("第45项费用是多少？", "再前一个"))]


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "问", "--batch", "x"], ["ask", "--batch", "no-such-file"]])
def test_usage_problems_exit_with_2(fixture_index: FixtureEngine, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "出错了" in result.stderr


def test_an_error_is_a_chinese_panel_with_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(index: Path | None) -> None:
        raise IndexUnusable("索引坏了[/]。", "请重建。")

    monkeypatch.setattr(engine, "open_assistant", broken)
    result = run("ask", "问")
    assert result.exit_code == 4
    assert "索引坏了[/]。" in result.stderr and "请重建。" in result.stderr
    assert "Traceback" not in result.stderr


def test_no_index_exits_with_4(tmp_path: Path) -> None:
    for command in ("documents", "check"):
        result = run(command, "--index", str(tmp_path))
        assert result.exit_code == 4
        assert "建立索引" in result.stderr


def test_batch_keeps_order_and_ids(fixture_index: FixtureEngine, tmp_path: Path) -> None:
    answers, result = batch(
        tmp_path,
        '\ufeff{"id": "b", "question": "第45项？", "expect": ["w:45.69"]}',
        "",
        '{"id": 7, "question": "第2项？", "history": ["第45项？"]}',
        '{"question": "第2项？", "history": null}',
    )
    assert [(answer["id"], answer["figures"][0]["value"]) for answer in answers] == [
        ("b", "45.69"),
        ("7", "2.69"),
        ("line-4", "2.69"),
    ]
    assert result.exit_code == 0
    assert fixture_index.asked[1] == ("第2项？", ("第45项？",))


@pytest.mark.parametrize(
    ("line", "answer_id"),
    [
        ("{not json", "line-1"),
        ("[]", "line-1"),
        ("3", "line-1"),
        ('{"id": "x"}', "x"),
        ('{"id": "x", "question": 3}', "x"),
        ('{"id": "x", "question": "问", "history": "问"}', "x"),
        ('{"id": "x", "question": "\\ud800"}', "line-1"),
        ('{"id": "x", "question": "空"}', "x"),
        (b'{"id": "x", "question": "\xff"}', "line-1"),
        ("[" * 5000, "line-1"),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_on(
    fixture_index: FixtureEngine, tmp_path: Path, line: str | bytes, answer_id: str
) -> None:
    answers, result = batch(tmp_path, line, '{"id": "good", "question": "第2项？"}')
    assert [answer["id"] for answer in answers] == [answer_id, "good"]
    assert answers[0]["refused"] and answers[0]["answer"]
    assert not answers[1]["refused"]
    assert "第 1 行" in result.stderr
    assert result.exit_code == 2


def test_a_defect_in_one_question_does_not_cost_the_others(fixture_index: FixtureEngine, tmp_path: Path) -> None:
    answers, result = batch(tmp_path, '{"id": "x", "question": "崩"}', '{"id": "y", "question": "第2项？"}')
    assert [answer["refused"] for answer in answers] == [True, False]
    assert "RuntimeError" in answers[0]["answer"]
    assert result.exit_code == 1


def test_batch_from_standard_input(fixture_index: FixtureEngine) -> None:
    result = run("ask", "--batch", "-", stdin='{"id": "a", "question": "第2项？"}\n')
    assert json.loads(result.stdout)["id"] == "a"


def test_chat_goes_on_after_an_error(fixture_index: FixtureEngine) -> None:
    result = run("chat", stdin="/help\n\n/sql\n空\n第2项？\n/sql\n/clear\n/quit\n")
    assert result.exit_code == 0
    assert "2.69 万元" in result.stdout
    assert 'SELECT "合计"' in result.stdout
    assert "问题是空的" in result.stderr


def test_chat_ends_with_its_input(fixture_index: FixtureEngine) -> None:
    assert run("chat", stdin="").exit_code == 0


def test_documents_tells_what_became_of_each_file(seed_index: Path) -> None:
    shown = run("documents", "--index", str(seed_index)).stdout
    for expected in ("曾都区委办公室2024年部门预算", "已收", "100.0 %"):
        assert expected in shown
    (document,) = json.loads(run("documents", "--index", str(seed_index), "--json").stdout)
    assert document["status"] == "document" and document["counts"]["tables"]["收支总表"] == 1
    assert document["summary"]["year"] == 2024 and "table_amounts" not in document["summary"]


def test_documents_tells_why_a_file_was_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = Manifest(
        version="v", format="f", parser="p", model="m", created=datetime(2026, 1, 2), warehouse_bytes=0,
        files=(FileEntry(file="/某处/坏.pdf", status="unusable", told="坏了[/]。"),),
    )  # fmt: skip
    monkeypatch.setattr(engine, "open_files", lambda index: manifest.files)
    shown = run("documents").stdout
    assert "坏.pdf" in shown and "未收" in shown and "坏了[/]。" in shown


def test_check_shows_what_differs_and_all_on_demand(fixture_index: FixtureEngine) -> None:
    report = run("check", "某某").stdout
    for expected in ("不符", "差 1.00 万元", "第2项费用", "2.69 万元", "收入=支出"):
        assert expected in report
    assert "收入总计等于支出总计" not in report
    assert "收入总计等于支出总计" in run("check", "--all").stdout


def test_check_summary_is_one_line_a_document(fixture_index: FixtureEngine) -> None:
    report = run("check", "--summary").stdout
    assert f"{UNIT}2024年部门预算" in report and "差 1.00 万元" not in report


def test_check_as_json(fixture_index: FixtureEngine) -> None:
    (report,) = json.loads(run("check", "--json").stdout)
    assert report["counts"] == {"holds": 1, "rounding": 0, "differs": 1, "not_checkable": 0}
    assert [check["check"] for check in report["checks"]] == ["合计=分项之和", "收入=支出"]
    (finding,) = report["checks"][0]["findings"]
    assert [(cell["row"], cell["printed"], cell["unit"]) for cell in finding["cells"]] == [
        ("第1项费用", "1.69", "万元"),
        ("第2项费用", "2.69", "万元"),
    ]


def test_check_as_a_page(fixture_index: FixtureEngine, tmp_path: Path) -> None:
    result = run("check", "--html", str(tmp_path / "报告.html"))
    assert result.exit_code == 0 and "报告.html" in result.stderr
    assert "差 1.00 万元" in (tmp_path / "报告.html").read_text(encoding="utf-8")
    assert run("check", "--html", str(tmp_path / "没有" / "报告.html")).exit_code == 1


def test_check_of_an_unknown_document_says_what_is_there(fixture_index: FixtureEngine) -> None:
    result = run("check", "财政局")
    assert result.exit_code == 3
    assert UNIT in result.stderr


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    lines = [
        {"id": "1", "kind": "查数", "question": "第45项？", "expect": ["w:45.69"], "cite": ["附表4-6&第45项"]},
        {"id": "2", "kind": "查数", "question": "第2项？", "expect": ["w:7"]},
        {"id": "3", "kind": "拒答", "question": "财政局？", "refuse": True},
        {"id": "4", "kind": "拒答", "question": "空", "refuse": True},
    ]
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def evaluated(question_set: Path, *options: str) -> Result:
    return run("eval", str(question_set), "--index", str(question_set.parent / "index"), *options)


def test_eval_scores_by_kind_and_keeps_its_floor(fixture_index: FixtureEngine, question_set: Path) -> None:
    result = evaluated(question_set, "--floor", "75")
    assert result.exit_code == 0
    assert "答对 3/4 = 75.0 %" in result.stdout
    for column in ("答对", "答错", "缺出处", "该答未答", "该拒却答"):
        assert column in result.stdout
    assert evaluated(question_set, "--floor", "75.1").exit_code == 1


def test_eval_shows_each_failure_as_it_was_understood(fixture_index: FixtureEngine, question_set: Path) -> None:
    short, whole = evaluated(question_set).stdout, evaluated(question_set, "--verbose").stdout
    for expected in ("2 答错 第2项？", "w:7", "2.69 万元", UNIT):
        assert expected in short and expected in whole
    assert "第45项？" not in short
    assert "SELECT 1" in short and "SELECT 1" not in whole


def test_eval_tells_what_changed_since_the_last_run(fixture_index: FixtureEngine, question_set: Path) -> None:
    assert "相比" not in evaluated(question_set).stdout
    assert "与上次相比（共有的题 4 道）：新答对 0，新失败 0" in evaluated(question_set).stdout
    corrected = question_set.read_text(encoding="utf-8").replace('"w:7"', '"w:2.69"')
    question_set.write_text(corrected, encoding="utf-8")
    assert "新答对 0" in evaluated(question_set).stdout  # the last run's answer was right by this set, too


def test_eval_compares_with_the_output_of_a_batch(
    fixture_index: FixtureEngine, question_set: Path, tmp_path: Path
) -> None:
    asked = {"1": "第2项？", "2": "第2项？", "3": "财政局？"}
    answers = [fixture_index.ask(question, id=id) for id, question in asked.items()]
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join(answer.model_dump_json() for answer in answers), encoding="utf-8")
    result = evaluated(question_set, "--against", str(other), "--no-save")
    assert "与other.jsonl相比（共有的题 3 道）：新答对 1，新失败 0，换了错法 0" in result.stdout
    assert re.search(r"上次答错 +2024年第2项费用预算", result.stdout)
    assert re.search(r"这次答对 +2024年第45项费用预算", result.stdout)
    assert not (question_set.parent / "index").exists()


def test_eval_goes_on_without_a_last_run_that_can_be_read(fixture_index: FixtureEngine, question_set: Path) -> None:
    evaluated(question_set)
    (kept,) = (question_set.parent / "index" / "evaluations").iterdir()
    kept.write_text("{", encoding="utf-8")
    result = evaluated(question_set)
    assert result.exit_code == 0 and "这次不比较" in result.stderr
    assert "相比" in evaluated(question_set).stdout
    kept.write_text("{", encoding="utf-8")
    assert evaluated(question_set, "--against", str(kept)).exit_code == 2


def test_ask_explains_how_a_question_was_understood(fixture_index: FixtureEngine) -> None:
    result = run("ask", "第45项费用是多少？", "--explain")
    assert result.exit_code == 0
    assert "45.69 万元" in result.stdout and re.search(rf"范围 +{UNIT}", result.stdout)
    assert run("ask", "第45项费用是多少？", "--explain", "--json").exit_code == 2


def test_every_command_has_chinese_help() -> None:
    overview = run("--help").stdout
    for command in COMMANDS:
        assert command in overview
        text = run(command, "--help").stdout
        assert "退出码" in text and "显示帮助" in text
        assert "Show this message" not in text


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, assistant.cli; heavy = {'duckdb', 'gradio', 'torch', 'chromadb', 'sqlglot', 'jieba', 'fastapi', "
        "'langchain_core', 'numpy', 'pandas', 'jinja2'}; print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_closed_pipe_is_quiet() -> None:
    command = f"{sys.executable} -m assistant --help | head -c 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr and "BrokenPipe" not in result.stderr


def test_a_port_in_use_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port), "--index", str(tmp_path / "index"))
    assert result.exit_code == 1
    assert f"端口 {port} 已被占用" in result.stderr
    assert not (tmp_path / "index").exists()


def test_build_tells_what_was_taken_and_what_was_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "nothing.txt").write_text("", encoding="utf-8")
    result = run("build", str(tmp_path / "nothing.txt"), "--index", str(tmp_path / "index"))
    assert result.exit_code != 0
    assert "nothing.txt" in result.stderr and "Traceback" not in result.stderr


def test_build_tells_what_each_file_gave(tmp_path: Path) -> None:
    texts = {
        "说明.txt": "随县财政局2025年部门预算\n第一部分 说明\n" + "2025年教育支出5.00万元，主要用于学校的运行。\n" * 30,
        "附表.txt": "2025年部门收支总表\n部门：随县财政局 单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n"
        "一般公共预算拨款收入\t5.00\t教育支出\t5.00\n收入总计\t5.00\t支出总计\t5.00\n",
        "菜谱.txt": "红烧肉：五花肉500克，2025年新做法。",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run("build", str(tmp_path), "--index", str(tmp_path / "index"))
    assert result.exit_code == 0
    for expected in ("说明.txt：随县财政局2025年部门预算", "附表.txt：", "收支总表 1", "“菜谱.txt”不像部门预算"):
        assert expected in result.stderr
    for expected in ("已收", "已合并", "未收", "合为一份", "不像部门预算"):
        assert expected in result.stdout


@pytest.fixture
def users_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Commands keep users here."""
    from assistant.settings import settings

    monkeypatch.setenv("BUDGET_USERS", str(tmp_path / "users.json"))
    settings.cache_clear()
    yield tmp_path / "users.json"
    settings.cache_clear()


def test_users_are_added_listed_and_removed(users_file: Path) -> None:
    assert run("users", "list").stdout.strip() == "没有用户。"
    assert run("users", "add", "王芳", "--password-stdin", stdin="correct horse\n").exit_code == 0
    assert run("users", "add", "李雷", stdin="correct horse\ncorrect horse\n").exit_code == 0
    assert run("users", "list").stdout.split() == ["李雷", "reader", "王芳", "reader"]
    assert run("users", "add", "赵六", "--role", "editor", "--no-password").exit_code == 0
    assert run("users", "list").stdout.split()[-2:] == ["赵六", "editor"]
    assert run("users", "remove", "赵六").exit_code == 0
    assert run("users", "remove", "李雷").exit_code == 0
    assert run("users", "remove", "李雷").exit_code == 2
    assert "horse" not in users_file.read_text()


@pytest.mark.parametrize("stdin", ["short\nshort\n", "correct horse\nanother horse\n"])
def test_bad_passwords_are_told_in_chinese(users_file: Path, stdin: str) -> None:
    result = run("users", "add", "王芳", stdin=stdin)
    assert result.exit_code == 2 and "密码" in result.stderr and "Traceback" not in result.stderr
    assert not users_file.exists()


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--host", "127.0.0.1", "--login"]])
def test_nothing_is_served_to_others_without_users(users_file: Path, arguments: list[str]) -> None:
    result = run("serve", "--port", "0", *arguments)
    assert result.exit_code == 1
    assert "还没有用户" in result.stderr and "users add" in result.stderr


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("BUDGET_PORT", "abc", "BUDGET_PORT"),
        ("BUDGET_PROXY_HEADER", "X-Remote-User", "BUDGET_PROXY_ADDRESSES"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    from assistant.settings import settings

    monkeypatch.setenv(variable, value)
    settings.cache_clear()
    shown = run("serve", "--port", "0")
    settings.cache_clear()
    assert shown.exit_code == 2 and told in shown.stderr


def test_objections_are_questions_for_an_evaluation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fixture_engine: FixtureEngine
) -> None:
    from assistant.evaluate import EvalQuestion
    from assistant.settings import settings
    from assistant.talks import Talks, Turn

    monkeypatch.setenv("BUDGET_CONVERSATIONS", str(tmp_path / "talks.sqlite"))
    settings.cache_clear()
    talks = Talks(tmp_path / "talks.sqlite")
    talk = talks.begin("甲", "一").id
    talks.add(talk, Turn(1, "第45项？", "某某：第45项？", answer=fixture_engine.ask("第45项？")))
    talks.add(talk, Turn(2, "那第2项呢", "那第2项呢", answer=fixture_engine.ask("第2项？")))
    talks.object(talk, 2, "应当是 3.69 万元")
    shown = run("objections").stdout
    settings.cache_clear()
    question = EvalQuestion.model_validate_json(shown)
    assert (question.question, question.history) == ("那第2项呢", ["某某：第45项？"])
    assert json.loads(shown)["comment"] == "应当是 3.69 万元"
