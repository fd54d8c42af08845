"""The seed's catalogue for the engine's parts; the fixture engine for what is above it: command line, API, page."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.draft import Draft
from assistant.catalog import DocumentCatalog
from assistant.core import Core
from assistant.library import Library
from assistant.meanings import Meanings
from tests.doubles import FixtureEngine

pytest.register_assert_rewrite("tests.assistant.meaning")


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small warehouse is kept."""
    return tmp_path_factory.mktemp("small")


@pytest.fixture
def fixture_engine(engine_folder: Path) -> FixtureEngine:
    """A new engine over the small warehouse."""
    return FixtureEngine(engine_folder)


@pytest.fixture(scope="session")
def seed_library(seed_index: Path) -> Library:
    """The opened index of the seed."""
    return Library(seed_index)


@pytest.fixture(scope="session")
def seed_catalog(seed_library: Library) -> DocumentCatalog:
    """What can be named in the seed."""
    (document_id,) = seed_library.documents
    return seed_library.catalog(document_id)


@pytest.fixture(scope="session")
def seed_meanings(seed_library: Library) -> Meanings:
    """What texts mean within the index of the seed."""
    return Meanings(seed_library)


@pytest.fixture(scope="session")
def seed_core(seed_library: Library, seed_meanings: Meanings) -> Core:
    """The query algebra over the seed."""
    return Core(seed_library, seed_meanings)


@pytest.fixture
def seed_draft(seed_library: Library, seed_catalog: DocumentCatalog) -> Draft:
    """An empty answer about the seed."""
    return Draft(seed_library, seed_catalog)
