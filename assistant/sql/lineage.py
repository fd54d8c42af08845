"""What a traced query says about its columns: from which cells each is computed, and which of them are sums.

Each occurrence of a view in the statement has a tag of its own, so that a view joined with itself stays apart. A
FILTER, a CASE within an aggregate and a window read other rows than the result row stands for; they get tags too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple


class Origin(NamedTuple):
    """One column of one occurrence of a view; ``column`` is None where only the rows count, as in COUNT(*)."""

    tag: int
    view: str
    column: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a query or subquery: the cells its value is computed from (conditions don't count).

    ``divisors`` are those that it is only divided by, ``is_merged`` says that equal values of several rows are one.
    """

    origins: frozenset[Origin] = frozenset()
    aggregate: str | None = None
    is_cell: bool = False
    divisors: frozenset[Origin] = frozenset()
    is_merged: bool = False

    @property
    def addends(self) -> frozenset[Origin]:
        """The cells that a sum of this column adds."""
        return frozenset(origin for origin in self.origins - self.divisors if origin.column is not None)


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """A column of the result.

    ``aggregate`` names the function (sum, avg, min, max, count, …) where the value is one aggregate, ``is_cell`` says
    that the value stands in a cell as it is; a column that has neither is computed, or constant without sources.
    """

    name: str
    origins: frozenset[Origin]
    aggregate: str | None
    is_cell: bool

    @property
    def sources(self) -> frozenset[tuple[str, str]]:
        """The (view, column) pairs the value is computed from; empty for COUNT(*), which counts rows."""
        return frozenset((origin.view, origin.column) for origin in self.origins if origin.column is not None)


@dataclass(frozen=True, slots=True)
class SumTrace:
    """One SUM, mean or ``+`` of a block, and the cells it adds."""

    origins: frozenset[Origin]

    @property
    def tags(self) -> frozenset[int]:
        """The tags of the rows it adds."""
        return frozenset(origin.tag for origin in self.origins)


Keys = tuple[frozenset[int], ...]
"""Sets of tags: each row of a relation rests on rows of some tag of any one set."""
_MAX_KEYS: Final = 16
"""Ways in which the rows of a UNION of joins may be told apart that are looked at."""


@dataclass(frozen=True, slots=True)
class CountTrace:
    """One COUNT of a block. It counts nothing twice if by one of the ``keys`` no row comes twice."""

    keys: Keys

    @property
    def tags(self) -> frozenset[int]:
        """The tags of the rows it counts."""
        return frozenset().union(*self.keys)


@dataclass(frozen=True, slots=True)
class TracedQuery:
    """A statement that returns, behind its own columns, the rows each result row was made from."""

    sql: str
    columns: tuple[OutputColumn, ...]
    views: dict[int, str]
    sums: tuple[SumTrace, ...]
    counts: tuple[CountTrace, ...]
    has_context: bool
    limit: int


def of_either(left: Keys, right: Keys) -> Keys:
    """Each row of a UNION, or a FULL JOIN, is told apart by a tag of the side, or sides, that it comes from."""
    return tuple(one | other for one, other in product(left, right))[:_MAX_KEYS]


def united(fields: list[Field]) -> Field:
    """What is computed from several columns; the aggregate survives if no other is mixed in."""
    origins = frozenset[Origin]().union(*(field.origins for field in fields))
    aggregates = {field.aggregate for field in fields if field.origins}
    return Field(
        origins,
        aggregates.pop() if len(aggregates) == 1 else None,
        divisors=origins - frozenset[Origin]().union(*(field.addends for field in fields)),
        is_merged=any(field.is_merged for field in fields),
    )
