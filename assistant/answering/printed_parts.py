"""What is printed as a part of something in its line or form: 其中：预留中小企业 of 政府采购, 补助区县 of 当年预算."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.form_funds import funds_of_form
from assistant.catalog import Row
from assistant.catalog.forms import FUNDS_OF_FORM
from assistant.resolve import Reading

_PART: Final = "其中"
_SUBTOTALS: Final = ("小计", "合计", "总计")


def whole_printed(row: Row, column_path: str, draft: Draft) -> Reading | None:
    """What a cell is printed as a part of: the subtotal of its columns, or all the money in its project's form."""
    table = draft.catalog.tables[row.table_id]
    if table.title.endswith(FUNDS_OF_FORM):
        total = funds_of_form(draft, table)
        return total if total and total.rows[0].row_id != row.row_id else None
    group, _, name = column_path.rpartition("/")
    columns = {column.path: column for column in table.columns}
    paths = [f"{group}/{subtotal}" for subtotal in _SUBTOTALS] if group and name.startswith(_PART) else []
    column = next((columns[path] for path in paths if path in columns), None)
    return Reading(table, (row,), column) if column else None
