"""What performance forms set, in lines: each number with the project that it is set for, goals in their words."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.draft import Draft
from assistant.answering.found import run_query
from assistant.catalog.project_forms import ProjectForm
from assistant.plan.forms import goal_cells
from assistant.plan.quantity import Quantity
from assistant.query import Aim, FormsOf, Funds, Target, Targets
from assistant.reply.lines import list_lines, sentence_of
from assistant.reply.types import Reply
from assistant.run.evaluate import evaluate
from assistant.sql import figures_query
from index.records import FigureRecord


def form_reply(query: Target | Targets | Funds | FormsOf | Aim, draft: Draft, text: str) -> Reply:
    """The lines of one thing that a form sets; none where it sets none."""
    if isinstance(query, Aim):
        goals = list(goal_cells(query, draft))
        _show_query([cell for _, cell in goals], draft)
        return Reply(tuple(_goal_lines(goals, draft)))
    found = evaluate(query, draft, text).quantities
    if not found:
        return Reply((), (query.text if isinstance(query, Target) else "",))
    _show_query([cell for quantity in found for cell in quantity.cells], draft)
    if isinstance(query, Targets | FormsOf):
        return Reply(tuple(list_lines(found, draft, f"（{found[0].basis}）")))
    return Reply(tuple(_lines(found, draft)))


def _lines(found: Sequence[Quantity], draft: Draft) -> list[str]:
    return [f"{draft.heading}中（{draft.named(q.basis)}），{sentence_of(q, draft)}。" for q in found]


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
