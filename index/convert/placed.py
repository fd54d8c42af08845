"""A cell at its place in a grid."""

from __future__ import annotations

from dataclasses import dataclass

from index.convert.lines import in_one_cell
from index.document import Block, Paragraph, RawTable


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its top left position, counted from 0: its paragraphs, and the tables inside of it."""

    row: int
    column: int
    content: tuple[Block, ...]
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """What the cell itself prints, line breaks folded to a blank."""
        return in_one_cell([block.text for block in self.content if isinstance(block, Paragraph)])

    @property
    def tables(self) -> tuple[RawTable, ...]:
        """The tables inside of the cell."""
        return tuple(block for block in self.content if isinstance(block, RawTable))
