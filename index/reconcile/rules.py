"""The checks of data/dictionary/checks.yaml, typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from index.dictionary import read_yaml


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: see the head of checks.yaml."""

    kind: str
    measure: str | None = None
    row: str | None = None
    code: str | None = None
    side: str | None = None
    title: str | None = None
    column: str | None = None
    nth: int = 1


@dataclass(frozen=True, slots=True)
class RowSum:
    """In each row of the kinds: ``whole`` is the sum of ``parts``."""

    check: str
    kinds: tuple[str, ...]
    whole: str
    parts: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowProduct:
    """In each row of the kind: ``product`` is ``quantity`` times ``price``."""

    check: str
    kind: str
    product: str
    quantity: str
    price: str


@dataclass(frozen=True, slots=True)
class Balance:
    """In one table: the income total is the expenditure total. Both are expressions over labels."""

    check: str
    kinds: tuple[str, ...]
    income: re.Pattern[str]
    expenditure: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class SameItem:
    """One item that several places print."""

    check: str
    places: tuple[Place, ...]
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class SisterTables:
    """Two tables that print the same rows, told by code or label."""

    check: str
    key: str
    left: Place
    right: Place
    measures: tuple[str, ...] = ()
    level: int | None = None


@dataclass(frozen=True, slots=True)
class ProseItem:
    """A subject of prose that stands for a fixed place in the tables, this year and the year before."""

    subject: re.Pattern[str]
    places: tuple[Place, ...]
    earlier: tuple[Place, ...] = ()
    change: tuple[Place, ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class ProseEqual:
    """Two subjects of prose that must have one amount."""

    check: str
    left: re.Pattern[str]
    right: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ProseSum:
    """A subject of prose that is the sum of others."""

    check: str
    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that checks.yaml says."""

    row_sums: tuple[RowSum, ...]
    row_products: tuple[RowProduct, ...]
    balances: tuple[Balance, ...]
    same_items: tuple[SameItem, ...]
    sister_tables: tuple[SisterTables, ...]
    prose_items: tuple[ProseItem, ...]
    prose_equal: tuple[ProseEqual, ...]
    prose_sums: tuple[ProseSum, ...]
    kinds_of_classification: dict[str, tuple[str, ...]]
    partial_kinds: frozenset[str]
    not_additive: frozenset[str]
    counted_twice: Decimal
    part_of_row_above: re.Pattern[str]
    near: Decimal
    row_checks: frozenset[str]


@cache
def rules() -> Rules:
    """The rules, read once."""
    data: dict[str, Any] = read_yaml("checks.yaml")
    return Rules(
        tuple(
            RowSum(r["check"], tuple(r["kinds"]), r["whole"], tuple(r["parts"]), tuple(r["needs"]))
            for r in data["row_sums"]
        ),
        tuple(RowProduct(**entry) for entry in data["row_products"]),
        tuple(
            Balance(r["check"], tuple(r["kinds"]), re.compile(r["income"]), re.compile(r["expenditure"]))
            for r in data["balances"]
        ),
        tuple(SameItem(r["check"], _places(r["places"]), r.get("at_most", False)) for r in data["same_items"]),
        tuple(_sisters(entry) for entry in data["sister_tables"]),
        tuple(_prose_item(entry) for entry in data["prose_items"]),
        tuple(ProseEqual(r["check"], re.compile(r["left"]), re.compile(r["right"])) for r in data["prose_equal"]),
        tuple(
            ProseSum(r["check"], re.compile(r["whole"]), tuple(map(re.compile, r["parts"]))) for r in data["prose_sums"]
        ),
        {name: tuple(kinds) for name, kinds in data["kinds_of_classification"].items()},
        frozenset(data["partial_kinds"]),
        frozenset(data["not_additive"]),
        Decimal(data["counted_twice"]),
        re.compile(data["part_of_row_above"]),
        Decimal(data["near"]),
        frozenset(data["row_checks"]),
    )


def _places(entries: Iterable[dict[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**entry) for entry in entries)


def _sisters(entry: dict[str, Any]) -> SisterTables:
    left, right = _places((entry["left"], entry["right"]))
    return SisterTables(entry["check"], entry["key"], left, right, tuple(entry.get("measures", ())), entry.get("level"))


def _prose_item(entry: dict[str, Any]) -> ProseItem:
    return ProseItem(
        re.compile(entry["subject"]),
        _places(entry["places"]),
        _places(entry.get("earlier", ())),
        _places(entry.get("change", ())),
        entry.get("loose", False),
    )
