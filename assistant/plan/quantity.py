"""Quantities: a named exact figure with its sources. What every operator takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.values import Value
from index.records import FigureRecord, StatementRecord


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure: its name, its exact value (amounts in 元), the cells and sentences it rests on.

    ``document_id``: whose figure it is. ``basis``: the table or heading it is taken from. ``sign``:
    what a target has to be to it (≥). ``row_id``: its row, where
    it is one cell. ``parts``: the figures that it was computed from; ``rows``: those of rows that only together are the
    item, to be told with it. ``missing``: names of the query that nothing
    about it accounts for. ``rate``: of a change, by how many per cent.
    """

    name: str
    value: Value
    document_id: str
    cells: tuple[FigureRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    basis: str = ""
    sign: str = ""
    row_id: str = ""
    parts: tuple[Quantity, ...] = ()
    rows: tuple[Quantity, ...] = ()
    missing: tuple[str, ...] = ()
    rate: Decimal | None = None

    @property
    def exact(self) -> Decimal | None:
        """The number, None for a blank or a text."""
        return self.value.exact
