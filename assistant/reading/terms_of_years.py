"""Figures told apart by the years that their names begin with (2023-2026和2026-2029两期): each is of the one item."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.query import Difference, Name, Query, Select, Several, Sum
from assistant.understand.dates import TERM


def of_one_item(query: Query, before: Sequence[Select]) -> Query:
    """A query over figures, those named by years alone as of the item that the others, or those before, name."""
    if not isinstance(query, Sum | Several | Difference):
        return query
    selects = [each for each in query.of if isinstance(each, Select)]
    bare = [each for each in selects if each.names and not _items(each)]
    items = next((items for each in (*selects, *reversed(before)) if (items := _items(each))), ())
    if not bare or not items:
        return query
    each_named = tuple(
        one.model_copy(update={"names": (*items, *one.names)}) if one in bare and isinstance(one, Select) else one
        for one in query.of
    )
    return query.model_copy(update={"of": each_named})


def _items(select: Select) -> tuple[Name, ...]:
    """What a selection names besides years."""
    return tuple(name for name in select.names if not TERM.fullmatch(name.text) and not name.is_unit)
