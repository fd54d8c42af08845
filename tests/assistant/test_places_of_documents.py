"""Documents put in order by one item: who takes a place, and how far two places are apart."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import EDUCATION_2025, FOREST_2025, STREET_2025, assistant_over, whole_reply

NAMED = "青山市教委、桃源区林业局、万安街道办2025年公务接待费"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over three budgets of one year."""
    return assistant_over(tmp_path_factory.mktemp("三家"), EDUCATION_2025, FOREST_2025, STREET_2025)


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("从高到低排一下，倒数第二和末位差多少", ["2.75 万元", "0.90 万元", "1.85 万元"], ["7.10 万元"]),
        ("，排第一的和第二的差多少", ["8.00 万元", "2.75 万元", "5.25 万元"], ["7.10 万元"]),
    ],
)
def test_two_places_are_set_against_each_other(
    engine: Assistant, asked: str, told: list[str], untold: list[str]
) -> None:
    whole_reply(engine, f"{NAMED}{asked}", told, untold)


def test_who_comes_last_is_a_document(engine: Assistant) -> None:
    whole_reply(engine, f"{NAMED}，倒数第一是谁", ["万安街道", "0.90 万元"])


def test_a_place_that_nobody_takes_is_told_open(engine: Assistant) -> None:
    answer = engine.ask(f"{NAMED}，排第三的和第四的差多少")
    assert answer.refused or answer.unanswered
