"""Questions to query trees over the seed. The cases stand in queries.yaml, to be read and extended."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant.catalog import DocumentCatalog
from assistant.meanings import Meanings
from assistant.query import Ask, Difference, Each, Filter, Rank, Rows, Select, Share, Sum
from assistant.reading.grammar import Context, asks_of, nodes_of
from assistant.reading.pieces import pieces_of
from assistant.reading.turns import asks_in, turns_of
from tests.assistant.meaning import parameters
from tests.assistant.reading.trees import tree


def asks(*turns: str, meanings: Meanings, catalog: DocumentCatalog) -> tuple[Ask, ...]:
    """What the last of the questions asks of the seed."""
    return asks_in(turns_of(turns, meanings.named), catalog, meanings.register, 1)[0]


def alone(question: str, catalog: DocumentCatalog, **around: int) -> tuple[Ask, ...]:
    """What a question asks that names no document."""
    return asks_of(pieces_of(question, catalog, ()), Context(), **around)[0]


@pytest.mark.parametrize(("turns", "expected"), parameters(Path(__file__).with_name("queries.yaml"), "turns"))
def test_trees(
    turns: list[str], expected: dict[str, Any], seed_meanings: Meanings, seed_catalog: DocumentCatalog
) -> None:
    read = asks(*turns, meanings=seed_meanings, catalog=seed_catalog)
    assert [tree(ask.query) for ask in read] == expected["reads"]


@pytest.mark.parametrize(
    ("question", "unread"),
    [
        ("第一季度差旅费是多少", "第一季度"),
        ("上半年差旅费多少", "上半年"),
        ("电费和水费各是多少", "水费"),
        ("取暖费和电费一共多少", "取暖费"),
        ("澳大利亚出访费用多少", "澳大利亚"),
        ("差旅费的审批人是谁", "审批"),
        ("差旅费明年多少", "明年"),
        ("商品和服务支出里去年是零的科目有哪些", "去年是零的"),
        pytest.param("差旅费三年后多少", "三年后", marks=pytest.mark.xfail(strict=True, reason="“三年后”不见了")),
    ],
)
def test_what_is_not_read_is_kept(question: str, unread: str, seed_catalog: DocumentCatalog) -> None:
    assert unread in alone(question, seed_catalog)[0].unread


@pytest.mark.parametrize("question", ["公务接待费是多少", "商品和服务支出里最大的三项", "办公费和印刷费一共多少"])
def test_what_is_read_leaves_nothing(question: str, seed_catalog: DocumentCatalog) -> None:
    assert alone(question, seed_catalog)[0].unread == ()


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("公务接待费0.69万元对不对", "0.69", "万元"),
        ("培训费有1.4万元对吧", "1.4", "万元"),
        ("三公经费是不是20.69万元", "20.69", "万元"),
        ("差旅费是12.6万元吧", "12.6", "万元"),
    ],
)
def test_figures_that_a_question_asserts(question: str, value: str, unit: str, seed_catalog: DocumentCatalog) -> None:
    (claim,) = alone(question, seed_catalog)[0].claims
    assert (claim.value, claim.unit) == (Decimal(value), unit)


def test_a_bound_is_no_claim(seed_catalog: DocumentCatalog) -> None:
    assert alone("超过10万元的项目有哪些", seed_catalog)[0].claims == ()


@pytest.mark.parametrize("question", ["谢谢", "好的", "", "，"])
def test_what_asks_nothing_has_no_asks(question: str, seed_catalog: DocumentCatalog) -> None:
    assert alone(question, seed_catalog) == ()


@pytest.mark.parametrize("question", ["公务接待费差多少", "公务接待费哪个高", "公务接待费多多少"])
def test_of_several_documents_each_is_compared(question: str, seed_catalog: DocumentCatalog) -> None:
    (ask,) = alone(question, seed_catalog, documents=2)
    assert isinstance(ask.query, Difference)
    assert isinstance(ask.query.of[0], Each)


def test_a_sum_over_several_documents(seed_catalog: DocumentCatalog) -> None:
    (ask,) = alone("公务接待费一共多少", seed_catalog, documents=2)
    assert tree(ask.query) == "sum(each(公务接待费))"


@pytest.mark.parametrize(("year", "period"), [(2024, "last"), (2023, "this")])
def test_a_year_is_last_years_against_the_documents(year: int, period: str, seed_catalog: DocumentCatalog) -> None:
    (ask,) = alone("2023年公务接待费是多少", seed_catalog, year=year)
    assert isinstance(ask.query, Select)
    assert ask.query.period == period


def test_what_was_spoken_of_goes_on(seed_catalog: DocumentCatalog) -> None:
    _, context = asks_of(pieces_of("办公费是多少", seed_catalog, ()), Context())
    (ask,), _ = asks_of(pieces_of("为什么", seed_catalog, ()), context)
    assert tree(ask.query) == "say why(办公费)"


def test_a_question_that_needs_one_before_asks_nothing_alone(seed_catalog: DocumentCatalog) -> None:
    assert not any(isinstance(ask.query, Select) for ask in alone("那是多少", seed_catalog))


def test_pieces_cover_the_question_once(seed_catalog: DocumentCatalog) -> None:
    pieces = pieces_of("除了差旅费，商品和服务支出里超过1万元的有几项？", seed_catalog, ())
    assert all(before.end <= after.start for before, after in pairwise(pieces))


def test_nodes_of_reaches_every_depth() -> None:
    ranked = Rank(rows=Filter(rows=Rows(kind="project"), conditions=()))
    query = Share(parts=(Sum(of=(ranked,)),), whole=Select(side="支出"))
    assert [node.op for node in nodes_of(query)] == ["share", "sum", "rank", "filter", "rows", "select"]
