"""Side-by-side halves: which columns belong to 收入 and which to 支出, and what stands beside them once more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.clean.draft import Draft, Drafts
from index.clean.grid import padded, row_of
from index.clean.table import Column, Side

_HALVES: Final = re.compile(r"(?:本年|财政拨款|部门)?(?P<side>收入|支出)(?:类|项目|预算)?|(?P<source>资金来源)")
_LABEL: Final = re.compile(r"(?:项目|科目|名称|收入|支出|分类|类别|大类)(?:[（(].*[）)])?$|^(?:收入|支出)类?$")
_AMOUNTS: Final = re.compile(r"^(?:基本|项目|经营|人员|公用)支出$|合计|小计|总计|预算$")
_TWO_SIDED_TITLE: Final = re.compile(r"收支|收入支出")


def split_sides(drafts: Drafts) -> Drafts:
    """Give columns their side; a further block of a side (支出 by another classification) becomes its own table."""
    return tuple(part for draft in drafts for part in _split(draft))


def _split(draft: Draft) -> Iterator[Draft]:
    sided = _with_sides(draft)
    starts = _block_starts(sided)
    seen: set[Side | None] = set()
    extra: list[tuple[Column, ...]] = []
    kept: list[Column] = []
    for block in _blocks(sided.columns, starts):
        if block[0].side is not None and block[0].side in seen:
            extra.append(block)
        else:
            kept += block
        seen.add(block[0].side)
    yield replace(sided, columns=tuple(kept))
    yield from (_cut_out(sided, block) for block in extra)


def _with_sides(draft: Draft) -> Draft:
    sides = _sides(draft)
    if {"收入", "支出"} <= set(sides):
        columns = tuple(replace(column, side=side) for column, side in zip(draft.columns, sides, strict=True))
        labelled = {column.side for column in columns if _is_label(draft, column)}
        if {"收入", "支出"} <= labelled:
            return replace(draft, columns=columns)
    return draft


def _sides(draft: Draft) -> list[Side | None]:
    """By the top headers 收入 and 支出, else by two halves with the same headers under a title of 收支."""
    paths = [column.path for column in draft.columns]
    half = len(paths) // 2
    carried: list[Side | None] = []
    if _TWO_SIDED_TITLE.search(draft.title) and half > 1 and paths[:half] == paths[half:]:
        return ["收入" if at < half else "支出" for at in range(len(paths))]
    for path in paths:
        carried.append(_half(path.split("/")[0]) or (carried[-1] if carried else None))
    return carried


def _half(header: str) -> Side | None:
    found = _HALVES.fullmatch(header)
    if not found:
        return None
    return "支出" if found["side"] == "支出" else "收入"


def _is_label(draft: Draft, column: Column) -> bool:
    leaf = column.path.split("/")[-1]
    if not _LABEL.search(leaf) or _AMOUNTS.search(leaf):
        return False
    numbers, texts = draft.numbers_and_texts(column.number)
    return texts >= numbers


def _block_starts(draft: Draft) -> set[int]:
    """A block begins where a side begins and where a label follows amounts."""
    columns = draft.columns
    starts = {0}
    for at in range(1, len(columns)):
        begins_side = columns[at].side != columns[at - 1].side
        follows_amounts = _is_label(draft, columns[at]) and not _is_label(draft, columns[at - 1])
        if columns[at].side is not None and (begins_side or follows_amounts):
            starts.add(at)
    return starts


def _blocks(columns: tuple[Column, ...], starts: set[int]) -> Iterator[tuple[Column, ...]]:
    ordered = sorted(starts)
    for start, end in zip(ordered, [*ordered[1:], len(columns)], strict=True):
        yield columns[start:end]


def _cut_out(draft: Draft, block: tuple[Column, ...]) -> Draft:
    """The block as a table that is named after its own first header."""
    at = [column.number - 1 for column in block]
    rows = tuple(row_of([padded(row, draft.width)[column] for column in at], row.provenance) for row in draft.rows)
    columns = tuple(replace(column, number=number, side=None) for number, column in enumerate(block, start=1))
    return replace(draft, title=f"{draft.title}：{block[0].path.split('/')[-1]}", rows=rows, columns=columns)
