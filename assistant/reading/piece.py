"""A piece: one stretch of the normalised question and what it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.understand.types import Token

Kind = Literal[
    "name", "total", "op", "intent", "unit", "bound", "class", "level", "year", "period", "number", "joint", "break",
    "within", "ask", "word", "framing", "scope", "filler", "basis", "date", "own",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of the normalised question; ``name`` is the entry of the lexicon, ``token`` what a name links to."""

    kind: Kind
    text: str
    start: int
    end: int
    name: str = ""
    value: Decimal | None = None
    unit: str | None = None
    token: Token | None = None

    def as_talk(self) -> Piece:
        """The stretch as one that says nothing: it keeps its words and its place."""
        return replace(self, kind="filler", name="", token=None)
