"""Where an amount that a question asserts stands in the document, though it isn't what was asked for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.phrases import title_of_table
from assistant.citations import marks
from assistant.query import Claim
from index.money import YUAN_PER_UNIT, to_yuan
from index.records import FigureRecord

_EXACT: Final = re.compile(r"\d[\d,]*(?:\.\d+)?(?:万|亿|元|万元|亿元)?")
_FEWEST_DIGITS: Final = 4
"""Digits from which an amount is one figure's own and no round number."""

_MOST: Final = 2


def where_it_stands(claim: Claim, draft: Draft) -> str | None:
    """What the document prints the very amount as: in the tables that an answer rests on, else in any, else in prose.

    None for a round number, for one that it prints nowhere, and where it is that of several things.
    """
    digits = claim.value.normalize().as_tuple().digits
    if claim.unit not in YUAN_PER_UNIT or len(digits) < _FEWEST_DIGITS or not _EXACT.fullmatch(claim.text):
        return None
    exact = to_yuan(claim.value, claim.unit)
    cells = _cells(exact, draft)
    stated = [] if cells else [s for s in draft.contents.statements.values() if s.amount_yuan == exact]
    called = dict.fromkeys([_called(cell, draft) for cell in cells] + [f"正文里的“{s.subject}”" for s in stated])
    if not 0 < len(called) <= _MOST:
        return None
    numbers = [*draft.cite(cells[:_MOST]), *(draft.cite_statement(s) for s in stated[:_MOST])]
    told = "、".join(map(draft.named, called))
    return f"问题里说的“{claim.text}”在文件里是{told}{marks(list(dict.fromkeys(numbers)))}，和上面的数不是同一项。"


def _cells(exact: Decimal, draft: Draft) -> list[FigureRecord]:
    tables, own = draft.catalog.tables, {row.table_id for i in draft.figure_ids if (row := draft.catalog.row_of(i))}
    cells = draft.library.cells_of_amount(draft.catalog.document_id, exact)
    cells = [cell for cell in cells if cell.row_id in draft.catalog.rows and tables[cell.table_id].title]
    return [cell for cell in cells if cell.table_id in own] or cells


def _called(cell: FigureRecord, draft: Draft) -> str:
    """A cell by its table, its row and its column."""
    row, table = draft.catalog.rows[cell.row_id], draft.catalog.tables[cell.table_id]
    column = cell.column_path.rsplit("/", 1)[-1]
    of = f"“{row.label}”的" if row.label and row.label != column else ""
    return draft.named(f"《{title_of_table(table)}》里{of}“{column}”")
