"""Which of several documents is meant, told by what only one of them prints."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.scope import Choice, Scope, narrowed
from tests.assistant.scope.records import AUDIT, EDUCATION, EDUCATION_BEFORE, FINANCE

PRINTED = {
    AUDIT.document_id: "经济责任审计专项经费，公务接待费，会议费",
    EDUCATION.document_id: "学前教育生均经费补助，公务接待费，会议费",
    FINANCE.document_id: "国库集中支付系统运维，公务接待费，会议费",
}


def holders(texts: Sequence[str]) -> list[frozenset[str]]:
    """For each text the documents that print it."""
    return [frozenset(id for id, printed in PRINTED.items() if text in printed) for text in texts]


CHOICE = Choice((AUDIT, EDUCATION, FINANCE))


@pytest.mark.parametrize(
    ("question", "meant"),
    [("学前教育生均经费补助多少", EDUCATION), ("那个国库集中支付系统的运维花了多少", FINANCE)],
)
def test_the_only_one_that_prints_it(question: str, meant: object) -> None:
    found = narrowed([question], CHOICE, holders)
    assert isinstance(found, Scope) and [target.document for target in found.targets] == [meant]


@pytest.mark.parametrize(
    "question",
    ["公务接待费多少", "城市绿化养护多少", "学前教育生均经费补助和经济责任审计专项经费各多少"],
)
def test_what_several_or_none_print_tells_nothing(question: str) -> None:
    assert narrowed([question], CHOICE, holders) == CHOICE


def test_the_conversation_before_tells_too() -> None:
    found = narrowed(["比上年多吗", "学前教育生均经费补助多少"], CHOICE, holders)
    assert isinstance(found, Scope) and found.targets[0].document == EDUCATION


def test_years_of_one_unit_are_asked_back() -> None:
    choice = Choice((EDUCATION, EDUCATION_BEFORE))
    assert narrowed(["学前教育生均经费补助多少"], choice, holders) == choice
