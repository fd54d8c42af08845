"""Questions over several rows: lists, largest and smallest, counts, sums, means, filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import cell_records, run_query, value_of
from assistant.answering.phrases import row_name, unit_name
from assistant.answering.values import Value, added, mean
from assistant.catalog import Row
from assistant.citations import marks
from assistant.resolve import RowSet, row_sets_of
from assistant.sql.compile import parts_query, rows_query, totals_query
from assistant.understand.types import Operand, Threshold, Understanding
from index.records import FigureRecord

_MOST_LISTED: Final = 60
_ONE_A_PROJECT: Final = ("绩效指标表", "绩效目标表")
_COUNTERS: Final = {"project": "个项目", "purchase": "条采购明细", "indicator": "项指标", "unit": "个单位", "goal": "个绩效目标"}


@dataclass(frozen=True, slots=True)
class Member:
    """One row of a set with its value."""

    label: str
    value: Value
    cell: FigureRecord
    row: Row


def answer_group(draft: Draft, asked: Understanding) -> bool:
    """Answers list, max, min, top, count, sum and mean over rows; False where no set of rows fits."""
    operand = Operand(tuple(t for o in asked.operands for t in o.terms), asked.operands[0].total) if asked.operands else None
    sets = row_sets_of(operand, draft.catalog, asked)
    if not sets:
        return False
    row_set = sets[0]
    asked = _only_filled(asked)
    members = _without([m for s in _alike(sets) for m in _members(draft, s, asked)], asked)
    if not members:
        return _say_none(draft, row_set, asked)
    say = {"max": _say_extreme, "min": _say_extreme, "top": _say_top, "count": _say_count, "mean": _say_mean}
    say.get(asked.operation, _say_count if asked.wants_count else _say_list)(draft, row_set, members, asked)
    return True


def _only_filled(asked: Understanding) -> Understanding:
    """``哪些科目安排了公用经费``: rows with nothing in the named column are not asked for."""
    names_column = any(link.role == "column" for o in asked.operands for t in o.terms for link in t.links)
    if asked.operation != "list" or asked.thresholds or not asked.classes or not names_column:
        return asked
    return replace(asked, thresholds=(Threshold("ne", (Decimal(0),)),))


def _alike(sets: Sequence[RowSet]) -> Sequence[RowSet]:
    """The best set; of performance forms, which are one table a project, all."""
    if sets[0].table.kind not in _ONE_A_PROJECT:
        return sets[:1]
    return [s for s in sets if s.table.kind == sets[0].table.kind]


def _members(draft: Draft, row_set: RowSet, asked: Understanding) -> list[Member]:
    descending = asked.descending if asked.operation in ("max", "min", "top") or asked.thresholds else None
    query = (
        parts_query(row_set, draft.catalog, descending)
        if row_set.parts
        else rows_query(row_set, draft.catalog, asked.thresholds, descending)
    )
    result = run_query(draft, query)
    records = cell_records(draft.library, result, "数值")
    members = []
    for row, cells in zip(result.rows, records, strict=True):
        if cells:
            cell = cells[0]
            members.append(Member(str(row.values[0]), value_of(cell), cell, draft.catalog.rows[cell.row_id]))
    return members


def _without(members: list[Member], asked: Understanding) -> list[Member]:
    """The rows but for those that ``除…外`` names."""
    named = {
        link.key for operand in asked.excluded for term in operand.terms for link in term.links if link.role == "row"
    }
    return [m for m in members if m.row.row_id not in named and not named & set(m.row.ancestors)]


def _say_extreme(draft: Draft, row_set: RowSet, members: Sequence[Member], asked: Understanding) -> None:
    ranked = _ranked(members, asked.descending)
    if not ranked:
        _say_list(draft, row_set, members, asked)
        return
    best = ranked[0].value.exact
    winners = [m for m in ranked if m.value.exact == best]
    word = "最高" if asked.descending else "最低"
    names = "、".join(_name(m, draft) for m in winners)
    figures = "，".join(_figure(draft, m) for m in winners[:1])
    tie = f"（并列 {draft.named(str(len(winners)))} 项）" if len(winners) > 1 else ""
    draft.lines.append(f"{draft.heading}，{draft.named(_scope(row_set, draft))}中{_measure(row_set)}{word}的是 **{names}**，{figures}{tie}。")
    if not asked.descending and best == 0 and (positive := [m for m in ranked if m.value.exact]):
        draft.lines.append(f"不计为 0 的，最低的是 **{_name(positive[0], draft)}**，{_figure(draft, positive[0])}。")
    else:
        following = [m for m in ranked if m.value.exact != best][:2]
        if following:
            draft.lines.append("其后依次是：" + "，".join(f"{_name(m, draft)} {_figure(draft, m)}" for m in following) + "。")


def _say_top(draft: Draft, row_set: RowSet, members: Sequence[Member], asked: Understanding) -> None:
    ranked = _ranked(members, asked.descending)
    if asked.ordinals:
        _say_ordinals(draft, row_set, ranked, asked)
        return
    limit = asked.limit or 3
    kept = ranked[:limit]
    kept += [m for m in ranked[limit:] if kept and m.value.exact == kept[-1].value.exact]
    word = "最高" if asked.descending else "最低"
    draft.lines.append(f"{draft.heading}，{draft.named(_scope(row_set, draft))}中{_measure(row_set)}{word}的 {draft.named(str(len(kept)))} 项：")
    draft.lines += [f"{i}. {_name(m, draft)}：{_figure(draft, m)}" for i, m in enumerate(kept, start=1)]


def _say_ordinals(draft: Draft, row_set: RowSet, ranked: Sequence[Member], asked: Understanding) -> None:
    order = "高" if asked.descending else "低"
    draft.lines.append(f"{draft.heading}，{draft.named(_scope(row_set, draft))}中{_measure(row_set)}：")
    for ordinal in asked.ordinals:
        named = draft.named(str(ordinal))
        if ordinal > len(ranked):
            draft.lines.append(f"- 没有第 {named} 项，一共 {draft.named(str(len(ranked)))} 项。")
            continue
        chosen = ranked[ordinal - 1]
        tied = [m for m in ranked if m.value.exact == chosen.value.exact and m is not chosen]
        tie = f"（与{'、'.join(_name(m, draft) for m in tied)}并列）" if tied else ""
        draft.lines.append(f"- 第 {named} {order}：**{_name(chosen, draft)}**，{_figure(draft, chosen)}{tie}")


def _say_list(draft: Draft, row_set: RowSet, members: Sequence[Member], asked: Understanding) -> None:
    filled = [m for m in members if m.value.kind != "blank" or asked.thresholds] or list(members)
    draft.lines.append(f"{draft.heading}，{draft.named(_scope(row_set, draft))}{_condition(draft, asked)}共 {draft.named(str(len(filled)))} 项：")
    draft.lines += [f"- {_name(m, draft)}：{_figure(draft, m)}" for m in filled[:_MOST_LISTED]]
    if asked.wants_sum:
        draft.lines.append(_sum_line(draft, filled))


def _say_count(draft: Draft, row_set: RowSet, members: Sequence[Member], asked: Understanding) -> None:
    if not row_set.parts and row_set.column.value_type != "text" and row_set.table.kind not in _ONE_A_PROJECT:
        run_query(draft, totals_query(row_set, draft.catalog, asked.thresholds))
    counter = next((_COUNTERS[c] for c in asked.classes if c in _COUNTERS), "项")
    cited = draft.cite(m.cell for m in members)
    count = draft.add_figure("个数", Value("quantity", Decimal(len(members)), unit=counter), cited)
    draft.lines.append(f"{draft.heading}，{draft.named(_scope(row_set, draft))}{_condition(draft, asked)}共 {count}。")
    if asked.wants_sum and any(m.value.exact is not None for m in members):
        draft.lines.append(_sum_line(draft, members))
    draft.lines += [f"- {_name(m, draft)}：{_figure(draft, m)}" for m in members[:_MOST_LISTED]]


def _say_mean(draft: Draft, row_set: RowSet, members: Sequence[Member], asked: Understanding) -> None:
    total = added(m.value for m in members)
    cited = draft.cite(m.cell for m in members)
    if total.exact is None:
        _say_list(draft, row_set, members, asked)
        return
    count = sum(m.value.exact is not None for m in members)
    average = draft.add_figure("平均", mean(total.exact, count, total.unit), cited)
    draft.lines.append(f"{draft.heading}，{draft.named(_scope(row_set, draft))}{_condition(draft, asked)}平均每项 {average}（共 {draft.named(str(count))} 项，四舍五入）：")
    draft.lines += [f"- {_name(m, draft)}：{_figure(draft, m)}" for m in members[:_MOST_LISTED]]


def _sum_line(draft: Draft, members: Sequence[Member]) -> str:
    total = added(m.value for m in members)
    return f"合计 {draft.add_figure('合计', total, draft.cite(m.cell for m in members))}。"


def _say_none(draft: Draft, row_set: RowSet, asked: Understanding) -> bool:
    if not asked.thresholds:
        return False
    column = draft.library.figures([row.row_id for row in row_set.rows])
    cells = [f for figures in column.values() for f in figures if f.column_no == row_set.column.number]
    draft.lines.append(
        f"{draft.heading}，{draft.named(_scope(row_set, draft))}中没有{_condition(draft, asked)}符合条件的（查了 {len(row_set.rows)} 行）"
        f"{marks(draft.cite(cells[:3]))}。"
    )
    draft.named(str(len(row_set.rows)))
    return True


def _ranked(members: Sequence[Member], descending: bool) -> list[Member]:
    return sorted(
        (m for m in members if m.value.exact is not None), key=lambda m: m.value.exact or 0, reverse=descending
    )


def _figure(draft: Draft, member: Member) -> str:
    cited = draft.cite([member.cell])
    if member.value.kind == "text":
        return f"{member.value.text}{marks(cited)}"
    return draft.add_figure(member.label, member.value, cited)


def _name(member: Member, draft: Draft) -> str:
    unit = unit_name(member.row.unit, draft.catalog)
    if member.row.code_system == "单位":
        return unit or member.label
    code = member.row.code if member.row.code_system in ("功能分类", "部门经济分类", "政府经济分类") else None
    several = len(draft.catalog.units) > 1 and unit
    return draft.named(f"{member.label}{f'（{code}）' if code and member.label == member.row.label else ''}{f'（{unit}）' if several else ''}")


def _scope(row_set: RowSet, draft: Draft) -> str:
    table = f"{row_set.table.table_no + ' ' if row_set.table.table_no else ''}{row_set.table.title}"
    if row_set.parts:
        return f"{row_set.column.measure}（{table}）"
    parent = f"{row_name(row_set.parent)}下" if row_set.parent else ""
    return f"{parent}（{table}）" if parent else f"{table}"


def _measure(row_set: RowSet) -> str:
    default = row_set.table.default_column(row_set.rows[0].side)
    is_default = default is not None and default.number == row_set.column.number
    return "" if is_default else (row_set.column.measure or row_set.column.path)


def _condition(draft: Draft, asked: Understanding) -> str:
    words = {"gt": "大于", "ge": "不低于", "lt": "小于", "le": "不超过", "eq": "等于", "ne": "不等于", "range": "介于"}
    conditions = [
        f"{words[t.comparison]} {' 和 '.join(f'{v:f}' for v in t.values)}{' ' + t.unit if t.unit else ''}"
        for t in asked.thresholds
    ]
    return draft.named(f"，金额{'、'.join(conditions)} 的") if conditions else ""
