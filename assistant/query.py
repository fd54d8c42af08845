"""The query algebra: what a question means, whoever read it (rules, a language model, a trained reader).

Closed, typed, frozen and JSON-serialisable. Names are texts as the question has them: binding them to the items of a
document is the planner's. Nodes nest freely: a bound, a part or a base is a query again. Every node may carry the
spans of the normalised question that it covers, so that a word that no node covers stays visible.
``json_schema()`` is the schema that docs/query.schema.json publishes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Span = tuple[int, int]
Side = Literal["收入", "支出"]
Quantity = Literal["any", "amount", "count", "percent", "text"]
Comparison = Literal["gt", "ge", "lt", "le", "eq", "ne", "range"]
Period = Literal["this", "last"]
RowKind = Literal[
    "any", "function", "economic", "account", "project", "purchase", "unit", "indicator", "income", "goal"
]
Place = Literal["prose", "table"]
Intent = Literal["anything", "why", "what_is", "who", "duty", "which_units", "goal"]


class Node(BaseModel):
    """What all nodes share: frozen, no unknown fields, the spans of the normalised question that it covers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    spans: tuple[Span, ...] = ()


ACTUAL: Final = "实有人员"
"""The name under which people are counted that are there, not the posts that there may be."""


class Name(Node):
    """A name as the question has it; ``meant`` is what was written where that differs (公务结待费).

    ``is_linked``: whether an item of a document bears it; else it is a word that only a text may hold.
    """

    text: str
    meant: str | None = None
    is_linked: bool = True
    is_unit: bool = False


class Select(Node):
    """The figures that all names together point at: items, columns, units, tables.

    ``within``: what a clause before says it is within; ``is_inside``: the clause itself says so (A里的B). ``counted``:
    the counting word of a number of things (辆, 人次). ``winner``: the item that another query puts first. ``side``: a
    side's grand total where no item is named. ``place``: only what sentences state, or only what tables print.
    """

    op: Literal["select"] = "select"
    names: tuple[Name, ...] = ()
    within: tuple[Name, ...] = ()
    side: Side | None = None
    period: Period = "this"
    quantity: Quantity = "any"
    counted: str | None = None
    is_inside: bool = False
    winner: Query | None = None
    place: Place | None = None


class Rows(Node):
    """The rows below what is selected (or of the named table), of one kind and level."""

    op: Literal["rows"] = "rows"
    within: Select = Field(default_factory=lambda: Select())
    kind: RowKind = "any"
    level: int | None = None


class Condition(Node):
    """A bound on rows: printed numbers in ``unit``, another query's figure, the rows' mean, or a text in the label.

    ``column``: it is the row's figure in another column that is bounded.
    """

    comparison: Comparison = "gt"
    values: tuple[Decimal, ...] = ()
    unit: str | None = None
    than: Query | None = None
    of_mean: bool = False
    starts: str | None = None
    holds: str | None = None
    column: Name | None = None

    @property
    def is_negated(self) -> bool:
        """Whether rows with this text in their label are left out."""
        return self.comparison == "ne" and (self.starts or self.holds) is not None


class Filter(Node):
    """The rows that meet all conditions."""

    op: Literal["filter"] = "filter"
    rows: Query
    conditions: tuple[Condition, ...]


class Except(Node):
    """Rows without those that ``items`` name."""

    op: Literal["except"] = "except"
    rows: Query
    items: tuple[Name, ...]


class Rank(Node):
    """The first ``k`` rows by value, or those at ``places`` (from 1); ``descending``: the largest first.

    ``by``: by their change against last year instead.
    """

    op: Literal["rank"] = "rank"
    rows: Query
    k: int = 1
    by: Literal["value", "change"] = "value"
    places: tuple[int, ...] = ()
    descending: bool = True


class Sum(Node):
    """The sum of several figures, or of all rows of one set."""

    op: Literal["sum"] = "sum"
    of: tuple[Query, ...]


class Mean(Node):
    """The mean of several figures, or of all rows of one set."""

    op: Literal["mean"] = "mean"
    of: tuple[Query, ...]


class Count(Node):
    """How many rows there are."""

    op: Literal["count"] = "count"
    of: Query


class Difference(Node):
    """Two or more figures and how far the first is from each other one; which is the larger is said.

    ``rest``: what is left of the first without all others.
    """

    op: Literal["difference"] = "difference"
    of: tuple[Query, ...]
    rest: bool = False


class Fixed(Node):
    """A number that no document tells and everybody knows: the months of a year."""

    op: Literal["fixed"] = "fixed"
    value: Decimal
    unit: str


class Ratio(Node):
    """``part`` divided by ``base``: times, or an amount per thing where the base is a count (每辆, 人均)."""

    op: Literal["ratio"] = "ratio"
    part: Query
    base: Query


class Share(Node):
    """Each part in per cent of the whole; without a whole, of what they are part of.

    ``around``: what was spoken of before, which may be the whole.
    """

    op: Literal["share"] = "share"
    parts: tuple[Query, ...]
    whole: Query | None = None
    around: Query | None = None


class Shares(Node):
    """Each row's own share: ``part``, one of its figures, of ``whole``, another one, or of its total where none is."""

    op: Literal["shares"] = "shares"
    rows: Rows
    part: Select
    whole: Select | None = None


class Change(Node):
    """A figure against last year's: both, the gap and the per cent, as far as they are told."""

    op: Literal["change"] = "change"
    of: Query


class Each(Node):
    """A query for each of several documents."""

    op: Literal["each"] = "each"
    over: Literal["documents", "units", "years"] = "documents"
    of: Query


class Several(Node):
    """Several figures side by side."""

    op: Literal["several"] = "several"
    of: tuple[Query, ...]


class Exists(Node):
    """Whether there is such a figure, and what it is."""

    op: Literal["exists"] = "exists"
    of: Query


class Moves(Node):
    """How far each of some rows changed against last year: those that went one way, where one is said.

    ``by_rate``: it is the per cent by which they are ranked.
    """

    op: Literal["moves"] = "moves"
    rows: Rows
    way: Literal["any", "up", "down"] = "any"
    by_rate: bool = False


class Places(Node):
    """Everywhere that a document states one thing: an amount, a number of things or how far it changed.

    Asked where somebody says that the places don't agree.
    """

    op: Literal["places"] = "places"
    of: Query


class Say(Node):
    """What the prose says about a topic, quoted."""

    op: Literal["say"] = "say"
    intent: Intent = "anything"
    topic: tuple[Name, ...] = ()
    words: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    counted: str | None = None


class Claim(Node):
    """A number that the question asserts, to be compared with the answer: ``value`` in ``unit``, said as ``text``."""

    op: Literal["claim"] = "claim"
    value: Decimal
    unit: str | None = None
    text: str = ""


Query = Annotated[
    Select
    | Rows
    | Filter
    | Except
    | Rank
    | Sum
    | Mean
    | Count
    | Difference
    | Ratio
    | Share
    | Shares
    | Change
    | Each
    | Several
    | Exists
    | Moves
    | Places
    | Fixed
    | Say,
    Field(discriminator="op"),
]

for _node in (
    Select,
    Rows,
    Condition,
    Filter,
    Except,
    Rank,
    Sum,
    Mean,
    Count,
    Difference,
    Ratio,
    Share,
    Shares,
    Change,
    Each,
    Several,
    Exists,
    Moves,
    Places,
):
    _node.model_rebuild()


class Ask(Node):
    """One thing asked: its query, the stretch of the question that asks it, and what was not read of it.

    ``heads``: unread words that would change what is asked. ``adds_up``: a sum is asked for, which no sentence tells
    by telling its terms.
    """

    query: Query
    text: str = ""
    claims: tuple[Claim, ...] = ()
    unread: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    wants_reason: bool = False
    adds_up: bool = False


_ADAPTER: Final[TypeAdapter[Any]] = TypeAdapter(Query)


def json_schema() -> dict[str, Any]:
    """The schema of one query."""
    return _ADAPTER.json_schema()


def query_of(data: object) -> Query:
    """A query from its JSON form. Raises pydantic.ValidationError."""
    return _ADAPTER.validate_python(data)  # type: ignore[no-any-return]


def nodes_of(query: Query) -> Iterator[Query]:
    """The query and all queries within it."""
    yield query
    match query:
        case Filter() | Except() | Rank() | Moves():
            yield from nodes_of(query.rows)
        case Shares():
            yield from (query.rows, query.part, *((query.whole,) if query.whole else ()))
        case Count() | Change() | Each() | Exists() | Places():
            yield from nodes_of(query.of)
        case Sum() | Mean() | Difference() | Several():
            for one in query.of:
                yield from nodes_of(one)
        case Share():
            for one in (*query.parts, *((query.whole,) if query.whole else ())):
                yield from nodes_of(one)
        case Ratio():
            yield from nodes_of(query.part)
            yield from nodes_of(query.base)
        case _:
            return


def rows_within(query: Query) -> Query | None:
    """The row set that a query ranges over."""
    match query:
        case Rows() | Filter() | Except():
            return query
        case Rank():
            return rows_within(query.rows)
        case Count():
            return rows_within(query.of)
        case Sum() | Mean() if len(query.of) == 1:
            return rows_within(query.of[0])
        case _:
            return None


def names_of(query: Query) -> Iterator[Name]:
    """All names of a query."""
    match query:
        case Select():
            yield from (*query.within, *query.names, *(names_of(query.winner) if query.winner else ()))
        case Rows():
            yield from names_of(query.within)
        case Say():
            yield from query.topic
        case Filter() | Except() | Rank() | Moves():
            yield from names_of(query.rows)
        case Shares():
            for one in (query.rows, query.part, *((query.whole,) if query.whole else ())):
                yield from names_of(one)
        case Count() | Change() | Each() | Exists() | Places():
            yield from names_of(query.of)
        case Sum() | Mean() | Difference() | Several():
            for one in query.of:
                yield from names_of(one)
        case Share():
            for one in (*query.parts, *((query.whole,) if query.whole else ())):
                yield from names_of(one)
        case Ratio():
            yield from names_of(query.part)
            yield from names_of(query.base)
