"""Queries put together at random from the leaves of a ledger: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, get_args

from assistant.query import (
    Comparison,
    Condition,
    Count,
    Difference,
    Except,
    Filter,
    Mean,
    Name,
    Query,
    Rank,
    Ratio,
    Rows,
    Select,
    Several,
    Share,
    Sum,
)
from tests.assistant.compositions.brute import YUAN, Meaningless, Term, brute_of
from tests.assistant.compositions.ledger import Leaf, Ledger

_COMPARISONS: Final = tuple(c for c in get_args(Comparison) if c != "range")
_DEEPEST: Final = 3


def compositions(ledger: Ledger, count: int, seed: int) -> Iterator[Query]:
    """Different queries that have an answer."""
    composer, made = _Composer(ledger, random.Random(seed)), set[Query]()
    while len(made) < count:
        query = composer.query()
        if query is not None and query not in made and _has_answer(query, ledger):
            made.add(query)
            yield query


def _has_answer(query: Query, ledger: Ledger) -> bool:
    try:
        return bool(brute_of(ledger).terms(query))
    except Meaningless:
        return False


class _Composer:
    """Draws queries: a list is rows, some of them left out, bounded or ranked, in any order; the rest computes."""

    def __init__(self, ledger: Ledger, chance: random.Random) -> None:
        self._ledger, self._chance = ledger, chance
        self._tops: tuple[Callable[[], Query], ...] = (
            self._rows, self._rows, self._count, self._sum, self._mean, self._difference, self._ratio, self._share,
            self._several, self._ranked_items, self._by_column,
        )  # fmt: skip

    def query(self) -> Query | None:
        """Any query; None where a part of it has no answer."""
        try:
            return self._chance.choice(self._tops)()
        except Meaningless:
            return None

    def _item(self) -> Select:
        return self._chance.choice(self._ledger.items).query  # type: ignore[return-value]

    def _items(self) -> tuple[Select, ...]:
        chosen = self._chance.sample(self._ledger.items, self._chance.randint(2, 4))
        return tuple(leaf.query for leaf in chosen)  # type: ignore[misc]

    def _list(self) -> Leaf:
        return self._chance.choice(self._ledger.lists)

    def _rows(self) -> Query:
        return self._narrowed(self._list().query)

    def _narrowed(self, query: Query) -> Query:
        """A list under up to three operators."""
        for _ in range(self._chance.randint(0, _DEEPEST)):
            terms = brute_of(self._ledger).terms(query)
            if len(terms) < 2:
                return query
            query = self._chance.choice((self._bounded, self._without, self._picked))(query, terms)
        return query

    def _bounded(self, query: Query, terms: tuple[Term, ...]) -> Query:
        conditions = tuple(self._condition(terms) for _ in range(self._chance.choice((1, 1, 2))))
        return Filter(rows=query, conditions=conditions)

    def _condition(self, terms: tuple[Term, ...]) -> Condition:
        drawn = self._chance.random()
        label = self._chance.choice(terms).label
        if drawn < 0.1:
            return Condition(starts=label[:2])
        if drawn < 0.2:
            return Condition(holds=label[-2:])
        comparison: Comparison = self._chance.choice(_COMPARISONS)
        if drawn < 0.35:
            return Condition(comparison=comparison, than=self._figure())
        unit = self._chance.choice((None, "元", "万元"))
        if drawn < 0.5:
            low, high = sorted((self._near(terms, unit), self._near(terms, unit)))
            return Condition(comparison="range", values=(low, high), unit=unit)
        return Condition(comparison=comparison, values=(self._near(terms, unit),), unit=unit)

    def _near(self, terms: tuple[Term, ...], unit: str | None) -> Decimal:
        """A bound at or beside the value of a row."""
        term = self._chance.choice(terms)
        aside = self._chance.choice((Decimal(0), Decimal(0), Decimal(1000), Decimal(-1000)))
        return ((term.value or Decimal(0)) + aside) / YUAN[unit or term.unit]

    def _without(self, query: Query, terms: tuple[Term, ...]) -> Query:
        labels = sorted({term.label for term in terms})
        chosen = self._chance.sample(labels, min(len(labels), self._chance.choice((1, 1, 2))))
        return Except(rows=query, items=tuple(Name(text=label) for label in chosen))

    def _picked(self, query: Query, terms: tuple[Term, ...]) -> Query:
        descending = self._chance.random() < 0.6
        known = sum(term.value is not None for term in terms)
        if self._chance.random() < 0.25 and known:
            places = self._chance.sample(range(1, known + 1), min(known, self._chance.choice((1, 2))))
            return Rank(rows=query, places=tuple(sorted(places)), descending=descending)
        return Rank(rows=query, k=self._chance.randint(1, 5), descending=descending)

    def _count(self) -> Query:
        return Count(of=self._rows())

    def _sum(self) -> Query:
        return Sum(of=self._terms())

    def _mean(self) -> Query:
        return Mean(of=self._terms())

    def _terms(self) -> tuple[Query, ...]:
        """What is added: the rows of a list, several items, or items beside lists and sums."""
        drawn = self._chance.random()
        if drawn < 0.55:
            return (self._rows(),)
        return self._items() if drawn < 0.85 else (self._item(), self._rows(), Sum(of=self._items()))

    def _figure(self) -> Query:
        """An amount."""
        make = self._chance.choice((self._item, self._item, self._sum, self._mean))
        return make()

    def _side(self) -> Query:
        """One side of a comparison: an amount, or a list that is taken together."""
        return self._figure() if self._chance.random() < 0.7 else self._rows()

    def _difference(self) -> Query:
        if self._chance.random() < 0.15:
            return Difference(of=(self._count(), self._count()))
        return Difference(of=tuple(self._side() for _ in range(self._chance.choice((2, 2, 2, 3)))))

    def _ratio(self) -> Query:
        base = self._count() if self._chance.random() < 0.2 else self._side()
        return Ratio(part=self._side(), base=base)

    def _share(self) -> Query:
        """A part of a list in the whole of it, in the item above it, or in anything that is larger."""
        drawn = self._chance.random()
        leaf = self._list()
        if drawn < 0.2:
            return Share(parts=(Count(of=self._narrowed(leaf.query)),), whole=Count(of=leaf.query))
        if drawn < 0.7:
            part = self._narrowed(leaf.query)
            parts: tuple[Query, ...] = (Sum(of=(part,)) if self._chance.random() < 0.6 else part,)
            return Share(parts=parts, whole=Sum(of=(leaf.query,)) if self._chance.random() < 0.6 else leaf.query)
        whole = self._chance.choice(self._ledger.wholes).query if self._ledger.wholes else self._figure()
        return Share(parts=(self._side(),), whole=whole)

    def _several(self) -> Query:
        tops = (self._item, self._rows, self._count, self._sum, self._mean, self._difference, self._ratio)
        return Several(of=tuple(self._chance.choice(tops)() for _ in range(2)))

    def _by_column(self) -> Query:
        """Rows whose figure in one column is bounded by that in another one."""
        if len(self._ledger.columns) < 2:
            return self._rows()
        leaf, other = self._chance.sample(self._ledger.columns, 2)
        assert isinstance(other.query, Rows)
        condition = Condition(comparison=self._chance.choice(_COMPARISONS), than=other.query.within)
        return Count(of=Filter(rows=self._narrowed(leaf.query), conditions=(condition,)))

    def _ranked_items(self) -> Query:
        items = Several(of=self._items())
        query = Rank(rows=items, k=self._chance.randint(1, 2), descending=self._chance.random() < 0.6)
        return query if self._chance.random() < 0.5 else Sum(of=(query,))
