"""Queries over rows: filtered, then left out, then ranked, then added or counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.query import (
    Comparison,
    Condition,
    Count,
    Except,
    Filter,
    Mean,
    Name,
    Query,
    Rank,
    RowKind,
    Rows,
    Select,
    Sum,
)
from assistant.reading.clauses import HOLDS, STARTS, Clause, text_of
from assistant.reading.patterns import pattern
from assistant.reading.pieces import Piece
from assistant.reading.selects import excluded_names, groups_of, merged, name_of, side_of
from assistant.reading.state import State

_WHICH: Final = pattern("which")
_MADE_UP: Final = pattern("made_up")
_KINDS: Final = pattern("kinds")
_LEAST: Final = pattern("least")
_CLASS_OF: Final[dict[str, RowKind]] = {
    "function": "function", "economic": "economic", "account": "account", "project": "project",
    "purchase": "purchase", "unit": "unit", "indicator": "indicator", "income": "income", "goal": "goal",
}  # fmt: skip


_COMPARISONS: Final[dict[str, Comparison]] = {
    "gt": "gt", "ge": "ge", "lt": "lt", "le": "le", "eq": "eq", "ge_after": "ge", "gt_after": "gt", "lt_after": "lt",
    "le_after": "le", "range": "range", "range_after": "range",
}  # fmt: skip


_WHICH_UNIT: Final = pattern("which_unit")
FELL: Final = pattern("fell")
ROSE: Final = pattern("rose")


def without_items(query: Query, items: tuple[Name, ...]) -> Query:
    """A query over rows with some of them left out, said behind it (局本级不算)."""
    match query:
        case Rank() | Filter():
            return query.model_copy(update={"rows": without_items(query.rows, items)})
        case Rows():
            return Except(rows=query, items=items)
        case _:
            return query


_MOST: Final = pattern("most")
_NUMBERS: Final = dict(zip("两二三四五六七八九十", (2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))


def limit_of(clause: Clause) -> int | None:
    """How many rows of a ranking are asked for (前三, 最多的三家)."""
    if most := _MOST.search(clause.text):
        return _NUMBERS[most["k"]]
    return next(
        (int(p.value) for p in clause.of("op") if p.name in ("top", "max", "min") and p.value is not None), None
    )


def rows_query(clause: Clause, selects: tuple[Select, ...], state: State) -> Query | None:
    """A query over rows, where a class of rows is named, or rows are ranked, filtered or listed below one item."""
    ops, text = clause.ops(), clause.text
    classes = [p.name for p in clause.of("class") if p.name in _CLASS_OF]
    if (
        not classes
        and _WHICH_UNIT.search(text)
        and ops & {"max", "min", "top", "list", "count"} | set(p.name for p in clause.of("bound"))
    ):
        classes = ["unit"]
    ranks = ops & {"max", "min", "top", "ordinal"}
    moved = bool(FELL.search(text) or ROSE.search(text))
    bounds = tuple(_conditions(clause))
    which = bool(_WHICH.search(text_of(clause)))
    asks_rows = bool(ranks or moved or bounds or ops & {"list", "count"} or (classes and which)) and (
        bool(classes) or len(selects) <= 1
    )
    lists = "list" in ops and bool(_MADE_UP.search(text)) and len(selects or state.context.selects) == 1
    follows = (
        not selects
        and not classes
        and state.context.rows is not None
        and bool(ranks or moved or bounds or ops & {"sum", "mean", "count"})
    )
    if follows:
        base: Query = state.context.rows  # type: ignore[assignment]
    elif (asks_rows and (classes or ranks or moved or bounds)) or lists:
        prefix = [p for p in groups_of(clause)[0] if p.kind == "name"]
        inner = Select(
            names=tuple(map(name_of, prefix)),
            side=side_of(next((p.name for p in groups_of(clause)[0] if p.kind == "total"), None)),
        )
        within = merged(selects) if selects else inner if prefix or inner.side else merged(state.context.selects)
        base = Rows(within=_not_compared(within, bounds), kind=kind_of(classes), level=_level(clause))
    elif classes and selects and ops & {"sum", "mean", "count", "list"}:
        base = Rows(within=selects[0], kind=kind_of(classes))
    else:
        return None
    query = base
    if excluded := excluded_names(clause) or state.left_out:
        query = Except(rows=query, items=excluded)
    if bounds:
        query = Filter(rows=query, conditions=bounds)
    elif (
        not ranks
        and "count" not in ops
        and which
        and classes
        and any(s.names for s in selects or state.context.selects)
    ):
        query = Filter(rows=query, conditions=(Condition(comparison="ne", values=(Decimal(0),)),))
    if ranks or moved:
        places = tuple(int(p.value) for p in clause.of("op") if p.name == "ordinal" and p.value is not None)
        top = [p for p in clause.of("op") if p.name in ranks]
        changes = bool(ops & {"change"} or moved)
        query = Rank(
            rows=query, k=limit_of(clause) or 1, places=places, by="change" if changes else "value",
            descending=not (bool(FELL.search(text)) if changes and moved else _ascends(top)),
        )  # fmt: skip
    if "count" in ops and not ranks:
        return Count(of=query)
    if "sum" in ops and not ("list" in ops and not ranks):
        return Sum(of=(query,))
    return Mean(of=(query,)) if "mean" in ops else query


def _not_compared(within: Select, bounds: tuple[Condition, ...]) -> Select:
    """What rows are within, without what they are compared with (哪家项目支出超过基本支出)."""
    compared = {name.text for bound in bounds if isinstance(bound.than, Select) for name in bound.than.names}
    return within.model_copy(update={"names": tuple(name for name in within.names if name.text not in compared)})


def _level(clause: Clause) -> int | None:
    """The level of the items that are asked for (项级, 哪几大类)."""
    named = next((int(p.name) for p in clause.of("level")), None)
    return 1 if named is None and _KINDS.search(clause.text) else named


def kind_of(classes: Sequence[str]) -> RowKind:
    return _CLASS_OF[classes[-1]] if classes else "any"


def _ascends(pieces: Sequence[Piece]) -> bool:
    return any(p.name == "min" or _LEAST.search(p.text) for p in pieces)


def _conditions(clause: Clause) -> Iterator[Condition]:
    pieces = clause.pieces
    if match := STARTS.search(clause.text):
        yield Condition(starts=match["text"])
    if match := HOLDS.search(clause.text):
        yield Condition(holds=match["text"])
    for place, piece in enumerate(pieces):
        if piece.text in ("过", "破") and (
            past := next((p for p in pieces[place + 1 : place + 2] if p.kind == "number"), None)
        ):
            yield Condition(comparison="gt", values=(past.value or Decimal(0),), unit=past.unit)
        if piece.kind != "bound":
            continue
        if piece.name == "nonzero":
            yield Condition(comparison="ne", values=(Decimal(0),))
        elif piece.name == "zero":
            yield Condition(comparison="eq", values=(Decimal(0),))
        elif piece.name in _COMPARISONS:
            after = piece.name.endswith("_after")
            near = pieces[place - 1 : place] if after else pieces[place + 1 : place + 2]
            number = next((p for p in near if p.kind == "number"), None)
            than = tuple(name_of(p) for p in pieces[place + 1 :] if p.kind == "name") if not after else ()
            if number is None and than and not piece.name.startswith("range"):
                yield Condition(comparison=_COMPARISONS[piece.name], than=Select(names=than))
            if number is not None and number.value is not None:
                yield Condition(comparison=_COMPARISONS[piece.name], values=(number.value,), unit=number.unit)
