"""What a question has spoken of while its clauses are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.query import (
    Claim,
    Name,
    Query,
    Select,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What was spoken of last: the figures, the rows they were among, and the query asked."""

    selects: tuple[Select, ...] = ()
    rows: Query | None = None
    query: Query | None = None
    winner: Name | None = None
    within: tuple[Name, ...] = ()
    spoken: tuple[Select, ...] = ()


@dataclass(slots=True)
class State:
    context: Context
    within: list[Name] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changing: list[str] = field(default_factory=list)
    documents: int = 1
    year: int | None = None
    head: Select | None = None
    goes_on: bool = False
    asked: bool = False
    is_inside: bool = False
    left_out: tuple[Name, ...] = ()
    spoken: list[Select] = field(default_factory=list)
