"""What performance forms set, in lines: each number with the project that it is set for, goals in their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import run_query
from assistant.catalog import Row
from assistant.catalog.project_forms import ProjectForm
from assistant.plan.forms import goal_cells
from assistant.plan.quantity import Quantity
from assistant.query import Aim, FormsOf, Funds, Query, Target, Targets
from assistant.reading.patterns import pattern
from assistant.reply.lines import list_lines, sentence_of
from assistant.reply.types import Reply
from assistant.run.evaluate import evaluate
from assistant.sql import figures_query
from assistant.understand.wording import normalise
from index.records import FigureRecord

_OTHER_COLUMN: Final = pattern("indicator_column")
"""What forms print of an indicator beside what it is to reach: its weight, whether it is a core one."""


def form_reply(query: Target | Targets | Funds | FormsOf | Aim, draft: Draft, text: str) -> Reply:
    """The lines of one thing that a form sets; none where it sets none."""
    if isinstance(query, Aim):
        goals = list(goal_cells(query, draft))
        _show_query([cell for _, cell in goals], draft)
        return Reply(tuple(_goal_lines(goals, draft)))
    found = evaluate(query, draft, text).quantities
    if not found:
        return Reply((), (query.text if isinstance(query, Target) else "",))
    other = _OTHER_COLUMN.search(normalise(query.text)) if isinstance(query, Target) else None
    if other is not None:
        cells = list(dict.fromkeys(c for row in _rows_meant(found, query, draft) for c in _beside(row, other, draft)))
        _show_query(cells, draft)
        return Reply(tuple(_column_lines(cells, draft)), () if cells else (other.group(),))
    _show_query([cell for quantity in found for cell in quantity.cells], draft)
    if isinstance(query, Targets | FormsOf):
        return Reply(tuple(list_lines(found, draft, f"（{found[0].basis}）")))
    return Reply(tuple(_lines(found, draft)))


def _lines(found: Sequence[Quantity], draft: Draft) -> list[str]:
    return [f"{draft.heading}中（{draft.named(q.basis)}），{sentence_of(q, draft)}。" for q in found]


def _rows_meant(found: Sequence[Quantity], query: Query, draft: Draft) -> list[Row]:
    """The rows of some targets, and those that are called so in other forms, where none is said to be meant."""
    rows = [draft.catalog.rows[quantity.cells[0].row_id] for quantity in found]
    subjects = {draft.catalog.tables[row.table_id].subject for row in rows}
    around = query.around if isinstance(query, Target) else ()
    if any(subject and normalise(subject) in text for subject in subjects for text in around):
        return rows
    labels, kinds = {row.label for row in rows}, {draft.catalog.tables[row.table_id].kind for row in rows}
    same = (row for row in draft.catalog.rows.values() if row.label in labels)
    return [row for row in same if draft.catalog.tables[row.table_id].kind in kinds]


def _beside(row: Row, column: re.Match[str], draft: Draft) -> Iterator[FigureRecord]:
    """What a row prints in another column."""
    for cell in draft.library.figures({row.row_id})[row.row_id]:
        match = _OTHER_COLUMN.search(normalise(cell.column_path))
        if match is not None and match.lastgroup == column.lastgroup and cell.printed.strip():
            yield cell


def _column_lines(cells: Sequence[FigureRecord], draft: Draft) -> Iterator[str]:
    for cell in cells:
        row = draft.catalog.rows[cell.row_id]
        table = draft.catalog.tables[row.table_id]
        basis = draft.named(f"{table.title}：{table.subject}" if table.subject else table.title)
        told = f"{draft.named(row.label)}的{draft.named(cell.column_path)}为 **{cell.printed.strip()}**"
        yield f"{draft.heading}中（{basis}），{told}[{draft.cite([cell])[0]}]。"


def _goal_lines(goals: Sequence[tuple[ProjectForm, FigureRecord]], draft: Draft) -> list[str]:
    lines: list[str] = []
    for form, cell in goals:
        text = "".join(cell.printed.split())
        lines.append(f"{draft.heading}中，{draft.named(form.name)}的绩效目标写道：“{text}”[{draft.cite([cell])[0]}]。")
    return lines


def _show_query(cells: Sequence[FigureRecord], draft: Draft) -> None:
    """Runs the query that tells the cells, for the answer to show."""
    if cells:
        run_query(draft, figures_query(list(dict.fromkeys(cell.figure_id for cell in cells))))
