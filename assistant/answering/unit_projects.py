"""Units by what their projects come to, where only the projects' forms say whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.form_funds import form_totals, project_funds, says_what
from assistant.answering.found import cell_reading, find
from assistant.answering.members import Member
from assistant.answering.phrases import unit_name
from assistant.answering.values import Value, added
from assistant.resolve import total_rows
from assistant.understand.types import Understanding

_PROJECTS: Final = "项目支出表"
_LISTS: Final = ("max", "min", "top", "list")


@dataclass(frozen=True, slots=True)
class UnitFunds:
    """A unit with its projects."""

    unit: str
    projects: tuple[Member, ...]

    @property
    def total(self) -> Value:
        """What its projects come to."""
        return added(member.value for member in self.projects)


def units_by_projects(draft: Draft, asked: Understanding) -> bool:
    """``哪家下属单位的项目资金合计最多``; False where forms aren't all there is, or a table tells the units apart."""
    if not {"unit", "project"} <= set(asked.classes) or asked.operation not in _LISTS or asked.thresholds:
        return False
    readings = list(form_totals(draft))
    terms = [term for operand in asked.operands for term in operand.within_context.terms]
    if not readings or not all(says_what(term, readings) for term in terms):
        return False
    members = project_funds(draft, readings)
    if not _are_all(draft, members):
        return False
    units = _without_excluded(_by_unit(members), asked)
    if len(units) < 2:
        return False
    if asked.ranks:
        units.sort(key=lambda each: each.total.exact or 0, reverse=asked.descending)
    limit = 1 if asked.operation in ("max", "min") else asked.limit or len(units)
    if asked.operation in ("max", "min"):
        word = "最高" if asked.descending else "最低"
        draft.lines.append(
            f"{draft.heading}，各单位的项目资金（按各项目绩效目标表）合计{word}的是 {_said(draft, units[0])}。"
        )
    else:
        draft.lines.append(f"{draft.heading}，各单位的项目资金（按各项目绩效目标表）合计：")
        draft.lines += [f"- {_said(draft, each)}" for each in units[:limit]]
    if asked.operation in ("max", "min"):
        draft.lines.append(f"其后依次是：{'；'.join(_said(draft, each) for each in units[1:3])}。")
    return True


def _by_unit(members: Iterable[Member]) -> list[UnitFunds]:
    of_unit: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        of_unit[member.row.unit or ""].append(member)
    return [UnitFunds(unit, tuple(projects)) for unit, projects in of_unit.items() if unit]


def _are_all(draft: Draft, members: Sequence[Member]) -> bool:
    """Whether the forms' funds come to the total of the table of projects, and that table names no units."""
    table = next((table for table in draft.catalog.tables.values() if table.kind == _PROJECTS), None)
    if table is None or any(row.unit for row in table.rows) or not all(member.row.unit for member in members):
        return False
    column, totals = table.default_column(), total_rows(list(table.rows), of_units=False)
    if column is None or not totals:
        return False
    cells = draft.library.figures([totals[0].row_id])[totals[0].row_id]
    cell = next(cell for cell in cells if cell.column_no == column.number)
    whole = find(draft, [[cell_reading(totals[0], cell, draft.catalog)]])[0]
    return bool(whole) and whole[0].value.exact == added(member.value for member in members).exact


def _without_excluded(units: Sequence[UnitFunds], asked: Understanding) -> list[UnitFunds]:
    links = [link for operand in asked.excluded for term in operand.terms for link in term.links]
    excluded = {link.key for link in links if link.role == "unit"}
    return [each for each in units if each.unit not in excluded]


def _said(draft: Draft, each: UnitFunds) -> str:
    """A unit with its sum and the projects that make it up."""
    name = draft.named(unit_name(each.unit, draft.catalog))
    cells = [member.cell for member in each.projects]
    total = draft.add_figure(name, each.total, draft.cite(cells))
    if len(each.projects) == 1:
        return f"**{name}**，{total}（{draft.named(each.projects[0].label)}）"
    parts = "、".join(
        f"{draft.named(m.label)} {draft.add_figure(m.label, m.value, draft.cite([m.cell]))}" for m in each.projects
    )
    return f"**{name}**，{total}（{parts}）"
