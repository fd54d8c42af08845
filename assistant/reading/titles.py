"""Tables called by what is left of their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.catalog.titled import SHORTEST_TITLE, tables_titled
from assistant.understand.types import Token

_TABLE_END: Final = re.compile("表(?!示|明|扬|彰|现|达|格|态|面|述|上)")
_LONGEST_TITLE: Final = 18


def tables_called(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    """Tables by what is left of their titles (项目支出预算表 for 项目支出预算情况表), where none is called so."""
    for mark in _TABLE_END.finditer(text):
        for start in range(max(0, mark.end() - _LONGEST_TITLE), mark.end() - SHORTEST_TITLE + 1):
            called = text[start : mark.end()]
            if called in catalog.surfaces:
                break
            if links := tables_titled(called, catalog):
                yield Token("term", "", called, start, mark.end(), links)
                break
