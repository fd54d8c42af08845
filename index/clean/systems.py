"""The code system of each row, told by the column's header, the table's kind and the codes themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from index.clean.codes import system_of
from index.clean.draft import Draft
from index.clean.table import CleanRow, CodeSystem
from index.kinds import KINDS

_MIN_PROJECT_CODE: Final = 8


def assign_systems(draft: Draft) -> Draft:
    """Rows of units know theirs already."""
    by_item = any("科目" in column.path for column in draft.columns if column.role == "code")
    return replace(draft, body=tuple(_with_system(row, draft.kind, by_item) for row in draft.body))


def _with_system(row: CleanRow, kind: str, by_item: bool) -> CleanRow:
    if row.code is None or row.code_system is not None:
        return row
    official = system_of(row.code) if by_item else None
    return replace(row, code_system=official or _system(row, row.code, kind))


def _system(row: CleanRow, code: str, kind: str) -> CodeSystem | None:
    if kind == "项目支出表":
        is_project = len(code) >= _MIN_PROJECT_CODE or row.subordinate_unit is not None
        return "项目" if is_project else "项目类别"
    if kind == "政府采购预算表":
        return "采购品目" if code[0].isalpha() else "单位"
    expected = KINDS[kind].codes
    return system_of(code) or ("功能分类" if expected == "功能分类" else None)
