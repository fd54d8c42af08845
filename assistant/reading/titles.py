"""Tables called by what is left of their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.catalog import DocumentCatalog, Link
from assistant.understand.types import Token
from assistant.understand.wording import normalise

_TABLE_END: Final = re.compile("表(?!示|明|扬|彰|现|达|格|态|面|述|上)")
_TITLE: Final = re.compile("(收入|支出|收支|财政|一般|政府|项目|基本|采购|三公|国有|绩效|部门|机关)[一-鿿]{0,10}表")
_THAT_TABLE: Final = re.compile("[那这]一?[张个份]表")
_CHINESE: Final = re.compile("[一-鿿、]{2,}")
_SHORTEST_TITLE: Final = 5
_LONGEST_TITLE: Final = 13


def tables_called(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    """Tables by what is left of their titles (项目支出预算表 for 项目支出预算情况表), where none is called so."""
    yield from _tables_pointed_at(text, catalog)
    for mark in _TABLE_END.finditer(text):
        for start in range(max(0, mark.end() - _LONGEST_TITLE), mark.end() - _SHORTEST_TITLE + 1):
            called = text[start : mark.end()]
            if not _TITLE.fullmatch(called) or called in catalog.surfaces:
                continue
            titles = {normalise(table.title): table for table in catalog.tables.values()}
            fitting = [title for title in titles if called[:2] in title and _is_cut(called, title)]
            if fitting:
                least = min(map(len, fitting))
                tables = [titles[title] for title in fitting if len(title) == least]
                links = tuple(Link("table", t.table_id, t.table_id, 0.9, "near", t.title) for t in tables)
                yield Token("term", "", called, start, mark.end(), links)
                break


def _tables_pointed_at(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    """Tables called by words of their titles (三公那张表, 三公会议培训那张表)."""
    titles = {normalise(table.title): table for table in catalog.tables.values()}
    for mark in _THAT_TABLE.finditer(text):
        for start in range(max(0, mark.start() - _LONGEST_TITLE), mark.start() - 1):
            called = text[start : mark.start()].removesuffix("的")
            fitting = [title for title in titles if called[:2] in title and _is_cut(called, title)]
            if fitting and _CHINESE.fullmatch(called):
                least = min(map(len, fitting))
                links = tuple(
                    Link("table", t.table_id, t.table_id, 0.9, "near", t.title)
                    for title, t in titles.items()
                    if title in fitting and len(title) == least
                )
                yield Token("term", text[start : mark.end()], links[0].name, start, mark.end(), links)
                break


def _is_cut(called: str, title: str) -> bool:
    """Whether a title has all characters of a name in their order."""
    rest = iter(title)
    return all(character in rest for character in called)
