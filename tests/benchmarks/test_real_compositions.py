"""Plain questions judged by brute force: the judge tells right from wrong, and no answer over these documents is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from assistant.answer import Answer, Clarify, Figure
from assistant.ask import Assistant
from assistant.settings import Settings
from benchmarks.compositions.bound import BOUND
from benchmarks.real_compositions import KINDS, TOGETHER, Asked, Part, judged, ledgers_of, questions
from tests.assistant.compositions.invented import ARCHIVE, WATER, build_book

OF_EACH_KIND: Final = 14
SEED: Final = 20261130
LEAST_RIGHT: Final = 0.9
"""Of those that have an answer: heads are counted by few documents."""

_SUM: Final = Part("合计", ((("amount", 30000),), (("amount", 50000),)))  # type: ignore[arg-type]
_SHARE: Final = Part("占比", ((("percent", 25),),))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=("seed", "water", "archive"))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The seed and two invented budgets, one after the other."""
    if request.param == "seed":
        return request.getfixturevalue("seed_assistant")  # type: ignore[no-any-return]
    folder = tmp_path_factory.mktemp(request.param)
    index = build_book({"water": WATER, "archive": ARCHIVE}[request.param], folder)
    return Assistant(index, Settings(index_dir=index, conversations=folder / "talks.sqlite"))


def test_no_plain_question_is_answered_wrongly(engine: Assistant) -> None:
    ledgers = ledgers_of(engine)
    told = Counter[str]()
    wrong: list[str] = []
    for kind in (*KINDS, TOGETHER):
        for asked in questions(ledgers, kind, OF_EACH_KIND, SEED):
            verdict = judged(asked, engine.ask(asked.question))
            told[verdict] += kind != "人均"
            wrong += [asked.question] if verdict == "wrong" else []
    assert not wrong
    assert sum(told.values()) > len(KINDS) * OF_EACH_KIND / 2
    assert told["right"] >= LEAST_RIGHT * sum(told.values()), told


def test_no_question_whose_words_have_to_bind_is_answered_wrongly(engine: Assistant) -> None:
    ledgers = ledgers_of(engine)
    drawn = [asked for kind in BOUND for asked in questions(ledgers, kind, OF_EACH_KIND, SEED)]
    told = [(judged(asked, engine.ask(asked.question, asked.history)), asked.question) for asked in drawn]
    assert [question for verdict, question in told if verdict == "wrong"] == []
    assert sum(verdict == "right" for verdict, _ in told) > len(told) / 2


def test_the_same_seed_draws_the_same_questions(engine: Assistant) -> None:
    first, again, others = (
        [asked.question for asked in questions(ledgers_of(engine), "两项", 5, seed)] for seed in (1, 1, 2)
    )
    assert first == again and len(set(first)) == 5 and first != others


def _answer(*figures: tuple[str, str], **more: object) -> Answer:
    told = [Figure(label="", value=value, unit=unit, citations=[1]) for value, unit in figures]
    parts = {"route": "sql", "refused": False, "answer": "", **more}
    return Answer(id="", question="", standalone_question="", figures=told, **parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (_answer(("3.00", "万元"), ("25", "%")), "right"),
        (_answer(("50000.00", "元"), ("25.04", "%")), "right"),
        (_answer(("3.02", "万元"), ("25", "%")), "wrong"),
        (_answer(("3.00", "万元")), "wrong"),
        (_answer(("3.00", "万元"), unanswered=["占比"]), "partial"),
        (_answer(route="refuse", refused=True), "refused"),
        (_answer(route="clarify", clarify=Clarify(question="", options=[])), "asked back"),
        (_answer(route="text"), "refused"),
        (_answer(route="text", answer="> 合计3万元，占25%。"), "right"),
    ],
)
def test_an_answer_is_judged_by_what_the_readings_come_to(answer: Answer, verdict: str) -> None:
    assert judged(Asked("", "", (_SUM, _SHARE)), answer) == verdict


def test_a_list_is_right_only_in_its_order() -> None:
    part = Part("前两名", ((("amount", 30000), ("amount", 20000)),), in_order=True)  # type: ignore[arg-type]
    asked = Asked("", "", (part,))
    assert judged(asked, _answer(("3", "万元"), ("2", "万元"))) == "right"
    assert judged(asked, _answer(("2", "万元"), ("3", "万元"))) == "wrong"


def test_counts_are_those_printed_as_such(tmp_path: Path) -> None:
    asked = Asked("", "", (Part("几个", ((("count", 4),),)),))  # type: ignore[arg-type]
    assert judged(asked, _answer(answer="共 **4 个项目**[1]")) == "right"
    assert judged(asked, _answer(answer="共 **5 个项目**[1]")) == "wrong"
