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
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSum:
    """In each line of the kinds: ``whole`` is the sum of ``parts``, of which some may also stand outside."""

    check: str
    kinds: tuple[str, ...]
    whole: str
    parts: tuple[str, ...]
    needs: tuple[str, ...]
    optional: tuple[str, ...] = ()


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
    """In one table: the total of all income is that of all expenditure."""

    check: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameItem:
    """One item that several places print."""

    check: str
    places: tuple[Place, ...]
    at_most: bool = False
    loose: bool = False


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
    parts_of: dict[str, tuple[str, ...]]
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
    carried_over: re.Pattern[str]
    this_year: re.Pattern[str]
    total_of_part: re.Pattern[str]
    other_basis: re.Pattern[str]
    of_an_item: re.Pattern[str]
    examples: re.Pattern[str]
    group_before: re.Pattern[str]
    incomplete_reason: re.Pattern[str]
    general_budget: re.Pattern[str]
    near: Decimal
    row_checks: frozenset[str]


@cache
def rules() -> Rules:
    """The rules, read once."""
    data: dict[str, Any] = read_yaml("checks.yaml")
    return Rules(
        row_sums=tuple(map(_row_sum, data["row_sums"])),
        parts_of={name: tuple(parts) for name, parts in data["parts_of"].items()},
        row_products=tuple(RowProduct(**entry) for entry in data["row_products"]),
        balances=tuple(Balance(entry["check"], tuple(entry["kinds"])) for entry in data["balances"]),
        same_items=tuple(SameItem(**{**entry, "places": _places(entry["places"])}) for entry in data["same_items"]),
        sister_tables=tuple(map(_sisters, data["sister_tables"])),
        prose_items=tuple(map(_prose_item, data["prose_items"])),
        prose_equal=tuple(map(_prose_equal, data["prose_equal"])),
        prose_sums=tuple(map(_prose_sum, data["prose_sums"])),
        kinds_of_classification={name: tuple(kinds) for name, kinds in data["kinds_of_classification"].items()},
        partial_kinds=frozenset(data["partial_kinds"]),
        not_additive=frozenset(data["not_additive"]),
        counted_twice=Decimal(data["counted_twice"]),
        part_of_row_above=re.compile(data["part_of_row_above"]),
        carried_over=re.compile(data["carried_over"]),
        this_year=re.compile(data["this_year"]),
        total_of_part=re.compile(data["total_of_part"]),
        other_basis=re.compile(data["other_basis"]),
        of_an_item=re.compile(data["of_an_item"]),
        examples=re.compile(data["examples"]),
        group_before=re.compile(data["group_before"]),
        incomplete_reason=re.compile(data["incomplete_reason"]),
        general_budget=re.compile(data["general_budget"]),
        near=Decimal(data["near"]),
        row_checks=frozenset(data["row_checks"]),
    )


def _row_sum(entry: dict[str, Any]) -> RowSum:
    lists = {name: tuple(entry.get(name, ())) for name in ("kinds", "parts", "needs", "optional")}
    return RowSum(check=entry["check"], whole=entry["whole"], **lists)


def _prose_equal(entry: dict[str, Any]) -> ProseEqual:
    return ProseEqual(entry["check"], re.compile(entry["left"]), re.compile(entry["right"]))


def _prose_sum(entry: dict[str, Any]) -> ProseSum:
    return ProseSum(entry["check"], re.compile(entry["whole"]), tuple(map(re.compile, entry["parts"])))


def _places(entries: Iterable[dict[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**{**entry, "measures": tuple(entry.get("measures", ()))}) for entry in entries)


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
