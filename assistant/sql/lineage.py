"""What a traced query says about its columns: from which cells each is computed, and which of them are sums.

Each occurrence of a view in the statement has a tag of its own, so that a view joined with itself stays apart. A
FILTER, a CASE within an aggregate and a window read other rows than the result row stands for; they get tags too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple


class Origin(NamedTuple):
    """One column of one occurrence of a view; ``column`` is None where only the rows count, as in COUNT(*)."""

    tag: int
    view: str
    column: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a query or subquery: the cells its value is computed from (conditions don't count)."""

    origins: frozenset[Origin] = frozenset()
    aggregate: str | None = None
    is_cell: bool = False

    def computed(self) -> Field:
        """The same column after a calculation: no cell's own value any more."""
        return replace(self, is_cell=False)


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
    """One SUM or AVG and the cells it adds. ``nested``: its result was grouped again, so that rows may repeat."""

    origins: frozenset[Origin]
    nested: bool = False

    @property
    def tags(self) -> frozenset[int]:
        """The tags of the rows it adds."""
        return frozenset(origin.tag for origin in self.origins)


@dataclass(frozen=True, slots=True)
class TracedQuery:
    """A statement that returns, behind its own columns, the rows each result row was made from."""

    sql: str
    columns: tuple[OutputColumn, ...]
    views: dict[int, str]
    sums: tuple[SumTrace, ...]
    has_context: bool


def united(fields: list[Field]) -> Field:
    """What is computed from several columns; the aggregate survives if no other is mixed in."""
    origins = frozenset[Origin]().union(*(field.origins for field in fields))
    aggregates = {field.aggregate for field in fields if field.origins}
    return Field(origins, aggregates.pop() if len(aggregates) == 1 else None)
