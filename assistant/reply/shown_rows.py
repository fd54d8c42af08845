"""A row as it is shown beside an answer: its table, its name, whose it is, and some of its cells."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import title_of_table, unit_name
from assistant.catalog import Row
from index.records import FigureRecord


def cells_of(row: Row, draft: Draft) -> list[FigureRecord]:
    """The cells of a row, in the order of its columns."""
    return draft.library.figures({row.row_id})[row.row_id]


def row_line(row: Row, cells: Sequence[FigureRecord], draft: Draft) -> str:
    """A row with some of its cells, each cited; empty where there are none."""
    title = draft.named(title_of_table(draft.catalog.tables[row.table_id]))
    unit = f"（{unit_name(row.unit, draft.catalog)}）" if row.unit and len(draft.catalog.units) > 1 else ""
    told = "；".join(_cell_text(cell, draft) for cell in cells)
    return f"- {title}，{draft.named(row.label)}{unit}：{told}" if told else ""


def _cell_text(cell: FigureRecord, draft: Draft) -> str:
    name = draft.named(cell.column_path.rsplit("/", 1)[-1])
    return f"{name} {draft.add_figure(f'{cell.row_label} {name}', value_of(cell), draft.cite([cell]))}"
