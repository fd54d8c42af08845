"""How many vehicles are to be bought, as sentences say it (更新购置2辆公务用车)."""

from __future__ import annotations

import re
from typing import Final

from assistant.answering.draft import Draft
from assistant.query import BOUGHT_VEHICLES, Select
from assistant.understand.kinds import alike
from index.records import StatementRecord

_CLAUSE: Final = re.compile("[,，;；。]")
_BUYS: Final = re.compile("更新|购置|购买|新增|采购")
_YEAR: Final = re.compile(r"(20\d\d)年")


def counts_bought(select: Select) -> bool:
    """Whether the number is asked of vehicles that are to be bought."""
    return select.quantity == "count" and any(name.text == BOUGHT_VEHICLES for name in select.names)


def is_bought(statement: StatementRecord, draft: Draft) -> bool:
    """Whether a sentence counts vehicles that are bought in the document's year."""
    if statement.number is None or statement.number_unit not in alike("辆") or "车" not in statement.subject:
        return False
    clauses = (c for c in _CLAUSE.split(statement.sentence) if _BUYS.search(c) and statement.subject in c)
    years = {year for clause in clauses for year in (_YEAR.findall(clause) or [str(draft.catalog.year)])}
    return years == {str(draft.catalog.year)}
