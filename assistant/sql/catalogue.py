"""What the SQL stages know of the warehouse: its views, and how to run a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

Catalogue = Mapping[str, Mapping[str, str]]
"""View to column to type, in the views' own order."""

KEY_COLUMN: Final = "row_id"
"""The column by which each view's rows are cited."""


class Warehouse(Protocol):
    """The part of ``index.warehouse.Warehouse`` that queries need; tests bring a small one of their own."""

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The column names and rows of a query."""
        ...
