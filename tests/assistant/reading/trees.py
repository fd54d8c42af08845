"""Query trees written short, as the cases of queries.yaml have them, so that a person can read and extend these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from assistant.query import (
    Change,
    Condition,
    Count,
    Difference,
    Each,
    Except,
    Exists,
    Filter,
    Fixed,
    Mean,
    Moves,
    Name,
    Places,
    Query,
    Rank,
    Ratio,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Shares,
    Sum,
)

_SIGNS: Final = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "=", "ne": "!=", "range": "in "}


def tree(query: Query) -> str:
    """A query as one line: operators as functions, names as they were said."""
    match query:
        case Select():
            return _select(query)
        case Rows():
            return f"rows({_joined(', ', _rows(query))})"
        case Filter():
            return f"filter({tree(query.rows)}, {_joined(', ', map(_condition, query.conditions))})"
        case Moves():
            return f"moves {query.way}{' by rate' if query.by_rate else ''}({tree(query.rows)})"
        case Except():
            return f"except({tree(query.rows)}, {_names(query.items)})"
        case Rank():
            return f"{_rank(query)}({tree(query.rows)})"
        case Share():
            return f"share({_all(query.parts)}{f' / {tree(query.whole)}' if query.whole else ''})"
        case Shares():
            whole = f" / {tree(query.whole)}" if query.whole else ""
            return f"shares({tree(query.rows)}, {tree(query.part)}{whole})"
        case Difference() if query.rest:
            return f"rest({_all(query.of)})"
        case Ratio():
            return f"ratio({tree(query.part)} / {tree(query.base)})"
        case Sum() | Mean() | Difference() | Several():
            return f"{query.op}({_all(query.of)})"
        case Count() | Change() | Each() | Exists() | Places():
            return f"{query.op}({tree(query.of)})"
        case Fixed():
            return f"{query.value}{query.unit}"
        case Say():
            return f"say {query.intent}({_names(query.topic)})"


def _joined(by: str, parts: Iterable[str]) -> str:
    return by.join(part for part in parts if part)


def _all(queries: Iterable[Query]) -> str:
    return _joined(", ", map(tree, queries))


def _names(names: Iterable[Name]) -> str:
    """Names side by side; what nothing in the document bears has a question mark."""
    return _joined("+", (name.text if name.is_linked else f"{name.text}?" for name in names))


def _select(select: Select) -> str:
    said = _joined(" > ", (_names(select.within), _names(select.names)))
    said = _joined(" ", (said, f"[{select.side}]" if select.side else "", "上年" if select.period == "last" else ""))
    if select.winner is not None:
        said = _joined(" of ", (said, tree(select.winner)))
    said = f"{select.place}: {said}" if select.place else said
    return f"{said} #{select.counted or ''}" if select.quantity == "count" else said


def _rows(rows: Rows) -> Iterable[str]:
    yield rows.kind if rows.kind != "any" else ""
    yield _select(rows.within)
    yield f"level {rows.level}" if rows.level else ""


def _rank(rank: Rank) -> str:
    if rank.places:
        return f"place {_joined('+', map(str, rank.places))}"
    return _joined(" ", (f"{'top' if rank.descending else 'bottom'} {rank.k}", "change" if rank.by == "change" else ""))


def _condition(condition: Condition) -> str:
    if condition.starts or condition.holds:
        return f"starts {condition.starts}" if condition.starts else f"holds {condition.holds}"
    column = f"{condition.column.text} " if condition.column else ""
    bound = tree(condition.than) if condition.than else _joined("..", map(str, condition.values))
    return f"{column}{_SIGNS[condition.comparison]}{bound}{condition.unit or ''}"
