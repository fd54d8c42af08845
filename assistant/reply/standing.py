"""Where an amount that a question asserts stands in the document, though it isn't what was asked for."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.phrases import title_of_table
from assistant.citations import marks
from assistant.plan.given import printed_as
from assistant.query import Claim
from assistant.reading.given import is_own_figure
from index.money import to_yuan
from index.records import FigureRecord

_MOST: Final = 2


def where_it_stands(claim: Claim, draft: Draft) -> str | None:
    """What the document prints the very amount as: in the tables that an answer rests on, else in any, else in prose.

    None for a round number, for one that it prints nowhere, and where it is that of several things.
    """
    if claim.unit is None or not is_own_figure(claim.value, claim.unit, claim.text):
        return None
    cells, stated = printed_as(to_yuan(claim.value, claim.unit), draft)
    called = dict.fromkeys([_called(cell, draft) for cell in cells] + [f"正文里的“{s.subject}”" for s in stated])
    if not 0 < len(called) <= _MOST:
        return None
    numbers = [*draft.cite(cells[:_MOST]), *(draft.cite_statement(s) for s in stated[:_MOST])]
    told = "、".join(map(draft.named, called))
    return f"问题里说的“{claim.text}”在文件里是{told}{marks(list(dict.fromkeys(numbers)))}，和上面的数不是同一项。"


def _called(cell: FigureRecord, draft: Draft) -> str:
    """A cell by its table, its row and its column."""
    row, table = draft.catalog.rows[cell.row_id], draft.catalog.tables[cell.table_id]
    column = cell.column_path.rsplit("/", 1)[-1]
    of = f"“{row.label}”的" if row.label and row.label != column else ""
    return draft.named(f"《{title_of_table(table)}》里{of}“{column}”")
