"""Performance forms, one a project: what each is called, and the lines that say what it sets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.catalog.forms import FUNDS_OF_FORM
from assistant.catalog.types import Row, Table

INDICATORS: Final = "绩效指标表"
GOALS: Final = "绩效目标表"
WHOLE: Final = "部门整体"
"""Subject of the form of the department as a whole."""

_NAME_LABEL: Final = re.compile("(项目|专项(资金)?|资金)名称$")
_TOTAL: Final = re.compile(r"总额|合计|总计|^当年预算|^年度预算资金")


@dataclass(frozen=True, slots=True)
class ProjectForm:
    """The form of one project: its names, the first that of its head; its lines of indicators and of goals.

    ``funds``: the line that says what it costs.
    """

    names: tuple[str, ...]
    title: str
    tables: tuple[Table, ...]
    indicators: tuple[Row, ...]
    goals: tuple[Row, ...]
    funds: Row | None

    @property
    def name(self) -> str:
        """What the project is called."""
        return self.names[0]

    def printed_at(self, label: str) -> str:
        """What the head of the form prints beside a label (实施单位); "" where it has none."""
        lines = (line for table in self.tables for line in table.printed)
        return next(("".join(cells) for first, *cells in lines if first.strip() == label), "")


def project_forms(tables: Iterable[Table]) -> tuple[ProjectForm, ...]:
    """All forms of a document."""
    grouped: dict[tuple[str, str], list[Table]] = defaultdict(list)
    for table in tables:
        if table.subject:
            grouped[table.form or table.title.split("：")[0], table.subject].append(table)
    return tuple(form for group in grouped.values() if (form := _form(group)) is not None)


def _form(tables: Sequence[Table]) -> ProjectForm | None:
    indicators = tuple(row for table in tables if table.kind == INDICATORS for row in table.rows)
    goals = tuple(row for table in tables if table.kind == GOALS for row in table.rows)
    if not indicators and not goals:
        return None
    subject = tables[0].subject or ""
    printed = [line for table in tables for line in table.printed if len(line) > 1]
    called = [cell for label, *cells in printed if _NAME_LABEL.search(label) for cell in cells if cell.strip()]
    names = tuple(dict.fromkeys((*called, *([subject] if subject != WHOLE else ())))) or (subject,)
    costs = [row for table in tables if table.title.endswith(FUNDS_OF_FORM) for row in table.rows]
    funds = next((row for row in costs if _TOTAL.search(row.label)), None)
    return ProjectForm(names, tables[0].title.split("：")[0], tuple(tables), indicators, goals, funds)
