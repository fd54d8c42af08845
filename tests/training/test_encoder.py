"""Marked questions as the network sees them: arguments by place and role, put anew without losing any."""

from __future__ import annotations

import pytest

from assistant.trained.alphabet import MOST_ASKS, OPERATIONS, ROLES, SPANS
from training.encoder.examples import Example, Labelled, Varied, example_of, labelled_example
from training.marked import Marked, read_marked


def marked(text: str, asks: list[dict[str, object]], history: tuple[str, ...] = ()) -> Marked:
    return Marked.model_validate(
        {"id": "t", "doc": "d", "voice": "public", "writer": 0, "marked": text, "asks": asks, "history": history}
    )


def labelled_of(text: str, asks: list[dict[str, object]], history: tuple[str, ...] = ()) -> Labelled:
    found = labelled_example(example_of(marked(text, asks, history)))
    assert found
    return found


def said(example: Labelled, ask: int) -> list[tuple[str, str]]:
    """Each argument of an ask with its role."""
    found: list[tuple[str, str]] = []
    for character, number in zip(example.characters, example.roles[ask], strict=True):
        part, _, role = ROLES[number].partition("-")
        if part == "B":
            found.append((character, role))
        elif part == "I":
            found[-1] = (found[-1][0] + character, role)
    return found


@pytest.mark.parametrize(
    ("text", "ask", "arguments"),
    [
        (
            "{i:水费}{k:和}{i:电费}{o:占}{i:公用经费}{a:几成}", {"op": "share", "args": ["水费", "电费", "公用经费"]},
            [("水费", "first"), ("电费", "first"), ("公用经费", "second")],
        ),
        (
            "{i:总支出}{o:扣掉}{i:水费}{k:和}{i:电费}{a:剩多少}",
            {"op": "difference", "args": ["总支出", "水费", "电费"]},
            [("总支出", "first"), ("水费", "second"), ("电费", "second")],
        ),
        (
            "{i:水费}{k:和}{i:电费}{o:一共}{a:多少}", {"op": "sum", "args": ["水费", "电费"]},
            [("水费", "first"), ("电费", "first")],
        ),
    ],
)  # fmt: skip
def test_arguments_and_their_roles(text: str, ask: dict[str, object], arguments: list[tuple[str, str]]) -> None:
    found = labelled_of(text, [ask])
    assert said(found, 0) == arguments
    assert found.operations == (OPERATIONS.index(str(ask["op"])), *[0] * (MOST_ASKS - 1))


def test_an_argument_of_an_earlier_question_is_pointed_at_there() -> None:
    found = labelled_of("{o:少了}{a:多少}", [{"op": "change", "args": ["水费"]}], ("今年水费多少",))
    assert found.characters == "今年水费多少\n少了多少" and said(found, 0) == [("水费", "first")]
    assert found.is_question.index(True) == 7


def test_an_argument_is_found_where_it_is_asked_not_where_it_is_talked_of() -> None:
    found = labelled_of("{f:说到水费，}{t:今年}{i:水费}{a:多少}", [{"op": "value", "args": ["水费"]}])
    assert found.roles[0].index(ROLES.index("B-first")) == found.characters.rindex("水费")


def test_labels_of_characters() -> None:
    found = labelled_of("{t:今年}{i:水费}", [{"op": "value", "args": ["水费"]}])
    assert [SPANS[number] for number in found.spans] == ["B-t", "I-t", "B-i", "I-i"]


def test_questions_are_put_anew_and_stay_whole() -> None:
    examples = [example_of(question) for question in list(read_marked())[:400]]
    varied = Varied(examples, seed=1)
    anew = [varied.of(example) for example in examples]
    assert anew == [again.of(example) for again in [Varied(examples, seed=1)] for example in examples]
    assert sum(one != other for one, other in zip(examples, anew, strict=True)) > 150
    lost = [example for example in anew if labelled_example(example) is None]
    assert len(lost) < 8
    assert all(len(example.asks) <= MOST_ASKS or example in examples for example in anew)


def test_two_questions_become_one() -> None:
    one = example_of(marked("{i:水费}{a:多少}", [{"op": "value", "args": ["水费"]}]))
    two = example_of(marked("{i:电费}{a:多少}", [{"op": "value", "args": ["电费"]}]))
    talk = example_of(marked("{f:有人问}，{i:书报费}{a:多少}", [{"op": "value", "args": ["书报费"]}]))
    varied = Varied([one, two, talk], seed=0)
    joined: list[Example] = [each for _ in range(200) if len((each := varied.of(one)).asks) == 2]
    found = labelled_example(joined[0])
    assert found and [len(said(found, ask)) for ask in (0, 1)] == [1, 1]
