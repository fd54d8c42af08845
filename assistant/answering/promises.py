"""Answers what the forms of projects promise: targets of indicators, figures within goals, the project's funds."""

from __future__ import annotations

import re
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.form_funds import funds_of_form
from assistant.answering.found import Found, cell_reading, find
from assistant.answering.lookup import agreeing, figure_sentence, say_text
from assistant.catalog import Row
from assistant.resolve import Reading
from assistant.resolve.projects import ProjectForms, forms_named
from assistant.resolve.promises import Promise, promises_of
from assistant.resolve.wishes import wishes_of
from assistant.understand.types import Understanding
from index.records import FigureRecord

_GOAL: Final = "目标"
_AND_FUNDS: Final = re.compile(
    r"(预算|资金总额|资金|金额)(和|与|、|及|[,，])|(和|与|、|及)(预算|资金总额|资金|金额)(?!目标|绩效)"
)
_CONTENT: Final = re.compile(r"指标值(内容|说明|解释)$")


def answer_promises(draft: Draft, asked: Understanding, *, anywhere: bool = False) -> bool:
    """Each thing that is asked for; False where one of them is nowhere in the forms of the projects named."""
    promises = promises_of(asked, draft.catalog, draft.library.figures, anywhere=anywhere)
    if not promises:
        return False
    draft.lines.append(f"{draft.heading}：")
    said: set[str] = set()
    for promise in promises:
        if promise.wish.is_funds:
            if not say_funds(draft, forms_named(asked, draft.catalog)):
                return False
        elif promise.clause:
            _say_clause(draft, promise, said)
        else:
            _say_indicators(draft, promise, said)
    if len(draft.lines) == 2:
        draft.lines[:] = [f"{draft.heading}中，{draft.lines[1]}"]
    return True


def answer_project_goals(draft: Draft, asked: Understanding) -> bool:
    """The goals of the projects named, in full; False where anything else is asked of them."""
    forms = forms_named(asked, draft.catalog)
    if not forms or any(wish.words or wish.is_funds for wish in wishes_of(asked, forms.names, forms.titles)):
        return False
    cells = draft.library.figures({row.row_id for row in forms.goals})
    goals = [(row, cell) for row in forms.goals for cell in cells[row.row_id] if _is_goal(row, cell)]
    found = find(draft, [[cell_reading(row, cell, draft.catalog)] for row, cell in goals])
    if not any(found):
        return False
    draft.lines.append(f"{draft.heading}：")
    for group in found:
        for goal in group:
            say_text(draft, goal)
    return not _AND_FUNDS.search(asked.question) or say_funds(draft, forms)


def _is_goal(row: Row, cell: FigureRecord) -> bool:
    """Whether a cell prints a goal: under a header for goals, or beside a label for one."""
    names_goal = any(name.endswith(_GOAL) for name in (cell.column_path, cell.measure or "", row.label))
    return cell.value_type == "text" and bool(cell.printed.strip()) and names_goal


def _say_indicators(draft: Draft, promise: Promise, said: set[str]) -> None:
    cells = [(row, cell) for row, cell in promise.cells if cell.figure_id not in said]
    said |= {cell.figure_id for _, cell in cells}
    for group in find(draft, [[cell_reading(row, cell, draft.catalog)] for row, cell in cells]):
        for found in group:
            say_text(draft, found)
            _say_content(draft, found)


def _say_content(draft: Draft, found: Found) -> None:
    """What a target is made of, where the form tells it in a column of its own (``心理咨询师1人，律师3人``)."""
    for cell in found.cells[0].siblings:
        if _CONTENT.search(cell.column_path) and re.search(r"\d", cell.printed):
            text = re.sub(r"(?<=[^\x00-\x7f])\s+|(?<=\d)\s+", "", cell.printed)
            draft.lines.append(f"其{cell.column_path.rsplit('/', 1)[-1]}：“{text}”[{draft.cite([cell])[0]}]。")


def _say_clause(draft: Draft, promise: Promise, said: set[str]) -> None:
    ((row, cell),) = promise.cells
    if promise.clause not in said:
        said.add(promise.clause)
        say_clause(draft, row, cell, promise.clause)


def say_clause(draft: Draft, row: Row, cell: FigureRecord, clause: str) -> None:
    """A clause of a goal, quoted."""
    find(draft, [[cell_reading(row, cell, draft.catalog)]])
    column = cell.column_path.rsplit("/", 1)[-1]
    number = draft.cite([cell])[0]
    draft.lines.append(f"{draft.named(f'{row.label}的{column}')}写道：“{clause}”[{number}]。")


def say_funds(draft: Draft, forms: ProjectForms | None) -> bool:
    """What the project costs: as its form prints it, or beside its goal."""
    readings = [reading for row in forms.goals if (reading := _funds(draft, row))] if forms else []
    found = [group[0] for group in find(draft, [[reading] for reading in readings]) if group]
    draft.lines += [f"{figure_sentence(draft, group)}。" for group in agreeing(found)]
    return bool(found)


def _funds(draft: Draft, row: Row) -> Reading | None:
    table = draft.catalog.tables[row.table_id]
    if table.form:
        return funds_of_form(draft, table)
    column = next((c for c in table.columns if c.value_type == "amount" and not c.of_other_period), None)
    return Reading(table, (row,), column) if column else None
