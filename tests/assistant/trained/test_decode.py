"""From fixed likelihoods to a reading: spans, asks in order, arguments by their role, and how likely all of it is."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.trained.alphabet import MOST_ASKS, OPERATIONS, ROLES, SPANS
from assistant.trained.decode import reading_of
from assistant.trained.network import Likelihoods, Likely


def likely_of(names: tuple[str, ...], labels: list[str], sure: float) -> Likelihoods:
    """For each place the named label by so much, the rest over the others."""
    found = np.full((len(labels), len(names)), (1 - sure) / (len(names) - 1))
    for place, label in enumerate(labels):
        found[place, names.index(label)] = sure
    return found


def said(text: str, start: int, spans: list[str], asks: list[tuple[str, list[str]]], sure: float = 0.9) -> Likely:
    """What a network says that is equally sure of everything."""
    operations = [name for name, _ in asks] + ["none"] * (MOST_ASKS - len(asks))
    roles = [labels for _, labels in asks] + [["none"] * len(text)] * (MOST_ASKS - len(asks))
    return Likely(
        text, start, likely_of(SPANS, spans, sure), likely_of(OPERATIONS, operations, sure),
        np.array([likely_of(ROLES, labels, sure) for labels in roles]), np.full(MOST_ASKS, 0.8),
    )  # fmt: skip


SHARE = said(
    "甲占乙几成", 0, ["B-i", "B-o", "B-i", "B-a", "I-a"],
    [("share", ["B-first", "none", "B-second", "none", "none"])],
)  # fmt: skip


def test_spans_and_arguments() -> None:
    reading = reading_of(SHARE)
    assert [(s.label, s.text, s.start) for s in reading.spans] == [
        ("i", "甲", 0), ("o", "占", 1), ("i", "乙", 2), ("a", "几成", 3),
    ]  # fmt: skip
    (ask,) = reading.asks
    assert ask.operation == "share"
    assert [s.text for s in ask.first] == ["甲"] and [s.text for s in ask.second] == ["乙"]
    assert ask.answerable == pytest.approx(0.8)


def test_a_reading_is_as_likely_as_its_least_likely_ask() -> None:
    roles = ["B-first", "I-first", "none", "none", "none"]
    text = ["B-i", "I-i", "x", "B-a", "I-a"]
    one = reading_of(said("会议费多少", 0, text, [("value", roles)]))
    two = reading_of(said("会议费多少", 0, text, [("value", roles), ("why", ["none"] * 5)]))
    assert one.likely == pytest.approx(one.asks[0].likely)
    assert len(two.asks) == 2 and two.likely == min(ask.likely for ask in two.asks)


def test_an_argument_is_a_whole_span_whatever_some_of_its_characters_are() -> None:
    roles = ["B-first", "none", "I-first", "none", "B-first", "none"]
    (ask,) = reading_of(said("公务费和水费", 0, ["B-i", "B-i", "I-i", "B-k", "B-i", "I-i"], [("sum", roles)])).asks
    assert [s.text for s in ask.first] == ["公务费", "水费"]


def test_arguments_of_earlier_questions_keep_their_place() -> None:
    roles = ["B-first", "I-first", "none", "B-second", "I-second", "none"]
    reading = reading_of(said("水费\n电费差", 3, ["B-i", "I-i", "B-o"], [("difference", roles)]))
    assert [(s.text, s.start) for s in reading.asks[0].first] == [("水费", 0)]
    assert [(s.text, s.start) for s in reading.spans] == [("电费", 3), ("差", 5)]


def test_nothing_is_asked() -> None:
    reading = reading_of(said("你好", 0, ["B-f", "I-f"], []))
    assert reading.asks == () and reading.likely == pytest.approx(0.9)
