"""Decides which rows a question over several rows means, and has them said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.bounds import sets_beside, worded
from assistant.answering.draft import Draft
from assistant.answering.form_funds import funds_of_forms, is_projects_money, scope_of
from assistant.answering.groups.columns import columns_of, list_columns
from assistant.answering.groups.rows import Group, group_of
from assistant.answering.groups.wording import say_group, say_none
from assistant.answering.members import ONE_A_PROJECT, Member, rows_meant
from assistant.answering.terms import terms_of
from assistant.answering.unit_projects import units_by_projects
from assistant.answering.values import added
from assistant.catalog import Link
from assistant.resolve import RowSet
from assistant.understand.operands import roles_of
from assistant.understand.ranking import grouped, rank_tokens
from assistant.understand.types import Operand, Threshold, Token, Understanding

_NO_ROWS: Final = ("人", "名", "位", "人次", "平方米", "亩", "公里", "吨", "小时", "公斤", "辆")
"""Classifiers of people and measures, which rows are not."""


def answer_group(draft: Draft, asked: Understanding) -> bool:
    """Answers list, max, min, top, count, sum and mean over rows; False where no set of rows fits."""
    if asked.limit == 0 or 0 in asked.ordinals:
        return False
    if asked.operation == "count" and not asked.classes and asked.counted in _NO_ROWS:
        return False
    if asked.of_each_unit:
        each = [replace(asked, of_each_unit=False, operands=(unit,)) for unit in _units(draft, asked)]
        return bool(each) and all([answer_group(draft, one) for one in each])
    if len(ends := _both_ends(asked)) > 1:
        return all([answer_group(draft, end) for end in ends])
    if len(columns := columns_of(asked)) > 1:
        return list_columns(draft, asked, columns)
    if units_by_projects(draft, asked):
        return True
    asked = _of_projects(asked)
    if (funds := funds_of_forms(draft, asked)) is not None:
        return _say_funds(draft, asked, *funds)
    asked = _only_filled(asked)
    sets, asked = sets_beside(draft, asked, rows_meant(asked))
    if not sets or any(not _comparable(threshold, sets[0], asked) for threshold in asked.thresholds):
        return False
    if asked.operation == "count" and not asked.classes and sets[0].table.kind in ONE_A_PROJECT:
        return False  # indicators are not what is counted
    group = group_of(draft, sets, asked)
    if group is None or _is_only_part(draft, group, asked):
        return False
    if not group.members:
        return say_none(draft, group, asked)
    if asked.ordinals and len(group.members) < 2:  # one row has no rank
        return False
    if asked.operation in ("sum", "mean") and all(m.value.kind == "text" for m in group.members):
        return False
    say_group(draft, group, asked)
    return True


def _say_funds(draft: Draft, asked: Understanding, row_set: RowSet, members: Sequence[Member]) -> bool:
    """Projects by the funds that their forms print; False where none passes the filters."""
    filters = worded(draft, asked.thresholds, [], of_shares=False)
    if members:
        say_group(draft, Group(row_set, tuple(members), filters=filters, scope=scope_of(members)), asked)
    return bool(members)


def _of_projects(asked: Understanding) -> Understanding:
    """``哪个单位的项目资金最多``: beside units the money of projects means the projects."""
    terms = [term for operand in asked.operands for term in operand.within_context.terms]
    if "unit" not in asked.classes or not asked.ranks or not terms or not all(map(is_projects_money, terms)):
        return asked
    return replace(asked, operands=(), classes=(*asked.classes, "project"))


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


def _units(draft: Draft, asked: Understanding) -> list[Operand]:
    """The units named, or else all that the document breaks down, each as an operand."""
    named = [operand for operand in asked.operands if roles_of(operand) == {"unit"}]
    if len(named) > 1:
        return named
    links = [Link("unit", unit, name=unit) for unit in draft.catalog.units]
    return [Operand((Token("term", "unit", link.key, 0, 0, (link,)),)) for link in links]


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
