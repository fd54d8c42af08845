"""What is kept of a file beside its content: whose budget it is, how much was read, and what tells it from others."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

SKETCHED: Final = 128
"""How many amounts stand for all of them: enough to tell 90 % of agreement from 100 %."""

Status = Literal["document", "part", "duplicate", "replaced", "unusable"]
"""What a file is to the index: a document, a further file of one, the same once more, an older version, no use."""


class Counts(BaseModel):
    """How much was read: tables by kind, and findings by outcome (a difference within rounding counts apart)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tables: dict[str, int] = {}
    figures: int = 0
    statements: int = 0
    findings: dict[str, int] = {}
    row_checks: dict[str, int] = {}
    chunks: int = 0


class AmountSketch(BaseModel):
    """A multiset of amounts, small enough to keep: equal ones have one digest, similar ones share ``smallest``.

    ``smallest`` are hashes; ``largest`` are the largest amounts, in whole hundreds of 元, as prose rounds them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: str
    count: int
    smallest: tuple[str, ...]
    largest: tuple[int, ...]

    def resemblance(self, other: AmountSketch) -> float:
        """The estimated share of amounts that both have, from 0 to 1."""
        union = sorted({*self.smallest, *other.smallest})[:SKETCHED]
        shared = set(self.smallest) & set(other.smallest)
        return sum(key in shared for key in union) / len(union) if union else 0.0

    def common(self, other: AmountSketch) -> int:
        """How many large amounts both have."""
        return len(set(self.largest) & set(other.largest))


class FileSummary(BaseModel):
    """One file after parsing; ``prose`` is how many characters stand in sentences.

    ``names_unit`` is whether the file itself says whose it is; ``unread`` what of it could not be read, and where;
    ``recognised`` how many of its pages are scans; ``other_owners`` units beside its own whose tables it holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    unit_name: str
    names_unit: bool
    region: str | None
    year: int | None
    document_type: str
    unit_level: str
    published: date | None
    is_correction: bool
    prose: int
    counts: Counts
    table_amounts: AmountSketch
    prose_amounts: AmountSketch
    unread: tuple[str, ...] = ()
    recognised: int = 0
    other_owners: tuple[str, ...] = ()

    @property
    def budget(self) -> str:
        """Whose budget it is, of which year and which sort."""
        year = f"{self.year}年" if self.year else ""
        return f"{self.unit_name}{year}{self.unit_level}{self.document_type}"
