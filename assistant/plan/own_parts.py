"""The parts that a document lists of one figure: the rows below its row, the figures told of behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.statements import statement_value
from assistant.plan.bind import of_statement
from assistant.plan.quantity import Quantity
from assistant.understand.wording import normalise
from index.records import FigureRecord, StatementRecord

_FEWEST: Final = 2
_OPENS: Final = "其中"
_INCLUDES: Final = re.compile(r"\s*[\d,.]+\s*[万亿]?元[,，:：(（]*(?:主要)?(?:包括|包含|其中)")
"""What stands between a figure and those that its sentence says it includes."""


def parts_listed(whole: Quantity, count: int | None, draft: Draft) -> tuple[Quantity, ...]:
    """The parts of a figure, ``count`` of them where that is given; none where the document lists no such parts."""
    of_cells = (tuple(_rows_below(cell, draft)) for cell in whole.cells)
    sentences = whole.statements or tuple(_stating(whole, draft))
    of_sentences = (tuple(parts) for statement in sentences for parts in _following(statement, draft))
    found = (parts for each in (of_cells, of_sentences) for parts in each)
    fits = (parts for parts in found if (len(parts) == count if count else len(parts) >= _FEWEST))
    return next(fits, ())


def _stating(whole: Quantity, draft: Draft) -> Iterator[StatementRecord]:
    """The sentences that state the figure of a cell by the name of its row."""
    name = normalise(whole.name)
    for statement in draft.contents.statements.values():
        if statement.amount_yuan == whole.exact and normalise(statement.subject) == name:
            yield statement


def _rows_below(cell: FigureRecord, draft: Draft) -> Iterator[Quantity]:
    """The figures of the rows right below a row, in its column."""
    table = draft.catalog.tables[cell.table_id]
    rows = [row for row in table.rows if row.parent == cell.row_id]
    figures = draft.library.figures({row.row_id for row in rows})
    for row in rows:
        for below in figures[row.row_id]:
            if below.column_no == cell.column_no and below.number is not None:
                quantity = Quantity(row.label, value_of(below), draft.catalog.document_id, (below,), (), table.title)
                yield replace(quantity, row_id=row.row_id)


def _following(whole: StatementRecord, draft: Draft) -> Iterator[list[Quantity]]:
    """The list that a stated figure opens, what is said to be part of it, all that its paragraph states after 其中."""
    for told in draft.contents.lists:
        if told.whole == whole:
            yield _quantities([entry.statement for entry in told.entries], draft)
    own = [s for s in draft.contents.statements.values() if s.paragraph_id == whole.paragraph_id]
    behind = own[own.index(whole) + 1 :]
    listed = [s for s in behind if s.whole_id == whole.statement_id]
    yield _quantities(listed, draft)
    text = draft.contents.paragraphs[whole.paragraph_id].text
    if not listed and _INCLUDES.match(whole.sentence.partition(whole.subject)[2]):
        yield _quantities([s for s in behind if s.sentence == whole.sentence and s.whole_id is None], draft)
    if listed and _OPENS in text.partition(whole.subject)[2]:
        yield _quantities([s for s in behind if s.whole_id in (None, whole.statement_id)], draft)


def _quantities(statements: list[StatementRecord], draft: Draft) -> list[Quantity]:
    stated = ((s, statement_value(s)) for s in statements if s.amount_yuan is not None)
    return [of_statement(statement, value, draft) for statement, value in stated if value is not None]
