"""All units that are loaded, or several that are named: one item of each, compared by its amount or by its change."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from assistant.query import (
    Change,
    Condition,
    Count,
    Difference,
    Each,
    Filter,
    Mean,
    Name,
    Query,
    Rank,
    Ratio,
    Select,
    Several,
    Sum,
    names_of,
    nodes_of,
)
from assistant.reading.clauses import Clause
from assistant.reading.moves import way_of
from assistant.reading.patterns import pattern
from assistant.reading.rows import conditions_of, limit_of

_AGAINST_EXPECTATION: Final = pattern("against_expectation")
HAS_NONE: Final = pattern("has_none")
_ZERO: Final = Condition(comparison="eq", values=(Decimal(0),))
_UP: Final = Condition(comparison="gt", values=(Decimal(0),))
_DOWN: Final = Condition(comparison="lt", values=(Decimal(0),))
_COMPARES: Final = pattern("compares_named")
_FURTHEST: Final = pattern("moved_furthest")
_MOVES: Final = pattern("moves_at_all")
_SELECTS: Final = pattern("moved_selects")
_VEHICLES: Final = pattern("vehicles_compared")
_ITEMS: Final = re.compile("哪一?[项块笔类]|里头?|其中")
"""What asks which item of one unit is first, and not which unit."""

_TWO: Final = 2
_OF_VEHICLES: Final = re.compile("(公务)?(用|公)?车辆?")


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
        falls = "min" in ops or way == "down"
        return Rank(rows=each, k=limit_of(clause) or 1, places=clause.places(), descending=not falls)
    if "count" in ops and topic.quantity != "count":
        return Count(of=each)
    if "sum" in ops:
        return Sum(of=(each,))
    return Mean(of=(each,)) if "mean" in ops else each


def parties_query(clause: Clause, topic: Select | None, before: Query | None) -> Query | None:
    """What is asked of several units that are named: whose is more, whose moved how far, which of them fell.

    ``topic``: what of them is compared; ``before``: what was asked just before.
    """
    text, ops = clause.text, clause.ops()
    compares = _COMPARES.search(text) is not None
    if isinstance(before, Ratio) and compares and not clause.of("name"):
        return Difference(of=(Each(of=before),))  # 养一台车各要多少, 谁贵
    if topic is None or not (compares or _SELECTS.search(text) or ops & {"gap", "ordinal"}) or _ITEMS.search(text):
        return None
    if "ordinal" in ops:
        return _at_places(clause, before.rows if isinstance(before, Rank) else Each(of=topic))
    way = way_of(text)
    if way in ("up", "down") and _MOVES.search(text) and (compares or _SELECTS.search(text)):
        each = Each(of=Change(of=topic))
        if compares and _FURTHEST.search(text):
            return Rank(rows=each, descending=way == "up")
        return Filter(rows=each, conditions=(_UP if way == "up" else _DOWN,))
    if compares and ops & {"max", "min"}:
        return Rank(rows=Each(of=topic), descending="max" in ops)
    return Difference(of=(Each(of=topic),)) if compares or compared_before(before) is not None else None


def _at_places(clause: Clause, rows: Query) -> Query:
    """Those of several units that take some places, the gap where it is asked for (排第二的和末位差多少)."""
    ops = clause.of("op")
    ends = [p for p in ops if p.name in ("max", "min")]
    from_below = any(p.name == "min" or p.text.startswith("倒数") for p in ops)
    places = tuple(sorted({*clause.places(), *(1 for _ in ends)}))
    each = [Rank(rows=rows, places=(place,), descending=not from_below) for place in places]
    if "gap" in clause.ops() and len(each) == _TWO:
        return Difference(of=tuple(each))
    return each[0] if len(each) == 1 else Several(of=tuple(each))


def compared_before(before: Query | None) -> Select | None:
    """What of several units was compared just before."""
    nodes = nodes_of(before) if before is not None and not isinstance(before, Several) else ()
    of = next((node.of for node in nodes if isinstance(node, Each) and node.over != "years"), None)
    of = of.of if isinstance(of, Change) else of
    return of if isinstance(of, Select) else None


def vehicles_compared(clause: Clause) -> Select | None:
    """The vehicles that units are compared by (谁名下公车多), not what is spent on them."""
    names = clause.of("name")
    if not _VEHICLES.search(clause.text) or not all(_OF_VEHICLES.fullmatch(piece.text) for piece in names):
        return None
    return Select(names=(Name(text="车辆"),), quantity="count", counted="辆")


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
        said = (_UP if way == "up" else _DOWN,)
    return said
