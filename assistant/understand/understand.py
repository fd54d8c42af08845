"""The whole of understanding: one question against one document's catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.catalog import DocumentCatalog
from assistant.understand.parse import parse
from assistant.understand.tokenize import tokenize
from assistant.understand.types import Token, Understanding


def understand(question: str, catalog: DocumentCatalog, fixed: Sequence[Token] = ()) -> Understanding:
    """The typed meaning of a question. ``fixed``: stretches whose meaning is known already (what the scope is)."""
    return parse(question, tokenize(question, catalog, fixed), catalog)
