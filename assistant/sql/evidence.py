"""Evidence by rewriting: each result row also returns the rows it was made from (why-provenance).

A row of a view is written ``tag|row_id``. Each query block gets one more column, the list of these: of a joined row
the lists of its parts, of a group the lists of its rows. WITH is written in place first, so that each occurrence of a
view has a tag of its own. Rows that only a subquery in a condition reads go to a second column, the context.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sqlglot import exp

from assistant.errors import UntraceableQuery
from assistant.sql import lists
from assistant.sql.block import Block, Relation, Traced
from assistant.sql.catalogue import KEY_COLUMN, Catalogue
from assistant.sql.grammar import MAX_LIMIT
from assistant.sql.guard import to_sql
from assistant.sql.lineage import Field, Origin, OutputColumn, TracedQuery, united
from assistant.sql.prepare import has_conditions_on_queries, prepare

_ROW_PARTS: Final = ("order", "limit", "offset")


def trace(query: exp.Query, catalogue: Catalogue) -> TracedQuery:
    """Rewrites a guarded statement so that it also returns its evidence. Raises UntraceableQuery.

    The result has the same rows in the same order; at most one more than ``MAX_LIMIT`` of them, to tell that there
    are more.
    """
    prepared = prepare(query.copy())
    tracer = Tracer(catalogue, has_context=has_conditions_on_queries(prepared))
    traced = tracer.query(prepared)
    if traced.query.args.get("limit") is None:
        traced.query.set("limit", exp.Limit(expression=exp.Literal.number(MAX_LIMIT + 1)))
    needed = tracer.needed({origin.tag for column in traced.fields.values() for origin in column.origins})
    tracer.prune(needed)
    return TracedQuery(
        sql=to_sql(traced.query, keep=False),
        columns=tuple(OutputColumn(n, f.origins, f.aggregate, f.is_cell) for n, f in traced.fields.items()),
        views=tracer.views,
        sums=tuple(dict.fromkeys(total for total in traced.sums if total.tags & needed)),
        has_context=tracer.has_context,
    )


class Tracer:
    """Rewrites the blocks of one statement and gives out tags."""

    def __init__(self, catalogue: Catalogue, *, has_context: bool) -> None:
        self.has_context = has_context
        self.views: dict[int, str] = {}
        self._catalogue = catalogue
        self._derived: dict[int, int] = {}
        self._lists: dict[int, exp.Expr] = {}

    def query(self, node: exp.Expr) -> Traced:
        """Rewrites a SELECT or UNION, mostly in place; the result holds the query to use instead."""
        if isinstance(node, exp.Subquery):
            return self.query(node.this)
        if isinstance(node, exp.Union):
            return self._union(node)
        assert isinstance(node, exp.Select)
        if node.args.get("distinct") is None:
            return Block(self, node).traced()
        rows = _DistinctRows.cut_off(node)
        node.set("distinct", None)
        return self._regrouped(Block(self, node).traced(), rows)

    def relation(self, source: exp.Expr) -> Relation:
        """A view with a new tag, or the rewritten subquery."""
        if isinstance(source, exp.Subquery):
            traced = self.query(source.this)
            source.set("this", traced.query)
            return traced
        view = source.name
        if KEY_COLUMN not in self._catalogue[view]:
            raise UntraceableQuery(f"视图“{view}”没有行标识，结果无从引用。")
        tag = self._new_tag(view)
        fields = {name: Field(frozenset({Origin(tag, view, name)}), None, True) for name in self._catalogue[view]}
        return Relation(fields, frozenset({Origin(tag, view, None)}), [], tag)

    def derive_tag(self, origin: Origin, collected: Callable[[int], exp.Expr]) -> tuple[int, exp.Expr]:
        """A second tag for some rows of ``origin``, and the list of those rows, dropped later if nobody needs it."""
        tag = self._new_tag(origin.view)
        self._derived[tag] = origin.tag
        self._lists[tag] = collected(tag)
        return tag, self._lists[tag]

    def is_derived(self, tag: int) -> bool:
        """Whether ``tag`` stands for some rows of another tag."""
        return tag in self._derived

    def needed(self, tags: set[int]) -> frozenset[int]:
        """``tags`` and those that these were derived from."""
        found = set(tags)
        for tag in tags:
            while tag in self._derived:
                tag = self._derived[tag]
                found.add(tag)
        return frozenset(found)

    def prune(self, needed: frozenset[int]) -> None:
        """Empties the lists that no column of the result rests on, such as those of a rank that only selects rows."""
        for tag, collected in self._lists.items():
            if tag not in needed:
                collected.replace(lists.empty())

    def _new_tag(self, view: str) -> int:
        tag = len(self.views)
        self.views[tag] = view
        return tag

    def _union(self, union: exp.Union) -> Traced:
        rows = _DistinctRows.cut_off(union) if union.args["distinct"] else None
        left, right = self._side(union, "this"), self._side(union, "expression")
        fields = {
            name: replace(united([one, other]), is_cell=one.is_cell and other.is_cell)
            for (name, one), other in zip(left.fields.items(), right.fields.values(), strict=True)
        }
        union.set("distinct", False)
        traced = Traced(fields, left.rows | right.rows, left.sums + right.sums, query=union)
        return self._regrouped(traced, rows) if rows else traced

    def _side(self, union: exp.Union, side: str) -> Traced:
        traced = self.query(union.args[side])
        bracketed = any(traced.query.args.get(part) for part in _ROW_PARTS)
        union.set(side, exp.Subquery(this=traced.query) if bracketed else traced.query)
        return traced

    def _regrouped(self, traced: Traced, rows: _DistinctRows) -> Traced:
        """DISTINCT and UNION as a GROUP BY over all columns, which keeps the evidence of rows that fall together."""
        columns = [lists.column("__d", name) for name in traced.fields]
        select = exp.Select(
            expressions=[exp.Alias(this=column, alias=column.this.copy()) for column in columns],
            from_=exp.From(this=lists.derived(traced.query, "__d")),
            group=exp.Group(expressions=[column.copy() for column in columns]),
            order=rows.order,
            limit=rows.limit,
            offset=rows.offset,
        )
        lists.append(select, lists.EVIDENCE, lists.gathered("__d"))
        if self.has_context:
            lists.append(select, lists.CONTEXT, lists.gathered_context("__d"))
        sums = [replace(total, nested=True) for total in traced.sums]
        return Traced(traced.fields, traced.rows, sums, query=select)


@dataclass(frozen=True, slots=True)
class _DistinctRows:
    """Order and limit of a DISTINCT or UNION, which apply to what is left after equal rows fell together."""

    order: exp.Expr | None
    limit: exp.Expr | None
    offset: exp.Expr | None

    @classmethod
    def cut_off(cls, query: exp.Query) -> _DistinctRows:
        """Takes the parts off ``query``; keys that aren't output columns are turned into such, or refused."""
        order = query.args.get("order")
        for key in order.expressions if order else ():
            if isinstance(key.this, exp.Literal) or (isinstance(key.this, exp.Column) and not key.this.table):
                continue
            output = next((column for column in query.selects if column.unalias() == key.this), None)
            if output is None:
                raise UntraceableQuery("DISTINCT 的结果只可按结果里的列排序。", "请把排序的列也写进 SELECT。")
            key.this.replace(exp.Column(this=output.args["alias"].copy()))
        parts = [query.args.get(part) for part in _ROW_PARTS]
        for part in _ROW_PARTS:
            query.set(part, None)
        return cls(*parts)
