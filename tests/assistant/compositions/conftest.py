"""The documents that compositions range over: the seed and two invented budgets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pytest
from sqlglot import exp

from assistant.answering.draft import Draft
from assistant.core import Core
from assistant.library import Library
from assistant.meanings import Meanings
from assistant.sql.run import ResultSet
from tests.assistant.compositions.invented import ARCHIVE, WATER, build_book
from tests.assistant.compositions.ledger import Ledger

DOCUMENTS: Final = ("seed", "water", "archive")


class RememberingLibrary(Library):
    """A library that runs each statement once: thousands of queries range over the same few rows."""

    def __init__(self, index_dir: Path) -> None:
        super().__init__(index_dir)
        self._results: dict[str, ResultSet] = {}

    def run(self, query: exp.Query) -> ResultSet:
        """A query through all walls, the first time."""
        sql = query.sql(dialect="duckdb")
        if sql not in self._results:
            self._results[sql] = super().run(query)
        return self._results[sql]


@dataclass(frozen=True)
class Shelf:
    """One document: what the product reads of it, and what brute force reads."""

    library: Library

    @cached_property
    def ledger(self) -> Ledger:
        """The document's cells."""
        return Ledger(self.library)

    @cached_property
    def core(self) -> Core:
        """Answers to questions about it."""
        return Core(self.library, Meanings(self.library))

    def draft(self) -> Draft:
        """An empty answer."""
        return Draft(self.library, self.library.catalog(self.ledger.document_id))


@pytest.fixture(scope="session", params=DOCUMENTS)
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Each of the documents in turn."""
    if request.param == "seed":
        return Shelf(RememberingLibrary(request.getfixturevalue("seed_index")))
    book = {"water": WATER, "archive": ARCHIVE}[request.param]
    return Shelf(RememberingLibrary(build_book(book, tmp_path_factory.mktemp(request.param))))
