"""The funds of projects that only their performance forms print, one form a project, as rows of one set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import find
from assistant.answering.members import Member, ranked
from assistant.answering.thresholds import passes_all
from assistant.catalog import Table
from assistant.catalog.naming import FUNDS_OF_FORM
from assistant.resolve import Reading, RowSet
from assistant.understand.types import Token, Understanding

_TOTAL: Final = re.compile(r"(总额|合计|总计)$")
_WHOLE_DEPARTMENT: Final = "部门整体"
_PROJECTS: Final = "项目支出表"


def funds_of_forms(draft: Draft, asked: Understanding) -> tuple[RowSet, list[Member]] | None:
    """The projects' funds with the project as label; None where they aren't asked for or a table lists them.

    A unit among the names means its forms, which name it in their heads.
    """
    compares = asked.ranks or asked.operation in ("sum", "mean") or asked.wants_sum or bool(asked.thresholds)
    is_listed = any(table.kind == _PROJECTS for table in draft.catalog.tables.values())
    if "project" not in asked.classes or not compares or (is_listed and "goal" not in asked.classes):
        return None
    readings = list(_totals(draft))
    adds = asked.operation in ("sum", "mean") or asked.wants_sum
    if adds and "goal" not in asked.classes and not asked.operands:
        return None  # the projects that have a form need not be all
    terms = [term for operand in asked.operands for term in operand.within_context.terms]
    for term in terms:
        subjects = _subjects(term, draft)
        if not subjects and not _names_total(term, readings):
            return None
        readings = [r for r in readings if not subjects or r.table.subject in subjects]
    if len(readings) < 2:
        return None
    found = [group[0] for group in find(draft, [[reading] for reading in readings]) if group]
    members = [Member(f.table.subject or "", f.value, f.cells[0].cell, f.cells[0].row) for f in found]
    plain = [t for t in asked.thresholds if not t.is_nested]
    if len(plain) < len(asked.thresholds):
        return None
    unit = readings[0].column.unit
    members = [m for m in members if passes_all(m.value, plain, unit)]
    if asked.ranks:
        members = ranked(members, descending=asked.descending)
    return RowSet(readings[0].table, readings[0].rows, readings[0].column), members


def _totals(draft: Draft) -> Iterator[Reading]:
    """The total of each form's funds."""
    for table in draft.catalog.tables.values():
        column = table.default_column()
        total = next((row for row in table.rows if _TOTAL.search(row.label)), None)
        is_funds = bool(table.subject) and table.title.endswith(FUNDS_OF_FORM) and table.subject != _WHOLE_DEPARTMENT
        if is_funds and column and total:
            yield Reading(table, (total,), column)


def funds_of_form(draft: Draft, subject: str) -> Reading | None:
    """The total of the funds of one project's form."""
    return next((reading for reading in _totals(draft) if reading.table.subject == subject), None)


def scope_of(members: Sequence[Member]) -> str:
    """What the funds are called in the forms."""
    labels = {member.row.label for member in members}
    return f"各项目绩效目标表的{next(iter(labels)) if len(labels) == 1 else '资金总额'}"


def _subjects(term: Token, draft: Draft) -> set[str]:
    """The projects whose forms a unit's name stands for."""
    if not any(link.role == "unit" for link in term.links):
        return set()
    tables: list[Table] = [draft.catalog.tables[link.key] for link in term.links if link.role == "table"]
    return {table.subject for table in tables if table.subject}


def _names_total(term: Token, readings: list[Reading]) -> bool:
    """Whether a name is that of the funds' total itself (``资金总额最少的项目``)."""
    totals = {row.row_id for reading in readings for row in reading.rows}
    return any(link.role == "row" and link.key in totals for link in term.links)
