"""The query algebra: frozen, nested, through JSON and back, its schema published."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from assistant.query import (
    Condition,
    Count,
    Difference,
    Filter,
    Name,
    Query,
    Rank,
    Rows,
    Select,
    Share,
    Sum,
    json_schema,
    query_of,
)
from index.paths import ROOT

ITEM = Select(names=(Name(text="公务接待费", spans=((0, 5),)),))
NESTED: tuple[Query, ...] = (
    Share(parts=(Rank(rows=Rows(within=ITEM, kind="economic"), k=3),), whole=Sum(of=(ITEM, ITEM))),
    Count(of=Filter(rows=Rows(kind="project"), conditions=(Condition(values=(Decimal("10.50"),), unit="万元"),))),
    Difference(of=(ITEM, Rank(rows=Rows(), descending=False))),
)


@pytest.mark.parametrize("query", NESTED)
def test_through_json_and_back(query: Query) -> None:
    assert query_of(json.loads(query.model_dump_json())) == query


def test_amounts_stay_exact_in_json() -> None:
    condition = NESTED[1].model_dump_json()
    assert '"10.50"' in condition


def test_queries_are_frozen() -> None:
    with pytest.raises(ValidationError):
        ITEM.side = "支出"  # type: ignore[misc]


def test_what_is_no_query_is_refused() -> None:
    with pytest.raises(ValidationError):
        query_of({"op": "delete", "names": []})
    with pytest.raises(ValidationError):
        query_of({"op": "select", "names": [], "sql": "SELECT 1"})


def test_published_schema_is_current() -> None:
    published = json.loads((ROOT / "docs" / "query.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema()
