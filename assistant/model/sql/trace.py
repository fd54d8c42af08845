"""Traces: each value of a guarded statement with how it comes of cells, and the rows that each choice ranges over.

Behind the columns of each block go as many that tell how they are computed, as JSON texts that the database puts
together: ``["c", row, column]`` a cell, ``["n", number]``, ``["/", a, b]``, ``["sum", a, b, …]``. Behind these goes the
row itself: its id in a view, a list in a join, ``{"g": [row, …]}`` in a group. What can't be told so is not told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlglot import exp

from assistant.model.sql.errors import Unproved
from assistant.model.sql.guard import to_sql
from index.kinds import KINDS

KEY: Final = "row_id"
MOST_ROWS: Final = 2_000
_ROW: Final = "__r"
_HOW: Final = "__p"
_BINARY: Final[dict[type[exp.Expr], str]] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
_AGGREGATES: Final[dict[type[exp.Expr], str]] = {
    exp.Sum: "sum", exp.Avg: "avg", exp.Min: "min", exp.Max: "max", exp.Median: "median", exp.Count: "count",
    exp.CountIf: "count",
}  # fmt: skip
_OF_SEVERAL: Final = (exp.Avg, exp.Median, exp.Min, exp.Max)
_NOT_PRINTED: Final = frozenset({KEY, "document_id", "层级", "上级", "末级", "合计行"})
"""Columns of views to choose rows by, which no table prints."""

_NUMBERS: Final = frozenset(m.name for kind in KINDS.values() for m in kind.measures if m.type != "text")
"""Columns of views that hold numbers."""

RANKS: Final = (exp.RowNumber, exp.Rank, exp.DenseRank)


@dataclass(frozen=True, slots=True)
class Range:
    """A query for the rows that a block groups, ranks or cuts off: per row the row of each of ``sources`` sources.

    Behind them come what they are grouped by and what they are ordered by. ``used``: the places of the sources whose
    values count, none where the rows themselves do. ``is_added``: whether they are taken together, so that none may
    come twice. ``is_choice``: whether it takes several to ask for it: a mean, a middle, a place. ``limit``: how many of
    them are kept.
    """

    sql: str
    sources: int
    groups: int
    used: tuple[int, ...]
    is_added: bool
    is_choice: bool
    limit: int | None


@dataclass(frozen=True, slots=True)
class Output:
    """A column of a block: whether it is told how it is computed, and whether it may be a number."""

    name: str
    is_told: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """A statement that returns its columns, then how each is computed, then what it is ordered by.

    ``is_told``: of which columns it is told how. ``limit``, ``offset``: taken off the statement, so that rows that tie
    with the last one are seen.
    """

    sql: str
    columns: tuple[str, ...]
    is_told: tuple[bool, ...]
    limit: int | None
    offset: int
    is_ordered: bool
    ranges: tuple[Range, ...]


def trace(query: exp.Query, document_id: str) -> Trace:
    """The traced statement over one document's rows. Raises Unproved for what can't be traced."""
    tracer = _Tracer(scoped(query, document_id))
    return tracer.traced()


def scoped(query: exp.Query, document_id: str) -> exp.Query:
    """A copy of a guarded statement that sees but one document; ranks are such that equals share their place."""
    query = query.copy()
    ctes = {cte.alias for cte in query.find_all(exp.CTE)}
    for table in list(query.find_all(exp.Table)):
        if table.name not in ctes:
            own = exp.EQ(this=_column("", "document_id"), expression=exp.Literal.string(document_id))
            view = exp.Table(this=_identifier(table.name))
            rows = exp.Select(expressions=[exp.Star()], from_=exp.From(this=view), where=exp.Where(this=own))
            table.replace(_derived(rows, table.alias))
    for number in list(query.find_all(exp.RowNumber)):
        number.replace(exp.Rank())
    return query


class _Tracer:
    """Traces the blocks of one statement, in place."""

    def __init__(self, query: exp.Query) -> None:
        self._query = query
        self._clause = query.args.get("with_")
        self._relations: dict[str, list[Output]] = {}
        self._ranges: list[tuple[exp.Select, int, Range]] = []

    def traced(self) -> Trace:
        """The whole."""
        for cte in self._clause.expressions if self._clause else ():
            self._relations[cte.alias] = self.query(cte.this)
        limit, offset = _taken_off(self._query)
        columns = self.query(self._query, limit=limit)
        self._query.set("limit", exp.Limit(expression=exp.Literal.number(MOST_ROWS + 1)))
        return Trace(
            to_sql(self._query), tuple(column.name for column in columns), tuple(column.is_told for column in columns),
            limit, offset, bool(self._query.args.get("order")), tuple(self._range(*each) for each in self._ranges),
        )  # fmt: skip

    def query(self, node: exp.Expr, *, limit: int | None = None) -> list[Output]:
        """Traces a SELECT or UNION ALL in place; its columns, and whether it is told how each is computed.

        ``limit``: of the outermost block, from which it is taken off.
        """
        if isinstance(node, exp.Subquery):
            return self.query(node.this)
        if isinstance(node, exp.Union):
            if limit is not None or node.args.get("limit"):
                raise Unproved("UNION ALL 的结果不可用 LIMIT。")
            left, right = self.query(node.this), self.query(node.expression)
            return [
                Output(one.name, one.is_told and other.is_told, one.is_number or other.is_number)
                for one, other in zip(left, right, strict=True)
            ]
        assert isinstance(node, exp.Select)
        return _Block(self, node, limit).traced()

    def columns_of(self, source: exp.Expr) -> list[Output] | None:
        """The columns of a subquery or WITH query, None of a view, whose every column is a cell's."""
        if isinstance(source, exp.Table):
            return self._relations[source.name]
        select = source.this
        is_view = isinstance(select, exp.Select) and isinstance(select.expressions[0], exp.Star)
        if is_view:
            entry = exp.DPipe(this=exp.DPipe(this=_text('"'), expression=_column("", KEY)), expression=_text('"'))
            select.append("expressions", exp.Alias(this=entry, alias=_identifier(_ROW)))
        return None if is_view else self.query(select)

    def add_range(self, select: exp.Select, found: Range) -> None:
        """Notes what a block ranges over; it sees the WITH queries traced so far."""
        self._ranges.append((select, len(self._relations), found))

    def _range(self, select: exp.Select, ctes: int, found: Range) -> Range:
        if ctes and self._clause:
            select.set("with_", exp.With(expressions=[cte.copy() for cte in self._clause.expressions[:ctes]]))
        return replace(found, sql=to_sql(select))


class _Block:
    """One SELECT."""

    def __init__(self, tracer: _Tracer, select: exp.Select, limit: int | None) -> None:
        self._tracer = tracer
        self._select = select
        self._top_limit = limit
        self._limit = _number_of(select.args.get("limit"))
        self._grouped = is_grouped(select)
        self._windows = [n for part in value_parts(select) for n in own_nodes(part) if isinstance(n, exp.Window)]
        if self._grouped and self._windows:
            raise Unproved("窗口函数和分组不可写在同一层。", "请把分组放进子查询。")
        if select.args.get("offset") and self._limit is not None:
            raise Unproved("子查询里不可用 OFFSET。")
        self._sources = {source.alias: tracer.columns_of(source) for source in sources(select)}
        keys = (node for key in _group_keys(select) for node in own_nodes(key))
        if any(isinstance(node, exp.Column) and self._is_number(node) for node in keys):
            raise Unproved("不可按数分组，会漏掉数相同的行。", "请按名称分组。")

    def traced(self) -> list[Output]:
        """Puts how its columns are computed, and its row, behind them."""
        select = self._select
        for part in ("where", "having", "qualify"):
            self._in_conditions(select.args.get(part))
        for join in select.args.get("joins") or ():
            self._in_conditions(join.args.get("on"))
        hows = [self._how(projection.this, grouped=self._grouped) for projection in select.expressions]
        columns = [
            Output(projection.alias, how is not None, self._is_number(projection.this))
            for projection, how in zip(select.expressions, hows, strict=True)
        ]
        keys = [] if self._top_limit is None else _order_keys(select)
        self._note_range()
        for number, how in enumerate(hows):
            _append(select, f"{_HOW}{number}", how or _nothing())
        _append(select, _ROW, self._row())
        for number, key in enumerate(keys):
            _append(select, f"__k{number}", key)
        return columns

    def _is_number(self, node: exp.Expr) -> bool:
        """Whether a value may be a number: any that is no column of words."""
        if not isinstance(node, exp.Column) or node.table not in self._sources:
            return True
        columns = self._sources[node.table]
        if columns is None:
            return node.name in _NUMBERS
        return next(each.is_number for each in columns if each.name == node.name)

    def _in_conditions(self, node: exp.Expr | None) -> None:
        """The subqueries of a condition choose rows: what they range over counts as well."""
        for found in own_nodes(node):
            if isinstance(found, exp.Query):
                self._tracer.query(found.copy())

    def _note_range(self) -> None:
        """What this block groups, ranks or cuts off."""
        select, limited = self._select, self._limit is not None or self._top_limit is not None
        if not (self._grouped or limited or self._windows):
            return
        if any(outer_columns(select)):
            raise Unproved("引用外层列的子查询里不可合计、排名或取前几。", "请改用 JOIN 或窗口函数。")
        if self._grouped and self._limit is not None:
            raise Unproved("子查询里分组之后不可再用 LIMIT。")
        order = _order_keys(select) if limited and not self._grouped else []
        groups = [] if limited else [key.copy() for key in _group_keys(select)]
        places = list(self._sources)
        used = {c.table for node in self._counting(order) for c in own_nodes(node) if isinstance(c, exp.Column)}
        rows = [_column(alias, _ROW) for alias in places]
        made = exp.Select(expressions=[*rows, *groups, *(key.copy() for key in order)])
        for part in ("from_", "joins", "where"):
            value = select.args.get(part)
            made.set(part, [each.copy() for each in value] if isinstance(value, list) else value and value.copy())
        if self._limit is not None:
            made.set("order", select.args["order"].copy())
            for key, value in zip(made.args["order"].expressions, order, strict=True):
                key.set("this", value.copy())
        made.set("limit", exp.Limit(expression=exp.Literal.number(MOST_ROWS + 1)))
        indexes = tuple(places.index(alias) for alias in places if alias in used)
        is_added = self._grouped or any(not isinstance(window.this, RANKS) for window in self._windows)
        is_choice = limited or any(node.find(*_OF_SEVERAL, *RANKS) for node in value_parts(select))
        self._tracer.add_range(made, Range("", len(places), len(groups), indexes, is_added, is_choice, self._limit))

    def _counting(self, order: Sequence[exp.Expr]) -> Iterator[exp.Expr]:
        """The expressions whose rows count: what is aggregated, ranked by or cut off by."""
        yield from order
        for part in value_parts(self._select):
            for node in own_nodes(part):
                if isinstance(node, exp.Window):
                    yield from (key.this for key in (node.args.get("order") or exp.Order()).expressions)
                if isinstance(node, exp.AggFunc) and not isinstance(node, RANKS):
                    yield node

    # How a value is computed

    def _how(self, node: exp.Expr, *, grouped: bool) -> exp.Expr | None:
        """An expression for the text that tells it, None where it can't be told."""
        if isinstance(node, exp.Column):
            return self._of_column(node, grouped=grouped)
        if isinstance(node, exp.Paren):
            return self._how(node.this, grouped=grouped)
        if isinstance(node, exp.Literal):
            return None if node.is_string else _text(json.dumps(["n", node.this]))
        if sign := _BINARY.get(type(node)):
            return _told(sign, self._how(node.this, grouped=grouped), self._how(node.expression, grouped=grouped))
        if isinstance(node, exp.Neg | exp.Abs):
            return _told(node.key, self._how(node.this, grouped=grouped))
        if isinstance(node, exp.Round):
            decimals = node.args.get("decimals")
            places = decimals.this if isinstance(decimals, exp.Literal) else "0"
            return _told("round", self._how(node.this, grouped=grouped), _text(json.dumps(["n", places])))
        if isinstance(node, exp.Coalesce | exp.Nullif | exp.Case | exp.If):
            return self._of_choice(node, grouped=grouped)
        if isinstance(node, exp.Window):
            return self._of_aggregate(node.this, node)
        if isinstance(node, exp.Filter) or type(node) in _AGGREGATES:
            return self._of_aggregate(node, None)
        return self._of_subquery(node) if isinstance(node, exp.Subquery) else None

    def _of_column(self, column: exp.Column, *, grouped: bool) -> exp.Expr | None:
        columns = self._sources.get(column.table)
        if column.table not in self._sources or (columns is None and column.name in _NOT_PRINTED):
            return None
        if columns is None:
            row = _column(column.table, KEY)
            tail = json.dumps(column.name, ensure_ascii=False)
            how: exp.Expr = _joined([_text('["c","'), row, _text(f'",{tail}]')])
        else:
            place = next(n for n, each in enumerate(columns) if each.name == column.name)
            if not columns[place].is_told:
                return None
            how = _column(column.table, f"{_HOW}{place}")
        return exp.Min(this=how) if grouped else how

    def _of_choice(self, node: exp.Expr, *, grouped: bool) -> exp.Expr | None:
        branches: list[tuple[exp.Expr, exp.Expr]] = []
        last: exp.Expr | None = None
        if isinstance(node, exp.Coalesce):
            values = [node.this, *node.expressions]
            branches = [(exp.Not(this=exp.Is(this=v.copy(), expression=exp.Null())), v) for v in values]
        elif isinstance(node, exp.Nullif):
            branches = [(exp.NEQ(this=node.this.copy(), expression=node.expression.copy()), node.this)]
        elif isinstance(node, exp.If):
            branches, last = [(node.this.copy(), node.args["true"])], node.args.get("false")
        else:
            for each in node.args["ifs"]:
                test = each.this.copy() if node.this is None else exp.EQ(this=node.this.copy(), expression=each.this)
                branches.append((test, each.args["true"]))
            last = node.args.get("default")
        made = exp.Case(ifs=[])
        for test, value in branches:
            if (how := self._or_nothing(value, grouped=grouped)) is None:
                return None
            made.append("ifs", exp.If(this=test, true=how))
        if last is not None:
            if (how := self._or_nothing(last, grouped=grouped)) is None:
                return None
            made.set("default", how)
        return made

    def _or_nothing(self, node: exp.Expr, *, grouped: bool) -> exp.Expr | None:
        return _nothing() if isinstance(node, exp.Null) else self._how(node, grouped=grouped)

    def _of_aggregate(self, node: exp.Expr, window: exp.Window | None) -> exp.Expr | None:
        """The list of all that an aggregate takes; of COUNT, the rows."""
        where = node.expression.this if isinstance(node, exp.Filter) else None
        function = node.this if isinstance(node, exp.Filter) else node
        name = _AGGREGATES.get(type(function))
        if name is None:
            return None
        tests = [where] if where is not None else []
        if name == "count":
            how: exp.Expr | None = self._joined_row()
            if isinstance(function, exp.CountIf):
                tests.append(function.this)
            elif not isinstance(function.this, exp.Star):
                tests.append(exp.Not(this=exp.Is(this=function.this.copy(), expression=exp.Null())))
        else:
            how = self._how(function.this, grouped=False)
        if how is None:
            return None
        return _joined([_text(f'["{name}"'), _listed(_joined([_text(","), how]), tests, window), _text("]")])

    def _of_subquery(self, node: exp.Subquery) -> exp.Expr | None:
        """A subquery that gives one value."""
        query = node.this.copy()
        exp.Subquery(this=query)
        columns = self._tracer.query(query)
        if len(columns) != 1 or not columns[0].is_told:
            return None
        outer = exp.Select(expressions=[_column("__s", f"{_HOW}0")], from_=exp.From(this=_derived(query, "__s")))
        return exp.Subquery(this=outer)

    def _row(self) -> exp.Expr:
        row = self._joined_row()
        if not self._grouped:
            return row
        listed = _call("STRING_AGG", row, _text(","))
        return _joined([_text('{"g":['), exp.Coalesce(this=listed, expressions=[_text("")]), _text("]}")])

    def _joined_row(self) -> exp.Expr:
        """The rows of all sources."""
        parts: list[exp.Expr] = []
        for alias in self._sources:
            parts += [_text(","), _column(alias, _ROW)]
        return _joined([_text("["), *parts[1:], _text("]")])


# The parts of a block


def own_nodes(node: exp.Expr | None) -> Iterator[exp.Expr]:
    """The nodes below (and at) an expression; of a subquery only itself."""
    if node is not None:
        yield node
        if not isinstance(node, exp.Query):
            for child in node.iter_expressions():
                yield from own_nodes(child)


def value_parts(select: exp.Select) -> Iterator[exp.Expr]:
    """The parts of a block that may hold aggregates and windows."""
    yield from select.expressions
    for part in ("having", "qualify", "order"):
        if select.args.get(part):
            yield select.args[part]


def sources(select: exp.Select) -> list[exp.Expr]:
    """The views and subqueries that a block reads."""
    return [source.this for source in (select.args["from_"], *(select.args.get("joins") or ()))]


def is_grouped(select: exp.Select) -> bool:
    """Whether the rows of the block stand for groups."""
    has_aggregates = any(
        isinstance(node, exp.AggFunc) and not node.find_ancestor(exp.Window)
        for part in value_parts(select) for node in own_nodes(part)
    )  # fmt: skip
    return bool(select.args.get("group") or select.args.get("having") or has_aggregates)


def outer_columns(select: exp.Select) -> Iterator[exp.Expr]:
    """The columns of the query around a block that its condition reads."""
    names = {source.alias for source in sources(select)}
    own = own_nodes(select.args.get("where"))
    return (found for found in own if isinstance(found, exp.Column) and found.table not in names)


def _group_keys(select: exp.Select) -> list[exp.Expr]:
    group = select.args.get("group")
    return [_meant(key, select) for key in (group.expressions if group else ())]


def _order_keys(select: exp.Select) -> list[exp.Expr]:
    order = select.args.get("order")
    return [_meant(key.this, select).copy() for key in (order.expressions if order else ())]


def _meant(key: exp.Expr, select: exp.Select) -> exp.Expr:
    """What is grouped or ordered by: a position, or a column of the result, is what stands there."""
    found: exp.Expr = key
    if isinstance(key, exp.Literal):
        found = select.expressions[int(key.name) - 1].this
    elif isinstance(key, exp.Column) and not key.table:
        found = next(each.this for each in select.expressions if each.alias == key.name)
    return found


def _taken_off(query: exp.Query) -> tuple[int | None, int]:
    """The outermost LIMIT and OFFSET, which are taken off."""
    limit, offset = _number_of(query.args.get("limit")), _number_of(query.args.get("offset")) or 0
    if limit is not None and not query.args.get("order"):
        raise Unproved("LIMIT 没有 ORDER BY，取到哪些行是不定的。")
    for part in ("limit", "offset"):
        query.set(part, None)
    return limit, offset


def _number_of(clause: exp.Expr | None) -> int | None:
    return int(clause.args["expression"].this) if clause is not None else None


# Pieces of SQL


def _identifier(name: str) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=True)


def _column(table: str, name: str) -> exp.Column:
    return exp.Column(this=_identifier(name), table=_identifier(table) if table else None)


def _derived(query: exp.Expr, alias: str) -> exp.Subquery:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=_identifier(alias)))


def _append(select: exp.Select, name: str, value: exp.Expr) -> None:
    select.append("expressions", exp.Alias(this=value, alias=_identifier(name)))


def _text(text: str) -> exp.Expr:
    return exp.Literal.string(text)


def _nothing() -> exp.Expr:
    return exp.Cast(this=exp.Null(), to=exp.DataType(this=exp.DType.VARCHAR))


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _joined(parts: Sequence[exp.Expr]) -> exp.Expr:
    """Texts one behind the other; nothing where one is nothing."""
    made = parts[0].copy()
    for part in parts[1:]:
        made = exp.DPipe(this=made, expression=part.copy())
    return exp.Paren(this=made)


def _told(sign: str, *parts: exp.Expr | None) -> exp.Expr | None:
    """``["sign", …]``; nothing where a part of it is not told."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    pieces: list[exp.Expr] = [_text(f'["{sign}"')]
    for part in known:
        pieces += [_text(","), part]
    return _joined([*pieces, _text("]")])


def _listed(value: exp.Expr, tests: Sequence[exp.Expr], window: exp.Window | None) -> exp.Expr:
    """The values of all rows of a group or window that pass the tests, as one text."""
    made = _call("STRING_AGG", value, _text(""))
    if tests:
        conditions = exp.and_(*(exp.Paren(this=test.copy()) for test in tests))
        made = exp.Filter(this=made, expression=exp.Where(this=conditions))
    if window is not None:
        made = exp.Window(
            this=made, over="OVER", partition_by=[key.copy() for key in window.args.get("partition_by") or ()],
            order=window.args["order"].copy() if window.args.get("order") else None,
        )  # fmt: skip
    return exp.Coalesce(this=made, expressions=[_text("")])
