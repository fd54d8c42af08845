"""Rows with several columns of one table side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.bounds import sets_beside
from assistant.answering.draft import Draft
from assistant.answering.groups.rows import Group, group_of
from assistant.answering.groups.wording import MOST_LISTED, figure_of, lead_of, name_of
from assistant.answering.members import Member, rows_meant
from assistant.citations import marks
from assistant.understand.types import Operand, Token, Understanding

_ALL: Final = re.compile(r"都有|都安排|都列|均有|均安排|同时")


def columns_of(asked: Understanding) -> list[Operand]:
    """The columns that are listed side by side: ``各采购品目的数量和单价``, ``A下哪些科目基本支出和项目支出都有``."""
    if asked.operation != "list" or not asked.classes or asked.thresholds:
        return []
    plain = [o for o in asked.operands if o.terms and all(_can_be_column(term) for term in o.terms)]
    return plain or ([o for o in asked.operands if any(map(_can_be_column, o.terms))] if _wants_all(asked) else [])


def _wants_all(asked: Understanding) -> bool:
    """Whether only rows with something in every column are meant."""
    return bool(_ALL.search(asked.question))


def _can_be_column(term: Token) -> bool:
    return any(link.role == "column" for link in term.links)


def list_columns(draft: Draft, asked: Understanding, columns: Sequence[Operand]) -> bool:
    """Each row with its value in several columns of one table; False where no table has them all.

    Where only rows with something in all of them are meant, the first table that has such rows.
    """
    rows = tuple(o for o in asked.operands if o not in columns)
    one = replace(asked, operands=(*rows, columns[0]))
    first, _ = sets_beside(draft, one, rows_meant(one))
    tables = list(dict.fromkeys(row_set.table.table_id for row_set in first))
    if not _wants_all(asked):
        tables = tables[:1]
    looked: list[Group] = []
    for table in tables:
        groups = _groups_of_columns(draft, asked, rows, columns, table)
        by_row = [{member.row.row_id: member for member in group.members} for group in groups]
        if groups and _wants_all(asked):
            filled = [{i for i, member in members.items() if member.value.exact} for members in by_row]
            by_row[0] = {i: member for i, member in by_row[0].items() if all(i in ids for ids in filled)}
        if groups and by_row[0]:
            _say_columns(draft, asked, groups, by_row)
            return True
        looked = looked or groups
    if looked:
        sources = marks(draft.cite(member.cell for member in looked[0].members[:3]))
        names = "、".join(draft.named(g.row_set.column.measure or g.row_set.column.path) for g in looked)
        count = draft.named(str(len(looked[0].members)))
        draft.lines.append(f"{lead_of(draft, looked[0])}中没有{names}都有的（查了 {count} 行）{sources}。")
    return bool(looked)


def _groups_of_columns(
    draft: Draft, asked: Understanding, rows: tuple[Operand, ...], columns: Sequence[Operand], table: str
) -> list[Group]:
    """A table's rows with each of the columns; empty where it lacks one."""
    groups: list[Group] = []
    for column in columns:
        one = replace(asked, operands=(*rows, column))
        sets, one = sets_beside(draft, one, rows_meant(one))
        same = [s for s in sets if s.table.table_id == table]
        group = group_of(draft, same, one) if same else None
        if group is None or not group.members:
            return []
        groups.append(group)
    return groups


def _say_columns(
    draft: Draft, asked: Understanding, groups: Sequence[Group], by_row: Sequence[Mapping[str, Member]]
) -> None:
    names = [draft.named(g.row_set.column.measure or g.row_set.column.path) for g in groups]
    which = f"，{'、'.join(names)}都有的" if _wants_all(asked) else ""
    draft.lines.append(f"{lead_of(draft, groups[0])}{which}共 {draft.named(str(len(by_row[0])))} 项：")
    for row_id, first in list(by_row[0].items())[:MOST_LISTED]:
        told = [
            f"{name} {figure_of(draft, member, group)}"
            for name, group, members in zip(names, groups, by_row, strict=True) if (member := members.get(row_id))
        ]  # fmt: skip
        draft.lines.append(f"- {name_of(first, draft)}：{'，'.join(told)}")
