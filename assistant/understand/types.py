"""What understanding yields: typed meaning, with what was not understood left visible."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from assistant.catalog import Link

Operation = Literal[
    "lookup", "sum", "count", "mean", "max", "min", "top", "share", "ratio", "difference", "change", "list", "exists",
]  # fmt: skip
Intent = Literal["figure", "conflict", "reason", "definition", "duty", "who", "prose", "instruction"]
Comparison = Literal["gt", "ge", "lt", "le", "eq", "ne", "range"]


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the question: ``group`` is term, total, year, number … or a section of question_words.yaml."""

    group: str
    name: str
    text: str
    start: int
    end: int
    links: tuple[Link, ...] = ()
    value: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Operand:
    """Names that together point at one figure: item, column, unit, table. ``total`` asks for a side's grand total."""

    terms: tuple[Token, ...] = ()
    total: Literal["收入", "支出"] | None = None

    @property
    def text(self) -> str:
        """The names as the question has them."""
        return "".join(t.text for t in self.terms) or (f"{self.total}总计" if self.total else "")

    def with_terms(self, extra: tuple[Token, ...]) -> Operand:
        """This operand narrowed by more names."""
        return replace(self, terms=(*extra, *self.terms))


@dataclass(frozen=True, slots=True)
class Threshold:
    """A filter on amounts: ``values`` in ``unit`` (None: the table's unit); two of them for a range."""

    comparison: Comparison
    values: tuple[Decimal, ...]
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question's meaning. ``leftover`` are the content words that nothing accounts for."""

    question: str
    intent: Intent = "figure"
    operation: Operation = "lookup"
    operands: tuple[Operand, ...] = ()
    base: Operand | None = None
    classes: tuple[str, ...] = ()
    level: int | None = None
    limit: int | None = None
    ordinals: tuple[int, ...] = ()
    descending: bool = True
    thresholds: tuple[Threshold, ...] = ()
    asked_unit: str | None = None
    counted: str | None = None
    wants_count: bool = False
    wants_sum: bool = False
    wants_reason: bool = False
    years: tuple[int, ...] = ()
    relative_year: str | None = None
    document_type: str | None = None
    whole: bool = False
    mentions_budget: bool = False
    excluded: tuple[Operand, ...] = ()
    leftover: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = field(default=(), repr=False)
