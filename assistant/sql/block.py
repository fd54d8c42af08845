"""One SELECT while its evidence is rewritten: what it reads, what its columns are computed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from sqlglot import exp

from assistant.errors import UntraceableQuery
from assistant.sql import lists
from assistant.sql.lineage import CountTrace, Field, Keys, Origin, SumTrace, of_either, united
from assistant.sql.prepare import group_keys, is_correlated, is_grouped, own_nodes, sources

_SUMS: Final = (exp.Sum, exp.Avg, exp.Median)
_RANKINGS: Final = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile)
_FROM_OTHER_ROWS: Final = (*_RANKINGS, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
_KEEPS_AGGREGATE: Final = (exp.Round, exp.Cast, exp.Coalesce, exp.Nullif)
_AGGREGATE_NAMES: Final[dict[type[exp.Expr], str]] = {
    exp.ArgMax: "max",
    exp.ArgMin: "min",
    exp.AnyValue: "any",
    exp.GroupConcat: "text",
}
_Narrowing = Callable[[exp.Expr], exp.Expr]


@dataclass(slots=True)
class Relation:
    """What a block reads: its columns, and its rows' origins. ``tag`` is set for a view, None for a subquery."""

    fields: dict[str, Field]
    rows: frozenset[Origin]
    keys: Keys
    tag: int | None = None

    def tags(self) -> set[int]:
        """All tags in the evidence of this relation that a column, or a row, of it rests on."""
        if self.tag is not None:
            return {self.tag}
        origins = self.rows.union(*(column.origins for column in self.fields.values()))
        return {origin.tag for origin in origins}


@dataclass(slots=True)
class Traced(Relation):
    """A rewritten query, with the sums and counts that its evidence tells the addends of."""

    query: exp.Query = field(kw_only=True)
    sums: list[SumTrace] = field(default_factory=list)
    counts: list[CountTrace] = field(default_factory=list)


class Statement(Protocol):
    """What a block needs of the tracer of its statement."""

    has_context: bool

    def query(self, node: exp.Expr, *, is_exact: bool = False) -> Traced:
        """Rewrites a subquery."""
        ...

    def relation(self, source: exp.Expr) -> Relation:
        """Rewrites a member of FROM."""
        ...

    def derive_tag(self, origin: Origin, collected: Callable[[int], exp.Expr]) -> tuple[int, exp.Expr, exp.Expr]:
        """A tag for some rows of ``origin``, and the list of those rows: for the evidence, and for the context."""
        ...

    def accompany(self, tags: Iterable[int], others: Iterable[int]) -> None:
        """Notes that what rests on any of ``tags`` was chosen by the rows of ``others`` too."""
        ...

    def decide(self, origins: Iterable[Origin]) -> None:
        """Notes that rows are chosen by these."""
        ...

    def decide_by_order(self, query: exp.Query, fields: Mapping[str, Field]) -> None:
        """Notes that LIMIT chooses rows by these columns."""
        ...


class Block:
    """One SELECT without DISTINCT while it is rewritten. ``is_exact``: a row that is added twice stands twice."""

    def __init__(self, statement: Statement, select: exp.Select, *, is_exact: bool) -> None:
        self._statement = statement
        self._select = select
        self._is_exact = is_exact
        self._grouped = is_grouped(select)
        self._evidence: list[exp.Expr] = []
        self._context: list[exp.Expr] = []
        self._row_context: list[exp.Expr] = []
        self._sums: list[SumTrace] = []
        self._counts: list[CountTrace] = []
        self._relations = {source.alias: statement.relation(source) for source in sources(select)}
        self._owners = {tag: alias for alias, relation in self._relations.items() for tag in relation.tags()}
        self._rows = frozenset[Origin]().union(*(relation.rows for relation in self._relations.values()))
        self._keys = self._joined_keys()

    def _joined_keys(self) -> Keys:
        """By which rows of the join are told apart: not by a side that may be missing."""
        first, *others = self._relations.values()
        keys = first.keys
        for join, relation in zip(self._select.args.get("joins") or (), others, strict=True):
            side = join.side
            if side == "FULL":
                keys = of_either(keys, relation.keys)
            elif side != "LEFT":
                keys = relation.keys if side == "RIGHT" else keys + relation.keys
        return keys

    def traced(self) -> Traced:
        """The block with its evidence (and context) behind its columns."""
        select, keys = self._select, group_keys(self._select)
        if self._statement.has_context:
            self._conditions()
        fields = {
            projection.alias: replace(value, is_merged=value.is_merged or projection.this in keys)
            for projection in select.expressions
            for value in (self._field(projection.this),)
        }
        if self._statement.has_context:
            self._statement.decide_by_order(select, fields)
        own = [self._own_rows(alias, relation) for alias, relation in self._relations.items()]
        evidence = lists.joined([*own, *self._evidence])
        if self._grouped and not self._is_exact:
            evidence = lists.unique(evidence)
        lists.append(select, lists.EVIDENCE, evidence)
        if self._statement.has_context:
            lists.append(select, lists.CONTEXT, lists.joined([*self._inner_context(), *self._context]))
        return Traced(fields, self._rows, self._keys, query=select, sums=self._sums, counts=self._counts)

    def _own_rows(self, alias: str, relation: Relation) -> exp.Expr:
        if relation.tag is None:
            return lists.gathered(alias) if self._grouped else lists.column(alias, lists.EVIDENCE)
        entry = lists.entry(relation.tag, alias)
        return lists.gather(entry) if self._grouped else exp.Array(expressions=[entry])

    # What decides which rows are read and kept

    def _conditions(self) -> None:
        arguments = self._select.args
        for node in (arguments.get("where"), *(join.args.get("on") for join in arguments.get("joins") or ())):
            self._condition(node, of_rows=True)
        for node in (arguments.get("having"), arguments.get("qualify"), arguments.get("limit") and arguments["order"]):
            self._condition(node)

    def _condition(self, node: exp.Expr | None, *, of_rows: bool = False) -> None:
        if not self._statement.has_context:
            return
        for found in own_nodes(node):
            if isinstance(found, exp.Column) and found.table in self._relations:
                self._statement.decide(self._relations[found.table].fields[found.name].origins)
            elif isinstance(found, exp.Window):
                self._statement.decide(self._window(found).origins)
            elif isinstance(found, exp.Query):
                self._add_context(found, of_rows=of_rows)

    def _add_context(self, subquery: exp.Query, *, of_rows: bool) -> None:
        """All rows a condition reads; where each row has a list of its own, the lists of all rows of a group."""
        traced = self._statement.query(subquery.copy())
        rows = _all_rows(traced.query, subquery, evidence=True, context=True)
        if of_rows and is_correlated(subquery):
            self._row_context.append(rows)
            rows = lists.gathered_lists(rows) if self._grouped else rows
        self._context.append(rows)

    def _inner_context(self) -> list[exp.Expr]:
        if self._grouped:
            return [lists.gathered_context(alias) for alias in self._subqueries_read()]
        return [lists.column(alias, lists.CONTEXT) for alias in self._subqueries_read()]

    def _subqueries_read(self) -> list[str]:
        return [alias for alias, relation in self._relations.items() if relation.tag is None]

    # What a value is computed from

    def _field(self, node: exp.Expr) -> Field:
        """What ``node``'s value is computed from; rows that only it reads are added to the evidence."""
        if isinstance(node, exp.Column):
            return self._relations[node.table].fields[node.name]
        if isinstance(node, exp.Paren | exp.IgnoreNulls):
            return self._field(node.this)
        if isinstance(node, exp.Window):
            return self._window(node)
        if isinstance(node, exp.Filter):
            return self._aggregate(node.this, node.expression.this)
        if isinstance(node, exp.AggFunc):
            return self._aggregate(node, None)
        if isinstance(node, exp.Query):
            return self._subquery(node)
        if isinstance(node, exp.Exists):
            return Field(frozenset(origin._replace(column=None) for origin in self._subquery(node.this).origins))
        if isinstance(node, exp.Add | exp.Sub):
            return self._addition(node)
        return self._computed(node)

    def _computed(self, node: exp.Expr) -> Field:
        children = list(node.iter_expressions())
        if isinstance(node, exp.Case | exp.If) and node.this is not None:
            self._condition(node.this)
            children.remove(node.this)
        fields = [self._field(child) for child in children]
        value = united(fields)
        if isinstance(node, exp.Div):
            value = replace(value, divisors=value.origins - fields[0].addends)
        return value if isinstance(node, _KEEPS_AGGREGATE) else replace(value, aggregate=None)

    def _addition(self, node: exp.Expr) -> Field:
        """Figures of different rows that are written as summands are a sum as well."""
        terms = [(self._field(term), is_added) for term, is_added in _terms(node)]
        added = [value.addends for value, is_added in terms if is_added and value.addends]
        if len({frozenset(origin.tag for origin in origins) for origins in added}) > 1:
            self._sums.append(SumTrace(frozenset[Origin]().union(*added)))
        return replace(united([value for value, _ in terms]), aggregate=None)

    def _subquery(self, node: exp.Query) -> Field:
        """A subquery whose value is shown: its rows are evidence as any other."""
        with_outer_row = is_correlated(node)
        traced = self._statement.query(node.copy(), is_exact=self._is_exact and with_outer_row)
        self._evidence.append(_all_rows(traced.query, node, evidence=True))
        if self._statement.has_context:
            self._context.append(_all_rows(traced.query.copy(), node, context=True))
        if with_outer_row:
            self._sums += traced.sums
            self._counts += traced.counts
        fields = list(traced.fields.values())
        return fields[0] if len(fields) == 1 else united(fields)

    def _aggregate(self, node: exp.Expr, condition: exp.Expr | None) -> Field:
        node, condition = _with_condition(node, condition)
        self._condition(condition)
        value = self._arguments(node)
        tags: dict[int, int] = {}
        if condition is not None:
            only = condition
            tags = self._derived(value.origins, lambda rows: lists.filtered(rows, only))
        self._note_addends(node, value, tags)
        return Field(_retagged(value.origins, tags), _AGGREGATE_NAMES.get(type(node), node.key))

    def _window(self, node: exp.Window) -> Field:
        """A window function reads rows of its partition; all of them are its evidence, whatever the frame."""
        function, condition = node.this, None
        if isinstance(function, exp.Filter):
            function, condition = function.this, function.expression.this
        if isinstance(function, exp.IgnoreNulls):
            function = function.this
        function, condition = _with_condition(function, condition)
        self._condition(condition)
        ranked = isinstance(function, _RANKINGS)
        origins = self._ranked(node) if ranked else self._arguments(function).origins
        if self._statement.has_context:
            self._context.extend(lists.partitioned_context(alias, node) for alias in self._subqueries_read())
            self._context.extend(lists.gathered_lists(rows.copy(), node) for rows in self._row_context)
        joined = self._rows if self._statement.has_context else frozenset[Origin]()
        tags = self._derived(origins | joined, lambda rows: lists.partitioned(lists.filtered(rows, condition), node))
        read = {tags[origin.tag] for origin in origins if origin.tag in tags}
        self._statement.accompany(read, set(tags.values()) - read)
        name = None if isinstance(function, _FROM_OTHER_ROWS) else _AGGREGATE_NAMES.get(type(function), function.key)
        return Field(_retagged(origins, tags), name)

    def _ranked(self, node: exp.Window) -> frozenset[Origin]:
        order = node.args.get("order")
        return united([self._field(key.this) for key in order.expressions] if order else []).origins or self._rows

    def _arguments(self, node: exp.Expr) -> Field:
        """The cells an aggregate reads; the rows themselves where it reads none, as COUNT(*)."""
        parts = node.this.expressions if isinstance(node.this, exp.Distinct) else list(node.iter_expressions())
        value = united([self._field(part.this if isinstance(part, exp.Order) else part) for part in parts])
        if isinstance(node, _SUMS) and value.is_merged:
            raise UntraceableQuery(
                "先去重（DISTINCT、UNION、GROUP BY）再相加，会漏掉金额相同的行。", "请去掉去重，或改用 UNION ALL。"
            )
        return value if value.origins else Field(self._rows)

    # Which rows an aggregate or window reads

    def _derived(self, origins: Iterable[Origin], only: _Narrowing) -> dict[int, int]:
        """New tags for the rows that ``only`` lets into an aggregate, and the lists of them where they are needed."""
        tags: dict[int, int] = {}
        for origin in sorted(origins, key=lambda origin: origin.tag):
            if origin.tag in self._owners and origin.tag not in tags:
                collected = self._collector(origin.tag, only)
                tags[origin.tag], evidence, context = self._statement.derive_tag(origin, collected)
                self._evidence.append(evidence)
                if self._statement.has_context:
                    self._context.append(context)
        return tags

    def _collector(self, old: int, only: _Narrowing) -> Callable[[int], exp.Expr]:
        alias = self._owners[old]
        if self._relations[alias].tag is not None:
            return lambda tag: only(lists.gather(lists.entry(tag, alias)))
        rows = lists.flattened(only(lists.gather(lists.column(alias, lists.EVIDENCE))))
        return lambda tag: lists.retagged(rows, old, tag)

    def _note_addends(self, node: exp.Expr, value: Field, tags: Mapping[int, int]) -> None:
        if isinstance(node, _SUMS) and value.addends:
            if not {origin.tag for origin in value.addends} <= self._owners.keys():
                raise UntraceableQuery("合计函数里的子查询会被每行加一次。", "请把子查询写到合计函数外面。")
            self._sums.append(SumTrace(_retagged(value.addends, tags)))
        elif isinstance(node, exp.Count) and not isinstance(node.this, exp.Distinct):
            self._counts.append(CountTrace(self._counted_by(value, tags)))

    def _counted_by(self, value: Field, tags: Mapping[int, int]) -> Keys:
        """All rows of the join are counted, or those in which the columns of some relations aren't NULL."""
        counted = {origin.tag for origin in value.origins}
        if value.origins == self._rows:
            keys: Iterable[frozenset[int]] = self._keys
        else:
            keys = [key & counted for relation in self._relations.values() for key in relation.keys if key & counted]
        known = tuple(frozenset(tags.get(tag, tag) for tag in key) for key in keys)
        return known or (frozenset(tags.get(tag, tag) for tag in counted),)


def _all_rows(query: exp.Query, original: exp.Query, *, evidence: bool = False, context: bool = False) -> exp.Expr:
    """DuckDB 2.0 fails on a correlated COUNT whose value isn't read, so one row's lists are read without its values."""
    if isinstance(query, exp.Select) and is_correlated(original) and is_grouped(query):
        return lists.of_one_row(query, evidence=evidence, context=context)
    return lists.all_rows(query, evidence=evidence, context=context)


def _retagged(origins: Iterable[Origin], tags: Mapping[int, int]) -> frozenset[Origin]:
    return frozenset(origin._replace(tag=tags.get(origin.tag, origin.tag)) for origin in origins)


def _terms(node: exp.Expr, is_added: bool = True) -> Iterator[tuple[exp.Expr, bool]]:
    """The summands of a chain of ``+`` and ``-``, and whether each is added."""
    if isinstance(node, exp.Paren):
        yield from _terms(node.this, is_added)
    elif isinstance(node, exp.Add | exp.Sub):
        yield from _terms(node.this, is_added)
        yield from _terms(node.expression, is_added == isinstance(node, exp.Add))
    else:
        yield node, is_added


def _with_condition(node: exp.Expr, condition: exp.Expr | None) -> tuple[exp.Expr, exp.Expr | None]:
    """``SUM(CASE WHEN c THEN x END)`` reads only the rows with ``c``, as ``SUM(x) FILTER (WHERE c)`` does."""
    node, within = _split_condition(node)
    if condition is None or within is None:
        return node, condition or within
    return node, exp.And(this=exp.Paren(this=condition.copy()), expression=exp.Paren(this=within.copy()))


def _split_condition(node: exp.Expr) -> tuple[exp.Expr, exp.Expr | None]:
    if isinstance(node, exp.CountIf):
        return exp.Count(this=exp.Star()), node.this
    aggregated = isinstance(node, exp.AggFunc) and not isinstance(node, _FROM_OTHER_ROWS)
    argument = node.this.unnest() if aggregated and node.this is not None else None
    if isinstance(argument, exp.Case) and argument.this is None and len(argument.args["ifs"]) == 1:
        branch, default = argument.args["ifs"][0], argument.args.get("default")
    elif isinstance(argument, exp.If):
        branch, default = argument, argument.args.get("false")
    else:
        return node, None
    adds_nothing = isinstance(node, exp.Sum) and isinstance(default, exp.Literal) and default.this == "0"
    if not (default is None or isinstance(default, exp.Null) or adds_nothing):
        return node, None
    narrowed = node.copy()
    narrowed.set("this", branch.args["true"].copy())
    return narrowed, branch.this
