"""The same answers from an index in shards as from one that is not, and no more shards opened than are asked about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from typer.testing import CliRunner, Result

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.cli import app
from assistant.evaluate import EvalQuestion, load_questions
from assistant.serving import Serving
from assistant.settings import Settings
from index.sharded import ShardedWarehouse
from tests.assistant.budgets import AUDIT, FOREST, write_budgets
from tests.questions.sets import HERE, open_index
from tests.sharding import split

EVERY: Final = 12
"""One of so many questions is asked."""


def told(answer: Answer) -> dict[str, Any]:
    """All of an answer but how long it took."""
    return answer.model_dump(exclude={"elapsed_ms"})


def answers(index_dir: Path, questions: list[EvalQuestion], folder: Path) -> list[dict[str, Any]]:
    engine = open_index(index_dir, folder)
    return [told(engine.ask(each.question, each.history, each.id)) for each in questions]


@pytest.mark.parametrize("count", [1, 3, 7])
def test_invented_budgets_in_shards_are_answered_as_in_one_index(
    invented_index: Path, tmp_path: Path, count: int
) -> None:
    questions = load_questions(HERE / "invented.jsonl")[::EVERY]
    assert len({each.kind for each in questions}) > 5
    whole = answers(invented_index, questions, tmp_path)
    assert answers(split(invented_index, tmp_path / "index", count), questions, tmp_path) == whole


@pytest.mark.parametrize("count", [3, 7])
def test_the_corpus_in_shards_is_answered_as_in_one_index(corpus_index: Path, tmp_path: Path, count: int) -> None:
    questions = load_questions(HERE / "corpus.jsonl")[::EVERY]
    whole = answers(corpus_index, questions, tmp_path)
    assert answers(split(corpus_index, tmp_path / "index", count), questions, tmp_path) == whole


@pytest.fixture(scope="module")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six invented budgets, that of 2024 in a shard of its own, built by the command."""
    place = tmp_path_factory.mktemp("sharded")
    for file in write_budgets(place):
        folder = place / "documents" / ("2024" if "2024 年部门预算" in file.read_text(encoding="utf-8") else "2025")
        folder.mkdir(parents=True, exist_ok=True)
        file.rename(folder / file.name)
    for name in ("2024", "2025"):
        assert build(place, name).exit_code == 0
    return place / "index"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})


def build(folder: Path, name: str) -> Result:
    return run("build", "--shard", name, str(folder / "documents" / name), "--index", str(folder / "index"))


def opened(engine: Assistant) -> frozenset[str]:
    warehouse = engine.warehouse
    assert isinstance(warehouse, ShardedWarehouse)
    return warehouse.opened


def test_only_the_shards_asked_about_are_opened(sharded: Path) -> None:
    engine = Assistant(sharded, Settings(conversations=sharded / "talks.sqlite"))
    assert opened(engine) == frozenset()
    assert [f.value for f in engine.ask(f"{FOREST}2024年的差旅费是多少？").figures] == ["30.00"]
    assert opened(engine) == {"2024"}
    assert "34.50" in [f.value for f in engine.ask(f"{FOREST}2025年差旅费比2024年多多少？").figures]
    assert opened(engine) == {"2024", "2025"}


def test_a_ranking_of_a_year_opens_that_years_shard_to_read_its_figures(sharded: Path) -> None:
    engine = Assistant(sharded, Settings(conversations=sharded / "talks.sqlite"))
    answer = engine.ask("2025年各部门的公务接待费一共多少？")
    assert "14.75005" in [figure.value for figure in answer.figures]
    assert {citation.year for citation in answer.citations} == {2025}


def test_the_commands_read_all_shards_as_one_index(sharded: Path) -> None:
    index = ("--index", str(sharded))
    files = json.loads(run("documents", "--json", *index).stdout)
    assert len(files) == 6 and {each["status"] for each in files} == {"document"}
    assert json.loads(run("ask", "--json", f"{AUDIT}2025年差旅费的预算是多少万元？", *index).stdout)["figures"]
    reports = json.loads(run("check", "--json", *index).stdout)
    assert len(reports) == 6
    assert "2024" in run("shards", *index).stdout


def test_one_kind_of_index_does_not_replace_the_other(sharded: Path, seed_index: Path) -> None:
    refused = run("build", str(sharded.parent / "documents"), "--index", str(sharded))
    assert refused.exit_code == 1 and "--shard" in refused.stderr
    refused = run("build", "--shard", "甲", str(sharded.parent / "documents"), "--index", str(seed_index))
    assert refused.exit_code == 1 and "不分片" in refused.stderr


def test_a_running_service_takes_up_a_rebuilt_shard(sharded: Path) -> None:
    options = Settings(conversations=sharded / "talks.sqlite")
    serving = Serving(Assistant(sharded, options), sharded, lambda: Assistant(sharded, options))
    before, question = serving.engine, f"{FOREST}2024年的差旅费是多少？"
    (file,) = (sharded.parent / "documents" / "2024").iterdir()
    printed = file.read_text(encoding="utf-8")
    for amount in ("32.00", "31.00"):  # the version that is asked outlives two others
        file.write_text(printed.replace("30.00", amount), encoding="utf-8")
        assert build(sharded.parent, "2024").exit_code == 0
    assert [figure.value for figure in before.ask(question).figures] == ["30.00"]
    serving.look()
    assert [figure.value for figure in serving.ask(question).figures] == ["31.00"]
