"""A service that is stopped, started for real."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import free_port, running


def test_stopped_while_it_is_still_loading_it_ends_in_order_and_says_nothing(seed_index: Path, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    with running(["-m", "assistant", "serve", "--port", str(port), "--index", str(seed_index)], port, log):
        pass  # it answers, and its threads load on
    (told,) = log.read_text(encoding="utf-8").splitlines()
    assert f":{port}" in told
