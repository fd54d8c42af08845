"""What each sum and count of a statement adds, as statements of their own whose evidence tells it.

The evidence of a result only tells of what is shown. A sum in HAVING, in a window that ranks, in a subquery or below
another aggregate may count an amount twice as well, and so may one that its own wrong value left out. So each block
that adds anything is read once more, without what chooses among its results.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlglot import exp

from assistant.sql.prepare import is_correlated, is_grouped, outer_columns, own_nodes, sources, subqueries

_SUMS: Final = (exp.Sum, exp.Avg, exp.Median, exp.Add)
_COUNTS: Final = (exp.Count, exp.CountIf)
_CHOOSING: Final = ("having", "qualify", "order", "limit", "offset", "distinct")


def addends_queries(prepared: exp.Query) -> list[exp.Select]:
    """The statements to run beside a prepared one; none where the result's own evidence tells all."""
    if prepared.find(*_SUMS, *_COUNTS) is None:
        return []
    return [query for select in prepared.find_all(exp.Select) for query in _of_block(select, select is prepared)]


def _of_block(select: exp.Select, is_result: bool) -> Iterator[exp.Select]:
    yield from _of_conditions(select)
    if is_correlated(select):
        return
    values = list(_values(select))
    if is_grouped(select):
        is_told = is_result and not any(select.args.get(part) for part in _CHOOSING)
        if not is_told and any(_adds(value, select) for value in values):
            yield _reading(select, values, select.args.get("where"), select.args.get("group"))
        return
    windows = [node for value in values for node in own_nodes(value) if isinstance(node, exp.Window)]
    for window in windows:
        if _adds(window.this, select):
            partition = window.args.get("partition_by")
            group = exp.Group(expressions=[key.copy() for key in partition]) if partition else None
            yield _reading(select, [window.this], select.args.get("where"), group)
    shown = len(select.expressions) if is_result and not select.args.get("distinct") else 0
    added = [node for value in values[shown:] for node in _added(value)]
    if added:
        yield _reading(select, added, select.args.get("where"), None)


def _of_conditions(select: exp.Select) -> Iterator[exp.Select]:
    """What WHERE adds for each row; of the conditions only those are kept that add nothing."""
    where = select.args.get("where")
    if where is None or not any(_added(where.this)):
        return
    conditions = [where.this] if not isinstance(where.this, exp.And) else list(where.this.flatten())
    kept = [c for c in conditions if not any(_added(c)) and not any(outer_columns(select, c))]
    added = [node for node in _added(where.this) if isinstance(node, exp.Query) or not any(outer_columns(select, node))]
    if added:
        yield _reading(select, added, exp.Where(this=exp.and_(*kept)) if kept else None, None)


def _added(node: exp.Expr) -> Iterator[exp.Expr]:
    """The outermost additions below (and at) an expression, and the subqueries that add up something for each row."""
    if isinstance(node, exp.Add):
        yield node
    elif isinstance(node, exp.Query):
        select = node.unnest()
        if isinstance(select, exp.Select) and is_correlated(select) and any(_adds(v, select) for v in _values(select)):
            yield node
    elif not isinstance(node, exp.Window):
        for child in node.iter_expressions():
            yield from _added(child)


def _adds(node: exp.Expr, select: exp.Select) -> bool:
    """Whether a value of a block is, or holds, a sum, or a count of rows that a join may have multiplied."""
    counts = bool(select.args.get("joins")) or any(isinstance(source, exp.Subquery) for source in sources(select))
    adding = (*_SUMS, *_COUNTS) if counts else _SUMS
    return any(isinstance(found, adding) for found in own_nodes(node)) or any(
        is_correlated(query) for query in subqueries(node)
    )


def _values(select: exp.Select) -> Iterator[exp.Expr]:
    """The values that a block computes: its columns first, then what its rows are chosen and ordered by."""
    yield from (projection.this for projection in select.expressions)
    for part in ("having", "qualify"):
        if select.args.get(part):
            yield select.args[part].this
    for key in select.args["order"].expressions if select.args.get("order") else ():
        if not isinstance(key.this, exp.Literal) and (not isinstance(key.this, exp.Column) or key.this.table):
            yield key.this


def _reading(select: exp.Select, values: list[exp.Expr], where: exp.Expr | None, group: exp.Expr | None) -> exp.Select:
    reading = exp.Select(
        expressions=[
            exp.Alias(this=value.copy(), alias=exp.Identifier(this=f"__{number}", quoted=True))
            for number, value in enumerate(values)
        ],
        from_=select.args["from_"].copy(),
        joins=[join.copy() for join in select.args.get("joins") or ()],
    )
    for name, part in (("where", where), ("group", group)):
        reading.set(name, part.copy() if part else None)
    return reading
