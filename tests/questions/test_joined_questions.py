"""Questions that are each answered right, joined to one: it has to tell what each tells by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, groupby
from pathlib import Path
from typing import Final

import pytest

from assistant.ask import Assistant
from assistant.evaluate import EvalQuestion, Score, judge
from assistant.scope import named_in, scope_spans
from assistant.understand.tokenize import normalised_question
from tests.questions.sets import open_index

_WHOLE: Final = (
    "{}？{}",
    "{}。第二个问题：{}",
    "1.{} 2.{}",
    "{}？另外，{}",
    "一是{}；二是{}",
    "老张问：{}？小李问：{}",
)
_CUT: Final = ("{}，还有{}", "{}；另外{}", "{}，顺便问下{}", "{}。再问一个：{}", "{}，再就是{}", "{}？还想知道{}")
_OPENING: Final = re.compile("^[的，,：:]+")
_CLOSING: Final = re.compile("(，请注明出处|，?谢谢|，怎么回)?[？?。]*$")
_WAYS: Final = ("whole", "cut")
_RIGHT: Final = {"whole": 98.0, "cut": 98.0}
"""Per cent of the joined questions that must be answered right; the floors only rise."""


@pytest.fixture(scope="module")
def engine(invented_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The engine over the invented budgets."""
    return open_index(invented_index, tmp_path_factory.mktemp("joined_talks"))


@pytest.fixture(scope="module")
def pairs(engine: Assistant, invented_scores: dict[str, Score]) -> list[tuple[EvalQuestion, EvalQuestion]]:
    """Pairs of questions of one document that are each answered right and tell nothing to be open."""
    told = [
        judgement.question
        for score in invented_scores.values() for judgement in score.judgements
        if judgement.verdict == "right" and judgement.question.expect and not judgement.answer.unanswered
        and named_in(judgement.question.question, engine._core.register).units
    ]  # fmt: skip
    found: list[tuple[EvalQuestion, EvalQuestion]] = []
    for _, same in groupby(sorted(told, key=lambda q: (q.cite, q.id)), key=lambda question: question.cite):
        questions = list(same)
        found += [(one, other) for one, other in zip(questions, questions[7:], strict=False) if one.kind != other.kind]
    return found


@pytest.mark.parametrize("way", _WAYS)
def test_two_joined_questions_are_answered_as_each_by_itself(
    engine: Assistant, pairs: list[tuple[EvalQuestion, EvalQuestion]], way: str
) -> None:
    some = pairs[_WAYS.index(way) :: len(_WAYS)]
    assert len(some) >= 40
    failed = list(_failed(engine, some, way))
    assert 100 * (len(some) - len(failed)) / len(some) >= _RIGHT[way], "\n".join(failed)


def _failed(engine: Assistant, pairs: list[tuple[EvalQuestion, EvalQuestion]], way: str) -> Iterator[str]:
    """The joined questions that are not answered right, with what is told."""
    for (one, other), joint in zip(pairs, cycle(_WHOLE if way == "whole" else _CUT), strict=False):
        second = other.question if way == "whole" else _without_scope(other.question, engine)
        joined = joint.format(_CLOSING.sub("", one.question), _CLOSING.sub("", second))
        answer = engine.ask(joined)
        verdicts = [judge(each, answer).verdict for each in (one, other)]
        if verdicts != ["right", "right"]:
            yield f"{verdicts} {joined}: {answer.answer[:160]}"


def _without_scope(question: str, engine: Assistant) -> str:
    """A question without the words for its unit and year."""
    text = normalised_question(question)
    for start, end in reversed(scope_spans(question, engine._core.register)):
        text = text[:start] + text[end:]
    return _OPENING.sub("", text)
