"""What a query comes to, by plain arithmetic over the cells that its leaves mean.

Knows nothing of how the product evaluates: a list is a list of cells, and every operator is a loop. Two conventions are
the product's, as its answers print them: a mean is a figure of two decimals, and equals keep the order of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from assistant.query import (
    Condition,
    Count,
    Difference,
    Except,
    Filter,
    Mean,
    Query,
    Rank,
    Ratio,
    Rows,
    Select,
    Several,
    Share,
    Sum,
)
from tests.assistant.compositions.ledger import Cell, Ledger

Kind = Literal["amount", "count", "percent", "times"]
YUAN: Final = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


class Meaningless(Exception):
    """A query that has no answer: a division by zero, a share of more than all, a mean of nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """One figure, amounts in 元, with the cells that it was made from; ``label`` where it is a row's own."""

    value: Decimal | None
    kind: Kind
    cells: tuple[Cell, ...]
    unit: str
    label: str = ""


@dataclass(slots=True)
class Brute:
    """Evaluates queries over leaves; keeps what it met on the way.

    ``computed``: every figure that is no cell's own. ``bounds``: cells that rows were compared with.
    """

    leaves: Mapping[Query, tuple[Cell, ...]]
    by_column: Mapping[str, tuple[Cell, ...]]
    computed: list[Term] = field(default_factory=list)
    bounds: set[Cell] = field(default_factory=set)

    def terms(self, query: Query) -> tuple[Term, ...]:
        """The figures of a query. Raises Meaningless."""
        match query:
            case Select() | Rows():
                return tuple(Term(c.amount, "amount", (c,), c.unit, c.label) for c in self.leaves[query])
            case Several():
                return tuple(term for one in query.of for term in self.terms(one))
            case Except():
                left = {name.text for name in query.items}
                return tuple(term for term in self.terms(query.rows) if term.label not in left)
            case Filter():
                return tuple(t for t in self.terms(query.rows) if all(self._meets(t, c) for c in query.conditions))
            case Rank():
                return _ranked(self.terms(query.rows), query)
            case Count():
                terms = self.terms(query.of)
                return (self._made(Decimal(len(terms)), "count", terms, "个"),)
            case Sum() | Mean():
                return (self._added(query),)
            case Difference():
                first, *others = (self.one(each) for each in query.of)
                return tuple(self._gap(first, other) for other in others)
            case Ratio():
                return (self._ratio(self.one(query.part), self.one(query.base)),)
            case Share():
                assert query.whole is not None
                whole = self.one(query.whole)
                return tuple(term for part in query.parts for term in self._shares(part, whole))
            case _:
                raise AssertionError(query)

    def one(self, query: Query) -> Term:
        """A query as one figure: rows are taken together. Raises Meaningless."""
        terms = self.terms(query)
        return terms[0] if len(terms) == 1 else self._sum(terms)

    def _made(self, value: Decimal, kind: Kind, terms: Iterable[Term], unit: str) -> Term:
        term = Term(value, kind, tuple(cell for t in terms for cell in t.cells), unit)
        self.computed.append(term)
        return term

    def _sum(self, terms: Iterable[Term]) -> Term:
        known = [term for term in terms if term.value is not None]
        if not known:
            raise Meaningless
        total = sum((term.value for term in known if term.value is not None), Decimal(0))
        return self._made(total, known[0].kind, known, known[0].unit)

    def _added(self, query: Sum | Mean) -> Term:
        known = [term for one in query.of for term in self.terms(one) if term.value is not None]
        total = self._sum(known)
        if isinstance(query, Sum):
            return total
        assert total.value is not None
        size = YUAN.get(known[0].unit, Decimal(1))
        return self._made(_cents(total.value / len(known) / size) * size, total.kind, known, total.unit)

    def _gap(self, one: Term, other: Term) -> Term:
        if one.value is None or other.value is None or one.kind != other.kind:
            raise Meaningless
        return self._made(abs(one.value - other.value), one.kind, (one, other), one.unit)

    def _ratio(self, part: Term, base: Term) -> Term:
        if part.value is None or not base.value or (part.kind, base.kind) == ("count", "amount"):
            raise Meaningless
        if part.kind == base.kind:
            if abs(part.value) < abs(base.value):  # told beside
                self._made(_cents(part.value * 100 / base.value), "percent", (part, base), "%")
            return self._made(_cents(part.value / base.value), "times", (part, base), "倍")
        size = YUAN[part.unit]
        each = part.value / base.value / size
        exact = _cents(each) if abs(each) >= 1 else each.quantize(Decimal("0.0001"), ROUND_HALF_UP)
        return self._made(exact * size, "amount", (part, base), part.unit)

    def _shares(self, part: Query, whole: Term) -> tuple[Term, ...]:
        terms = self.terms(part)
        together = (*([self._sum(terms)] if len(terms) > 1 else []), *terms)
        return tuple(self._share(term, whole) for term in together)

    def _share(self, part: Term, whole: Term) -> Term:
        if part.value is None or not whole.value or part.kind != whole.kind or part.value > whole.value:
            raise Meaningless
        return self._made(_cents(part.value * 100 / whole.value), "percent", (part, whole), "%")

    def _meets(self, term: Term, condition: Condition) -> bool:
        if condition.starts is not None:
            return term.label.startswith(condition.starts)
        if condition.holds is not None:
            return condition.holds in term.label
        if term.value is None:
            return False
        bounds = [value * YUAN[condition.unit or term.unit] for value in condition.values]
        if condition.than is not None:
            bounds = [self._bound(term, condition.than)]
        return _holds(term.value, condition.comparison, bounds)

    def _bound(self, term: Term, than: Query) -> Decimal:
        """What a row is compared with: the figure of its own in another column, else one figure for all rows."""
        name = than.names[0].text if isinstance(than, Select) else ""
        own = next((cell for cell in self.by_column.get(name, ()) if cell.label == term.label), None)
        cells, value = ((own,), own.amount) if own else ((found := self.one(than)).cells, found.value)
        if value is None:
            raise Meaningless
        self.bounds |= set(cells)
        return value


def _holds(value: Decimal, comparison: str, bounds: list[Decimal]) -> bool:
    low, high = bounds[0], bounds[-1]
    return {
        "gt": value > low, "ge": value >= low, "lt": value < low, "le": value <= low, "eq": value == low,
        "ne": value != low, "range": low <= value <= high,
    }[comparison]  # fmt: skip


def _ranked(terms: Iterable[Term], query: Rank) -> tuple[Term, ...]:
    known = sorted((t for t in terms if t.value is not None), key=lambda t: t.value or 0, reverse=query.descending)
    if query.places:
        return tuple(known[place - 1] for place in query.places if place <= len(known))
    return tuple(known[: query.k])


def _cents(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def brute_of(ledger: Ledger) -> Brute:
    """Brute force over all leaves of a ledger."""
    return Brute({leaf.query: leaf.cells for leaf in (*ledger.items, *ledger.lists)}, ledger.by_column)
