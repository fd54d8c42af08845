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


_BASES = ("预算", "决算")


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
    ``added``: operands whose sum is meant (``会议费和培训费之和``). ``picked``: the question that picks the rows meant
    (``金额最高的三个项目``). Both leave the names empty, but for a column of the picked row (``最贵的品目买几台``).
    """

    terms: tuple[Token, ...] = ()
    total: Literal["收入", "支出"] | None = None
    context: tuple[Token, ...] = ()
    system: str | None = None
    added: tuple[Operand, ...] = ()
    picked: Understanding | None = None

    @property
    def text(self) -> str:
        """The names as the question has them."""
        if self.picked or self.added:
            return self.picked.question if self.picked else "、".join(operand.text for operand in self.added)
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
    """A filter on amounts: ``values`` in ``unit`` (None: the table's unit); two of them for a range.

    ``than``: the figure that is the bound instead (``比公务接待费高``). ``of_mean``: the bound is the rows' average.
    """

    comparison: Comparison
    values: tuple[Decimal, ...] = ()
    unit: str | None = None
    than: Operand | None = None
    of_mean: bool = False

    @property
    def is_nested(self) -> bool:
        """Whether the bound has to be looked up or computed first."""
        return self.than is not None or self.of_mean


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question's meaning. ``leftover`` are the content words that nothing accounts for.

    ``base`` is what the operand is compared with or a share of; ``further_bases`` are others that it is compared with
    one by one. ``share_of``: rows are told by their share of it, an empty operand standing for all of the rows.
    ``of_own_line``: the share of each row's figure in the row's own total is told (项目支出占本类支出的比重).
    ``of_each_unit``: the rows of each unit are ranked on their own. ``of_final``: a final account is asked.
    """

    question: str
    intent: Intent = "figure"
    operation: Operation = "lookup"
    operands: tuple[Operand, ...] = ()
    base: Operand | None = None
    further_bases: tuple[Operand, ...] = ()
    share_of: Operand | None = None
    of_own_line: bool = False
    of_each_unit: bool = False
    of_final: bool = False
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

    @property
    def asks_completion(self) -> bool:
        """Whether a final account is asked how far the budget was spent."""
        return any(token.group == "execution" for token in self.tokens)

    @property
    def asks_execution(self) -> bool:
        """Likewise, or for budget and spending side by side."""
        if not self.of_final:
            return False
        said = "".join(t.text for t in self.tokens if t.group in ("filler", "document_types"))
        return self.asks_completion or all(word in said for word in _BASES)

    @property
    def ranks(self) -> bool:
        """Whether rows are asked for by their rank."""
        return self.operation in ("max", "min", "top")
