"""What is done to a guarded statement before it is traced: WITH is written in place, ties are broken, and a block that
has both groups and windows becomes two.

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
_GROUPS: Final = "__g"
_BY_POSITION: Final = (exp.RowNumber, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
"""Window functions whose value depends on how rows that sort alike are ordered."""


def prepare(query: exp.Query) -> exp.Query:
    """The same statement without WITH, and with a definite order wherever that decides which rows are taken."""
    kinds = {type(node) for node in query.walk()}
    if exp.With in kinds:
        _write_in_place(query, {}, [_MAX_NODES])
        if sum(1 for _ in query.find_all(exp.Table)) > _MAX_RELATIONS:
            raise _too_large()
    for select in list(query.find_all(exp.Select)):
        if is_correlated(select):
            _check_correlated(select)
        if exp.Window in kinds and has_windows(select):
            if is_grouped(select):
                _split(select)
            _break_ties_in_windows(select)
        if select.args.get("limit") and select.args.get("order"):
            _break_ties(select)
    return query


def decides_by_other_rows(query: exp.Query) -> bool:
    """Whether rows may be chosen by rows that they aren't made from: by subqueries, EXCEPT or windows."""
    return any(
        isinstance(node, exp.Exists | exp.Except | exp.Window)
        or (
            isinstance(node, exp.Subquery)
            and not isinstance(node.parent, exp.From | exp.Join | exp.SetOperation | exp.Subquery | None)
        )
        for node in query.walk()
    )


def subqueries(node: exp.Expr | None) -> Iterator[exp.Query]:
    """The subqueries below (or at) an expression, not those within them."""
    return (found for found in own_nodes(node) if isinstance(found, exp.Query))


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
    return bool(
        select.args.get("group")
        or select.args.get("having")
        or any(any(_aggregates(part)) for part in value_parts(select))
    )


def has_windows(select: exp.Select) -> bool:
    """Whether the block has window functions of its own."""
    return any(isinstance(node, exp.Window) for part in value_parts(select) for node in own_nodes(part))


def is_correlated(node: exp.Expr) -> bool:
    """Whether a subquery's condition reads a row of the query around it."""
    if node.parent is None or isinstance(node.parent, exp.SetOperation):
        return False
    select = node.unnest()
    return isinstance(select, exp.Select) and any(outer_columns(select, select.args.get("where")))


def outer_columns(select: exp.Select, node: exp.Expr | None) -> Iterator[exp.Expr]:
    """The columns of the query around a block that an expression of the block reads."""
    names = {source.alias for source in sources(select)}
    return (found for found in own_nodes(node) if isinstance(found, exp.Column) and found.table not in names)


def group_keys(select: exp.Select) -> list[exp.Expr]:
    """What a block groups by; a position is the column it stands for."""
    group = select.args.get("group")
    return [
        select.expressions[int(key.name) - 1].this if isinstance(key, exp.Literal) and not key.is_string else key
        for key in (group.expressions if group else ())
    ]


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


def _check_correlated(select: exp.Select) -> None:
    """Evidence is told apart by outer rows, of which each must have one list of inner rows."""
    if select.args.get("group") or has_windows(select):
        raise UntraceableQuery("引用外层列的子查询里不可再分组或用窗口函数。", "请改用 JOIN。")


def _split(select: exp.Select) -> None:
    """Windows over groups: the groups go to a subquery, whose rows the windows then read."""
    parts = list(value_parts(select))
    if any(is_correlated(query) for part in parts for query in subqueries(part)):
        raise UntraceableQuery("窗口函数和分组同层时，子查询不可引用外层的列。", "请把分组放进子查询。")
    keys = group_keys(select)
    columns: list[exp.Expr] = []
    for part in (*select.expressions, *(select.args.get(name) for name in ("qualify", "order"))):
        if part is not None:
            _read_from_groups(part, keys, columns)
    inner = exp.Select(expressions=[exp.Alias(this=value, alias=_name(n)) for n, value in enumerate(columns)])
    for name in ("from_", "joins", "where", "group", "having"):
        inner.set(name, select.args.get(name))
        select.set(name, None)
    if inner.args.get("group"):
        inner.args["group"].set("expressions", [key.copy() for key in keys])
    select.set("from_", exp.From(this=lists.derived(inner, _GROUPS)))


def _read_from_groups(node: exp.Expr, keys: list[exp.Expr], columns: list[exp.Expr]) -> None:
    """Replaces the keys and aggregates below ``node`` by the columns of the subquery that they become."""
    for child in list(node.iter_expressions()):
        if isinstance(child, exp.Query):
            continue
        function = child.this if isinstance(child, exp.Filter) else child
        is_value = isinstance(function, exp.AggFunc) and not _is_windows_own(child)
        if is_value or any(child.unnest() == key.unnest() for key in keys):
            if child not in columns:
                columns.append(child.copy())
            child.replace(lists.column(_GROUPS, f"__{columns.index(child)}"))
        elif isinstance(child, exp.Column) and child.table:
            raise UntraceableQuery(f"列“{child.name}”既没有分组，也不在合计函数里。", "请把它写进 GROUP BY。")
        else:
            _read_from_groups(child, keys, columns)


def _is_windows_own(node: exp.Expr) -> bool:
    """Whether an aggregate is the function of a window, not a value that the window reads."""
    parent = node.parent
    while isinstance(parent, exp.Filter | exp.IgnoreNulls) and node.arg_key == "this":
        node, parent = parent, parent.parent
    return isinstance(parent, exp.Window) and node.arg_key == "this"


def _name(number: int) -> exp.Identifier:
    return exp.Identifier(this=f"__{number}", quoted=True)


def _break_ties_in_windows(select: exp.Select) -> None:
    for window in [node for part in value_parts(select) for node in own_nodes(part) if isinstance(node, exp.Window)]:
        frame, order = window.args.get("spec"), window.args.get("order")
        if order and (window.find(*_BY_POSITION) or (frame and frame.text("kind") == "ROWS")):
            _append_printed_order(order, select)


def _break_ties(select: exp.Select) -> None:
    """A subquery that is read twice must pick the same rows."""
    if select.args.get("distinct"):
        return
    order = select.args["order"]
    if is_grouped(select):
        for key in group_keys(select):
            order.append("expressions", exp.Ordered(this=key.copy()))
    else:
        _append_printed_order(order, select)


def _append_printed_order(order: exp.Expr, select: exp.Select) -> None:
    for source in sources(select):
        if isinstance(source, exp.Table):
            key = lists.column(source.alias, KEY_COLUMN)
            for value in (exp.Length(this=key), key.copy()):
                order.append("expressions", exp.Ordered(this=value))


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
