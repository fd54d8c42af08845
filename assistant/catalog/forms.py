"""Performance forms, one a project: which tables print one form, and of which unit its project is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.catalog.types import OWN, Table
from assistant.understand.unit_names import names_of
from assistant.understand.wording import normalise
from index.records import DocumentRecord

HEAD_OF_FORM: Final = "：基本信息"
FUNDS_OF_FORM: Final = "：资金"
TASKS_OF_FORM: Final = "：年度主要任务"

_CODE: Final = re.compile(r"^\d+[_\-]*|\s")
_SHORTEST: Final = 6
"""Characters that the full name of an organisation has at least."""


def with_owners(tables: dict[str, Table], document: DocumentRecord) -> dict[str, Table]:
    """The tables, those of a form with what heads it and, where forms are of several units, with its unit."""
    tables = {table.table_id: table for table in _in_forms(tables)}
    owners = {head.table_id: _owner(head, document) for head in tables.values() if head.form == head.table_id}
    if not any(owners.values()):
        return tables
    named = {normalise(row.unit): row.unit for table in tables.values() for row in table.rows if row.unit}
    own = next((unit for unit in named.values() if OWN in unit), document.unit_name)
    of_form = {head: named.get(normalise(owner), owner) if owner else own for head, owner in owners.items()}
    return {key: _of_unit(table, of_form[table.form]) if table.form else table for key, table in tables.items()}


def _in_forms(tables: dict[str, Table]) -> Iterator[Table]:
    """A form goes on behind its head as long as the tables are about its project."""
    head: Table | None = None
    for table in tables.values():
        if table.title.endswith(HEAD_OF_FORM):
            head = table
        elif head is not None and table.subject != head.subject:
            head = None
        yield replace(table, form=head.table_id) if head else table


def _of_unit(table: Table, unit: str) -> Table:
    return replace(table, rows=tuple(replace(row, unit=row.unit or unit) for row in table.rows))


def _owner(head: Table, document: DocumentRecord) -> str | None:
    """The one organisation that the head of a form prints, but for the document's own."""
    printed = dict.fromkeys(_CODE.sub("", cell) for line in head.printed for cell in line)
    found = [text for text in printed if len(text) >= _SHORTEST and any(names_of(text, document.region))]
    others = [text for text in found if normalise(text) != normalise(document.unit_name)]
    return others[0] if len(others) == 1 else None
