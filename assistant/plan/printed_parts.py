"""The figure of which another one is printed as a part."""

from __future__ import annotations

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.printed_parts import whole_printed
from assistant.plan.quantity import Quantity


def printed_whole(part: Quantity, draft: Draft) -> Quantity | None:
    """What a figure is printed as a part of, on its basis; None where it is no part, or no number is printed there."""
    row = draft.catalog.rows.get(part.row_id)
    reading = whole_printed(row, part.cells[0].column_path, draft) if row and len(part.cells) == 1 else None
    if reading is None:
        return None
    of = reading.rows[0]
    cells = draft.library.figures({of.row_id}).get(of.row_id, ())
    cell = next((c for c in cells if c.column_no == reading.column.number and c.number is not None), None)
    name = (reading.column.measure or reading.column.path) if of == row else of.label
    return Quantity(name, value_of(cell), part.document_id, (cell,), (), part.basis, row_id=of.row_id) if cell else None
