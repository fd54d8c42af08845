"""Name resolution: each column gets the relation it belongs to, stars are written out, each output has a name.

sqlglot's own ``qualify`` does more and takes 4 ms; here unknown names are refused, in words that help to repair them.
Aliases are looked up as DuckDB does: after the columns in WHERE, GROUP BY and the select list, before them elsewhere,
and within an aggregate never. Only the WHERE of a subquery sees the relations of the query around it, and only by
their names: a misspelt column must not become one of the outer query's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from sqlglot import exp

from assistant.model.sql.errors import SqlRefused

_MAX_SUBSTITUTED: Final = 800
"""Nodes that aliases may expand to: ``1+a AS b, b+b AS c, c+c AS d, …`` doubles with each column."""
_MAX_NAME: Final = 60

Relations = dict[str, list[str]]


def resolve_names(query: exp.Query, catalogue: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Resolves all names of ``query`` in place and returns its column names. Raises SqlRefused."""
    return _Resolver(catalogue).query(query, {}, outermost=True)


class _Resolver:
    def __init__(self, catalogue: Mapping[str, Mapping[str, str]]) -> None:
        self._catalogue = catalogue
        self._views = {name.casefold(): name for name in catalogue}
        self._left = _MAX_SUBSTITUTED

    def query(
        self, node: exp.Expr, ctes: Relations, *, outermost: bool = False, outer: Relations | None = None
    ) -> list[str]:
        """The column names of a SELECT, UNION or a bracketed one, after all names in it are resolved."""
        if isinstance(node, exp.Subquery):
            return self.query(node.this, ctes, outermost=outermost, outer=outer)
        ctes = self._with(node, ctes)
        if isinstance(node, exp.Select):
            columns = self._select(node, ctes, outer or {})
        elif isinstance(node, exp.Union):
            columns = self._union(node, ctes, outermost)
        else:
            raise SqlRefused(f"不允许“{node.key.upper()}”，只允许 SELECT 查询。")
        if not outermost and node.args.get("limit") and not node.args.get("order"):
            raise SqlRefused("子查询里的 LIMIT 没有 ORDER BY，取到哪些行是不定的。", "请加上 ORDER BY。")
        return columns

    def _with(self, node: exp.Expr, ctes: Relations) -> Relations:
        clause = node.args.get("with_")
        for cte in clause.expressions if clause else ():
            name = cte.alias
            if _find(name, self._views) or _find(name, ctes):
                raise SqlRefused(f"WITH 里的名称“{name}”已是视图名或用过了。", "请换一个名称。")
            ctes = {**ctes, name: self.query(cte.this, ctes)}
        return ctes

    def _union(self, union: exp.Union, ctes: Relations, outermost: bool) -> list[str]:
        columns = self.query(union.this, ctes, outermost=outermost)
        others = self.query(union.expression, ctes, outermost=outermost)
        if len(columns) != len(others):
            raise SqlRefused(f"UNION 两边的列数不同：{len(columns)}列和{len(others)}列。")
        for key in _order_keys(union):
            _output_reference(key, columns)
        return columns

    def _select(self, select: exp.Select, ctes: Relations, outer: Relations) -> list[str]:
        relations: Relations = {}
        for source in [select.args["from_"], *(select.args.get("joins") or ())]:
            name, relation_columns = self._relation(source.this, ctes)
            if _find(name, relations):
                raise SqlRefused(f"FROM 里有两个“{name}”。", "请用 AS 起不同的名称。")
            relations[name] = relation_columns
        scope = _Scope(self, relations, ctes)
        for join in select.args.get("joins") or ():
            scope.resolve(join.args.get("on"), {}, inside=True)
        columns = scope.projections(select)
        aliases = {alias.alias: alias.this for alias in select.expressions}
        _Scope(self, relations, ctes, outer).resolve(select.args.get("where"), aliases)
        scope.resolve(select.args.get("group"), aliases, inside=True)
        scope.resolve(select.args.get("having"), aliases, aliases_first=True)
        scope.resolve(select.args.get("qualify"), aliases, aliases_first=True)
        for key in _order_keys(select):
            scope.order_key(key, columns, aliases)
        return columns

    def _relation(self, source: exp.Expr, ctes: Relations) -> tuple[str, list[str]]:
        if isinstance(source, exp.Subquery):
            if not source.alias:
                raise SqlRefused("FROM 里的子查询没有名称。", "请在括号后面加上 AS 名称。")
            return source.alias, self.query(source.this, ctes)
        if not isinstance(source, exp.Table):
            raise SqlRefused(f"FROM 里不允许“{source.key.upper()}”。")
        name = _find(source.name, ctes) or self._views.get(source.name.casefold())
        if name is None:
            raise SqlRefused(f"没有视图“{source.name}”。", _choices(source.name, [*ctes, *self._catalogue]))
        source.set("this", _identifier(name))
        if not source.alias:
            source.set("alias", exp.TableAlias(this=_identifier(name)))
        return source.alias, ctes[name] if name in ctes else list(self._catalogue[name])

    def substitute(self, expression: exp.Expr) -> exp.Expr:
        """A copy of an alias's expression, as long as the statement doesn't grow without bounds."""
        self._left -= sum(1 for _ in expression.walk())
        if self._left < 0:
            raise SqlRefused("列的别名层层相套，展开后太大。", "请写得简单些。")
        copy = expression.copy()
        return copy if isinstance(copy, exp.Column | exp.Literal) else exp.Paren(this=copy)


class _Scope:
    """The names that one SELECT sees: its relations, and those of the query around it."""

    def __init__(
        self, resolver: _Resolver, relations: Relations, ctes: Relations, outer: Relations | None = None
    ) -> None:
        self._resolver = resolver
        self._relations = relations
        self._ctes = ctes
        self._outer = {name: columns for name, columns in (outer or {}).items() if not _find(name, relations)}

    def projections(self, select: exp.Select) -> list[str]:
        """Writes stars out, resolves and names each output column."""
        named: dict[str, exp.Expr] = {}
        for projection in list(self._without_stars(select)):
            name = projection.alias_or_name or projection.sql("duckdb")[:_MAX_NAME]
            if _find(name, named):
                raise SqlRefused(f"有两列都叫“{name}”。", "请用 AS 起不同的列名。")
            expression = projection.unalias()
            holder = exp.Alias(this=expression, alias=_identifier(name))
            self.resolve(holder, named)
            named[name] = holder.this
        select.set("expressions", [exp.Alias(this=value, alias=_identifier(name)) for name, value in named.items()])
        return list(named)

    def _without_stars(self, select: exp.Select) -> Iterator[exp.Expr]:
        for projection in select.expressions:
            if isinstance(projection, exp.Star):
                tables = list(self._relations)
            elif isinstance(projection, exp.Column) and isinstance(projection.this, exp.Star):
                tables = [self._relation_named(projection.table)]
            else:
                yield projection
                continue
            for table in tables:
                yield from (_column(table, name) for name in self._relations[table])

    def resolve(
        self,
        node: exp.Expr | None,
        aliases: Mapping[str, exp.Expr],
        *,
        aliases_first: bool = False,
        inside: bool = False,
    ) -> None:
        """Resolves the columns below ``node``; subqueries ``inside`` an aggregate, window or join don't see them."""
        if node is None:
            return
        for child in list(node.iter_expressions()):
            if isinstance(child, exp.Query):
                self._resolver.query(child, self._ctes, outer=None if inside else self._relations)
            elif isinstance(child, exp.Column):
                self._column(child, aliases, aliases_first)
            elif isinstance(child, exp.Star):
                if not isinstance(node, exp.Count):
                    raise SqlRefused("星号只可单独作一列，或写在 COUNT(*) 里。")
            elif isinstance(child, exp.AggFunc):
                self.resolve(child, {}, inside=True)
            else:
                within = inside or isinstance(child, exp.Window | exp.Filter)
                self.resolve(child, aliases, aliases_first=aliases_first, inside=within)

    def order_key(self, key: exp.Ordered, columns: list[str], aliases: Mapping[str, exp.Expr]) -> None:
        """An ordinal or an output column stays what it is; any other key is an expression over the relations."""
        if isinstance(key.this, exp.Literal) or (
            isinstance(key.this, exp.Column) and not key.this.table and _find(key.this.name, columns)
        ):
            _output_reference(key, columns)
        else:
            self.resolve(key, aliases, aliases_first=True)

    def _column(self, column: exp.Column, aliases: Mapping[str, exp.Expr], aliases_first: bool) -> None:
        if isinstance(column.this, exp.Star):
            raise SqlRefused("星号只可单独作一列，或写在 COUNT(*) 里。")
        name = column.name
        if column.table:
            table = self._relation_named(column.table)
            column.replace(_column(table, self._column_of(table, name)))
            return
        owners = [table for table, columns in self._relations.items() if _find(name, columns)]
        alias = _find(name, aliases)
        if alias and (aliases_first or not owners):
            column.replace(self._resolver.substitute(aliases[alias]))
        elif len(owners) == 1:
            column.replace(_column(owners[0], self._column_of(owners[0], name)))
        elif owners:
            raise SqlRefused(f"列“{name}”在{'、'.join(owners)}里都有。", "请写成 名称.列名。")
        else:
            every = [column for columns in self._relations.values() for column in columns]
            raise SqlRefused(f"{'、'.join(self._relations)}里没有列“{name}”。", _choices(name, every))

    def _relation_named(self, name: str) -> str:
        table = _find(name, self._relations) or _find(name, self._outer)
        if table is None:
            raise SqlRefused(
                f"FROM 里没有“{name}”。",
                f"可用：{'、'.join(self._relations)}；外层的列只可写在子查询的 WHERE 里，只可引用紧外一层。",
            )
        return table

    def _column_of(self, table: str, name: str) -> str:
        columns = (self._outer | self._relations)[table]
        column = _find(name, columns)
        if column is None:
            raise SqlRefused(f"{table}里没有列“{name}”。", _choices(name, columns))
        return column


def _order_keys(query: exp.Query) -> list[exp.Ordered]:
    order = query.args.get("order")
    return list(order.expressions) if order else []


def _output_reference(key: exp.Ordered, columns: list[str]) -> None:
    reference = key.this
    if isinstance(reference, exp.Literal):
        if reference.is_string or not (str(reference.this).isdecimal() and 1 <= int(reference.this) <= len(columns)):
            raise SqlRefused(f"ORDER BY {reference.this}：没有这一列，共{len(columns)}列。")
        return
    name = _find(reference.name, columns) if isinstance(reference, exp.Column) and not reference.table else None
    if name is None:
        raise SqlRefused(f"ORDER BY {reference.sql('duckdb')}：UNION 只可按结果的列排序。", _choices("", columns))
    reference.replace(exp.Column(this=_identifier(name)))


def _find(name: str, names: Mapping[str, object] | list[str]) -> str | None:
    """The name as it is defined: DuckDB's names are the same in capitals and small letters."""
    if name in names:
        return name
    folded = name.casefold()
    return next((other for other in names if other.casefold() == folded), None)


def _identifier(name: str) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=True)


def _column(table: str, name: str) -> exp.Column:
    return exp.Column(this=_identifier(name), table=_identifier(table))


def _choices(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=3, cutoff=0.5)
    return f"是不是{'、'.join(near)}？" if near else f"可用：{'、'.join(names)}。"
