"""How many threads a computation may use."""

from __future__ import annotations

import pytest

from index import processors
from index.processors import threads


@pytest.mark.parametrize(("told", "used"), [("1", 1), ("3", 3), ("64", 4), ("0", 1), ("", 4), ("two", 4)])
def test_a_task_uses_no_more_threads_than_its_share(monkeypatch: pytest.MonkeyPatch, told: str, used: int) -> None:
    monkeypatch.setattr(processors, "processors", lambda: 4)
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    assert threads() == used
