"""What a question has spoken of while its clauses are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assistant.query import (
    Ask,
    Claim,
    Fixed,
    Name,
    Query,
    Rank,
    RowKind,
    Rows,
    Select,
    Side,
)

Over = Literal["documents", "units", "years"]


@dataclass(frozen=True, slots=True)
class Context:
    """What was spoken of last: the figures, the rows they were among, and the query asked.

    ``queries``: what was asked for one after the other. ``winner``: the ranking that put one unit first, which
    pronouns then stand for. ``text``: the clause that asked last.
    """

    selects: tuple[Select, ...] = ()
    rows: Query | None = None
    query: Query | None = None
    within: tuple[Name, ...] = ()
    spoken: tuple[Select, ...] = ()
    queries: tuple[Query, ...] = ()
    winner: Rank | None = None
    text: str = ""


@dataclass(slots=True)
class State:
    """What is carried from clause to clause.

    ``within``: what the names that follow narrow; ``told``: words of clauses that ask nothing; ``changing``:
    those of them that change what is asked; ``foreign``: what the last ask named that no item bears;
    ``left_out``: what is to be left out of the next ask, ``left_apart`` each of it as a query; ``earlier``:
    what the question before asked for; ``head``: what the question began with; ``spoken``: everything named so
    far; ``goes_on``: whether it follows another question; ``figures``: those asked for so far, one by one;
    ``divisor``: what an amount is to be divided by (按编制数摊); ``given``: the numbers of things that the question
    gives for that; ``topics``: what a clause that asks nothing named side by side; ``whole_text``: all clauses;
    ``asserts``: what clauses assert is to be checked, since none asks, ``ranks`` what they rank is told; ``adds``:
    what it named side by side was joined by 加; ``moved``: what a clause that asks nothing says to have gone up or
    down; ``sides``: the income and the expenditure named last, of something; ``meant_sides``: those that the clause
    in hand means by 收入 and 支出; ``shares``: parts with the per cent that they are said to be of something;
    ``over_years``: whether the documents are one unit's of several years; ``of_everyone``: whether they are all that
    are loaded; ``classified``, ``level``: by which classification and level rows are meant (按经济分类看);
    ``has_item``: whether what was spoken of last is an item with a row of its own; ``opened``: the rows that a clause
    before ends within (各个项目里), ``inside`` the names (支出表里); ``queries``: all that was asked for so far;
    ``asserted``: the figures that clauses which ask nothing say something to be or to have moved by;
    ``summed``: whether what all rows of one name come to was asked for last (三笔加起来多少); ``afresh``: whether the
    clause in hand begins a sentence behind a question, or a question that names its own unit.
    """

    context: Context
    earlier: tuple[Select, ...] = ()
    within: list[Name] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changing: list[str] = field(default_factory=list)
    foreign: tuple[str, ...] = ()
    documents: int = 1
    over_years: bool = False
    of_everyone: bool = False
    year: int | None = None
    head: Select | None = None
    goes_on: bool = False
    asked: bool = False
    figures: list[Select] = field(default_factory=list)
    divisor: Select | None = None
    given: list[Fixed] = field(default_factory=list)
    is_inside: bool = False
    left_out: tuple[Name, ...] = ()
    left_apart: tuple[Query, ...] = ()
    spoken: list[Select] = field(default_factory=list)
    topics: tuple[str, ...] = ()
    whole_text: str = ""
    adds: bool = False
    asserts: bool = False
    ranks: bool = False
    moved: tuple[Select, ...] = ()
    sides: dict[Side, Name] = field(default_factory=dict)
    meant_sides: dict[Side, Name] = field(default_factory=dict)
    shares: list[tuple[Select, Decimal]] = field(default_factory=list)
    classified: RowKind | None = None
    level: int | None = None
    has_item: bool = False
    opened: Rows | None = None
    inside: tuple[Name, ...] = ()
    queries: list[Query] = field(default_factory=list)
    asserted: list[Ask] = field(default_factory=list)
    summed: bool = False
    afresh: bool = False
