"""Tables that a name is a part of the title of."""

from __future__ import annotations

from typing import Final

from assistant.catalog import DocumentCatalog, Table
from assistant.understand.wording import normalise

_LEAST: Final = 4
"""Characters of a name that titles a table."""

_NATURES: Final = ("项目支出", "基本支出")
"""Columns of many tables, which name none of them."""


def project_table_of(text: str, catalog: DocumentCatalog) -> Table | None:
    """The one table of projects whose title holds a name (专项业务经费), None where none or several do."""
    name = _bare(text)
    if len(name) < _LEAST or name in _NATURES:
        return None
    titled = [table for table in catalog.tables.values() if table.lists_projects and name in _bare(table.title)]
    return titled[0] if len(titled) == 1 else None


def _bare(text: str) -> str:
    """A name with 经费 as people shorten it (专项业务费)."""
    return normalise(text).replace("经费", "费")
