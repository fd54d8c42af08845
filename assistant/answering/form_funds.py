"""The funds of projects that their performance forms print, one form a project, as rows of one set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import find
from assistant.answering.members import Member, ranked
from assistant.answering.thresholds import passes_all
from assistant.catalog import Table
from assistant.catalog.forms import FUNDS_OF_FORM
from assistant.resolve import Reading, RowSet
from assistant.understand.types import Token, Understanding

_TITLE: Final = "项目支出绩效目标表"
_TOTAL: Final = re.compile(r"(总额|合计|总计|^当年预算)$")
_WHOLE_DEPARTMENT: Final = "部门整体"
_PROJECTS: Final = "项目支出表"


def funds_of_forms(draft: Draft, asked: Understanding) -> tuple[RowSet, list[Member]] | None:
    """The projects' funds with the project as label; None where they aren't asked for or a table lists them.

    Among the names a unit means its forms, which name it in their heads; others may only say what is looked at.
    """
    compares = asked.ranks or asked.operation in ("sum", "mean") or asked.wants_sum or bool(asked.thresholds)
    terms = [term for operand in asked.operands for term in operand.within_context.terms]
    units = {link.key for term in terms for link in term.links if link.role == "unit"}
    readings = [r for r in form_totals(draft) if not units or r.rows[0].unit in units]
    of_projects = "project" in asked.classes and "unit" not in asked.classes
    if not of_projects or not compares or not all(says_what(term, readings) for term in terms):
        return None
    names_goals = "goal" in asked.classes or any(names_forms(term, readings) for term in terms)
    if not names_goals and is_listed(draft, units):
        return None
    adds = asked.operation in ("sum", "mean") or asked.wants_sum
    if adds and not names_goals and not asked.operands:
        return None  # the projects that have a form need not be all
    if len(readings) < 2:
        return None
    members = project_funds(draft, readings)
    plain = [t for t in asked.thresholds if not t.is_nested]
    if len(plain) < len(asked.thresholds):
        return None
    unit = readings[0].column.unit
    members = [m for m in members if passes_all(m.value, plain, unit)]
    if asked.ranks:
        members = ranked(members, descending=asked.descending)
    return RowSet(readings[0].table, readings[0].rows, readings[0].column), members


def project_funds(draft: Draft, readings: Sequence[Reading]) -> list[Member]:
    """Each project with its form's funds."""
    found = [group[0] for group in find(draft, [[reading] for reading in readings]) if group]
    return [Member(f.table.subject or "", f.value, f.cells[0].cell, f.cells[0].row) for f in found]


def is_listed(draft: Draft, units: set[str]) -> bool:
    """Whether a table lists the projects, those of the units named by their units."""
    lists = [table for table in draft.catalog.tables.values() if table.kind == _PROJECTS]
    return any(not units or {row.unit for row in table.rows} & units for table in lists)


def form_totals(draft: Draft) -> Iterator[Reading]:
    """The total of each form's funds."""
    for table in draft.catalog.tables.values():
        column = table.default_column()
        total = next((row for row in table.rows if _TOTAL.search(row.label)), None)
        is_funds = bool(table.subject) and table.title.endswith(FUNDS_OF_FORM) and table.subject != _WHOLE_DEPARTMENT
        if is_funds and column and total:
            yield Reading(table, (total,), column)


def funds_of_form(draft: Draft, table: Table) -> Reading | None:
    """The total of the funds of the project's form that a table is part of."""
    of_form = (reading for reading in form_totals(draft) if reading.table.form == table.form)
    return next((reading for reading in of_form if reading.table.subject == table.subject), None)


def scope_of(members: Sequence[Member]) -> str:
    """What the funds are called in the forms."""
    labels = {member.row.label for member in members}
    return f"各项目绩效目标表的{next(iter(labels)) if len(labels) == 1 else '资金总额'}"


def says_what(term: Token, readings: Sequence[Reading]) -> bool:
    """Whether a name says no more than a unit, the forms or their funds (``资金总额最少的项目``)."""
    totals = {row.row_id for reading in readings for row in reading.rows}
    names_funds = any(link.role == "row" and link.key in totals for link in term.links)
    is_unit = any(link.role == "unit" for link in term.links)
    return is_unit or names_funds or is_projects_money(term) or names_forms(term, readings)


def is_projects_money(term: Token) -> bool:
    """Whether a name means what projects cost (项目支出, 项目资金)."""
    return any(link.role == "column" and link.name == _PROJECTS[:-1] for link in term.links)


def names_forms(term: Token, readings: Sequence[Reading]) -> bool:
    """Whether a name is that of the forms themselves (``绩效目标表里``), not of one of them."""
    titles = {reading.table.title.removesuffix(FUNDS_OF_FORM) for reading in readings}
    is_title = term.text in _TITLE or any(term.text in title for title in titles)
    return is_title and term.text.endswith("表")
