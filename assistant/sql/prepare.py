"""What is done to a guarded statement before it is traced: WITH is written in place, ties are broken.

Also the walks over one query block that tracing needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sqlglot import exp

from assistant.errors import UntraceableQuery
from assistant.sql import lists
from assistant.sql.catalogue import KEY_COLUMN

_MAX_NODES: Final = 20_000
_MAX_RELATIONS: Final = 64
"""After WITH is written in place: a chain of CTEs that are each read twice doubles with every link."""


def prepare(query: exp.Query) -> exp.Query:
    """The same statement without WITH, and with a definite order wherever LIMIT picks rows."""
    if query.find(exp.With):
        _write_in_place(query, {}, [_MAX_NODES])
        if sum(1 for _ in query.find_all(exp.Table)) > _MAX_RELATIONS:
            raise _too_large()
    for select in list(query.find_all(exp.Select)):
        if select.args.get("limit") and select.args.get("order"):
            _break_ties(select)
    return query


def has_conditions_on_queries(query: exp.Query) -> bool:
    """Whether any subquery stands where a value or a condition does."""
    return any(
        isinstance(node, exp.Exists)
        or (
            isinstance(node, exp.Subquery)
            and not isinstance(node.parent, exp.From | exp.Join | exp.Union | exp.Subquery | None)
        )
        for node in query.walk()
    )


def subqueries(node: exp.Expr | None) -> Iterator[exp.Query]:
    """The subqueries below (or at) an expression, not those within them."""
    if isinstance(node, exp.Query):
        yield node
    elif node is not None:
        for child in node.iter_expressions():
            yield from subqueries(child)


def is_grouped(select: exp.Select) -> bool:
    """Whether the rows of the block stand for groups."""
    return bool(
        select.args.get("group")
        or select.args.get("having")
        or any(any(_aggregates(part)) for part in _value_parts(select))
    )


def has_windows(select: exp.Select) -> bool:
    """Whether the block has window functions of its own."""
    return any(any(_windows(part)) for part in _value_parts(select))


def _write_in_place(node: exp.Expr, ctes: Mapping[str, exp.Expr], left: list[int]) -> None:
    clause = node.args.get("with_")
    if clause is not None:
        node.set("with_", None)
        for cte in clause.expressions:
            _write_in_place(cte.this, ctes, left)
            ctes = {**ctes, cte.alias: cte.this}
    for child in list(node.iter_expressions()):
        if isinstance(child, exp.Table) and child.name in ctes:
            body = ctes[child.name].copy()
            left[0] -= sum(1 for _ in body.walk())
            if left[0] < 0:
                raise _too_large()
            child.replace(lists.derived(body, child.alias))
        else:
            _write_in_place(child, ctes, left)


def _too_large() -> UntraceableQuery:
    return UntraceableQuery("WITH 里的查询互相引用太多，展开后太大。", "请写得简单些。")


def _break_ties(select: exp.Select) -> None:
    """Rows that sort alike are taken in printed order, or a subquery read twice could pick different ones."""
    if select.args.get("distinct") or is_grouped(select):
        return
    for source in [select.args["from_"], *(select.args.get("joins") or ())]:
        if isinstance(source.this, exp.Table):
            key = lists.column(source.this.alias, KEY_COLUMN)
            for value in (exp.Length(this=key), key.copy()):
                select.args["order"].append("expressions", exp.Ordered(this=value))


def _value_parts(select: exp.Select) -> Iterator[exp.Expr]:
    yield from select.expressions
    for part in ("having", "qualify", "order"):
        if select.args.get(part):
            yield select.args[part]


def _aggregates(node: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(node, exp.Query):
        return
    if isinstance(node, exp.Window):
        function = node.this
        while isinstance(function, exp.Filter | exp.IgnoreNulls):
            function = function.this
        children = [*function.iter_expressions(), *node.args.get("partition_by", ()), node.args.get("order")]
    elif isinstance(node, exp.AggFunc):
        yield node
        return
    else:
        children = list(node.iter_expressions())
    for child in children:
        if child is not None:
            yield from _aggregates(child)


def _windows(node: exp.Expr) -> Iterator[exp.Expr]:
    if isinstance(node, exp.Window):
        yield node
    elif not isinstance(node, exp.Query):
        for child in node.iter_expressions():
            yield from _windows(child)
