"""What is printed as a part of something in its line or form: 其中：预留中小企业 of 政府采购, 补助区县 of 当年预算."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.form_funds import funds_of_form
from assistant.answering.found import value_of
from assistant.catalog.forms import FUNDS_OF_FORM
from assistant.plan.quantity import Quantity

_PART: Final = "其中"
_SUBTOTALS: Final = ("小计", "合计", "总计")


def printed_whole(part: Quantity, draft: Draft) -> Quantity | None:
    """What a figure is printed as a part of: the subtotal of its columns, or all the money in its project's form."""
    row = draft.catalog.rows.get(part.row_id)
    if row is None or len(part.cells) != 1:
        return None
    table = draft.catalog.tables[row.table_id]
    if table.title.endswith(FUNDS_OF_FORM):
        total = funds_of_form(draft, table)
        return _figure(part, total.rows[0].row_id, total.column.number, draft) if total else None
    group, _, name = part.cells[0].column_path.rpartition("/")
    columns = {column.path: column for column in table.columns}
    paths = [f"{group}/{subtotal}" for subtotal in _SUBTOTALS] if group and name.startswith(_PART) else []
    column = next((columns[path] for path in paths if path in columns), None)
    return _figure(part, row.row_id, column.number, draft, column.measure) if column else None


def _figure(part: Quantity, row_id: str, column_no: int, draft: Draft, name: str | None = None) -> Quantity | None:
    """The figure of a cell, on the basis of a part of it; None where that is the part itself or no number."""
    cells = draft.library.figures({row_id}).get(row_id, ())
    cell = next((c for c in cells if c.column_no == column_no and c.number is not None), None)
    if cell is None or cell == part.cells[0]:
        return None
    told = name or draft.catalog.rows[row_id].label
    return Quantity(told, value_of(cell), part.document_id, (cell,), (), part.basis, row_id=row_id)
