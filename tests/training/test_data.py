"""The written questions: every line is one, its asks quote it, and training on some of them gives a reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.tagger.features import words_in
from training.__main__ import measure, train
from training.marked import DATA, Asked, Marked, labelled, labels_of, read_marked

SHARED = Path(__file__).parents[3] / "shared" / "questions" / "real_dev.jsonl"


@pytest.fixture(scope="module")
def questions() -> list[Marked]:
    return list(read_marked())


def test_there_are_enough_of_many_documents_and_writers(questions: list[Marked]) -> None:
    assert len(questions) >= 7_000
    assert len({question.doc for question in questions}) >= 80
    assert {question.voice for question in questions} == {"official", "reply", "finance", "public"}
    assert len({question.writer for question in questions}) == 6


def test_none_is_there_twice(questions: list[Marked]) -> None:
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.marked for question in questions}) == len(questions)


@pytest.mark.parametrize(
    ("marked", "args"), [("{z:今年}多少", ()), ("{t:今年多少", ()), ("{t:今年}多少", ("会议费",))]
)  # fmt: skip
def test_a_line_that_is_none_is_refused(marked: str, args: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        Marked(id="w0", doc="", voice="public", writer=0, marked=marked, asks=(Asked(op="value", args=args),))


def test_the_second_reading_is_of_the_same_texts(questions: list[Marked]) -> None:
    texts = {question.id: labelled(question.marked)[0] for question in questions}
    lines = (DATA / "second-reading.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 390
    assert all(labelled(second["marked"])[0] == texts[second["id"]] for second in map(json.loads, lines))


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_no_question_of_the_measure_is_among_them(questions: list[Marked]) -> None:
    measured = {json.loads(line)["question"] for line in SHARED.read_text(encoding="utf-8").splitlines()}
    assert not measured & {question.text for question in questions}


def test_labels_follow_the_marks() -> None:
    text, characters = labelled("{f:有市民问：}{t:今年}的{i:差旅费}{a:是多少}？")
    words = words_in(text)
    found = dict(zip((word.text for word in words), labels_of(words, characters), strict=True))
    assert found["市民"] == "f" and found["今年"] == "t" and found["差旅费"] == "i"


def test_training_gives_a_reader(questions: list[Marked], tmp_path: Path) -> None:
    path = tmp_path / "small.crfsuite"
    train(questions[::60], path)
    counts = measure(questions[7::200], path)
    assert counts.right.total() > counts.missed.total()
