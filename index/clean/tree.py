"""The tree of rows: level, parent and leaf, from codes, from ordinals or from the order of printing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from index.clean.draft import Draft
from index.clean.implied import implied_codes
from index.clean.sums import parents_by_sums, parents_under_total
from index.clean.table import CleanRow, CodeSystem
from index.clean.wording import fold, squeeze
from index.dictionary import code_names, read_yaml
from index.ordinals import rank

Rows = Sequence[CleanRow]

_CLASSIFIED: Final = ("功能分类", "部门经济分类", "政府经济分类")
_NEVER_CHILDREN: Final = ("绩效目标表", "绩效指标表")
_BY_SUMS: Final = ("项目支出表", "政府采购预算表", "基本支出总表")
_GROUP: Final = 5
"""How long the code of a 款 is."""
_CHINESE_NUMBER: Final = 2
"""The rank of 一、二、三."""
_PARTS_OF: Final[dict[str, list[str]]] = read_yaml("checks.yaml")["parts_of"]
_TOP_LINE: Final = re.compile(r"[合总小]计|结转|结余|本年|上年|弥补|调入|^使用")


def build_tree(draft: Draft) -> Draft:
    """Pick the way the kind prints its tree; each half of a two-sided table is a tree of its own."""
    if draft.kind in _NEVER_CHILDREN:
        return replace(draft, body=tuple(replace(row, level=1) for row in draft.body))
    rows: list[CleanRow] = []
    for side in dict.fromkeys(row.side for row in draft.body):
        rows += _under_wholes(_tree([row for row in draft.body if row.side == side], draft.kind))
    parents = {row.parent for row in rows}
    marked = [replace(row, is_leaf=row.key not in parents and not row.is_total) for row in _of_their_units(rows)]
    return replace(draft, body=tuple(sorted(marked, key=lambda row: (row.number, row.side == "支出"))))


def _under_wholes(rows: Rows) -> Iterator[CleanRow]:
    """A line of a measure that is a part of that of a line above it stands under that line, not beside it."""
    wholes: dict[str | None, CleanRow] = {}
    for row in rows:
        names = (name for name, parts in _PARTS_OF.items() if row.measure in parts and name in wholes)
        whole = next((wholes[name] for name in names), None)
        row = _child(row, whole) if whole and row.parent == whole.parent else row
        wholes[row.measure] = row
        yield row


def _of_their_units(rows: Rows) -> Iterator[CleanRow]:
    """Below the line of a unit the lines that name none are that unit's."""
    by_key = {row.key: row for row in rows}
    for row in rows:
        above = by_key.get(row.parent or "")
        while above and not row.subordinate_unit and not row.is_total:
            unit = above.subordinate_unit if above.code_system == "单位" else None
            row, above = replace(row, subordinate_unit=unit), by_key.get(above.parent or "")
        yield row


def _tree(rows: Rows, kind: str) -> list[CleanRow]:
    by_names = None if any(row.code for row in rows) else implied_codes(rows)
    if kind == "基本支出总表" and _is_classified(rows):
        return _under_total(_under_units(_code_tree(rows)))
    if kind in _BY_SUMS and by_names is None and (parents := _under_one_total(rows)) is not None:
        return _under_total(_placed(rows, kind, {row.key: parents.get(row.key) for row in rows}))
    if kind in _BY_SUMS and not any(row.code_system in ("项目", "项目类别", "采购品目") for row in rows):
        return _under_total(_named_tree(rows, *by_names) if by_names else _summed_tree(rows, kind))
    if kind == "项目支出表":
        return _under_total(_project_tree(rows))
    if kind == "政府采购预算表":
        return _under_total(_grouped_tree(rows))
    if any(row.code for row in rows):
        return _under_total(_under_units(_code_tree(rows)))
    return _under_subtotals(_named_tree(rows, *by_names)) if by_names else _ordinal_tree(rows)


def _is_classified(rows: Rows) -> bool:
    """Whether most rows bear codes of an official classification, of groups and of what is in them."""
    codes = [row.code for row in rows if row.code and row.code_system in _CLASSIFIED]
    return 2 * len(codes) > len(rows) and len({len(code) for code in codes}) > 1


def _named_tree(rows: Rows, system: CodeSystem, codes: dict[str, str]) -> list[CleanRow]:
    """The tree of the codes that official names imply; rows that bear none are tops."""
    coded = [replace(row, code=codes.get(row.key), code_system=system) for row in rows]
    placed = {row.key: row for row in _code_tree(coded)}
    return [replace(row, level=placed[row.key].level, parent=placed[row.key].parent) for row in rows]


def _summed_tree(rows: Rows, kind: str) -> list[CleanRow]:
    """The tree that the amounts show from below."""
    return _placed(rows, kind, parents_by_sums([row for row in rows if not row.is_total]))


def _under_one_total(rows: Rows) -> dict[str, str] | None:
    """The parents that the table's one total shows, where codes show none."""
    totals = [row for row in rows if row.is_total]
    codes = [row.code for row in rows if row.code]
    is_bare = 2 * len(codes) < len(rows) or _are_repeated(codes)
    if len(totals) != 1 or not is_bare:
        return None
    return parents_under_total([row for row in rows if not row.is_total], totals[0])


def _placed(rows: Rows, kind: str, parents: Mapping[str, str | None]) -> list[CleanRow]:
    """Rows under their parents; what those leave open stands under its unit, its code or its group."""
    fallback = {row.key: row for row in _printed_tree(rows, kind)}
    placed: dict[str, CleanRow] = {}
    for row in rows:
        known = fallback[row.key]
        parent = placed.get(parents.get(row.key, known.parent) or "")
        unit = known.subordinate_unit or (parent.subordinate_unit if parent else None)
        placed[row.key] = replace(_child(known, parent), level=0 if row.is_total else _level_below(parent),
                                  subordinate_unit=unit)  # fmt: skip
    return list(placed.values())


def _printed_tree(rows: Rows, kind: str) -> list[CleanRow]:
    """The tree that units, codes or groups show; a code that most rows repeat shows none."""
    codes = [row.code for row in rows if row.code]
    if kind == "项目支出表":
        return _project_tree(rows)
    if not codes:
        return _grouped_tree(rows)
    return list(rows) if _are_repeated(codes) else _under_units(_code_tree(rows))


def _are_repeated(codes: Sequence[str]) -> bool:
    """Whether most rows repeat the code of another one: the code of an item beside each purchase shows no tree."""
    return 2 * len(set(codes)) <= len(codes)


def _level_below(parent: CleanRow | None) -> int:
    return (parent.level or 0) + 1 if parent else 1


def _code_tree(rows: Rows) -> list[CleanRow]:
    """A row's parent is the nearest row above whose code its own begins with."""
    placed: list[CleanRow] = []
    for row in rows:
        above = next((other for other in reversed(placed) if _is_ancestor(other, row)), None)
        above = _group_by_name(row, above, placed) or above
        placed.append(replace(row, level=_code_level(row, above), parent=above.key if above else None))
    return placed


def _group_by_name(row: CleanRow, above: CleanRow | None, placed: Rows) -> CleanRow | None:
    """The group of a row with a misprinted code: it is called like an item of the one printed last, unlike its own."""
    if row.code is None or row.code_system not in _CLASSIFIED or len(row.code) <= _GROUP:
        return None
    group = next((other for other in reversed(placed) if other.code and len(other.code) == _GROUP), None)
    if group is None or (above and len(above.code or "") >= _GROUP):
        return None
    names = code_names(row.code_system)
    items = {fold(name) for code, name in names.items() if code.startswith(group.code or "") and code != group.code}
    is_named = fold(row.label) in items and fold(names.get(row.code, "")) != fold(row.label)
    return group if is_named else None


def _is_ancestor(other: CleanRow, row: CleanRow) -> bool:
    return bool(other.code and row.code and other.code != row.code and row.code.startswith(other.code))


def _code_level(row: CleanRow, parent: CleanRow | None) -> int:
    if row.is_total:
        return 0
    if row.code and row.code_system in _CLASSIFIED:
        return (len(row.code) - 1) // 2
    return _level_below(parent)


def _project_tree(rows: Rows) -> list[CleanRow]:
    """Units by their codes, categories under their unit, projects under their category."""
    units = {row.number: row for row in _code_tree([row for row in rows if row.code_system == "单位"])}
    unit: CleanRow | None = None
    category: CleanRow | None = None
    placed: list[CleanRow] = []
    for row in rows:
        if row.is_total:
            row = replace(row, level=0)
        elif row.code_system == "单位":
            row = unit = units[row.number]
            category = None
        else:
            above = unit if row.code_system == "项目类别" else category or unit
            owner = row.subordinate_unit or (unit.subordinate_unit if unit else None)
            row = replace(_child(row, above), subordinate_unit=owner)
            category = row if row.code_system == "项目类别" else category
        placed.append(row)
    return placed


def _grouped_tree(rows: Rows) -> list[CleanRow]:
    """Grouping rows head the lines below them; one that directly follows another stands under it."""
    groups: list[CleanRow] = []
    placed: list[CleanRow] = []
    before: CleanRow | None = None
    for row in rows:
        if row.is_total:
            row = replace(row, level=0)
        elif row.code_system == "单位":
            if before is None or before.code_system != "单位":
                groups = groups[:-1]
            row = _child(row, groups[-1] if groups else None)
            groups.append(row)
        else:
            row = _child(row, groups[-1] if groups else None)
        placed.append(row)
        before = row
    return placed


def _under_units(rows: list[CleanRow]) -> list[CleanRow]:
    """Lines of units without codes head the items printed below them."""
    unit: CleanRow | None = None
    placed: list[CleanRow] = []
    for row in rows:
        if row.code_system == "单位" and row.code is None:
            unit = row
        elif unit and row.code and row.parent is None:
            row = replace(row, parent=unit.key)
        placed.append(row)
    return placed


def _child(row: CleanRow, parent: CleanRow | None) -> CleanRow:
    return replace(row, level=_level_below(parent), parent=parent.key if parent else None)


def _under_total(rows: list[CleanRow]) -> list[CleanRow]:
    """The tops stand under the table's total, where there is exactly one."""
    totals = [row for row in rows if row.is_total]
    if len(totals) != 1:
        return rows
    return [row if row.parent or row.is_total else replace(row, parent=totals[0].key) for row in rows]


def _ordinal_tree(rows: Rows) -> list[CleanRow]:
    """Without codes ordinals show the depth: ``一、`` over ``（一）``; subtotals head the lines printed above them."""
    placed: list[CleanRow] = []
    numbered = sum(rank(row.printed_label) == _CHINESE_NUMBER for row in rows) > 1
    depths = {row.key: _depth(row, numbered) for row in rows}
    for row in rows:
        depth = depths[row.key]
        since_total = takewhile(lambda other: not other.is_total, reversed(placed))
        above = next((other for other in since_total if depths[other.key] < depth), None)
        row = replace(row, level=0) if row.is_total else _child(row, above)
        placed.append(row)
    return _under_subtotals(placed)


def _depth(row: CleanRow, numbered: bool) -> int:
    """Where the tops are numbered (``一、``), a line without a number is a part of the one above it."""
    if squeeze(row.printed_label).startswith("其中"):
        return 9
    unnumbered = _CHINESE_NUMBER + 1 if numbered and not _TOP_LINE.search(row.label) else _CHINESE_NUMBER
    return rank(row.printed_label) or unnumbered


def _last_total(totals: Rows) -> CleanRow | None:
    """Where none is called 总计: the only total, or the last of several if it is more than this year's."""
    is_whole = bool(totals) and (len(totals) == 1 or not totals[-1].label.startswith(("本年", "上年")))
    return totals[-1] if is_whole else None


def _under_subtotals(rows: list[CleanRow]) -> list[CleanRow]:
    totals = [row for row in rows if row.is_total]
    grand = next((row for row in totals if row.label.endswith("总计")), _last_total(totals))
    parents: dict[str, str] = {}
    open_tops: list[CleanRow] = []
    for row in rows:
        if row.is_total and row is not grand:
            parents |= {top.key: row.key for top in open_tops}
            open_tops = [row]
            if grand:
                parents[row.key] = grand.key
        elif not row.is_total and row.parent is None:
            if open_tops and open_tops[0].is_total:
                open_tops = []
            open_tops.append(row)
    if grand:
        tops = (row for row in rows if row.parent is None and row is not grand and row.key not in parents)
        parents |= {row.key: grand.key for row in tops}
    return [replace(row, parent=parents.get(row.key, row.parent)) for row in rows]
