"""SQL for lists of row identifiers: the pieces that evidence is rewritten with."""

from __future__ import annotations

from typing import Final

from sqlglot import exp

from assistant.sql.catalogue import KEY_COLUMN

EVIDENCE: Final = "__e"
CONTEXT: Final = "__c"
SEPARATOR: Final = "|"
_ITEM: Final = "__i"
_IS_LEFT: Final = "__l"
_SOURCE: Final = "__s"


def column(table: str, name: str) -> exp.Column:
    """``"table"."name"``"""
    return exp.Column(this=_identifier(name), table=_identifier(table))


def entry(tag: int, table: str) -> exp.Expr:
    """One row of a view: ``'3|' || "a"."row_id"``; NULL for the missing side of an outer join."""
    return exp.DPipe(this=_prefix(tag), expression=column(table, KEY_COLUMN))


def gather(value: exp.Expr) -> exp.Expr:
    """``LIST(value)``"""
    return _call("LIST", value)


def flattened(value: exp.Expr) -> exp.Expr:
    """A list of lists as one list; NULLs in it vanish."""
    return _call("FLATTEN", value)


def gathered(table: str) -> exp.Expr:
    """The evidence of all rows of a subquery, repetitions kept: they tell of a row added twice."""
    return flattened(gather(column(table, EVIDENCE)))


def gathered_context(table: str) -> exp.Expr:
    """The context of all rows of a subquery: mostly the same list again and again, hence DISTINCT."""
    return gathered_lists(column(table, CONTEXT))


def partitioned_context(table: str, window: exp.Window) -> exp.Expr:
    """The context of a subquery's rows over the whole partition of ``window``."""
    return gathered_lists(column(table, CONTEXT), window)


def gathered_lists(rows: exp.Expr, window: exp.Window | None = None) -> exp.Expr:
    """The lists ``rows`` of all rows of a group, or of a window's partition, as one."""
    gathered_rows = gather(exp.Distinct(expressions=[rows]))
    return flattened(partitioned(gathered_rows, window) if window else gathered_rows)


def filtered(rows: exp.Expr, condition: exp.Expr | None) -> exp.Expr:
    """``rows FILTER (WHERE condition)``"""
    if condition is None:
        return rows
    return exp.Filter(this=rows, expression=exp.Where(this=condition.copy()))


def unique(rows: exp.Expr) -> exp.Expr:
    """Each row once."""
    return _call("LIST_DISTINCT", rows)


def partitioned(rows: exp.Expr, window: exp.Window) -> exp.Expr:
    """``rows`` over the whole partition of ``window``."""
    keys = [key.copy() for key in window.args.get("partition_by") or ()]
    return exp.Window(this=rows, partition_by=keys, over="OVER")


def retagged(rows: exp.Expr, old: int, new: int) -> exp.Expr:
    """Those of ``rows`` that have the tag ``old``, with the tag ``new``."""
    start = exp.Literal.number(len(f"{old}{SEPARATOR}") + 1)
    item = exp.Column(this=_identifier(_ITEM))
    chosen = _call("LIST_FILTER", rows, _lambda(_call("STARTS_WITH", item, _prefix(old))))
    renamed = exp.DPipe(this=_prefix(new), expression=_call("SUBSTR", item.copy(), start))
    return _call("LIST_TRANSFORM", chosen, _lambda(renamed))


def joined(parts: list[exp.Expr]) -> exp.Expr:
    """All lists as one; NULL counts as an empty list."""
    if not parts:
        return empty()
    return parts[0] if len(parts) == 1 else _call("LIST_CONCAT", *parts)


def empty() -> exp.Expr:
    """A list of no texts."""
    text = exp.DataType(this=exp.DType.TEXT)
    return exp.Cast(this=exp.Array(), to=exp.DataType(this=exp.DType.ARRAY, expressions=[text], nested=True))


def append(select: exp.Select, name: str, value: exp.Expr) -> None:
    """``value AS "name"`` behind the other columns."""
    select.append("expressions", exp.Alias(this=value, alias=_identifier(name)))


def derived(query: exp.Expr, alias: str) -> exp.Subquery:
    """``(query) AS "alias"``"""
    return exp.Subquery(this=query, alias=exp.TableAlias(this=_identifier(alias)))


def all_rows(query: exp.Expr, *, evidence: bool = False, context: bool = False) -> exp.Expr:
    """A subquery that gives the lists of all rows of a rewritten query as one list."""
    parts = [gathered(_SOURCE)] if evidence else []
    parts += [gathered_context(_SOURCE)] if context else []
    return exp.Subquery(this=exp.Select(expressions=[joined(parts)], from_=exp.From(this=derived(query, _SOURCE))))


def of_one_row(query: exp.Select, *, evidence: bool = False, context: bool = False) -> exp.Expr:
    """The same of a rewritten query that has but one row, as HAVING says even where no aggregate is left."""
    names = [name for name, wanted in ((EVIDENCE, evidence), (CONTEXT, context)) if wanted]
    row = query.copy()
    row.set("expressions", [joined([column.this for column in row.selects if column.alias in names])])
    row.set("order", None)
    if row.args.get("having") is None:
        row.set("having", exp.Having(this=exp.Boolean(this=True)))
    return exp.Subquery(this=row)


def marked(query: exp.Expr, *, is_left: bool) -> exp.Expr:
    """A rewritten query with one more column: on which side of INTERSECT or EXCEPT it stands."""
    side = exp.Alias(this=exp.Boolean(this=is_left), alias=_identifier(_IS_LEFT))
    return exp.Select(expressions=[exp.Star(), side], from_=exp.From(this=derived(query, _SOURCE)))


def of_sides(table: str, *, both: bool) -> exp.Having:
    """``HAVING BOOL_OR(left) AND BOOL_OR(NOT left)``, or only the left."""
    is_left = column(table, _IS_LEFT)
    if not both:
        return exp.Having(this=_call("BOOL_AND", is_left))
    is_right = exp.Not(this=is_left.copy())
    return exp.Having(this=exp.And(this=_call("BOOL_OR", is_left), expression=_call("BOOL_OR", is_right)))


def _identifier(name: str) -> exp.Identifier:
    return exp.Identifier(this=name, quoted=True)


def _prefix(tag: int) -> exp.Literal:
    return exp.Literal.string(f"{tag}{SEPARATOR}")


def _call(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _lambda(body: exp.Expr) -> exp.Expr:
    return exp.Lambda(this=body, expressions=[_identifier(_ITEM)])
