"""The documents that compositions range over: the seed and two invented budgets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pytest

from assistant.answering.draft import Draft
from assistant.core import Core
from assistant.library import Library
from assistant.meanings import Meanings
from tests.assistant.compositions.invented import ARCHIVE, WATER, build_book
from tests.assistant.compositions.ledger import Ledger

DOCUMENTS: Final = ("seed", "water", "archive")


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
        return Shelf(Library(request.getfixturevalue("seed_index")))
    book = {"water": WATER, "archive": ARCHIVE}[request.param]
    return Shelf(Library(build_book(book, tmp_path_factory.mktemp(request.param))))
