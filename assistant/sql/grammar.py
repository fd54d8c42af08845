"""The SQL that is let through: an allow-list of node classes, of the arguments each may have, and of bare words.

Checked by class, not by name (``LPAD`` is ``exp.Pad``). What isn't listed is refused, so that a construct which a
later sqlglot learns to parse is refused as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlglot import exp

from assistant.errors import SqlRefused

MAX_DEPTH: Final = 60
MAX_NODES: Final = 4_000
MAX_RELATIONS: Final = 16
MAX_CONCATENATED: Final = 16
"""Operands of all concatenations together: a chain of CTEs that each double a text would exhaust the memory."""
MAX_LIMIT: Final = 2_000
MAX_OFFSET: Final = 100_000

_BINARY: Final = ("this", "expression")
_QUERY: Final = ("with_", "order", "limit", "offset")

_SET_OPERATIONS: Final = (exp.Union, exp.Intersect, exp.Except)

_CLAUSES: Final[dict[type[exp.Expression], tuple[str, ...]]] = {
    exp.Select: ("expressions", "distinct", "from_", "joins", "where", "group", "having", "qualify", *_QUERY),
    **dict.fromkeys(_SET_OPERATIONS, ("this", "expression", "distinct", *_QUERY)),
    exp.Subquery: ("this", "alias"),
    exp.With: ("expressions",),
    exp.CTE: ("this", "alias"),
    exp.From: ("this",),
    exp.Join: ("this", "side", "kind", "on"),
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
    exp.Distinct: ("expressions",),
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
    exp.ILike: ("this", "expression", "negate"),
    exp.In: ("this", "expressions", "query"),
    exp.Between: ("this", "low", "high"),
    exp.Div: ("this", "expression", "typed", "safe"),
    exp.DPipe: ("this", "expression", "safe"),
    exp.Case: ("this", "ifs", "default"),
    exp.If: ("this", "true", "false"),
    exp.Exists: ("this",),
    exp.Cast: ("this", "to"),
    exp.TryCast: ("this", "to", "safe"),
    exp.DataType: ("this", "expressions", "nested"),
    exp.DataTypeParam: ("this",),
    **dict.fromkeys((exp.And, exp.Or, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), _BINARY),
    **dict.fromkeys((exp.NullSafeEQ, exp.NullSafeNEQ, exp.Escape), _BINARY),
    **dict.fromkeys((exp.Add, exp.Sub, exp.Mul, exp.IntDiv, exp.Mod), _BINARY),
}
_FUNCTIONS: Final[dict[type[exp.Expression], tuple[str, ...]]] = {
    exp.Coalesce: ("this", "expressions"),
    exp.Nullif: _BINARY,
    exp.Abs: ("this",),
    exp.Round: ("this", "decimals"),
    exp.Floor: ("this",),
    exp.Ceil: ("this",),
    exp.Greatest: ("this", "expressions", "ignore_nulls"),
    exp.Least: ("this", "expressions", "ignore_nulls"),
    exp.Lower: ("this",),
    exp.Upper: ("this",),
    exp.Trim: ("this",),
    exp.Length: ("this",),
    exp.Substring: ("this", "start", "length"),
    exp.Left: _BINARY,
    exp.Right: _BINARY,
    exp.StartsWith: _BINARY,
    exp.EndsWith: _BINARY,
    exp.Contains: _BINARY,
    exp.StrPosition: ("this", "substr"),
    exp.Concat: ("expressions", "safe", "coalesce"),
    exp.Sum: ("this",),
    exp.Avg: ("this",),
    exp.Min: ("this",),
    exp.Max: ("this",),
    exp.Count: ("this", "big_int"),
    exp.CountIf: ("this",),
    exp.Median: ("this",),
    exp.ArgMax: _BINARY,
    exp.ArgMin: _BINARY,
    exp.AnyValue: ("this",),
    exp.IgnoreNulls: ("this",),
    exp.GroupConcat: ("this", "separator"),
    exp.Filter: _BINARY,
    exp.Window: ("this", "partition_by", "order", "spec", "over"),
    exp.WindowSpec: ("kind", "start", "start_side", "end", "end_side"),
    **dict.fromkeys((exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist), ()),
    **dict.fromkeys((exp.Ntile, exp.FirstValue, exp.LastValue), ("this",)),
    **dict.fromkeys((exp.Lag, exp.Lead), ("this", "offset", "default")),
}
_ALLOWED: Final = {node: frozenset(arguments) for node, arguments in (_CLAUSES | _TERMS | _FUNCTIONS).items()}
_NAMED: Final = (exp.Identifier, exp.Literal)
"""Nodes whose text is escaped, or checked, when SQL is written from them."""
_BARE_WORDS: Final = frozenset(
    {"LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "OVER", "ROWS", "RANGE"}
    | {"UNBOUNDED", "CURRENT ROW", "PRECEDING", "FOLLOWING"}
)
_CAST_TYPES: Final = frozenset(
    {exp.DType.DECIMAL, exp.DType.INT, exp.DType.BIGINT, exp.DType.TEXT, exp.DType.VARCHAR, exp.DType.BOOLEAN}
)
_FUNCTION_NAMES: Final = (
    "SUM AVG MIN MAX COUNT COUNT_IF MEDIAN ARG_MAX ARG_MIN ANY_VALUE STRING_AGG ROW_NUMBER RANK DENSE_RANK "
    "PERCENT_RANK CUME_DIST NTILE LAG LEAD FIRST_VALUE LAST_VALUE "
    "COALESCE NULLIF ABS ROUND FLOOR CEIL GREATEST LEAST LOWER UPPER TRIM LENGTH SUBSTRING LEFT RIGHT STARTS_WITH "
    "ENDS_WITH CONTAINS STRPOS CONCAT CAST TRY_CAST CASE IF"
)


def check_grammar(query: exp.Expr) -> None:
    """Raises SqlRefused unless every node below ``query``, and every argument of it, is on the list."""
    stack: list[tuple[exp.Expr, int]] = [(query, 1)]
    nodes = relations = concatenated = 0
    while stack:
        node, depth = stack.pop()
        nodes += 1
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise SqlRefused("查询太复杂。", "请减少嵌套和条件。")
        _check_node(node)
        relations += isinstance(node, exp.Table)
        concatenated += _operands(node)
        stack.extend((child, depth + 1) for child in node.iter_expressions())
    if relations > MAX_RELATIONS:
        raise SqlRefused(f"查询读了{relations}次视图，最多{MAX_RELATIONS}次。")
    if concatenated > MAX_CONCATENATED:
        raise SqlRefused(f"文字拼接太多，最多{MAX_CONCATENATED}段。")


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


def _operands(node: exp.Expr) -> int:
    if isinstance(node, exp.Concat):
        return len(node.expressions)
    return 2 if isinstance(node, exp.DPipe) else 0


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
    distinct = node.args.get("distinct")
    if distinct is not None and distinct.args.get("on"):
        raise SqlRefused("不允许 DISTINCT ON。", "请改用 ROW_NUMBER() 和 QUALIFY。")


def _check_set_operation(node: exp.Expr) -> None:
    distinct = node.args.get("distinct")
    if not isinstance(distinct, bool):
        raise SqlRefused("UNION 要写明是 UNION 还是 UNION ALL。")
    if not distinct and not isinstance(node, exp.Union):
        raise SqlRefused(f"不允许 {node.key.upper()} ALL。", f"请改用 {node.key.upper()}。")


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


def _check_cast(node: exp.Expr) -> None:
    if node.args["to"].this not in _CAST_TYPES:
        raise SqlRefused(
            f"不可转成 {node.args['to'].sql('duckdb')}。", "可转成 DECIMAL、INTEGER、BIGINT、VARCHAR、BOOLEAN。"
        )


def _check_order(node: exp.Expr) -> None:
    if node.this and not isinstance(node.parent, exp.GroupConcat):
        raise SqlRefused("合计函数的括号里不可有 ORDER BY。", "只有 STRING_AGG 可以。")


def _check_limit(node: exp.Expr) -> None:
    maximum = MAX_LIMIT if isinstance(node, exp.Limit) else MAX_OFFSET
    count = node.args["expression"]
    if not isinstance(count, exp.Literal) or not str(count.this).isdecimal() or int(count.this) > maximum:
        raise SqlRefused(f"{node.key.upper()} 后面只能是不大于{maximum}的整数。")


def _check_sum(node: exp.Expr) -> None:
    if isinstance(node.this, exp.Distinct):
        raise SqlRefused(f"{node.key.upper()}(DISTINCT …) 会漏掉金额相同的行。", "请去掉 DISTINCT。")


_KEYWORDS: Final[dict[type[exp.Expr], str]] = {
    exp.Select: "SELECT", exp.Table: "视图名", exp.Star: "星号", exp.Join: "JOIN",
}  # fmt: skip
_CHECKS: Final[dict[type[exp.Expr], Callable[[exp.Expr], None]]] = {
    exp.Select: _check_select,
    **dict.fromkeys(_SET_OPERATIONS, _check_set_operation),
    exp.Table: _check_table,
    exp.Identifier: _check_identifier,
    exp.Literal: _check_literal,
    exp.Cast: _check_cast,
    exp.TryCast: _check_cast,
    exp.Order: _check_order,
    exp.Limit: _check_limit,
    exp.Offset: _check_limit,
    exp.Sum: _check_sum,
    exp.Avg: _check_sum,
    exp.Median: _check_sum,
}
