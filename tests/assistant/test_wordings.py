"""What may stand around a question without changing it, and what may not. The wordings stand in wordings.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.catalog import DocumentCatalog
from assistant.understand.understand import understand
from tests.assistant.meaning import names, read_cases

WORDINGS = read_cases(Path(__file__).with_name("wordings.yaml"))
HARMLESS = [wording for said in WORDINGS["harmless"].values() for wording in said]
HARMFUL = [question for asked in WORDINGS["harmful"].values() for question in asked]


@pytest.fixture(scope="module")
def assistant(seed_index: Path) -> Assistant:
    return Assistant(seed_index)


@pytest.mark.parametrize("item", ["公务接待费", "行政运行"])
@pytest.mark.parametrize("wording", HARMLESS)
def test_harmless_words_change_nothing(wording: str, item: str, seed_catalog: DocumentCatalog) -> None:
    asked = understand(wording.format(item), seed_catalog)
    assert (asked.leftover, [*map(names, asked.operands)]) == ((), [{item}])
    assert (asked.intent, asked.operation) == ("figure", "lookup")


@pytest.mark.parametrize("question", HARMFUL)
def test_what_asks_for_something_else_is_not_answered(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question).route in ("refuse", "clarify")


def test_there_are_enough_of_both() -> None:
    assert min(len(HARMLESS), len(HARMFUL)) >= 150
