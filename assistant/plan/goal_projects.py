"""How many projects have a performance goal, and what they cost, as one sentence of most documents says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.query import GOAL_PROJECTS, Select
from assistant.reading.patterns import pattern
from assistant.understand.wording import normalise
from index.money import YUAN_PER_UNIT
from index.records import StatementRecord

_CHUNK: Final = re.compile("[;；。]")
_GOALS: Final = re.compile("绩效(目标|管理)")
_CHECKED: Final = pattern("goal_checked")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_YUAN: Final = tuple(YUAN_PER_UNIT.values())
_PROJECT: Final = "项目"
_UNITS: Final = ("个", "项")


def of_goal_projects(select: Select) -> bool:
    """Whether the projects that have a performance goal are selected."""
    return any(name.text == GOAL_PROJECTS for name in select.names)


def goals_counted(draft: Draft) -> StatementRecord | None:
    """The statement that counts the projects with a goal; None where none does, or several do."""
    found = [s for s in draft.contents.statements.values() if _counts(s)]
    return found[0] if len({s.number for s in found}) == 1 else None


def cost_of_goals(counted: StatementRecord, draft: Draft) -> StatementRecord | None:
    """The statement that says what these projects cost, beside their number; None where several amounts stand there."""
    if counted.amount_yuan is not None:
        return counted
    told = {Decimal(number) for number in _NUMBER.findall(_chunk(counted).replace(",", ""))}
    beside = [s for s in draft.contents.statements.values() if s.paragraph_id == counted.paragraph_id]
    costs = [s for s in beside if s.amount_yuan is not None and any(s.amount_yuan / unit in told for unit in _YUAN)]
    return costs[0] if len({s.amount_yuan for s in costs}) == 1 else None


def _counts(statement: StatementRecord) -> bool:
    chunk = normalise(_chunk(statement))
    is_counted = statement.number is not None and statement.number_unit in _UNITS
    return is_counted and _PROJECT in chunk and bool(_GOALS.search(chunk)) and not _CHECKED.search(chunk)


def _chunk(statement: StatementRecord) -> str:
    """What of a sentence up to its semicolons tells of a statement."""
    chunks = _CHUNK.split(statement.sentence)
    number = f"{statement.number.normalize():f}" if statement.number is not None else ""
    return next((c for c in chunks if statement.subject in c and number in normalise(c)), statement.sentence)
