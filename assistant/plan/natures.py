"""Basic and project expenditure of an item where no column, but a table of its own, is of that kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.catalog import DocumentCatalog, Link
from assistant.query import Name
from assistant.understand.kinds import NATURES
from assistant.understand.types import Token
from assistant.understand.wording import normalise


def by_tables(named: Sequence[tuple[Name, Token]], catalog: DocumentCatalog) -> list[Token]:
    """The names of an item, with 基本支出 and 项目支出 as the tables of these; empty where nothing is gained by it.

    委托业务费的基本支出: the line of 基本支出情况表（按经济分类科目）.
    """
    natures = [name.text for name, _ in named if name.text in NATURES]
    if not natures or len(natures) == len(named):
        return []
    tokens = [_of_tables(token, name.text, catalog) if name.text in NATURES else token for name, token in named]
    return [] if any(not token.links for token in tokens) else tokens


def _of_tables(token: Token, nature: str, catalog: DocumentCatalog) -> Token:
    tables = [t for t in catalog.tables.values() if nature in normalise(t.title) and not _is_of_both(t.title)]
    return replace(token, links=tuple(Link("table", t.table_id, t.table_id, name=t.title) for t in tables))


def _is_of_both(title: str) -> bool:
    return all(nature in title for nature in NATURES)
