"""Compositions of the query algebra against brute force: thousands of generated queries over three documents.

Each query is answered by the product and, independently, by plain arithmetic over the cells of the warehouse. No answer
may differ, in its figures or in the rows that it cites; what means something is answered, but for a few in a hundred:
a list with nothing in it beside other things, the same row added twice, a share of a thing in itself.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Final

import pytest

from assistant.answering.draft import Draft
from assistant.query import (
    Ask,
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
    Several,
    Share,
    Sum,
    nodes_of,
)
from assistant.reply.answers import answer_ask
from assistant.reply.types import Reply
from tests.assistant.compositions.brute import brute_of
from tests.assistant.compositions.compose import compositions
from tests.assistant.compositions.conftest import Shelf
from tests.assistant.compositions.judge import is_answered, judged
from tests.assistant.compositions.ledger import select
from tests.assistant.reading.trees import tree

QUERIES: Final = 700
"""How many are asked of each document."""

LEAST_ANSWERED: Final = 0.96
SEED: Final = 20240613
OPERATORS: Final = {
    "select", "rows", "filter", "except", "rank", "count", "sum", "mean", "difference", "ratio", "share", "several",
}  # fmt: skip


def answered(query: Query, shelf: Shelf) -> tuple[Reply, Draft]:
    """The product's answer to a query."""
    draft = shelf.draft()
    try:
        return answer_ask(Ask(query=query), [draft]), draft
    except Exception as error:
        error.add_note(tree(query))
        raise


def verdict(query: Query, shelf: Shelf) -> str:
    """ "refused", "right", or the query with what is wrong with its answer."""
    reply, draft = answered(query, shelf)
    if reply.missing or not is_answered(reply.lines, draft):
        return "refused"
    wrong = judged(query, reply.lines, draft, shelf.ledger)
    return f"{tree(query)}: {wrong}" if wrong else "right"


def test_no_composition_differs_from_brute_force(shelf: Shelf) -> None:
    verdicts = Counter(verdict(query, shelf) for query in compositions(shelf.ledger, QUERIES, SEED))
    print(f"{verdicts['right']} of {QUERIES} answered, {verdicts['refused']} refused")
    assert set(verdicts) <= {"right", "refused"}
    assert verdicts["right"] >= LEAST_ANSWERED * QUERIES


def test_all_operators_occur_and_the_same_seed_gives_the_same_queries(shelf: Shelf) -> None:
    one, other = (list(compositions(shelf.ledger, 300, SEED)) for _ in range(2))
    assert one == other
    assert {node.op for query in one for node in nodes_of(query)} == OPERATORS


GOODS: Final = Rows(within=select("商品和服务支出"))
WAGES: Final = Rows(within=select("工资福利支出"))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (Sum(of=(Rank(rows=GOODS, k=3),)), Sum(of=(Rank(rows=GOODS, k=2),))),
        (Rank(rows=GOODS, k=3), Rank(rows=GOODS, k=3, descending=False)),
        (Count(of=GOODS), Count(of=Rank(rows=GOODS, k=2))),
        (Sum(of=(GOODS,)), Sum(of=(WAGES,))),
        (Mean(of=(GOODS,)), Sum(of=(GOODS,))),
        (Difference(of=(Sum(of=(GOODS,)), Sum(of=(WAGES,)))), Ratio(part=Sum(of=(GOODS,)), base=Sum(of=(WAGES,)))),
        (Share(parts=(Rank(rows=GOODS, k=3),), whole=GOODS), Share(parts=(Rank(rows=GOODS, k=2),), whole=GOODS)),
        (Several(of=(Count(of=GOODS), Count(of=WAGES))), Several(of=(Count(of=GOODS), Sum(of=(WAGES,))))),
        (GOODS, Except(rows=GOODS, items=(Name(text="办公费"),))),
    ],
)
def test_a_wrong_answer_is_seen(asked: Query, meant: Query, shelf: Shelf) -> None:
    reply, draft = answered(asked, shelf)
    assert judged(asked, reply.lines, draft, shelf.ledger) == ""
    assert judged(meant, reply.lines, draft, shelf.ledger)


def test_none_of_the_rows_is_a_count(shelf: Shelf) -> None:
    none = Count(of=Filter(rows=GOODS, conditions=(Condition(values=(Decimal(9),), unit="亿元"),)))
    reply, draft = answered(none, shelf)
    assert "**0 个**" in reply.lines[0]
    assert [term.value for term in brute_of(shelf.ledger).terms(none)] == [0]
    assert draft.figures == []
