"""Units by what their projects come to, where only the projects' forms say whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.form_funds import form_totals, is_projects_money, project_funds, says_what
from assistant.answering.found import Found, find
from assistant.answering.members import Member
from assistant.answering.operators import use_rank
from assistant.answering.phrases import title_of, unit_name
from assistant.answering.values import Value, added
from assistant.resolve import Reading, total_rows
from assistant.understand.operands import EACH
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise

_PROJECTS: Final = "项目支出表"
_LISTS: Final = ("max", "min", "top", "list", "sum")
_BELOW: Final = ("下属", "下级", "直属")
"""How words for units begin that don't mean the department itself."""


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
    if "unit" not in asked.classes or asked.operation not in _LISTS or asked.thresholds:
        return False
    readings = list(form_totals(draft))
    terms = [term for operand in asked.operands for term in operand.within_context.terms]
    named = {term.text for term in terms} & {normalise(reading.table.subject or "") for reading in readings}
    is_of_projects = "project" in asked.classes or bool(named) or any(map(is_projects_money, terms))
    if not is_of_projects or not all(term.text in named or says_what(term, readings) for term in terms):
        return False
    meant = [reading for reading in readings if not named or normalise(reading.table.subject or "") in named]
    members = project_funds(draft, meant)
    if not (whole := _whole_of(draft, members, named)):
        return False
    of_units = _by_unit(members)
    units = [each for each in of_units if each.unit not in _excluded(draft, asked)]
    if len(of_units) < 2 or not units or (asked.operation == "sum" and not _asks_each(asked)):
        return False
    if asked.ranks and not asked.ordinals:
        use_rank(draft, asked)
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
    if asked.operation in ("max", "min") and len(units) > 1:
        draft.lines.append(f"其后依次是：{'；'.join(_said(draft, each) for each in units[1:3])}。")
    total = draft.add_figure("项目合计", whole.value, draft.cite(whole.records))
    what = "、".join(dict.fromkeys(member.label for member in members)) if named else "全部项目"
    draft.lines.append(
        f"{draft.named(what)}合计 {total}（{draft.named(title_of(whole))}），与各项目绩效目标表的资金之和一致。"
    )
    return True


def _by_unit(members: Iterable[Member]) -> list[UnitFunds]:
    of_unit: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        of_unit[member.row.unit or ""].append(member)
    return [UnitFunds(unit, tuple(projects)) for unit, projects in of_unit.items() if unit]


def _whole_of(draft: Draft, members: Sequence[Member], named: Container[str]) -> Found | None:
    """What the table of projects prints of them, where the forms' funds come to it and the table names no units."""
    table = next((table for table in draft.catalog.tables.values() if table.kind == _PROJECTS), None)
    if table is None or any(row.unit for row in table.rows) or not all(member.row.unit for member in members):
        return None
    lines = tuple(row for row in table.rows if normalise(row.label) in named)
    column, rows = table.default_column(), lines if named else total_rows(list(table.rows), of_units=False)
    if column is None or not rows:
        return None
    found = find(draft, [[Reading(table, rows, column)]])[0]
    is_same = bool(found) and found[0].value.exact == added(member.value for member in members).exact
    return found[0] if is_same else None


def _asks_each(asked: Understanding) -> bool:
    """Whether every unit's own sum is asked for (``各下属单位的项目资金合计``)."""
    units = [t.text for t in asked.tokens if t.group == "classes" and t.name == "unit"]
    return any(t.name == "list" for t in asked.tokens) or any(text.startswith(EACH) for text in units)


def _excluded(draft: Draft, asked: Understanding) -> set[str | None]:
    """The units that ``除…外`` names, and the department itself where those below it are meant."""
    draft.used += ["except"] if asked.excluded else []
    links = [link for operand in asked.excluded for term in operand.terms for link in term.links]
    said = [t.text for t in asked.tokens if t.group == "classes" and t.name == "unit"]
    own = {draft.catalog.main_unit} if any(word in text for text in said for word in _BELOW) else set()
    return {link.key for link in links if link.role == "unit"} | own


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
