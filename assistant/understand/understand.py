"""The whole of understanding: one question against one document's catalogue."""

from __future__ import annotations

from assistant.catalog import DocumentCatalog
from assistant.understand.parse import parse
from assistant.understand.tokenize import tokenize
from assistant.understand.types import Understanding


def understand(question: str, catalog: DocumentCatalog) -> Understanding:
    """The typed meaning of a question."""
    return parse(question, tokenize(question, catalog), catalog)
