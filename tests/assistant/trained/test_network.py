"""The network's file: what it says of questions, with and without the runtime's shortcuts; damaged, missing, off."""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from assistant.settings import Settings
from assistant.trained import read, reader
from assistant.trained.decode import reading_of
from assistant.trained.network import MODEL, TrainedNetwork
from assistant.understand.tokenize import normalised_as_put

QUESTIONS = (
    "有市民来信问，今年公务接待费和会议费加起来是多少",
    "差旅费占商品和服务支出的百分之几",
    "培训费比去年少了多少，为什么",
)


@pytest.fixture(scope="module")
def network() -> TrainedNetwork:
    return TrainedNetwork()


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    reader.trained_network.cache_clear()
    yield
    reader.trained_network.cache_clear()


def set_to(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setattr(reader, "settings", lambda: Settings(reader=value))


@pytest.mark.parametrize(
    ("question", "operations", "items"),
    [
        (QUESTIONS[0], ["sum"], {"公务接待费", "会议费"}),
        (QUESTIONS[1], ["share"], {"差旅费", "商品和服务支出"}),
        (QUESTIONS[2], ["change", "why"], {"培训费"}),
    ],
)
def test_plain_questions(network: TrainedNetwork, question: str, operations: list[str], items: set[str]) -> None:
    found = reading_of(network.of(normalised_as_put(question)))
    assert [ask.operation for ask in found.asks] == operations
    assert {argument.text for ask in found.asks for argument in (*ask.first, *ask.second)} == items


def test_what_is_asked_of_stands_in_the_question_before(network: TrainedNetwork) -> None:
    found = reading_of(network.of("为什么少了", ("今年差旅费是多少",)))
    assert [ask.operation for ask in found.asks] == ["why"]
    assert "差旅费" in "".join(argument.text for argument in found.asks[0].first)


def test_likelihoods_add_up(network: TrainedNetwork) -> None:
    said = network.of(normalised_as_put(QUESTIONS[0]))
    for each in (said.spans, said.operations, said.roles):
        assert np.allclose(each.sum(-1), 1)


def test_the_runtimes_shortcuts_change_nothing_that_matters(
    network: TrainedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = onnxruntime.InferenceSession

    def plain(data: bytes, options: onnxruntime.SessionOptions, **rest: object) -> onnxruntime.InferenceSession:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        return begun(data, options, **rest)

    monkeypatch.setattr(onnxruntime, "InferenceSession", plain)
    slow = TrainedNetwork()
    for question in map(normalised_as_put, QUESTIONS):
        one, other = network.of(question), slow.of(question)
        assert np.abs(one.spans - other.spans).max() < 0.05
        assert [a.operation for a in reading_of(one).asks] == [a.operation for a in reading_of(other).asks]


def test_characters_that_nobody_knows_and_long_questions(network: TrainedNetwork) -> None:
    assert reading_of(network.of("😀" * 3)).text == "😀" * 3
    assert len(network.of("会议费多少" * 200, ("差旅费" * 200,)).text) == 160


def test_a_question_takes_a_moment(network: TrainedNetwork) -> None:
    questions = [f"{question}{number}" for number in range(10) for question in QUESTIONS]
    started = time.process_time()
    for question in questions:
        network.of(question)
    assert (time.process_time() - started) / len(questions) < 0.2


def test_it_is_asked_only_where_it_is_turned_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(QUESTIONS[0]) is None
    set_to(monkeypatch, "network")
    reader.trained_network.cache_clear()
    assert read(QUESTIONS[0]) is not None
    assert read(" ") is None


def test_a_damaged_file_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / MODEL.name
    shutil.copy(MODEL.with_suffix(".json"), tmp_path)
    path.write_bytes(MODEL.read_bytes()[:-1])
    with pytest.raises(ValueError, match="checksum"):
        TrainedNetwork(path)
    assert json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["questions"] > 6_000


def test_without_its_file_the_rules_read_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    set_to(monkeypatch, "network")
    monkeypatch.setattr(reader, "TrainedNetwork", lambda: TrainedNetwork(tmp_path / "none.onnx"))
    with caplog.at_level(logging.WARNING):
        assert read(QUESTIONS[0]) is None
    assert "没有装入" in caplog.text
