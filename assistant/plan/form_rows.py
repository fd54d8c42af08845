"""Projects as their performance forms print them, one form a project, and units by what their projects come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.form_funds import (
    form_totals,
    is_listed,
    is_projects_money,
    names_forms,
    project_funds,
    says_what,
)
from assistant.answering.phrases import unit_name
from assistant.answering.values import Value
from assistant.catalog.linking import linked
from assistant.plan.quantity import Quantity
from assistant.query import Name, Rows, Select
from assistant.resolve import Reading
from assistant.understand.types import Token
from assistant.understand.wording import normalise

FORMS: Final = "各项目绩效目标表的资金总额"
"""The basis of rows that are read from forms: projects without a form are not among them."""

_FEWEST: Final = 2
_PROJECTS: Final = "项目支出表"
_GOALS: Final = "绩效目标表"


def projects_of_forms(rows: Rows, names: Sequence[Name], draft: Draft) -> tuple[Quantity, ...]:
    """The projects with the funds that their forms print; none where a table lists them and no form is spoken of."""
    readings = list(form_totals(draft))
    tokens = [token for name in names if (token := linked(name, draft.catalog))]
    units = {link.key for token in tokens for link in token.links if link.role == "unit"}
    meant = [r for r in readings if not units or r.rows[0].unit in units]
    if rows.level or len(tokens) < len(names) or not all(says_what(token, meant) for token in tokens):
        return ()
    speaks = rows.kind == "goal" or any(names_forms(token, meant) for token in tokens)
    if len(meant) < _FEWEST or (not speaks and is_listed(draft, units)):
        return ()
    return tuple(_of_forms(meant, draft))


def without_goal(projects: Sequence[Quantity], draft: Draft) -> tuple[Quantity, ...]:
    """The projects that no table of goals and no form is of; none where these are of too few of the projects."""
    goals = {normalise(t.subject or "") for t in draft.catalog.tables.values()}
    goals |= {normalise(r.label) for t in draft.catalog.tables.values() if t.kind == _GOALS for r in t.rows}
    rows = draft.catalog.rows
    lacking = tuple(q for q in projects if q.row_id in rows and normalise(rows[q.row_id].label) not in goals)
    return lacking if len(projects) > 2 * len(lacking) else ()


def units_by_projects(
    names: Sequence[Name], draft: Draft, projects: Callable[[Rows], tuple[Quantity, ...]]
) -> tuple[Quantity, ...]:
    """Each unit with the sum of its projects, as the table of projects tells them apart, else as their forms do.

    None where the projects that tell whose they are aren't all that the table prints.
    """
    tokens = [token for name in names if (token := linked(name, draft.catalog))]
    if len(tokens) < len(names) or not all(map(_is_money, tokens)):
        return ()
    listed = projects(Rows(within=Select(), kind="project"))
    formed = tuple(_of_forms(list(form_totals(draft)), draft))
    whole = _sum(listed)
    return next(
        (of_units for each in (listed, formed) if _sum(each) == whole and (of_units := _by_unit(each, draft))), ()
    )


def _is_money(token: Token) -> bool:
    return is_projects_money(token) or token.text == "项目"


def _of_forms(readings: Sequence[Reading], draft: Draft) -> list[Quantity]:
    return [
        Quantity(_with_unit(m.label, m.row.unit, draft), m.value, draft.catalog.document_id, (m.cell,), (), FORMS,
                 row_id=m.row.row_id)
        for m in project_funds(draft, readings)
    ]  # fmt: skip


def _with_unit(label: str, unit: str | None, draft: Draft) -> str:
    return f"{label}（{unit_name(unit, draft.catalog)}）" if unit and len(draft.catalog.units) > 1 else label


def _sum(quantities: Sequence[Quantity]) -> Decimal:
    return sum((q.exact or Decimal(0) for q in quantities), Decimal(0))


def _by_unit(projects: Sequence[Quantity], draft: Draft) -> tuple[Quantity, ...]:
    of_unit: dict[str, list[Quantity]] = defaultdict(list)
    for project in projects:
        of_unit[draft.catalog.rows[project.row_id].unit or ""].append(project)
    if "" in of_unit or len(of_unit) < _FEWEST:
        return ()
    return tuple(
        Quantity(
            unit_name(unit, draft.catalog), _total(each), draft.catalog.document_id, basis=each[0].basis,
            parts=tuple(each),
        )
        for unit, each in of_unit.items()
    )  # fmt: skip


def _total(projects: Sequence[Quantity]) -> Value:
    return Value("amount", _sum(projects), unit=projects[0].value.unit)
