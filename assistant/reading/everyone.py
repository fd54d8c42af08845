"""All units that are loaded: one item of each, ranked, bounded, added or counted, by its amount or by its change."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from assistant.query import Change, Condition, Count, Each, Filter, Mean, Query, Rank, Select, Several, Sum, names_of
from assistant.reading.clauses import Clause
from assistant.reading.moves import way_of
from assistant.reading.patterns import pattern
from assistant.reading.rows import conditions_of, limit_of

_AGAINST_EXPECTATION: Final = pattern("against_expectation")
HAS_NONE: Final = pattern("has_none")
_ZERO: Final = Condition(comparison="eq", values=(Decimal(0),))


def everyone_query(clause: Clause, topic: Select, *, changes: bool) -> Query:
    """What is asked of one item of all units; ``changes``: of how far it changed against last year."""
    against = _AGAINST_EXPECTATION.search(clause.text)
    way = (("up" if against["up"] else "down") if against else way_of(clause.text)) if changes or against else None
    each: Query = Each(of=Change(of=topic) if way else topic, over="units")
    ops = clause.ops()
    if conditions := _conditions(clause, way if not ops & {"max", "min", "top"} else None):
        each = Filter(rows=each, conditions=conditions)
    ends = ops & {"max", "min"}
    if ends == {"max", "min"}:
        return Several(of=tuple(Rank(rows=each, descending=first) for first in (True, False)))
    if ops & {"max", "min", "top", "ordinal"}:
        places = tuple(int(p.value) for p in clause.of("op") if p.name == "ordinal" and p.value is not None)
        falls = "min" in ops or way == "down"
        return Rank(rows=each, k=limit_of(clause) or 1, places=places, descending=not falls)
    if "count" in ops and topic.quantity != "count":
        return Count(of=each)
    if "sum" in ops:
        return Sum(of=(each,))
    return Mean(of=(each,)) if "mean" in ops else each


def asked_of_the_same(clause: Clause, selects: tuple[Select, ...], before: Query | None) -> Query | None:
    """What was asked just before, where a clause only asks for its figures (有多少辆, 升了多少钱, 分别是谁)."""
    named = {name.text for select in selects for name in select.names}
    is_same = isinstance(before, Rank | Filter | Count) and not clause.of("bound", "number")
    is_same = is_same and before is not None and named <= {name.text for name in names_of(before)}
    ranks = clause.ops() & {"max", "min", "top", "ordinal", "sum", "mean"}
    return before if is_same and not ranks and not HAS_NONE.search(clause.text) else None


def _conditions(clause: Clause, way: str | None) -> tuple[Condition, ...]:
    """The bounds that a clause says, those that no word of it says by number too."""
    said = tuple(conditions_of(clause))
    if not said and HAS_NONE.search(clause.text):
        said = (_ZERO,)
    if not said and way in ("up", "down"):
        said = (Condition(comparison="gt" if way == "up" else "lt", values=(Decimal(0),)),)
    return said
