"""Nothing that can be typed breaks the engine or makes it run away, whatever was asked before."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import meanings
from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.errors import QuestionInvalid
from assistant.steps import MOST, Steps, TooManySteps
from assistant.understand.types import Understanding
from assistant.understand.understand import understand
from benchmarks.random_questions import FOLLOWING, MARKS, ODD, WORDS, Asked, names_of, random_questions

_SECONDS: Final = 3.0
"""Of a processor's time, which a busy machine does not lengthen; an answer takes hundredths of one."""

_QUESTIONS: Final = 250
_TURNS: Final = 8

pieces = st.sampled_from((*WORDS, *MARKS, *ODD)) | st.text(max_size=4)
texts = st.sampled_from(FOLLOWING) | st.lists(pieces, max_size=8).map("".join)


def _ask(engine: Assistant, question: str, history: tuple[str, ...] = ()) -> Answer | None:
    """The answer, None where it was no question; in time, and fit to be sent."""
    started = time.thread_time()
    try:
        answer = engine.ask(question, history)
    except QuestionInvalid:
        answer = None
    assert time.thread_time() - started < _SECONDS
    if answer:
        answer.model_dump_json()
    return answer


@pytest.fixture(scope="module")
def engine(seed_assistant: Assistant) -> Assistant:
    seed_assistant.warm_up()
    return seed_assistant


def test_random_questions_are_answered_or_refused_in_time(engine: Assistant) -> None:
    for asked in random_questions(_QUESTIONS, names_of(engine._library)):
        _ask(engine, *asked)


def test_random_questions_over_many_documents(corpus_assistant: Assistant) -> None:
    corpus_assistant.warm_up()
    for asked in random_questions(_QUESTIONS, names_of(corpus_assistant._library)):
        _ask(corpus_assistant, *asked)


@given(question=texts, history=st.lists(texts, max_size=_TURNS).map(tuple))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_typed_is_answered_or_refused_in_time(
    engine: Assistant, question: str, history: tuple[str, ...]
) -> None:
    _ask(engine, question, history)


def _conversations() -> list[Asked]:
    """Conversations of follow-ups alone, each of which rests on all before it."""
    chance = random.Random(1)
    first = "商品和服务支出最高的是哪项，占多少？"
    mixed = [Asked(chance.choice(FOLLOWING), (first, *chance.choices(FOLLOWING, k=_TURNS - 1))) for _ in range(20)]
    return [*mixed, *(Asked(text, (first, *[text] * (_TURNS - 1))) for text in FOLLOWING)]


@pytest.mark.parametrize("asked", _conversations(), ids=str)
def test_follow_ups_of_follow_ups_are_read_in_time(engine: Assistant, asked: Asked) -> None:
    assert _ask(engine, *asked) is not None


def test_every_text_is_understood_once(engine: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: Counter[tuple[str, str]] = Counter()

    def count(question: str, catalog: Any, fixed: Any = ()) -> Understanding:
        counted[question, catalog.document_id] += 1
        return understand(question, catalog, fixed)

    monkeypatch.setattr(meanings, "understand", count)
    engine.ask("那它占多少呀？", ("福利费和差旅费哪个高呀？", *["它下面最高的是哪项呀？"] * (_TURNS - 1)))
    assert counted and set(counted.values()) == {1}


def test_the_oldest_questions_are_left_out_where_reading_them_takes_too_much(engine: Assistant) -> None:
    odd = "商品和服务支出最高的是哪项，占多少？它比培训费多多少？占比最高的是哪个？"
    answer = engine.ask("那它呢", [odd] * _TURNS)
    assert any("只接着最近" in note for note in answer.notes)
    assert not any("只接着最近" in note for note in engine.ask("公务接待费是多少？", [odd]).notes)


def test_an_answer_is_the_same_whatever_was_asked_meanwhile(engine: Assistant) -> None:
    """Steps are counted for what is kept as well, so a busy process reads a question as a new one does."""
    conversation = ("哪个项目最高，它占多少", *["占比最高的是哪项，占多少"] * (_TURNS - 1))
    first, again = (engine.ask("它比上年多多少", conversation) for _ in range(2))
    assert first.model_dump(exclude={"elapsed_ms"}) == again.model_dump(exclude={"elapsed_ms"})


@pytest.mark.parametrize("odd", ["", "  ", "\n", "\x00", "\ud800", "\u200b", "问" * 501])
def test_what_is_no_question_is_none_in_the_conversation(engine: Assistant, odd: str) -> None:
    plain = engine.ask("它比上年多多少？", ("公务接待费是多少？",))
    with_odd = engine.ask("它比上年多多少？", (odd, "公务接待费是多少？", odd))
    assert with_odd.answer == plain.answer and with_odd.figures


def test_odd_characters_within_earlier_questions_are_left_out(engine: Assistant) -> None:
    answer = engine.ask("它是多少？", ("\ud800公务\x00接待费是多少？",))
    answer.model_dump_json()
    assert "公务接待费为 **0.69 万元**" in answer.answer


def test_steps_run_out() -> None:
    steps = Steps()
    steps.spend(MOST)
    with pytest.raises(TooManySteps):
        steps.spend()


def test_what_is_kept_is_made_once() -> None:
    made: list[int] = []
    steps = Steps()
    assert [steps.once("key", lambda: made.append(1)) for _ in range(2)] == [None, None]
    assert made == [1]
