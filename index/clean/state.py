"""Whether a table has figures, is empty, or says that there is nothing to print."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from index.clean.draft import Draft
from index.clean.rows import has_figures
from index.clean.table import CleanRow

_NOTHING: Final = re.compile(
    r"无.{0,20}(?:预算|支出|收入|安排|资金|数据|发生额|内容|项目|情况)|没有.{0,20}(?:预算|支出|收入|安排|资金)|空表|未安排|为空|不涉及|^无。?$"
)
_MAX_NOTE: Final = 120


def find_state(draft: Draft) -> Draft:
    """Blank rows are kept in an empty table, dropped where a note declares that there is nothing."""
    if any(has_figures(row) or _says_something(row) for row in draft.body):
        return replace(draft, body=tuple(row for row in draft.body if not _is_note(row)))
    note = next((row.printed_label.strip() for row in draft.body if _is_note(row)), None) or _note_below(draft)
    if note:
        return replace(draft, body=(), state="declared_empty", note=note)
    return replace(draft, state="empty")


def _is_note(row: CleanRow) -> bool:
    return bool(_NOTHING.search(row.printed_label)) and all(cell.value_type == "blank" for cell in row.cells)


def _says_something(row: CleanRow) -> bool:
    return any(cell.value_type == "text" and not _NOTHING.search(cell.printed) for cell in row.cells)


def _note_below(draft: Draft) -> str | None:
    text = draft.below.strip()
    is_note = len(text) <= _MAX_NOTE and re.match(r"[（(]?(?:备?注|说明)|(?:本|我)(?:部门|单位|表)", text)
    return text if is_note and _NOTHING.search(text) else None
