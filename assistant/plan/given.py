"""A figure that a question gives, where the document prints it: in its tables, else in its sentences."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.phrases import title_of_table
from assistant.answering.statements import statement_value
from assistant.plan.bind import of_statement
from assistant.plan.quantity import Quantity
from assistant.query import Given
from assistant.reading.given import is_own_figure
from assistant.understand.wording import normalise
from index.money import to_yuan
from index.records import FigureRecord, StatementRecord

_TOTAL: Final = re.compile("[合总小]计")
_BLOCK: Final = 2


def printed_as(exact: Decimal, draft: Draft) -> tuple[list[FigureRecord], list[StatementRecord]]:
    """The cells that print an amount in 元, those of the tables that an answer rests on first; else the statements."""
    tables, own = draft.catalog.tables, {row.table_id for i in draft.figure_ids if (row := draft.catalog.row_of(i))}
    cells = draft.library.cells_of_amount(draft.catalog.document_id, exact)
    cells = [cell for cell in cells if cell.row_id in draft.catalog.rows and tables[cell.table_id].title]
    stated = [] if cells else [s for s in draft.contents.statements.values() if s.amount_yuan == exact]
    return [cell for cell in cells if cell.table_id in own] or cells, stated


def given_figures(given: Given, draft: Draft) -> tuple[Quantity, ...]:
    """The figure that a question gives, as the document prints it of what is named before it; none where it doesn't."""
    if not is_own_figure(given.value, given.unit, given.text):
        return ()
    cells, stated = printed_as(to_yuan(given.value, given.unit or ""), draft)
    if cells:
        return (_of_cell(max(cells, key=lambda cell: _named(_label(cell, given.said), given.said)), given.said, draft),)
    values = [(s, value) for s in stated if (value := statement_value(s)) is not None]
    if not values:
        return ()
    statement, value = max(values, key=lambda pair: _named(pair[0].subject, given.said))
    return (of_statement(statement, value, draft),)


def _of_cell(cell: FigureRecord, said: str, draft: Draft) -> Quantity:
    title = title_of_table(draft.catalog.tables[cell.table_id])
    label = _label(cell, said)
    name = f"{title}的{label}" if _TOTAL.fullmatch(label) else label
    return Quantity(name, value_of(cell), cell.document_id, (cell,), (), title, row_id=cell.row_id)


def _label(cell: FigureRecord, said: str) -> str:
    """The name of a cell: its row's, or its column's where that is said rather."""
    column = cell.column_path.rsplit("/", 1)[-1]
    return max(filter(None, (cell.row_label, column)), key=lambda label: _named(label, said))


def _named(label: str, said: str) -> int:
    """How many pairs of characters of a label a question says before the figure."""
    plain = normalise(label)
    return sum(plain[at : at + _BLOCK] in said for at in range(len(plain) - 1))
