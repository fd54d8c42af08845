"""Where the money comes from, asked for in the words in which it is asked where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core import Core
from assistant.query import Rank, Rows
from tests.assistant.budgets import Budget, core_over

BUDGET = Budget(
    "青山市水务局", 2026, (("2130301", "行政运行", "9.00"),), (("30211", "差旅费", "9.00"),), hospitality="1.00"
)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    folder: Path = tmp_path_factory.mktemp("revenue")
    return core_over(folder, BUDGET)


@pytest.mark.parametrize(
    ("question", "kind", "side"),
    [
        ("大头是什么收入", "income", "收入"),
        ("收入的大头是什么", "income", "收入"),
        ("钱的大头花在哪了", "any", "支出"),
    ],
)
def test_whose_items_are_ranked(core: Core, question: str, kind: str, side: str) -> None:
    (reading,) = core.read(f"青山市水务局2026年{question}", ())
    (ask,) = reading.asks
    assert isinstance(ask.query, Rank) and isinstance(ask.query.rows, Rows)
    assert (ask.query.rows.kind, ask.query.rows.within.side) == (kind, side)
