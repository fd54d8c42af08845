"""The seed's warehouse, and statements run over it as those of a model are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.catalog import DocumentCatalog
from assistant.library import Library
from assistant.model.sql.guard import Catalogue, guard
from assistant.model.sql.proof import Line, proved
from assistant.model.sql.run import Runner
from assistant.model.sql.trace import trace
from index.warehouse import Warehouse

Prove = Callable[[str], list[Line]]


@pytest.fixture(scope="session")
def warehouse(seed_library: Library) -> Warehouse:
    """The seed's, locked as ever."""
    return seed_library.warehouse


@pytest.fixture(scope="session")
def views(warehouse: Warehouse) -> Catalogue:
    """All of its views."""
    return warehouse.catalogue()


@pytest.fixture(scope="module")
def runner(warehouse: Warehouse) -> Iterator[Runner]:
    """The process that statements run in; patient, so that a busy machine fails no test."""
    runner = Runner(warehouse.path, seconds=30)
    yield runner
    runner.close()


@pytest.fixture
def prove(seed_library: Library, seed_catalog: DocumentCatalog, views: Catalogue, runner: Runner) -> Prove:
    """Guards, traces, runs and proves a statement."""

    def made(sql: str) -> list[Line]:
        traced = trace(guard(sql, views), seed_catalog.document_id)
        rows, *ranges = runner.run([traced.sql, *(each.sql for each in traced.ranges)])
        return proved(traced, rows, ranges, seed_catalog, seed_library)

    return made
