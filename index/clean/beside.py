"""Tables beside each other in one grid, each under its own title: taken apart where the titles or headers begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from index.clean.captions import caption_lines, count_title_rows, is_title, unit_said
from index.clean.draft import Draft, Drafts
from index.clean.headers import count_header_rows
from index.clean.wording import squeeze
from index.document import RawRow
from index.kinds import KINDS

_NAMES: Final = re.compile(r"序号|行次|.{0,6}(?:编码|代码|编号)|.{0,4}(?:科目|项目)|.{0,6}名称|采购(?:项目|内容|品目)")
"""What heads the columns that tell what a line is about."""
_BY_CODES: Final = "政府经济分类"
_MIN_BESIDE: Final = 2
_MIN_COLUMNS: Final = 3
"""A name and amounts."""


def split_beside(drafts: Drafts) -> Drafts:
    """Each of the tables as a draft of its own; a unit or owner stands above the table that it is printed over."""
    return tuple(part for draft in drafts for part in _parts(draft))


def _parts(draft: Draft) -> Iterator[Draft]:
    count = count_title_rows(draft.rows)
    starts = next((found for row in draft.rows[:count] if len(found := _titles(row)) > 1), [])
    edges = [0, *starts[1:], draft.width]
    parts = [_slice(draft.rows, left, right) for left, right in pairwise(edges)]
    if not starts or not all(count_header_rows(rows[count:]) for rows in parts):
        yield from _under_lines(draft) if not count else (draft,)
        return
    for number, rows in enumerate(parts):
        yield replace(draft, rows=rows, above=() if number else draft.above)


def _under_lines(draft: Draft) -> Iterator[Draft]:
    """The tables of a grid that repeats its header, or columns of names, under titles of as many different kinds."""
    lines = caption_lines(draft)
    titles = [line for line in lines if is_title(line)]
    starts = _repeats(draft) or _first_heads(draft)
    units = [line for line in lines if unit_said(line) and line not in titles]
    own = titles[-len(starts) :]
    kinds = {kind for title in own if (kind := _kind_titled(title))}
    if not len(starts) == len(kinds) >= _MIN_BESIDE or len(units) not in (0, 1, len(starts)):
        yield _without_units(draft, titles, units)
        return
    for number, (left, right) in enumerate(pairwise([*starts, draft.width])):
        unit = units[number : number + 1] if len(units) > 1 else units
        yield replace(draft, rows=_slice(draft.rows, left, right), above=(own[number], *unit))


def _without_units(draft: Draft, titles: Sequence[str], units: Sequence[str]) -> Draft:
    """Below the titles of several tables and their different units it is open whose unit which column has."""
    lines = [line for line in draft.above if line in titles or line in units]
    are_apart = lines == [*titles, *units] and len({_kind_titled(title) for title in titles} - {None}) > 1
    if not are_apart or len({unit_said(unit) for unit in units}) == 1:
        return draft
    return replace(draft, above=tuple(line for line in draft.above if line not in units))


def _repeats(draft: Draft) -> list[int]:
    """Where the header's first name stands, if what follows it is the same each time, blank columns apart."""
    names = [squeeze(text) for text in draft.rows[0].texts] if draft.rows else []
    starts = [at for at, name in enumerate(names) if name and name == names[0]]
    blocks = {tuple(filter(None, names[left:right])) for left, right in pairwise([*starts, len(names)])}
    return starts if len(starts) > 1 and len(blocks) == 1 and len(min(blocks)) >= _MIN_COLUMNS else []


def _first_heads(draft: Draft) -> list[int]:
    """Where columns of codes or names stand behind columns of amounts; several columns of names are those of one."""
    names = [squeeze(text) for text in draft.rows[0].texts] if draft.rows else []
    heads = [bool(_NAMES.fullmatch(name)) for name in names]
    return [at for at, is_head in enumerate(heads) if is_head and not (at and heads[at - 1])]


def _kind_titled(title: str) -> str | None:
    """The kind by its title; what codes alone tell from others has no title of its own."""
    kinds = sorted((kind for kind in KINDS.values() if kind.codes != _BY_CODES), key=lambda kind: kind.priority)
    return next((k.name for k in kinds if any(re.search(pattern, squeeze(title)) for pattern in k.titles)), None)


def _titles(row: RawRow) -> list[int]:
    """The columns in which titles of tables begin."""
    return [column for column, text in enumerate(row.texts) if is_title(text)]


def _slice(rows: Sequence[RawRow], left: int, right: int) -> tuple[RawRow, ...]:
    return tuple(replace(row, cells=row.cells[left:right]) for row in rows)
