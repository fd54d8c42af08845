"""Queries as people ask them: one row a wording, its blanks filled at random from a ledger."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

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
from tests.assistant.compositions.brute import Meaningless, brute_of
from tests.assistant.compositions.ledger import Leaf, Ledger

_COUNTS: Final = {2: "两", 3: "三", 4: "四", 5: "五"}
_WAN: Final = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Blanks:
    """What a wording is filled with: a list of items below one, that item, three items, a number of rows, bounds.

    ``part`` is one of the rows of the list; ``low`` and ``high`` are in 万元, at or beside what rows come to.
    """

    rows: Rows
    whole: Select
    part: Name
    items: tuple[Select, Select, Select]
    k: int
    low: Decimal
    high: Decimal

    def says(self, wording: str) -> str:
        """The question."""
        one, two, three = (item.names[0].text for item in self.items)
        return wording.format(
            whole=self.whole.names[0].text, part=self.part.text, one=one, two=two, three=three,
            k=_COUNTS[self.k], place=self.k, low=f"{self.low:f}", high=f"{self.high:f}",
        )  # fmt: skip


Made = Callable[[Blanks], Query]


def _top(b: Blanks, *, descending: bool = True, k: int | None = None) -> Rank:
    return Rank(rows=b.rows, k=k or b.k, descending=descending)


def _bounded(b: Blanks, comparison: Comparison) -> Filter:
    values = (b.low, b.high) if comparison == "range" else (b.low,)
    return Filter(rows=b.rows, conditions=(Condition(comparison=comparison, values=values, unit="万元"),))


def _but_part(b: Blanks) -> Except:
    return Except(rows=b.rows, items=(b.part,))


def _part(b: Blanks) -> Select:
    return Select(names=(b.part,))


OF_ITEMS: Final[tuple[tuple[str, Made], ...]] = (
    ("{one}是多少", lambda b: b.items[0]),
    ("{one}和{two}一共多少", lambda b: Sum(of=b.items[:2])),
    ("{one}、{two}和{three}合计多少钱", lambda b: Sum(of=b.items)),
    ("{one}比{two}多多少", lambda b: Difference(of=b.items[:2])),
    ("{one}和{two}相差多少", lambda b: Difference(of=b.items[:2])),
    ("{one}、{two}、{three}哪个最高", lambda b: Rank(rows=Several(of=b.items))),
    ("{one}、{two}、{three}哪个最少", lambda b: Rank(rows=Several(of=b.items), descending=False)),
    ("{one}、{two}、{three}平均多少", lambda b: Mean(of=b.items)),
    ("{one}是{two}的多少倍", lambda b: Ratio(part=b.items[0], base=b.items[1])),
    ("{one}和{two}各是多少", lambda b: Several(of=b.items[:2])),
)
OF_LISTS: Final[tuple[tuple[str, Made], ...]] = (
    ("{whole}里最大的{k}项合计多少", lambda b: Sum(of=(_top(b),))),
    ("{whole}中金额最小的{k}项一共多少钱", lambda b: Sum(of=(_top(b, descending=False),))),
    ("{whole}里最大的{k}项是哪些", _top),
    ("{whole}里最小的{k}项是哪些", lambda b: _top(b, descending=False)),
    ("{whole}里最大的{k}项占{whole}的百分之几", lambda b: Share(parts=(_top(b),), whole=b.whole)),
    ("{whole}里排第{place}的是哪项", lambda b: Rank(rows=b.rows, places=(b.k,))),
    ("{whole}里最大的一项比最小的一项多多少",
     lambda b: Difference(of=(_top(b, k=1), _top(b, descending=False, k=1)))),
    ("{whole}里超过{low}万元的科目有几个", lambda b: Count(of=_bounded(b, "gt"))),
    ("{whole}里不低于{low}万元的科目有几个", lambda b: Count(of=_bounded(b, "ge"))),
    ("{whole}里低于{low}万元的科目有哪些", lambda b: _bounded(b, "lt")),
    ("{whole}里不超过{low}万元的科目一共多少钱", lambda b: Sum(of=(_bounded(b, "le"),))),
    ("{whole}里{low}万元到{high}万元之间的科目有几个", lambda b: Count(of=_bounded(b, "range"))),
    ("{whole}里超过{low}万元的科目平均多少", lambda b: Mean(of=(_bounded(b, "gt"),))),
    ("除{part}外，{whole}里最大的是哪项", lambda b: Rank(rows=_but_part(b))),
    ("除{part}外，{whole}里最小的{k}项合计多少", lambda b: Sum(of=(Rank(rows=_but_part(b), k=b.k, descending=False),))),
    ("{whole}里除了{part}，其余科目合计多少", lambda b: Sum(of=(_but_part(b),))),
    ("{whole}里除{part}以外还有几个科目", lambda b: Count(of=_but_part(b))),
    ("{part}占{whole}的百分之几", lambda b: Share(parts=(_part(b),), whole=b.whole)),
    ("{whole}里比{part}多的科目有哪些",
     lambda b: Filter(rows=b.rows, conditions=(Condition(comparison="gt", than=_part(b)),))),
    ("{whole}里有几个科目", lambda b: Count(of=b.rows)),
)  # fmt: skip
OF_PROJECTS: Final[tuple[tuple[str, Made], ...]] = (
    ("金额最大的{k}个项目一共多少钱", lambda b: Sum(of=(_top(b),))),
    ("金额最小的{k}个项目是哪些", lambda b: _top(b, descending=False)),
    ("超过{low}万元的项目有几个", lambda b: Count(of=_bounded(b, "gt"))),
    ("不超过{low}万元的项目有哪些", lambda b: _bounded(b, "le")),
    ("金额在{low}万元到{high}万元之间的项目一共多少钱", lambda b: Sum(of=(_bounded(b, "range"),))),
    ("除{part}外，金额最大的项目是哪个", lambda b: Rank(rows=_but_part(b))),
    ("金额排第{place}的项目是哪个", lambda b: Rank(rows=b.rows, places=(b.k,))),
    ("超过{low}万元的项目平均多少钱", lambda b: Mean(of=(_bounded(b, "gt"),))),
)


@dataclass(frozen=True, slots=True)
class Worded:
    """A question with the query that it means."""

    question: str
    query: Query


def worded(ledger: Ledger, count: int, seed: int) -> Iterator[Worded]:
    """Different questions that have an answer, the wordings in turn."""
    chance, made = random.Random(seed), set[str]()
    projects = [leaf for leaf in ledger.lists if leaf.query == Rows(kind="project")]
    sources = ((OF_ITEMS, ledger.groups), (OF_LISTS, ledger.groups), (OF_PROJECTS, projects))
    turns = [(wording, make, leaves) for table, leaves in sources for wording, make in table]
    while len(made) < count:
        for wording, make, leaves in turns:
            blanks = _filled(ledger, chance.choice(leaves), chance)
            question, query = blanks.says(wording), make(blanks)
            if question not in made and len(made) < count and _has_answer(query, ledger):
                made.add(question)
                yield Worded(question, query)


def _has_answer(query: Query, ledger: Ledger) -> bool:
    """Whether brute force comes to anything, by the figures that the query names."""
    try:
        return bool(brute_of(ledger).terms(query))
    except (Meaningless, KeyError):
        return False


def _filled(ledger: Ledger, leaf: Leaf, chance: random.Random) -> Blanks:
    assert isinstance(leaf.query, Rows)
    one, two, three = (item.query for item in chance.sample(ledger.items, 3))
    amounts = [cell.amount for cell in leaf.cells if cell.amount]
    low, high = sorted(amount / _WAN for amount in (chance.choice(amounts), chance.choice(amounts)))
    part = Name(text=chance.choice(leaf.cells).label)
    k = min(len(leaf.cells), chance.randint(2, 5))
    assert isinstance(one, Select) and isinstance(two, Select) and isinstance(three, Select)
    whole = leaf.query.within if leaf.query.within.names else Select(side="支出", names=(Name(text="总支出"),))
    return Blanks(leaf.query, whole, part, (one, two, three), k, low.normalize(), high.normalize())
