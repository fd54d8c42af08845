"""Evidence by rewriting: each result row also returns the rows it was made from (why-provenance).

A row of a view is written ``tag|row_id``. Each query block gets one more column, the list of these: of a joined row
the lists of its parts, of a group the lists of its rows. WITH is written in place first, so that each occurrence of a
view has a tag of its own. Rows that only decide what is selected go to a second column, the context: those that a
subquery in a condition reads, those that a window compares, those that EXCEPT takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlglot import exp

from assistant.errors import UntraceableQuery
from assistant.sql import lists
from assistant.sql.block import Block, Relation, Traced
from assistant.sql.catalogue import KEY_COLUMN, Catalogue
from assistant.sql.grammar import MAX_LIMIT
from assistant.sql.guard import to_sql
from assistant.sql.lineage import Field, Origin, OutputColumn, TracedQuery, of_either, united
from assistant.sql.prepare import decides_by_other_rows, prepare

_ROW_PARTS: Final = ("order", "limit", "offset")
_TAG: Final = "tag"
_CONTEXT_TAG: Final = "context_tag"


def trace(query: exp.Query, catalogue: Catalogue) -> TracedQuery:
    """Rewrites a guarded statement so that it also returns its evidence. Raises UntraceableQuery.

    The result has the same rows in the same order; at most one more than ``MAX_LIMIT`` of them, to tell that there
    are more.
    """
    return trace_prepared(prepare(query.copy()), catalogue)


def trace_prepared(
    prepared: exp.Query, catalogue: Catalogue, *, with_context: bool = True, limit: int = MAX_LIMIT
) -> TracedQuery:
    """The same for a prepared statement, in place."""
    tracer = Tracer(catalogue, has_context=with_context and decides_by_other_rows(prepared))
    traced = tracer.query(prepared, is_exact=True)
    if traced.query.args.get("limit") is None:
        traced.query.set("limit", exp.Limit(expression=exp.Literal.number(limit + 1)))
    tracer.place_lists(traced.query, {origin.tag for column in traced.fields.values() for origin in column.origins})
    return TracedQuery(
        sql=to_sql(traced.query, keep=False),
        columns=tuple(OutputColumn(n, f.origins, f.aggregate, f.is_cell) for n, f in traced.fields.items()),
        views=tracer.views,
        sums=tuple(dict.fromkeys(traced.sums)),
        counts=tuple(dict.fromkeys(traced.counts)),
        has_context=tracer.has_context,
        limit=limit,
    )


class Tracer:
    """Rewrites the blocks of one statement and gives out tags."""

    def __init__(self, catalogue: Catalogue, *, has_context: bool) -> None:
        self.has_context = has_context
        self.views: dict[int, str] = {}
        self._catalogue = catalogue
        self._derived: dict[int, int] = {}
        self._lists: dict[int, exp.Expr] = {}
        self._deciding: set[int] = set()
        self._companions: dict[int, set[int]] = {}

    def query(self, node: exp.Expr, *, is_exact: bool = False) -> Traced:
        """Rewrites a SELECT or a UNION and the like, mostly in place; the result holds the query to use instead."""
        if isinstance(node, exp.Subquery):
            return self.query(node.this, is_exact=is_exact)
        if isinstance(node, exp.Union):
            return self._union(node)
        if isinstance(node, exp.SetOperation):
            return self._matched(node)
        assert isinstance(node, exp.Select)
        if node.args.get("distinct") is None:
            return Block(self, node, is_exact=is_exact).traced()
        rows = _DistinctRows.cut_off(node)
        node.set("distinct", None)
        return self._regrouped(Block(self, node, is_exact=False).traced(), rows)

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
        return Relation(fields, frozenset({Origin(tag, view, None)}), (frozenset({tag}),), tag)

    def derive_tag(self, origin: Origin, collected: Callable[[int], exp.Expr]) -> tuple[int, exp.Expr, exp.Expr]:
        """A second tag for some rows of ``origin``, and the places in evidence and context for the list of those."""
        tag = self._new_tag(origin.view)
        self._derived[tag] = origin.tag
        self._lists[tag] = collected(tag)
        return tag, _place(_TAG, tag), _place(_CONTEXT_TAG, tag)

    def accompany(self, tags: Iterable[int], others: Iterable[int]) -> None:
        """Notes that what rests on any of ``tags`` was chosen by the rows of ``others`` too."""
        for tag in tags:
            self._companions.setdefault(tag, set()).update(others)

    def decide(self, origins: Iterable[Origin]) -> None:
        """Notes that rows are chosen by these."""
        self._deciding.update(origin.tag for origin in origins)

    def decide_by_order(self, query: exp.Query, fields: Mapping[str, Field]) -> None:
        """Notes that LIMIT chooses rows by these columns."""
        if not query.args.get("limit") or not query.args.get("order"):
            return
        for key in query.args["order"].expressions:
            if isinstance(key.this, exp.Literal):
                self.decide(list(fields.values())[int(key.this.name) - 1].origins)
            elif key.this.name in fields:
                self.decide(fields[key.this.name].origins)

    def place_lists(self, query: exp.Query, shown: set[int]) -> None:
        """Puts the list of each derived tag where it is needed: evidence of what is shown, or context of a choice."""
        evidence = shown | self._parents(shown | self._deciding)
        needed = evidence | self._deciding
        companions = needed.union(*(self._companions.get(tag, ()) for tag in needed))
        wanted = {_TAG: evidence, _CONTEXT_TAG: companions - evidence}
        for place in list(query.find_all(exp.Cast)) if self._derived else ():
            for kind, tags in wanted.items():
                if place.meta.get(kind) in tags:
                    place.replace(self._lists[place.meta[kind]].copy())

    def _parents(self, tags: Iterable[int]) -> set[int]:
        """What these tags were derived from: the lists of inner blocks from which those of outer ones are taken."""
        found: set[int] = set()
        for tag in tags:
            while tag in self._derived:
                tag = self._derived[tag]
                found.add(tag)
        return found

    def _new_tag(self, view: str) -> int:
        tag = len(self.views)
        self.views[tag] = view
        return tag

    def _union(self, union: exp.Union) -> Traced:
        rows = _DistinctRows.cut_off(union) if union.args["distinct"] else None
        left, right = self._side(union, "this"), self._side(union, "expression")
        union.set("distinct", False)
        keys = of_either(left.keys, right.keys)
        traced = Traced(_of_both(left, right), left.rows | right.rows, keys, query=union)
        if self.has_context:
            self.decide_by_order(union, traced.fields)
        return self._regrouped(traced, rows) if rows else traced

    def _side(self, union: exp.SetOperation, side: str) -> Traced:
        traced = self.query(union.args[side])
        bracketed = any(traced.query.args.get(part) for part in _ROW_PARTS)
        union.set(side, exp.Subquery(this=traced.query) if bracketed else traced.query)
        return traced

    def _matched(self, operation: exp.SetOperation) -> Traced:
        """INTERSECT and EXCEPT as a UNION ALL grouped over all columns, of which groups of both, or one, are kept."""
        rows = _DistinctRows.cut_off(operation)
        left, right = self.query(operation.this), self.query(operation.expression)
        both = isinstance(operation, exp.Intersect)
        taken_away = None if both else lists.all_rows(right.query.copy(), evidence=True, context=True)
        union = exp.Union(
            this=lists.marked(left.query, is_left=True),
            expression=lists.marked(right.query, is_left=False),
            distinct=False,
        )
        fields = _of_both(left, right) if both else left.fields
        keys = of_either(left.keys, right.keys) if both else left.keys
        traced = Traced(fields, left.rows | right.rows if both else left.rows, keys, query=union)
        return self._regrouped(traced, rows, having=lists.of_sides("__d", both=both), taken_away=taken_away)

    def _regrouped(
        self,
        traced: Traced,
        rows: _DistinctRows,
        having: exp.Having | None = None,
        taken_away: exp.Expr | None = None,
    ) -> Traced:
        """DISTINCT and UNION as a GROUP BY over all columns, which keeps the evidence of rows that fall together."""
        columns = [lists.column("__d", name) for name in traced.fields]
        select = exp.Select(
            expressions=[exp.Alias(this=column, alias=column.this.copy()) for column in columns],
            from_=exp.From(this=lists.derived(traced.query, "__d")),
            group=exp.Group(expressions=[column.copy() for column in columns]),
            having=having,
            order=rows.order,
            limit=rows.limit,
            offset=rows.offset,
        )
        if rows.order and rows.limit:
            for number in range(1, len(columns) + 1):
                rows.order.append("expressions", exp.Ordered(this=exp.Literal.number(number)))
        lists.append(select, lists.EVIDENCE, lists.gathered("__d"))
        if self.has_context:
            self.decide_by_order(select, traced.fields)
            context = [lists.gathered_context("__d"), *([taken_away] if taken_away else [])]
            lists.append(select, lists.CONTEXT, lists.joined(context))
        fields = {name: replace(value, is_merged=True) for name, value in traced.fields.items()}
        return Traced(fields, traced.rows, traced.keys, query=select)


def _place(kind: str, tag: int) -> exp.Expr:
    place = lists.empty()
    place.meta[kind] = tag
    return place


def _of_both(left: Traced, right: Traced) -> dict[str, Field]:
    """The columns of a UNION: each rests on what either side's does."""
    return {
        name: replace(united([one, other]), is_cell=one.is_cell and other.is_cell)
        for (name, one), other in zip(left.fields.items(), right.fields.values(), strict=True)
    }


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
