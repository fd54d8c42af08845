"""Questions over several rows: lists, largest and smallest, counts, sums, means, filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.bounds import (
    above_mean,
    looked_up,
    sets_beside,
    whole_of,
    with_own_shares,
    with_shares,
    worded,
)
from assistant.answering.draft import Draft
from assistant.answering.form_funds import funds_of_forms, scope_of
from assistant.answering.found import run_query, value_of
from assistant.answering.members import (
    ONE_A_PROJECT,
    Member,
    Whole,
    alike,
    members_of,
    ranked,
    rows_meant,
    without_excluded,
)
from assistant.answering.phrases import indicator_text, row_name, unit_name
from assistant.answering.terms import terms_of
from assistant.answering.values import Value, added, mean
from assistant.catalog import CLASSIFICATIONS, Link
from assistant.citations import marks
from assistant.resolve import RowSet
from assistant.sql.compile import totals_query
from assistant.understand.operands import roles_of
from assistant.understand.ranking import grouped, rank_tokens
from assistant.understand.types import Operand, Threshold, Token, Understanding

_MOST_LISTED: Final = 60
_ALL: Final = re.compile(r"都有|都安排|都列|均有|均安排|同时")
_PEOPLE: Final = ("人", "名", "位", "人次")
_COUNTERS: Final = {
    "project": "个项目",
    "purchase": "条采购明细",
    "indicator": "项指标",
    "unit": "个单位",
    "goal": "个绩效目标",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A set of rows with their values, in the printed order or by value.

    ``whole``: what their shares are of, where shares are asked for. ``filters``: the filters in words.
    ``scope``: what they are of, where it isn't one table.
    """

    row_set: RowSet
    members: tuple[Member, ...]
    whole: Whole | None = None
    filters: str = ""
    scope: str = ""

    def ranked(self, *, descending: bool) -> list[Member]:
        """The members that have a number, by it."""
        return ranked(self.members, descending=descending)


def answer_group(draft: Draft, asked: Understanding) -> bool:
    """Answers list, max, min, top, count, sum and mean over rows; False where no set of rows fits."""
    if asked.limit == 0 or 0 in asked.ordinals:
        return False
    if asked.operation == "count" and not asked.classes and asked.counted in _PEOPLE:
        return False  # rows are no people
    if asked.of_each_unit:
        each = [replace(asked, of_each_unit=False, operands=(unit,)) for unit in _units(draft, asked)]
        return bool(each) and all([answer_group(draft, one) for one in each])
    if len(ends := _both_ends(asked)) > 1:
        return all([answer_group(draft, end) for end in ends])
    if len(columns := _columns(asked)) > 1:
        return _list_columns(draft, asked, columns)
    if (funds := funds_of_forms(draft, asked)) is not None:
        return _say_funds(draft, asked, *funds)
    asked = _only_filled(asked)
    sets, asked = sets_beside(draft, asked, rows_meant(asked))
    if not sets or any(not _comparable(threshold, sets[0], asked) for threshold in asked.thresholds):
        return False
    group = _group(draft, sets, asked)
    if group is None or _is_only_part(draft, group, asked):
        return False
    if not group.members:
        return _say_none(draft, group, asked)
    if asked.operation in ("sum", "mean") and all(m.value.kind == "text" for m in group.members):
        return False
    say = _SAY.get(asked.operation, _say_count if asked.wants_count else _say_list)
    say(draft, group, asked)
    return True


def _say_funds(draft: Draft, asked: Understanding, row_set: RowSet, members: Sequence[Member]) -> bool:
    """Projects by the funds that their forms print; False where none passes the filters."""
    filters = worded(draft, asked.thresholds, [], of_shares=False)
    if members:
        say = _SAY.get(asked.operation, _say_list)
        say(draft, Group(row_set, tuple(members), filters=filters, scope=scope_of(members)), asked)
    return bool(members)


def _both_ends(asked: Understanding) -> list[Understanding]:
    """``最高的和最低的分别是哪个``: the question for each of both ends."""
    ends = {t.name: t for t in rank_tokens(asked.tokens) if t.name in ("max", "min")}
    if asked.operation not in ends or len(ends) < 2:
        return []
    told = []
    for name, token in ends.items():
        tokens = tuple(t for t in asked.tokens if t is token or t not in ends.values())
        told.append(grouped(replace(asked, tokens=tokens), name, [token], asked.operands))
    return told


def _is_only_part(draft: Draft, group: Group, asked: Understanding) -> bool:
    """Whether the units' 支出 would be taken from a table that prints only a part of it (项目支出)."""
    if asked.classes != ("unit",) or group.row_set.table.kind != "项目支出表" or asked.thresholds:
        return False
    if len(asked.operands) != 1 or not asked.operands[0].total or asked.operands[0].terms:
        return False
    terms = terms_of(draft, asked, asked.operands)
    whole, summed = terms[0].value.exact if terms else None, added(m.value for m in group.members).exact
    return whole is not None and (summed is None or summed < whole)


def _columns(asked: Understanding) -> list[Operand]:
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


def _list_columns(draft: Draft, asked: Understanding, columns: Sequence[Operand]) -> bool:
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
        draft.lines.append(f"{_lead(draft, looked[0])}中没有{names}都有的（查了 {count} 行）{sources}。")
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
        group = _group(draft, same, one) if same else None
        if group is None or not group.members:
            return []
        groups.append(group)
    return groups


def _say_columns(
    draft: Draft, asked: Understanding, groups: Sequence[Group], by_row: Sequence[Mapping[str, Member]]
) -> None:
    names = [draft.named(g.row_set.column.measure or g.row_set.column.path) for g in groups]
    which = f"，{'、'.join(names)}都有的" if _wants_all(asked) else ""
    draft.lines.append(f"{_lead(draft, groups[0])}{which}共 {draft.named(str(len(by_row[0])))} 项：")
    for row_id, first in list(by_row[0].items())[:_MOST_LISTED]:
        told = [
            f"{name} {_figure(draft, member, group)}"
            for name, group, members in zip(names, groups, by_row, strict=True) if (member := members.get(row_id))
        ]  # fmt: skip
        draft.lines.append(f"- {_name(first, draft)}：{'，'.join(told)}")


def _units(draft: Draft, asked: Understanding) -> list[Operand]:
    """The units named, or else all that the document breaks down, each as an operand."""
    named = [operand for operand in asked.operands if roles_of(operand) == {"unit"}]
    if len(named) > 1:
        return named
    links = [Link("unit", unit, name=unit) for unit in draft.catalog.units]
    return [Operand((Token("term", "unit", link.key, 0, 0, (link,)),)) for link in links]


def _group(draft: Draft, sets: Sequence[RowSet], asked: Understanding) -> Group | None:
    """The rows of the best set that pass all filters; None where a bound or a whole can't be found."""
    bounds = looked_up(draft, asked, sets[0])
    if bounds is None:
        return None
    filters = [t for t in asked.thresholds if not (asked.share_of is not None and t.unit == "%")]
    plain = replace(asked, thresholds=(*filters, *(bound.threshold for bound in bounds)))
    found = [m for row_set in alike(sets) for m in members_of(draft, row_set, plain)]
    members, mean_bounds = above_mean(draft, asked, without_excluded(found, asked))
    whole = None
    if asked.share_of is not None:
        if (whole := whole_of(draft, asked, sets[0], members)) is None:
            return None
        members = with_shares(members, whole, asked.thresholds)
    if asked.of_own_line and not (members := with_own_shares(draft, sets[0], members)):
        return None
    told = worded(draft, asked.thresholds, [*bounds, *mean_bounds], of_shares=asked.share_of is not None)
    return Group(sets[0], tuple(members), whole, told)


def _comparable(threshold: Threshold, row_set: RowSet, asked: Understanding) -> bool:
    """Whether a filter fits the column: amounts in a unit of money, per cents in per cent, words not at all."""
    is_percent = row_set.column.value_type == "percent" or asked.share_of is not None
    fits = threshold.unit is None or (threshold.unit == "%") == is_percent
    return fits and not row_set.column.holds_words(row_set.table.kind)


def _only_filled(asked: Understanding) -> Understanding:
    """``哪些科目安排了公用经费``: rows with nothing in the named column are not asked for."""
    names_column = any(link.role == "column" for o in asked.operands for t in o.terms for link in t.links)
    if asked.operation != "list" or asked.thresholds or not asked.classes or not names_column:
        return asked
    return replace(asked, thresholds=(Threshold("ne", (Decimal(0),)),))


def _say_extreme(draft: Draft, group: Group, asked: Understanding) -> None:
    order = group.ranked(descending=asked.descending)
    if not order:
        _say_list(draft, group, asked)
        return
    best = order[0].ranked_by
    winners = [m for m in order if m.ranked_by == best]
    names = "、".join(_name(m, draft) for m in winners)
    tie = f"（并列 {draft.named(str(len(winners)))} 项）" if len(winners) > 1 else ""
    extreme = f"{_measure(group)}{'占比' if asked.of_own_line else ''}{_extreme_word(asked)}"
    figure = draft.add_figure(winners[0].label, winners[0].value, draft.cite(m.cell for m in winners))
    figure += _share(draft, winners[0], group)
    draft.lines.append(f"{_lead(draft, group)}中{extreme}的是 **{names}**，{figure}{tie}。")
    others = [m for m in order if m.ranked_by != best]
    if not asked.descending and best == 0 and others:
        draft.lines.append(f"不计为 0 的，最低的是 **{_name(others[0], draft)}**，{_figure(draft, others[0], group)}。")
    elif others:
        following = "，".join(f"{_name(m, draft)} {_figure(draft, m, group)}" for m in others[:2])
        draft.lines.append(f"其后依次是：{following}。")


def _say_top(draft: Draft, group: Group, asked: Understanding) -> None:
    order = group.ranked(descending=asked.descending)
    if asked.ordinals:
        _say_ordinals(draft, group, order, asked)
        return
    limit = asked.limit or 3
    kept = order[:limit]
    kept += [m for m in order[limit:] if m.ranked_by == kept[-1].ranked_by]
    count = draft.named(str(len(kept)))
    draft.lines.append(f"{_lead(draft, group)}中{_measure(group)}{_extreme_word(asked)}的 {count} 项：")
    draft.lines += [f"{i}. {_name(m, draft)}：{_figure(draft, m, group)}" for i, m in enumerate(kept, start=1)]
    if asked.wants_sum and len(kept) > 1:
        draft.lines.append(_sum_line(draft, kept))


def _say_ordinals(draft: Draft, group: Group, order: Sequence[Member], asked: Understanding) -> None:
    word = "高" if asked.descending else "低"
    draft.lines.append(f"{_lead(draft, group)}中{_measure(group)}：")
    for ordinal in asked.ordinals:
        named = draft.named(str(ordinal))
        if ordinal > len(order):
            draft.lines.append(f"- 没有第 {named} 项，一共 {draft.named(str(len(order)))} 项。")
            continue
        chosen = order[ordinal - 1]
        tied = [m for m in order if m.ranked_by == chosen.ranked_by and m is not chosen]
        tie = f"（与{'、'.join(_name(m, draft) for m in tied)}并列）" if tied else ""
        draft.lines.append(f"- 第 {named} {word}：**{_name(chosen, draft)}**，{_figure(draft, chosen, group)}{tie}")


def _say_list(draft: Draft, group: Group, asked: Understanding) -> None:
    filled = [m for m in group.members if m.value.kind != "blank" or asked.thresholds] or list(group.members)
    if group.row_set.parts:
        _say_parts(draft, group, filled)
        return
    count = draft.named(str(len(filled)))
    draft.lines.append(f"{_lead(draft, group)}{group.filters}共 {count} 项：")
    draft.lines += _listed(draft, filled, group)
    if asked.wants_sum:
        draft.lines.append(_sum_line(draft, filled))


def _say_parts(draft: Draft, group: Group, members: Sequence[Member]) -> None:
    """A figure and the columns it is made of; some of them are parts of others, so they are never added."""
    row_set = group.row_set
    figures = draft.library.figures([row_set.rows[0].row_id])[row_set.rows[0].row_id]
    whole = next(f for f in figures if f.column_no == row_set.column.number)
    total = draft.add_figure(row_set.column.measure or row_set.column.path, value_of(whole), draft.cite([whole]))
    draft.lines.append(f"{_lead(draft, group)}为 {total}，其中：")
    draft.lines += _listed(draft, members, group)


def _say_count(draft: Draft, group: Group, asked: Understanding) -> None:
    row_set = group.row_set
    is_plain = asked.share_of is None and not any(threshold.is_nested for threshold in asked.thresholds)
    is_summed = not row_set.parts and row_set.column.value_type != "text" and row_set.table.kind not in ONE_A_PROJECT
    if is_plain and is_summed:
        run_query(draft, totals_query(row_set, draft.catalog, asked.thresholds))
    counter = next((_COUNTERS[c] for c in asked.classes if c in _COUNTERS), "项")
    number = Value("quantity", Decimal(len(group.members)), unit=counter)
    count = draft.add_figure("个数", number, draft.cite(m.cell for m in group.members))
    draft.lines.append(f"{_lead(draft, group)}{group.filters}共 {count}。")
    if asked.wants_sum and any(m.value.exact is not None for m in group.members):
        draft.lines.append(_sum_line(draft, group.members))
    draft.lines += _listed(draft, group.members, group)


def _say_mean(draft: Draft, group: Group, asked: Understanding) -> None:
    total = added(m.value for m in group.members)
    if total.exact is None:
        _say_list(draft, group, asked)
        return
    count = sum(m.value.exact is not None for m in group.members)
    cited = draft.cite(m.cell for m in group.members)
    average = draft.add_figure("平均", mean(total.exact, count, total.unit), cited)
    lead = f"{_lead(draft, group)}{group.filters}"
    draft.lines.append(f"{lead}平均每项 {average}（共 {draft.named(str(count))} 项，四舍五入）：")
    draft.lines += _listed(draft, group.members, group)


def _say_none(draft: Draft, group: Group, asked: Understanding) -> bool:
    """No row passes the filter: said with the number of rows looked at, and the first of them cited."""
    if not asked.thresholds:
        return False
    rows = group.row_set.rows
    figures = draft.library.figures([row.row_id for row in rows]).values()
    cells = [f for row in figures for f in row if f.column_no == group.row_set.column.number]
    sources = marks(draft.cite(cells[:3]))
    count = draft.named(str(len(rows)))
    said = group.filters[1:]
    draft.lines.append(f"{_lead(draft, group)}中没有{said}（查了 {count} 行）{sources}。")
    return True


_SAY: Final[dict[str, Callable[[Draft, Group, Understanding], None]]] = {
    "max": _say_extreme,
    "min": _say_extreme,
    "top": _say_top,
    "count": _say_count,
    "mean": _say_mean,
}


def _listed(draft: Draft, members: Sequence[Member], group: Group) -> list[str]:
    lines = [f"- {_name(m, draft)}：{_figure(draft, m, group)}" for m in members[:_MOST_LISTED]]
    left = len(members) - _MOST_LISTED
    return [*lines, f"- ……另有 {draft.named(str(left))} 项，见查询结果"] if left > 0 else lines


def _sum_line(draft: Draft, members: Sequence[Member]) -> str:
    total = added(m.value for m in members)
    return f"合计 {draft.add_figure('合计', total, draft.cite(m.cell for m in members))}。"


def _figure(draft: Draft, member: Member, group: Group) -> str:
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


def _name(member: Member, draft: Draft) -> str:
    """The row's name with its code, and its unit where there are several."""
    unit = unit_name(member.row.unit, draft.catalog)
    if member.row.code_system == "单位":
        return unit or member.label
    is_row = member.label == member.row.label
    code = f"（{member.row.code}）" if member.row.code and member.row.code_system in CLASSIFICATIONS and is_row else ""
    of_unit = f"（{unit}）" if unit and len(draft.catalog.units) > 1 else ""
    return draft.named(f"{member.label}{code}{of_unit}")


def _lead(draft: Draft, group: Group) -> str:
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


def _extreme_word(asked: Understanding) -> str:
    return "最高" if asked.descending else "最低"
