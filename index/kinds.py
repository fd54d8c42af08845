"""The kinds of budget tables, as data/dictionary/kinds.yaml defines them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from index.dictionary import read_yaml

OTHER: Final = "其他表"
"""The kind of tables that are not understood."""

MeasureType = Literal["amount", "quantity", "percent", "text"]


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """One value column of a kind; ``headers`` are regular expressions over column paths."""

    name: str
    headers: tuple[str, ...]
    type: MeasureType = "amount"
    default: bool = False


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of table, which is also one wide view: ``code`` and ``label`` name two of its columns.

    The rest is how a table of the kind is recognised and which of its columns are what; see kinds.yaml.
    """

    name: str
    description: str
    row: str
    code: str
    label: str
    measures: tuple[MeasureSpec, ...]
    priority: int = 9
    titles: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    codes: str | None = None
    label_headers: tuple[str, ...] = ()
    code_headers: tuple[str, ...] = ()
    unit_headers: tuple[str, ...] = ()
    row_label: str | None = None
    by_headers: tuple[str, ...] = ()
    form_titles: tuple[str, ...] = ()
    kind_rows: bool = False


_PATTERNS: Final = ("titles", "signals", "label_headers", "code_headers", "unit_headers", "by_headers", "form_titles")


def _kind(name: str, entry: dict[str, Any]) -> KindSpec:
    measures = tuple(
        MeasureSpec(item["name"], tuple(item["headers"]), item.get("type", "amount"), item.get("default", False))
        for item in entry["measures"]
    )
    return KindSpec(
        name,
        entry["description"],
        entry["row"],
        entry["code"],
        entry["label"],
        measures,
        priority=entry.get("priority", 9),
        codes=entry.get("codes"),
        row_label=entry.get("row_label"),
        kind_rows=entry.get("kind_rows", False),
        **{key: tuple(entry.get(key, ())) for key in _PATTERNS},
    )


KINDS: Final = MappingProxyType({name: _kind(name, entry) for name, entry in read_yaml("kinds.yaml").items()})
"""All kinds by name, in the order of the file."""
