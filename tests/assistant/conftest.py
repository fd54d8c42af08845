"""The fixture engine for what is above the engine: command line, API, page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doubles import FixtureEngine


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small warehouse is kept."""
    return tmp_path_factory.mktemp("small")


@pytest.fixture
def fixture_engine(engine_folder: Path) -> FixtureEngine:
    """A new engine over the small warehouse."""
    return FixtureEngine(engine_folder)
