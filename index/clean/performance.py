"""Performance forms: one table of goals and one of indicators per project, slipped rows put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from index.clean.draft import Draft, Drafts
from index.clean.grid import carry_down, padded, row_of
from index.clean.wording import glue, squeeze
from index.document import RawRow

_OPERATOR: Final = re.compile(r"[=＝≥≤＞＜><≧≦]+|大于等于|小于等于|大于|小于|等于|定性|不低于|不超过")
_PROJECT: Final = r"^项目(名称)?$|[（(]项目[）)]名称$"
_GOALS: Final = r"(中期|长期|年度)(?!.*指标)|绩效目标$"
_MONEY: Final = r"资金|金额|预算数?$"
_INDICATOR: Final = "三级指|指标(?:名称|内容)"
_KINDS: Final = ("绩效指标表", "绩效目标表")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Positions of the form's columns, counted from 0."""

    project: int | None
    goals: tuple[int, ...]
    groups: tuple[int, ...]
    operator: int | None
    money: tuple[int, ...] = ()


def split_performance(drafts: Drafts) -> Drafts:
    """Forms whose ``subject`` is known have been split already."""
    return tuple(part for draft in drafts for part in _split(draft))


def _split(draft: Draft) -> Iterator[Draft]:
    layout = _layout(draft)
    if draft.kind not in _KINDS or draft.subject or layout is None:
        yield draft
        return
    rows = [_aligned(padded(row, draft.width), layout) for row in draft.body_rows]
    carried = carry_down(rows, [*([] if layout.project is None else [layout.project]), *layout.groups])
    lines = list(zip(carried, draft.body_rows, strict=True))
    if layout.money and layout.project is not None:
        yield _projects(draft, layout, list(zip(rows, draft.body_rows, strict=True)))
        lines = [line for line in lines if _has_indicator(draft, line[0])]
    for subject, group in groupby(lines, key=lambda line: _subject(line[0], layout)):
        yield from _tables(draft, layout, subject, list(group))


def _layout(draft: Draft) -> _Layout | None:
    def find(pattern: str) -> tuple[int, ...]:
        return tuple(column.number - 1 for column in draft.columns if re.search(pattern, column.path))

    if not find(_INDICATOR):
        return None
    groups = (*find("一级指"), *find("二级指"))
    project, operator = next(iter(find(_PROJECT)), None), next(iter(find("计算|符号")), None)
    return _Layout(project, find(_GOALS), groups, operator, find(_MONEY))


def _projects(draft: Draft, layout: _Layout, lines: Sequence[tuple[list[str], RawRow]]) -> Draft:
    """One line for each project with its money and goals; a page break prints a project again, which adds nothing."""
    assert layout.project is not None
    kept = sorted({layout.project, *layout.money, *layout.goals})
    codes = [column.number - 1 for column in draft.columns if re.search("编码$|代码$|序号$", column.path)]
    kept = [*(at for at in codes if at < layout.project), *kept]
    rows: dict[tuple[str, ...], RawRow] = {}
    for texts, printed in lines:
        named = texts[layout.project].strip() or any(texts[at].strip() for at in layout.money)
        if named:
            key = tuple(glue(texts[at]) for at in (layout.project, *layout.money))
            rows.setdefault(key, row_of([texts[at] for at in kept], printed.provenance))
    return _goals(draft, kept, rows.values())


def _goals(draft: Draft, kept: Sequence[int], rows: Iterable[RawRow]) -> Draft:
    """A table of goals: the form's columns ``kept``, with these rows."""
    columns = tuple(replace(draft.columns[at], number=number) for number, at in enumerate(kept, start=1))
    header = (row_of([padded(row, draft.width)[at] for at in kept], row.provenance)
              for row in draft.rows[: draft.header_rows])  # fmt: skip
    return replace(draft, kind="绩效目标表", columns=columns, rows=(*header, *rows))


def _has_indicator(draft: Draft, texts: Sequence[str]) -> bool:
    return any(texts[column.number - 1].strip() for column in draft.columns if re.search(_INDICATOR, column.path))


def _aligned(texts: list[str], layout: _Layout) -> list[str]:
    """Move a row that slipped a column or two sideways back: its operator shows by how much."""
    if layout.operator is None or _OPERATOR.fullmatch(squeeze(texts[layout.operator])):
        return texts
    found = next((at for at, text in enumerate(texts) if _OPERATOR.fullmatch(squeeze(text))), None)
    if found is None:
        return texts
    first = next(at for at, text in enumerate(texts) if text.strip())
    if found < layout.operator:
        moved = texts[:first] + [""] * (layout.operator - found) + texts[first:]
    else:
        slip = min(found - layout.operator, first)
        moved = texts[: first - slip] + texts[first:] + [""] * slip
    return moved[: len(texts)]


def _subject(texts: Sequence[str], layout: _Layout) -> str | None:
    return (glue(texts[layout.project]) or None) if layout.project is not None else None


def _tables(
    draft: Draft, layout: _Layout, subject: str | None, lines: list[tuple[list[str], RawRow]]
) -> Iterator[Draft]:
    header = draft.rows[: draft.header_rows]
    first, printed = lines[0]
    if subject and layout.goals and not layout.money and any(first[at].strip() for at in layout.goals):
        kept = [layout.project or 0, *layout.goals]
        goal = row_of([first[at] for at in kept], printed.provenance)
        yield replace(_goals(draft, kept, [goal]), subject=subject)
    elsewhere = {*layout.goals, *layout.money}
    columns = tuple(column for column in draft.columns if column.number - 1 not in elsewhere)
    rows = tuple(row_of(texts, row.provenance) for texts, row in lines)
    yield replace(draft, kind="绩效指标表", columns=columns, rows=header + rows, subject=subject)
