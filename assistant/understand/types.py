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
    """One piece of the question: ``group`` is term, total, year, number … or a section of question_words.yaml.

    Of a misspelt term ``text`` is the name that is meant, ``name`` what the question has.
    ``light``: how many characters at its head may as well belong to the name before (项目支出|最多).
    """

    group: str
    name: str
    text: str
    start: int
    end: int
    links: tuple[Link, ...] = ()
    value: Decimal | None = None
    unit: str | None = None
    light: int = 0


@dataclass(frozen=True, slots=True)
class Operand:
    """Names that together point at one figure: item, column, unit, table. ``total`` asks for a side's grand total.

    ``context``: what a clause before says it is within (``三公经费中，公务接待费…``, ``…，其中项目支出…``).
    ``system``: the classification whose item is meant (``经济科目30113``).
    """

    terms: tuple[Token, ...] = ()
    total: Literal["收入", "支出"] | None = None
    context: tuple[Token, ...] = ()
    system: str | None = None

    @property
    def text(self) -> str:
        """The names as the question has them."""
        return "".join(t.text for t in self.terms) or (f"{self.total}总计" if self.total else "")

    @property
    def within_context(self) -> Operand:
        """This operand with its context's names among its own."""
        own = {term.text for term in self.terms}
        context = tuple(term for term in self.context if term.text not in own)
        return replace(self, terms=(*context, *self.terms), context=())

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
