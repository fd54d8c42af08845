"""Side-by-side halves: which columns belong to 收入 and which to 支出."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from index.clean.draft import Draft
from index.clean.table import Column, Side

_HALVES: Final[dict[str, Side]] = {
    "收入": "收入", "支出": "支出", "本年收入": "收入", "本年支出": "支出",
    "资金来源": "收入", "收入项目": "收入", "支出项目": "支出",
}  # fmt: skip


def split_sides(draft: Draft) -> Draft:
    """Give each column its side, where the table prints an income half beside an expenditure half."""
    tops = [column.path.split("/")[0] for column in draft.columns]
    sides = [_HALVES.get(top) for top in tops]
    if not {"收入", "支出"} <= set(sides) or not _has_labels_on_both(draft.columns):
        return draft
    carried: list[Side | None] = []
    for side in sides:
        carried.append(side or (carried[-1] if carried else None))
    columns = tuple(replace(column, side=side) for column, side in zip(draft.columns, carried, strict=True))
    return replace(draft, columns=columns)


def _has_labels_on_both(columns: tuple[Column, ...]) -> bool:
    """Halves repeat their headers (项目|预算数|项目|预算数); a single 收入 group over several amounts is no half."""
    ends = [column.path.split("/")[-1] for column in columns]
    halves = sum(end in ("项目", "科目名称", "科目", "收入", "支出") or end.endswith("项目") for end in ends)
    repeats = len(ends) - len(set(ends))
    return halves >= 2 and (repeats > 0 or any(a != b for a, b in pairwise(ends)))
