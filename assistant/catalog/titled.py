"""Tables by what is left of their titles (项目支出预算表 for 项目支出预算情况表)."""

from __future__ import annotations

import re
from typing import Final

from assistant.catalog.types import DocumentCatalog, Link
from assistant.understand.wording import normalise
from index.naming import stands_in_order

_TITLE: Final = re.compile("(收入|支出|收支|财政|一般|政府|项目|基本|采购|三公|国有|绩效|部门|机关)[一-鿿]{0,10}表")
SHORTEST_TITLE: Final = 5
_SCORE: Final = 0.9


def tables_titled(called: str, catalog: DocumentCatalog) -> tuple[Link, ...]:
    """The tables whose title has all characters of a name in their order, of several the shortest; () for none."""
    if len(called) < SHORTEST_TITLE or not _TITLE.fullmatch(called):
        return ()
    titles: dict[str, list[str]] = {}
    for table in catalog.tables.values():
        title = normalise(table.title)
        if called[:2] in title and stands_in_order(called, title):
            titles.setdefault(title, []).append(table.table_id)
    least = min(map(len, titles), default=0)
    return tuple(
        Link("table", key, key, _SCORE, "near", catalog.tables[key].title)
        for title, keys in titles.items()
        if len(title) == least
        for key in keys
    )
