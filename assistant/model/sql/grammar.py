"""The SQL that is let through: an allow-list of node classes, of the arguments each may have, and of bare words.

Checked by class, not by name (``LPAD`` is ``exp.Pad``). What isn't listed is refused, so that a construct which a
later sqlglot learns to parse is refused as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlglot import exp

from assistant.model.sql.errors import SqlRefused

_MAX_DEPTH: Final = 40
_MAX_NODES: Final = 800
_MAX_RELATIONS: Final = 8
_MAX_LIMIT: Final = 100

_BINARY: Final = ("this", "expression")
_QUERY: Final = ("with_", "order", "limit", "offset")

_CLAUSES: Final[dict[type[exp.Expression], tuple[str, ...]]] = {
    exp.Select: ("expressions", "from_", "joins", "where", "group", "having", "qualify", *_QUERY),
    exp.Union: ("this", "expression", *_QUERY),
    exp.Subquery: ("this", "alias"),
    exp.With: ("expressions",),
    exp.CTE: ("this", "alias"),
    exp.From: ("this",),
    exp.Join: ("this", "kind", "on"),
    exp.Table: ("this", "alias"),
    exp.TableAlias: ("this",),
    exp.Where: ("this",),
    exp.Group: ("expressions",),
    exp.Having: ("this",),
    exp.Qualify: ("this",),
    exp.Order: ("this", "expressions"),
    exp.Ordered: ("this", "desc", "nulls_first"),
    exp.Limit: ("expression",),
    exp.Offset: ("expression",),
}
_TERMS: Final[dict[type[exp.Expression], tuple[str, ...]]] = {
    exp.Alias: ("this", "alias"),
    exp.Column: ("this", "table"),
    exp.Identifier: ("this", "quoted"),
    exp.Star: (),
    exp.Literal: ("this", "is_string"),
    exp.Boolean: ("this",),
    exp.Null: (),
    exp.Paren: ("this",),
    exp.Tuple: ("expressions",),
    exp.Neg: ("this",),
    exp.Not: ("this",),
    exp.Is: ("this", "expression", "negate"),
    exp.Like: ("this", "expression", "negate"),
    exp.In: ("this", "expressions", "query"),
    exp.Between: ("this", "low", "high"),
    exp.Div: ("this", "expression", "typed", "safe"),
    exp.Case: ("this", "ifs", "default"),
    exp.If: ("this", "true", "false"),
    exp.Exists: ("this",),
    **dict.fromkeys((exp.And, exp.Or, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), _BINARY),
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul), _BINARY),
}
_FUNCTIONS: Final[dict[type[exp.Expression], tuple[str, ...]]] = {
    exp.Coalesce: ("this", "expressions"),
    exp.Nullif: _BINARY,
    exp.Abs: ("this",),
    exp.Round: ("this", "decimals"),
    exp.Length: ("this",),
    exp.Substring: ("this", "start", "length"),
    exp.Left: _BINARY,
    exp.Right: _BINARY,
    exp.StartsWith: _BINARY,
    exp.EndsWith: _BINARY,
    exp.Contains: _BINARY,
    exp.Sum: ("this",),
    exp.Avg: ("this",),
    exp.Min: ("this",),
    exp.Max: ("this",),
    exp.Count: ("this", "big_int"),
    exp.CountIf: ("this",),
    exp.Median: ("this",),
    exp.Filter: _BINARY,
    exp.Window: ("this", "partition_by", "order", "over"),
    **dict.fromkeys((exp.RowNumber, exp.Rank, exp.DenseRank), ()),
}
_ALLOWED: Final = {node: frozenset(arguments) for node, arguments in (_CLAUSES | _TERMS | _FUNCTIONS).items()}
_NAMED: Final = (exp.Identifier, exp.Literal)
"""Nodes whose text is escaped, or checked, when SQL is written from them."""
_BARE_WORDS: Final = frozenset({"INNER", "CROSS", "OVER"})
"""No outer joins: what stands in their conditions restricts nothing."""

_FUNCTION_NAMES: Final = (
    "SUM AVG MIN MAX COUNT COUNT_IF MEDIAN ROW_NUMBER RANK DENSE_RANK COALESCE NULLIF ABS ROUND LENGTH SUBSTRING LEFT "
    "RIGHT STARTS_WITH ENDS_WITH CONTAINS CASE IF"
)


def check_grammar(query: exp.Expr) -> None:
    """Raises SqlRefused unless every node below ``query``, and every argument of it, is on the list."""
    stack: list[tuple[exp.Expr, int]] = [(query, 1)]
    nodes = relations = 0
    while stack:
        node, depth = stack.pop()
        nodes += 1
        if depth > _MAX_DEPTH or nodes > _MAX_NODES:
            raise SqlRefused("查询太复杂。", "请减少嵌套和条件。")
        _check_node(node)
        relations += isinstance(node, exp.Table)
        stack.extend((child, depth + 1) for child in node.iter_expressions())
    if relations > _MAX_RELATIONS:
        raise SqlRefused(f"查询读了{relations}次视图，最多{_MAX_RELATIONS}次。")


def _check_node(node: exp.Expr) -> None:
    allowed = _ALLOWED.get(type(node))  # type: ignore[arg-type]
    if allowed is None:
        raise SqlRefused(*_refusal(node))
    for name, value in node.args.items():
        if value is None or value is False or value == []:
            continue
        if name not in allowed:
            raise SqlRefused(f"{_KEYWORDS.get(type(node), node.key.upper())}不可带“{name.strip('_').upper()}”部分。")
        if isinstance(value, str) and not isinstance(node, _NAMED) and value.upper() not in _BARE_WORDS:
            raise SqlRefused(f"不允许“{value}”。")
        if isinstance(value, list) and not all(isinstance(item, exp.Expr) for item in value):
            raise SqlRefused("查询里有不成语句的部分。")
    check = _CHECKS.get(type(node))
    if check is not None:
        check(node)


def _refusal(node: exp.Expr) -> tuple[str, str]:
    if isinstance(node, exp.Anonymous):
        return f"函数 {node.name} 不在允许之列。", f"可用的函数：{_FUNCTION_NAMES}。"
    if isinstance(node, exp.Func):
        name = "UNNEST" if isinstance(node, exp.Explode) else node.sql_name()
        return f"函数 {name} 不在允许之列。", f"可用的函数：{_FUNCTION_NAMES}。"
    if isinstance(node, exp.Placeholder | exp.Parameter):
        return "查询里不可有参数。", "请直接写出数值。"
    return f"不允许“{node.key.upper()}”这种写法。", "只允许对视图作普通的 SELECT 查询。"


def _check_select(node: exp.Expr) -> None:
    if not node.args.get("from_"):
        raise SqlRefused("查询没有读任何视图。", "每个 SELECT 都要有 FROM。")


def _check_union(node: exp.Expr) -> None:
    if node.args.get("distinct") is not False:
        raise SqlRefused("不允许 UNION 去重。", "请改用 UNION ALL。")


def _check_table(node: exp.Expr) -> None:
    if not isinstance(node.this, exp.Identifier):
        raise SqlRefused("FROM 后面只能是视图名，不可用表函数。")


def _check_identifier(node: exp.Expr) -> None:
    name = node.this
    if not isinstance(name, str) or not name or name.startswith("__") or "\0" in name:
        raise SqlRefused(f"名称“{name}”不可用。", "名称不可以两条下划线开头。")


def _check_literal(node: exp.Expr) -> None:
    if not node.args.get("is_string") and not _is_number(node.this):
        raise SqlRefused(f"“{node.this}”不是数。")
    if "\0" in node.this:
        raise SqlRefused("文字里不可有空字符。")


def _is_number(text: str) -> bool:
    whole, _, fraction = text.partition(".")
    return text.isascii() and (whole + fraction).isdigit()


def _check_or(node: exp.Expr) -> None:
    sides = [side.unnest() for side in node.flatten()]
    are_alike = all(isinstance(side, exp.EQ | exp.Like | exp.StartsWith) for side in sides)
    if not are_alike or len({side.this for side in sides}) > 1:
        raise SqlRefused("OR 只可连接对同一列的 = 或 LIKE。", "请用 IN，或拆开写。")


def _check_alias(node: exp.Expr) -> None:
    # DuckDB and sqlglot read 2024年预算数 as the number 2024 called 年预算数
    if isinstance(node.this, exp.Literal) and not node.this.is_string:
        raise SqlRefused(f"“{node.this.this}{node.alias}”会读成一个数。", "列名以数字开头的，要加双引号。")


def _check_aggregate(node: exp.Expr) -> None:
    if node.this is None:
        raise SqlRefused("合计函数的括号里要有列。")
    if node.find(exp.Query):
        raise SqlRefused("合计函数里不可有子查询。", "请把子查询写到合计函数外面。")


def _check_order(node: exp.Expr) -> None:
    if node.this:
        raise SqlRefused("合计函数的括号里不可有 ORDER BY。")


def _check_limit(node: exp.Expr) -> None:
    count = node.args["expression"]
    if not isinstance(count, exp.Literal) or not str(count.this).isdecimal() or int(count.this) > _MAX_LIMIT:
        raise SqlRefused(f"{node.key.upper()} 后面只能是不大于{_MAX_LIMIT}的整数。")


_KEYWORDS: Final[dict[type[exp.Expr], str]] = {
    exp.Select: "SELECT", exp.Table: "视图名", exp.Star: "星号", exp.Join: "JOIN",
}  # fmt: skip
_CHECKS: Final[dict[type[exp.Expr], Callable[[exp.Expr], None]]] = {
    exp.Select: _check_select,
    exp.Union: _check_union,
    exp.Alias: _check_alias,
    exp.Or: _check_or,
    exp.Table: _check_table,
    exp.Identifier: _check_identifier,
    exp.Literal: _check_literal,
    **dict.fromkeys((exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Median, exp.Count, exp.CountIf), _check_aggregate),
    exp.Order: _check_order,
    exp.Limit: _check_limit,
    exp.Offset: _check_limit,
}
