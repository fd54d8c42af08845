"""One SELECT while its evidence is rewritten: what it reads, what its columns are computed from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from sqlglot import exp

from assistant.errors import UntraceableQuery
from assistant.sql import lists
from assistant.sql.lineage import Field, Origin, SumTrace, united
from assistant.sql.prepare import has_windows, is_grouped, subqueries

_SUMS: Final = (exp.Sum, exp.Avg)
_RANKINGS: Final = (exp.RowNumber, exp.Rank, exp.DenseRank)
_FROM_OTHER_ROWS: Final = (*_RANKINGS, exp.Lag, exp.Lead)
_KEEPS_AGGREGATE: Final = (exp.Round, exp.Cast, exp.Coalesce, exp.Nullif)
_AGGREGATE_NAMES: Final[dict[type[exp.Expr], str]] = {
    exp.ArgMax: "max",
    exp.ArgMin: "min",
    exp.AnyValue: "any",
    exp.GroupConcat: "text",
}


@dataclass(slots=True)
class Relation:
    """What a block reads: its columns, and its rows' origins. ``tag`` is set for a view, None for a subquery."""

    fields: dict[str, Field]
    rows: frozenset[Origin]
    sums: list[SumTrace]
    tag: int | None = None

    def tags(self) -> set[int]:
        """All tags in the evidence of this relation that a column, or a row, of it rests on."""
        if self.tag is not None:
            return {self.tag}
        origins = self.rows.union(*(column.origins for column in self.fields.values()))
        return {origin.tag for origin in origins}


@dataclass(slots=True)
class Traced(Relation):
    """A rewritten query."""

    query: exp.Query = field(kw_only=True)


class Statement(Protocol):
    """What a block needs of the tracer of its statement."""

    has_context: bool

    def query(self, node: exp.Expr) -> Traced:
        """Rewrites a subquery."""
        ...

    def relation(self, source: exp.Expr) -> Relation:
        """Rewrites a member of FROM."""
        ...

    def derive_tag(self, origin: Origin, collected: Callable[[int], exp.Expr]) -> tuple[int, exp.Expr]:
        """A tag for some rows of ``origin``, and the list of those rows."""
        ...

    def is_derived(self, tag: int) -> bool:
        """Whether ``tag`` stands for some rows of another tag."""
        ...


class Block:
    """One SELECT without DISTINCT while it is rewritten."""

    def __init__(self, statement: Statement, select: exp.Select) -> None:
        self._statement = statement
        self._select = select
        self._grouped = is_grouped(select)
        if self._grouped and has_windows(select):
            raise UntraceableQuery("窗口函数和分组不可写在同一层。", "请把分组放进子查询，在外层用窗口函数。")
        self._evidence: list[exp.Expr] = []
        self._context: list[exp.Expr] = []
        sources = [select.args["from_"], *(select.args.get("joins") or ())]
        self._relations = {source.this.alias: statement.relation(source.this) for source in sources}
        self._owners = {tag: alias for alias, relation in self._relations.items() for tag in relation.tags()}
        self._rows = frozenset[Origin]().union(*(relation.rows for relation in self._relations.values()))
        self._sums = [
            replace(total, nested=total.nested or self._grouped)
            for relation in self._relations.values()
            for total in relation.sums
        ]

    def traced(self) -> Traced:
        """The block with its evidence (and context) behind its columns."""
        select = self._select
        for part in ("where", "having", "qualify", "order"):
            self._condition(select.args.get(part))
        for join in select.args.get("joins") or ():
            self._condition(join.args.get("on"))
        fields = {projection.alias: self._field(projection.this) for projection in select.expressions}
        own = [self._own_rows(alias, relation) for alias, relation in self._relations.items()]
        lists.append(select, lists.EVIDENCE, lists.joined([*own, *self._evidence]))
        if self._statement.has_context:
            lists.append(select, lists.CONTEXT, lists.joined([*self._inner_context(), *self._context]))
        return Traced(fields, self._rows, self._sums, query=select)

    def _own_rows(self, alias: str, relation: Relation) -> exp.Expr:
        if relation.tag is None:
            return lists.gathered(alias) if self._grouped else lists.column(alias, lists.EVIDENCE)
        entry = lists.entry(relation.tag, alias)
        return lists.gather(entry) if self._grouped else exp.Array(expressions=[entry])

    def _inner_context(self) -> list[exp.Expr]:
        if self._grouped:
            return [lists.gathered_context(alias) for alias in self._subqueries_read()]
        return [lists.column(alias, lists.CONTEXT) for alias in self._subqueries_read()]

    def _subqueries_read(self) -> list[str]:
        return [alias for alias, relation in self._relations.items() if relation.tag is None]

    def _condition(self, node: exp.Expr | None) -> None:
        for subquery in subqueries(node):
            traced = self._statement.query(subquery.copy())
            self._context.append(lists.all_rows(traced.query, evidence=True, context=True))

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
        children = list(node.iter_expressions())
        if isinstance(node, exp.Case | exp.If) and node.this is not None:
            self._condition(node.this)
            children.remove(node.this)
        value = united([self._field(child) for child in children])
        return value if isinstance(node, _KEEPS_AGGREGATE) else replace(value, aggregate=None)

    def _subquery(self, node: exp.Query) -> Field:
        """A subquery whose value is shown: its rows are evidence as any other."""
        traced = self._statement.query(node.copy())
        self._evidence.append(lists.all_rows(traced.query, evidence=True))
        if self._statement.has_context:
            self._context.append(lists.all_rows(traced.query.copy(), context=True))
        self._sums.extend(traced.sums)
        fields = list(traced.fields.values())
        return fields[0] if len(fields) == 1 else united(fields)

    def _aggregate(self, node: exp.Expr, condition: exp.Expr | None) -> Field:
        if condition is None:
            node, condition = _split_condition(node)
        self._condition(condition)
        origins = self._arguments(node)
        if condition is not None:
            only = condition
            origins = self._derived(origins, lambda rows: lists.filtered(rows, only))
        self._note_sum(node, origins)
        return Field(origins, _AGGREGATE_NAMES.get(type(node), node.key))

    def _window(self, node: exp.Window) -> Field:
        """A window function reads rows of its partition; all of them are its evidence, whatever the frame."""
        function, condition = node.this, None
        if isinstance(function, exp.Filter):
            function, condition = function.this, function.expression.this
        if isinstance(function, exp.IgnoreNulls):
            function = function.this
        self._condition(condition)
        origins = self._ranked(node) if isinstance(function, _RANKINGS) else self._arguments(function)
        origins = self._derived(origins, lambda rows: lists.partitioned(rows, node))
        if self._statement.has_context:
            self._context.extend(lists.partitioned_context(alias, node) for alias in self._subqueries_read())
        self._note_sum(function, origins)
        if isinstance(function, _FROM_OTHER_ROWS):
            return Field(origins)
        return Field(origins, _AGGREGATE_NAMES.get(type(function), function.key))

    def _ranked(self, node: exp.Window) -> frozenset[Origin]:
        order = node.args.get("order")
        return united([self._field(key.this) for key in order.expressions] if order else []).origins or self._rows

    def _arguments(self, node: exp.Expr) -> frozenset[Origin]:
        """The cells an aggregate reads; the rows themselves where it reads none, as COUNT(*)."""
        parts = node.this.expressions if isinstance(node.this, exp.Distinct) else list(node.iter_expressions())
        values = [part.this if isinstance(part, exp.Order) else part for part in parts]
        return united([self._field(value) for value in values]).origins or self._rows

    def _derived(self, origins: frozenset[Origin], only: Callable[[exp.Expr], exp.Expr]) -> frozenset[Origin]:
        """New tags for the rows that ``only`` lets into an aggregate; the lists of them go to the evidence."""
        tags: dict[int, int] = {}
        for origin in sorted(origins, key=lambda origin: origin.tag):
            if origin.tag in self._owners and origin.tag not in tags:
                tags[origin.tag], rows = self._statement.derive_tag(origin, self._collector(origin.tag, only))
                self._evidence.append(rows)
        return frozenset(origin._replace(tag=tags.get(origin.tag, origin.tag)) for origin in origins)

    def _collector(self, old: int, only: Callable[[exp.Expr], exp.Expr]) -> Callable[[int], exp.Expr]:
        alias = self._owners[old]
        if self._relations[alias].tag is not None:
            return lambda tag: only(lists.gather(lists.entry(tag, alias)))
        rows = lists.flattened(only(lists.gather(lists.column(alias, lists.EVIDENCE))))
        return lambda tag: lists.retagged(rows, old, tag)

    def _note_sum(self, node: exp.Expr, origins: frozenset[Origin]) -> None:
        """Rows that a subquery brings in as a constant aren't added up."""
        added = {o for o in origins if o.column and (o.tag in self._owners or self._statement.is_derived(o.tag))}
        if isinstance(node, _SUMS) and added:
            self._sums.append(SumTrace(frozenset(added)))


def _split_condition(node: exp.Expr) -> tuple[exp.Expr, exp.Expr | None]:
    """``SUM(CASE WHEN c THEN x END)`` reads only the rows with ``c``, as ``SUM(x) FILTER (WHERE c)`` does."""
    if isinstance(node, exp.CountIf):
        return exp.Count(this=exp.Star()), node.this
    argument = node.this.unnest() if node.this is not None else None
    if isinstance(argument, exp.Case) and argument.this is None and len(argument.args["ifs"]) == 1:
        branch, default = argument.args["ifs"][0], argument.args.get("default")
    elif isinstance(argument, exp.If):
        branch, default = argument, argument.args.get("false")
    else:
        return node, None
    adds_nothing = isinstance(node, exp.Sum) and isinstance(default, exp.Literal) and default.this == "0"
    if not (default is None or isinstance(default, exp.Null) or adds_nothing):
        return node, None
    return type(node)(this=branch.args["true"].copy()), branch.this
