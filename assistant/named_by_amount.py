"""A project that a question tells by its amount (1481万是什么工程，图什么): asked for by its printed name instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.core import Core
from assistant.library import Library
from assistant.reading.given import is_own_figure
from assistant.reading.patterns import pattern
from assistant.understand.tokenize import normalised_question, numbers_in
from assistant.understand.types import Token
from index.money import to_yuan
from index.records import DocumentRecord

_WHICH: Final = pattern("which_project")
_WHAT_FOR: Final = pattern("project_for_what")
_ASKS_MORE: Final = pattern("beyond_project")
_POINTS: Final = pattern("points_at_money")
_PROJECTS: Final = "项目支出表"


def with_project_named(question: str, history: Sequence[str], core: Core, library: Library) -> str:
    """The question, asked of the one project of which the document prints the amount that is given.

    Only where it asks which project that is, and what for; unchanged where several projects print the amount.
    """
    text = normalised_question(question)
    if not (_WHICH.search(text) and _WHAT_FOR.search(text)) or _ASKS_MORE.search(text):
        return question
    amount = _amount(text) or (_amount(normalised_question(history[-1])) if history and _POINTS.search(text) else None)
    if amount is None or amount.value is None:
        return question
    _, alternatives = core.about(question, history)
    if len(alternatives) != 1 or len(alternatives[0]) != 1:
        return question
    document = alternatives[0][0].document
    labels = set(_projects_of(amount, document, library))
    if len(labels) != 1:
        return question
    year = f"{document.year}年" if document.year else ""
    return f"{document.unit_name}{year}{labels.pop()}多少钱，干什么用的"


def _amount(text: str) -> Token | None:
    """The one amount of a text that has so many digits that it is of one thing."""
    own = [t for t in numbers_in(text) if t.value is not None and is_own_figure(t.value, t.unit, t.text)]
    return own[0] if len({(t.value, t.unit) for t in own}) == 1 else None


def _projects_of(amount: Token, document: DocumentRecord, library: Library) -> Iterator[str]:
    """The projects whose amount a document prints."""
    assert amount.value is not None
    catalog = library.catalog(document.document_id)
    for cell in library.cells_of_amount(document.document_id, to_yuan(amount.value, amount.unit or "")):
        if cell.row_id in catalog.rows and catalog.tables[cell.table_id].kind == _PROJECTS:
            yield catalog.rows[cell.row_id].label
