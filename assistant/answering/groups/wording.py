"""The rows of a group in words: the extreme, the first few, the list, the count, the sum, the mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.answering.groups.rows import Group
from assistant.answering.members import Member
from assistant.answering.operators import use_rank
from assistant.answering.phrases import indicator_text, row_name, unit_name
from assistant.answering.values import Value, added, mean
from assistant.catalog import CLASSIFICATIONS
from assistant.citations import marks
from assistant.understand.types import Understanding

MOST_LISTED: Final = 60
_COUNTERS: Final = {
    "project": "个项目",
    "purchase": "条采购明细",
    "indicator": "项指标",
    "unit": "个单位",
    "goal": "个绩效目标",
}


def say_group(draft: Draft, group: Group, asked: Understanding) -> None:
    """The group as its operation asks for it; a list where there is none."""
    say = _SAY.get(asked.operation, _say_count if asked.wants_count else _say_list)
    say(draft, group, asked)


def _say_extreme(draft: Draft, group: Group, asked: Understanding) -> None:
    order = group.ranked(descending=asked.descending)
    if not order:
        _say_list(draft, group, asked)
        return
    use_rank(draft, asked)
    best = order[0].ranked_by
    winners = [m for m in order if m.ranked_by == best]
    names = "、".join(name_of(m, draft) for m in winners)
    tie = f"（并列 {draft.named(str(len(winners)))} 项）" if len(winners) > 1 else ""
    extreme = f"{_measure(group)}{'占比' if asked.of_own_line else ''}{_extreme_word(asked)}"
    figure = draft.add_figure(winners[0].label, winners[0].value, draft.cite(m.cell for m in winners))
    figure += _share(draft, winners[0], group)
    draft.lines.append(f"{lead_of(draft, group)}中{extreme}的是 **{names}**，{figure}{tie}。")
    others = [m for m in order if m.ranked_by != best]
    if not asked.descending and best == 0 and others:
        draft.lines.append(
            f"不计为 0 的，最低的是 **{name_of(others[0], draft)}**，{figure_of(draft, others[0], group)}。"
        )
    elif others:
        following = "，".join(f"{name_of(m, draft)} {figure_of(draft, m, group)}" for m in others[:2])
        draft.lines.append(f"其后依次是：{following}。")


def _say_top(draft: Draft, group: Group, asked: Understanding) -> None:
    order = group.ranked(descending=asked.descending)
    use_rank(draft, asked)
    if asked.ordinals:
        _say_ordinals(draft, group, order, asked)
        return
    limit = asked.limit or 3
    kept = order[:limit]
    if not asked.wants_sum:  # what so many come to is the same whichever of those in the last place are meant
        kept += [m for m in order[limit:] if m.ranked_by == kept[-1].ranked_by]
    count = draft.named(str(len(kept)))
    draft.lines.append(f"{lead_of(draft, group)}中{_measure(group)}{_extreme_word(asked)}的 {count} 项：")
    draft.lines += [f"{i}. {name_of(m, draft)}：{figure_of(draft, m, group)}" for i, m in enumerate(kept, start=1)]
    if asked.wants_sum and len(kept) > 1 and _add_up(kept):
        draft.lines.append(_sum_line(draft, kept))


def _say_ordinals(draft: Draft, group: Group, order: Sequence[Member], asked: Understanding) -> None:
    word = "高" if asked.descending else "低"
    draft.lines.append(f"{lead_of(draft, group)}中{_measure(group)}：")
    for ordinal in asked.ordinals:
        named = draft.named(str(ordinal))
        if ordinal > len(order):
            draft.lines.append(f"- 没有第 {named} 项，一共 {draft.named(str(len(order)))} 项。")
            continue
        chosen = order[ordinal - 1]
        tied = [m for m in order if m.ranked_by == chosen.ranked_by and m is not chosen]
        tie = f"（与{'、'.join(name_of(m, draft) for m in tied)}并列）" if tied else ""
        draft.lines.append(f"- 第 {named} {word}：**{name_of(chosen, draft)}**，{figure_of(draft, chosen, group)}{tie}")


def _say_list(draft: Draft, group: Group, asked: Understanding) -> None:
    filled = [m for m in group.members if m.value.kind != "blank" or asked.thresholds] or list(group.members)
    if group.row_set.parts:
        _say_parts(draft, group, filled)
        return
    count = draft.named(str(len(filled)))
    draft.lines.append(f"{lead_of(draft, group)}{_column(group)}{group.filters}共 {count} 项：")
    draft.lines += _listed(draft, filled, group)
    if asked.wants_sum and _add_up(filled):
        draft.lines.append(_sum_line(draft, filled))


def _say_parts(draft: Draft, group: Group, members: Sequence[Member]) -> None:
    """A figure and the columns it is made of; some of them are parts of others, so they are never added."""
    row_set = group.row_set
    figures = draft.library.figures([row_set.rows[0].row_id])[row_set.rows[0].row_id]
    whole = next(f for f in figures if f.column_no == row_set.column.number)
    total = draft.add_figure(row_set.column.measure or row_set.column.path, value_of(whole), draft.cite([whole]))
    draft.lines.append(f"{lead_of(draft, group)}为 {total}，其中：")
    draft.lines += _listed(draft, members, group)


def _say_count(draft: Draft, group: Group, asked: Understanding) -> None:
    counter = next((_COUNTERS[c] for c in asked.classes if c in _COUNTERS), "项")
    number = Value("quantity", Decimal(len(group.members)), unit=counter)
    count = draft.add_figure("个数", number, draft.cite(m.cell for m in group.members))
    draft.lines.append(f"{lead_of(draft, group)}{_column(group)}{group.filters}共 {count}。")
    if asked.wants_sum and _add_up(group.members):
        draft.lines.append(_sum_line(draft, group.members))
    draft.lines += _listed(draft, group.members, group)


def _say_mean(draft: Draft, group: Group, asked: Understanding) -> None:
    total = added(m.value for m in group.members)
    if total.exact is None or total.kind != "amount":
        _say_list(draft, group, asked)
        return
    draft.used.append("mean")
    count = sum(m.value.exact is not None for m in group.members)
    cited = draft.cite(m.cell for m in group.members)
    average = draft.add_figure("平均", mean(total.exact, count, total.unit), cited)
    lead = f"{lead_of(draft, group)}{_column(group)}{group.filters}"
    draft.lines.append(f"{lead}平均每项 {average}（共 {draft.named(str(count))} 项，四舍五入）：")
    draft.lines += _listed(draft, group.members, group)


def say_none(draft: Draft, group: Group, asked: Understanding) -> bool:
    """No row passes the filter: said with the number of rows looked at, and the first of them cited."""
    if not asked.thresholds:
        return False
    rows = group.row_set.rows
    figures = draft.library.figures([row.row_id for row in rows]).values()
    cells = [f for row in figures for f in row if f.column_no == group.row_set.column.number]
    sources = marks(draft.cite(cells[:3]))
    count = draft.named(str(len(rows)))
    said = group.filters[1:]
    draft.lines.append(f"{lead_of(draft, group)}中没有{said}（查了 {count} 行）{sources}。")
    return True


def _listed(draft: Draft, members: Sequence[Member], group: Group) -> list[str]:
    lines = [f"- {name_of(m, draft)}：{figure_of(draft, m, group)}" for m in members[:MOST_LISTED]]
    left = len(members) - MOST_LISTED
    return [*lines, f"- ……另有 {draft.named(str(left))} 项，见查询结果"] if left > 0 else lines


def _add_up(members: Sequence[Member]) -> bool:
    """Whether rows come to anything together: what is set for indicators is counted in units of its own each."""
    return any(m.value.exact is not None and m.cell.kind != "绩效指标表" for m in members)


def _sum_line(draft: Draft, members: Sequence[Member]) -> str:
    draft.used.append("sum")
    total = added(m.value for m in members)
    return f"合计 {draft.add_figure('合计', total, draft.cite(m.cell for m in members))}。"


def figure_of(draft: Draft, member: Member, group: Group) -> str:
    cited = draft.cite([member.cell])
    if member.cell.kind == "绩效指标表":
        row = draft.library.figures([member.cell.row_id])[member.cell.row_id]
        return f"{draft.named(indicator_text(row, member.cell))}{marks(cited)}"
    if member.value.kind == "text":
        return f"{member.value.text}{marks(cited)}"
    return draft.add_figure(member.label, member.value, cited) + _share(draft, member, group)


def _share(draft: Draft, member: Member, group: Group) -> str:
    """A member's share of the whole, where shares are asked for: ``，占工资福利支出的 28.55 %``."""
    whole = member.whole or group.whole
    if member.share is None or whole is None:
        return ""
    cited = [*draft.cite([member.cell]), *whole.cited]
    return f"，占{draft.named(whole.name)}的 {draft.add_figure(f'{member.label}占比', member.share, cited)}"


def name_of(member: Member, draft: Draft) -> str:
    """The row's name with its code, and its unit where there are several."""
    unit = unit_name(member.row.unit, draft.catalog)
    if member.row.code_system == "单位":
        return unit or member.label
    is_row = member.label == member.row.label
    code = f"（{member.row.code}）" if member.row.code and member.row.code_system in CLASSIFICATIONS and is_row else ""
    of_unit = f"（{unit}）" if unit and len(draft.catalog.units) > 1 else ""
    return draft.named(f"{member.label}{code}{of_unit}")


def lead_of(draft: Draft, group: Group) -> str:
    """Whose rows, of which table, below which parent."""
    row_set = group.row_set
    if group.scope:
        return f"{draft.heading}，{draft.named(group.scope)}"
    table = f"{row_set.table.table_no + ' ' if row_set.table.table_no else ''}{row_set.table.title}"
    if row_set.parts:
        scope = f"{row_set.column.measure}（{table}）"
    else:
        scope = f"{row_name(row_set.parent)}下（{table}）" if row_set.parent else table
    return f"{draft.heading}，{draft.named(scope)}"


def _measure(group: Group) -> str:
    """The column that is compared, unless it is the one everybody means."""
    row_set = group.row_set
    default = row_set.table.default_column(row_set.rows[0].side)
    is_default = default is not None and default.number == row_set.column.number
    return "" if is_default else (row_set.column.measure or row_set.column.path)


def _column(group: Group) -> str:
    return f"的{measure}" if (measure := _measure(group)) and not group.row_set.parts and not group.scope else ""


def _extreme_word(asked: Understanding) -> str:
    return "最高" if asked.descending else "最低"


_SAY: Final[dict[str, Callable[[Draft, Group, Understanding], None]]] = {
    "max": _say_extreme,
    "min": _say_extreme,
    "top": _say_top,
    "count": _say_count,
    "mean": _say_mean,
}
