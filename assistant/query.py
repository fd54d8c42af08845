"""The query algebra: what a question means, whoever read it (rules, a language model, a trained reader).

Closed, typed, frozen and JSON-serialisable. Names are texts as the question has them: binding them to the items of a
document is the planner's. Nodes nest freely: a bound, a part or a base is a query again. Every node may carry the
spans of the normalised question that it covers, so that a word that no node covers stays visible.
``json_schema()`` is the schema that docs/query.schema.json publishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
TargetKind = Literal["any", "number", "money", "percent", "count", "time"]
Intent = Literal["anything", "why", "what_is", "who", "duty", "which_units", "goal"]


class Node(BaseModel):
    """What all nodes share: frozen, no unknown fields, the spans of the normalised question that it covers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    spans: tuple[Span, ...] = ()


ACTUAL: Final = "实有人员"
"""The name under which people are counted that are there, not the posts that there may be."""


BOUGHT_VEHICLES: Final = "公务用车购置费"
"""The name under which vehicles are asked for that are to be bought: of the money for them."""


GOAL_PROJECTS: Final = "编报绩效目标的项目"
"""The name under which the projects are asked for that a sentence says to have a performance goal."""


class Name(Node):
    """A name as the question has it; ``meant`` is what was written where that differs (公务结待费).

    ``is_linked``: whether an item of a document bears it; else it is a word that only a text may hold.
    """

    text: str
    meant: str | None = None
    is_linked: bool = True
    is_unit: bool = False


def unplaced(names: Iterable[Name]) -> tuple[Name, ...]:
    """Names without where the question says them, to be told apart by what they are alone."""
    return tuple(name.model_copy(update={"spans": ()}) for name in names)


class Select(Node):
    """The figures that all names together point at: items, columns, units, tables.

    ``within``: what a clause before says it is within; ``is_inside``: the clause itself says so (A里的B). ``counted``:
    the counting word of a number of things (辆, 人次). ``winner``: the item that another query puts first. ``side``: a
    side's grand total where no item is named. ``place``: only what sentences state, or only what tables print.
    ``described``: words that say what the item is, instead of its name. ``refers``: another clause says what is meant,
    which by itself would mean something else (收入 for the income just named).
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
    described: str | None = None
    refers: bool = False


class Rows(Node):
    """The rows below what is selected (or of the named table), of one kind and level.

    ``is_below``: of units only those below the department, not its own level. ``columns``: what else their table has
    to print of them. ``without_goal``: of projects only those whose goal is not published.
    """

    op: Literal["rows"] = "rows"
    within: Select = Field(default_factory=lambda: Select())
    kind: RowKind = "any"
    level: int | None = None
    is_below: bool = False
    without_goal: bool = False
    columns: tuple[Name, ...] = ()


class Condition(Node):
    """A bound on rows: printed numbers in ``unit``, another query's figure, the rows' mean, or a text in the label.

    ``starts``, ``ends``, ``holds``: what the label begins with, ends in or has in it. ``column``: it is the row's
    figure, or what it says, in another column that is bounded.
    """

    comparison: Comparison = "gt"
    values: tuple[Decimal, ...] = ()
    unit: str | None = None
    than: Query | None = None
    of_mean: bool = False
    starts: str | None = None
    ends: str | None = None
    holds: str | None = None
    column: Name | None = None

    @property
    def is_negated(self) -> bool:
        """Whether rows with this text in their label are left out."""
        return self.comparison == "ne" and self.is_of_label

    @property
    def is_of_label(self) -> bool:
        """Whether it is on what rows are called."""
        return (self.starts or self.ends or self.holds) is not None


class Filter(Node):
    """The rows that meet all conditions; ``includes``: what is said to be among them."""

    op: Literal["filter"] = "filter"
    rows: Query
    conditions: tuple[Condition, ...]
    includes: tuple[Name, ...] = ()

    @property
    def columns(self) -> tuple[Name, ...]:
        """The columns of the rows that conditions bound."""
        return tuple(condition.column for condition in self.conditions if condition.column)


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
    """The sum of several figures, or of all rows of one set. ``k``: so many as it is said to be of (这两个)."""

    op: Literal["sum"] = "sum"
    of: tuple[Query, ...]
    k: int | None = None


class Mean(Node):
    """The mean of several figures, or of all rows of one set. ``k``: so many as it is said to be of (四个功能类)."""

    op: Literal["mean"] = "mean"
    of: tuple[Query, ...]
    k: int | None = None


class Count(Node):
    """How many rows there are."""

    op: Literal["count"] = "count"
    of: Query


class Difference(Node):
    """Two or more figures and how far the first is from each other one; which is the larger is said.

    ``rest``: what is left of the first without all others. ``in_per_cent``: also how far in per cent of the other one.
    """

    op: Literal["difference"] = "difference"
    of: tuple[Query, ...]
    rest: bool = False
    in_per_cent: bool = False


class Rest(Node):
    """How far the parts of a whole that are named fall short of it, and where the rest sits.

    Of one part the larger figure is the whole: two statements of one thing. Without parts they are those that the
    document lists of the whole, ``count`` of them where that is said.
    """

    op: Literal["rest"] = "rest"
    whole: Query
    parts: tuple[Query, ...] = ()
    count: int | None = None


class BaseOf(Node):
    """The figure of which a part is so many per cent: what a stated share was taken of."""

    op: Literal["base_of"] = "base_of"
    part: Query
    percent: Decimal


class Fixed(Node):
    """A number that no document tells: one that everybody knows, the months of a year, or that the question gives.

    ``name``: what it is a number of.
    """

    op: Literal["fixed"] = "fixed"
    value: Decimal
    unit: str
    name: str = "全年"


class Ratio(Node):
    """``part`` divided by ``base``: times, or an amount per thing where the base is a count (每辆, 人均).

    ``places``: to how many decimals, where the question says so.
    """

    op: Literal["ratio"] = "ratio"
    part: Query
    base: Query
    places: int | None = None


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
    """A figure against last year's: both, the gap and the per cent, as far as they are told.

    ``recomputed``: the per cent is to be worked out too, whatever is stated.
    """

    op: Literal["change"] = "change"
    of: Query
    recomputed: bool = False


class Each(Node):
    """A query for each of several documents; of one unit's years, the newest against the others.

    ``unit``: only the one of them that is so called, as a part of all.
    """

    op: Literal["each"] = "each"
    over: Literal["documents", "units", "years"] = "documents"
    of: Query
    unit: str = ""


class Several(Node):
    """Several figures side by side."""

    op: Literal["several"] = "several"
    of: tuple[Query, ...]


class Exists(Node):
    """Whether there is such a figure, and what it is."""

    op: Literal["exists"] = "exists"
    of: Query


class Moves(Node):
    """How far each of some rows changed against last year: those that went one way, or stayed the same.

    ``by_rate``: it is the per cent by which they are ranked.
    """

    op: Literal["moves"] = "moves"
    rows: Rows
    way: Literal["any", "up", "down", "same"] = "any"
    by_rate: bool = False


class PaidFrom(Node):
    """The kinds of money that a row is paid from: the columns of funds that it fills."""

    op: Literal["paid_from"] = "paid_from"
    of: Query


class Places(Node):
    """Everywhere that a document states one thing: an amount, a number of things or how far it changed.

    Asked where somebody says that the places don't agree.
    """

    op: Literal["places"] = "places"
    of: Query


class Breakdown(Node):
    """What a unit's total of one side is made of, column by column: where its money comes from, what it is for."""

    op: Literal["breakdown"] = "breakdown"
    of: Select


class FromDocument(Node):
    """What is taken as asked for because a document was found to tell it: by a form, a list of offices, a sentence."""


class Given(FromDocument):
    """A figure that the question gives, as the document prints it: ``value`` in ``unit``, said as ``text``.

    ``said``: what stands before it; of several places that print it the likeliest bears that name.
    """

    op: Literal["given"] = "given"
    value: Decimal
    unit: str | None = None
    text: str = ""
    said: str = ""


class Target(FromDocument):
    """What the performance form of a project sets for one thing: a number to be reached, or words.

    ``text``: what it is set for, as it is asked; ``around``: the texts that may name the project, the nearest first.
    ``counted``: the unit that the number is asked in; ``kind``: what it is a number of.
    """

    op: Literal["target"] = "target"
    text: str
    around: tuple[str, ...] = ()
    counted: str | None = None
    kind: TargetKind = "any"


class Targets(FromDocument):
    """All that the form of a project sets for one class of indicators (成本指标); of all classes for ""."""

    op: Literal["targets"] = "targets"
    group: str = ""
    around: tuple[str, ...] = ()


class Funds(FromDocument):
    """What a project costs, as its performance form prints it."""

    op: Literal["funds"] = "funds"
    around: tuple[str, ...] = ()


class FormsOf(FromDocument):
    """The projects that an organisation carries out, as their forms say; ``text`` names it."""

    op: Literal["forms_of"] = "forms_of"
    text: str


class Aim(FromDocument):
    """The goal of a project in the words of its performance form."""

    op: Literal["aim"] = "aim"
    around: tuple[str, ...] = ()


class Office(FromDocument):
    """Which office of a department is in charge of something: ``texts`` say of what, the nearest first.

    ``is_own``: it is asked whether the department itself is.
    """

    op: Literal["office"] = "office"
    texts: tuple[str, ...]
    is_own: bool = False


class Holder(FromDocument):
    """Who carries out a project, as its form or the list that it stands in says."""

    op: Literal["holder"] = "holder"
    names: tuple[Name, ...]


class MadeUp(FromDocument):
    """Of which units a budget is made up; ``members``: names of which it is asked whether they are among them."""

    op: Literal["made_up"] = "made_up"
    members: tuple[str, ...] = ()


class UnitsOf(FromDocument):
    """How many units of one kind are listed, and which: ``kind`` is what their list is called (事业单位).

    ``is_below``: without the department's own level.
    """

    op: Literal["units_of"] = "units_of"
    kind: str
    is_below: bool = False


class Staffing(FromDocument):
    """People against posts, of each kind that is named (行政) and, where ``of_all``, of all of them together.

    ``units``: of which units; ``by_unit``: which units have more people than posts (``side`` "over") or fewer.
    ``most``: only the unit that is furthest from its posts. ``as_rate``: in per cent of the posts too.
    """

    op: Literal["staffing"] = "staffing"
    kinds: tuple[str, ...] = ()
    of_all: bool = False
    units: tuple[Name, ...] = ()
    by_unit: bool = False
    side: Literal["any", "over", "free"] = "any"
    most: bool = False
    as_rate: bool = False


class Purchased(FromDocument):
    """How many of something are bought, for how much, and what one costs; ``things``: what, as it is said.

    ``words`` of the question tell which of several it is, ``units`` who buys it; ``counted``: what it is counted in.
    """

    op: Literal["purchased"] = "purchased"
    things: tuple[str, ...]
    words: tuple[str, ...] = ()
    units: tuple[Name, ...] = ()
    counted: str = ""


class Mentioned(FromDocument):
    """What sentences say that hold most of the telling ones of some words (A和B是什么关系).

    ``left_out``: they have to say that something is not among the rest (A为什么没算进来).
    """

    op: Literal["mentioned"] = "mentioned"
    words: tuple[str, ...]
    left_out: bool = False


class Stated(FromDocument):
    """A number of things that a sentence states, in the unit that it is asked in; ``text``: how it is asked."""

    op: Literal["stated"] = "stated"
    text: str
    counted: str


class Coded(FromDocument):
    """What each figure of a quoted code stands for (“1336”: 围绕“1”个目标、聚焦“3”大职责 …)."""

    op: Literal["coded"] = "coded"
    code: str


class Travel(FromDocument):
    """To which countries somebody is to travel, and for what."""

    op: Literal["travel"] = "travel"


class Origin(FromDocument):
    """Of which funds a figure, or all that a unit has, is made up."""

    op: Literal["origin"] = "origin"
    of: Query


class Counted(FromDocument):
    """The kinds of things of one sort that a sentence counts one by one (车辆: 执法执勤用车 5 辆、…).

    ``is_bought``: of those that are to be bought, not of those that there are.
    """

    op: Literal["counted"] = "counted"
    of: str
    counted: str
    is_bought: bool = False


class Say(Node):
    """What the prose says about a topic, quoted."""

    op: Literal["say"] = "say"
    intent: Intent = "anything"
    topic: tuple[Name, ...] = ()
    words: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    counted: str | None = None


class Claim(Node):
    """A number that the question asserts, to be compared with the answer: ``value`` in ``unit``, said as ``text``.

    ``is_bound``: the figure is said to be more or less than it. ``way``: it is said to have risen or fallen by it.
    """

    op: Literal["claim"] = "claim"
    value: Decimal
    unit: str | None = None
    text: str = ""
    is_bound: bool = False
    way: Literal["up", "down"] | None = None


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
    | Rest
    | BaseOf
    | Ratio
    | Share
    | Shares
    | Change
    | Each
    | Several
    | Exists
    | Moves
    | PaidFrom
    | Places
    | Breakdown
    | Fixed
    | Given
    | Target
    | Targets
    | Funds
    | FormsOf
    | Aim
    | Office
    | Holder
    | MadeUp
    | UnitsOf
    | Staffing
    | Purchased
    | Mentioned
    | Stated
    | Coded
    | Travel
    | Origin
    | Counted
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
    Rest,
    BaseOf,
    Ratio,
    Share,
    Shares,
    Change,
    Each,
    Several,
    Exists,
    Moves,
    PaidFrom,
    Places,
    Breakdown,
    Origin,
):
    _node.model_rebuild()


_QUERIES: Final = (
    Select, Rows, Filter, Except, Rank, Sum, Mean, Count, Difference, Rest, BaseOf, Ratio, Share, Change, Each, Several,
    Exists, Moves, Places, Fixed, Say,
)  # fmt: skip


class Ask(Node):
    """One thing asked: its query, the stretch of the question that asks it, and what was not read of it.

    ``heads``: unread words that would change what is asked. ``adds_up``: a sum is asked for, which no sentence tells
    by telling its terms. ``wants_code``: the codes of items are asked for too. ``things``: unknown words that name
    something; what a document was found to tell of the ask has to tell them too. ``is_asserted``: the question only
    asserts it beside what it asks; it is checked where it can be, and left out where it can't.
    """

    query: Query
    text: str = ""
    claims: tuple[Claim, ...] = ()
    unread: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    wants_reason: bool = False
    adds_up: bool = False
    wants_code: bool = False
    things: tuple[str, ...] = ()
    is_asserted: bool = False


_ADAPTER: Final[TypeAdapter[Any]] = TypeAdapter(Query)


def json_schema() -> dict[str, Any]:
    """The schema of one query."""
    return _ADAPTER.json_schema()


def query_of(data: object) -> Query:
    """A query from its JSON form. Raises pydantic.ValidationError."""
    return _ADAPTER.validate_python(data)  # type: ignore[no-any-return]


def _parts_of(query: Query) -> Iterator[Query]:
    """The queries that a query is made of; not what selects rows, bounds them or was spoken of before."""
    match query:
        case Filter() | Except() | Rank() | Moves():
            yield query.rows
        case Shares():
            yield from (query.rows, query.part, *((query.whole,) if query.whole else ()))
        case Count() | Change() | Each() | Exists() | Places() | PaidFrom() | Breakdown() | Origin():
            yield query.of
        case Sum() | Mean() | Difference() | Several():
            yield from query.of
        case Share():
            yield from (*query.parts, *((query.whole,) if query.whole else ()))
        case BaseOf():
            yield query.part
        case Rest():
            yield from (query.whole, *query.parts)
        case Ratio():
            yield from (query.part, query.base)


def nodes_of(query: Query) -> Iterator[Query]:
    """The query and all queries within it."""
    yield query
    for part in _parts_of(query):
        yield from nodes_of(part)


def mapped(query: Query, change: Callable[[Query], Query]) -> Query:
    """The query with each query within it, and then itself, changed."""
    inner: dict[str, object] = {}
    for name in type(query).model_fields:
        value = getattr(query, name)
        if isinstance(value, _QUERIES):
            inner[name] = mapped(value, change)
        elif isinstance(value, tuple) and value and all(isinstance(each, _QUERIES) for each in value):
            inner[name] = tuple(mapped(each, change) for each in value)
    return change(query.model_copy(update=inner) if inner else query)


def adds_changes(query: Query | None) -> bool:
    """Whether changes are to be added up."""
    return isinstance(query, Sum) and all(isinstance(each, Change) for each in query.of)


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
        case Staffing() | Purchased():
            yield from query.units
        case _:
            for part in _parts_of(query):
                yield from names_of(part)
