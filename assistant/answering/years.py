"""This year against last, from tables that print both years side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.answering.lookup import figure_sentence
from assistant.answering.values import percentage
from assistant.catalog import Column, Table
from assistant.resolve import Reading, readings_of
from assistant.understand.types import Operand, Understanding

_CHANGE_MARKS: Final = ("增减", "比上年")
_CARRIED: Final = "结转"


def say_years(draft: Draft, operand: Operand, asked: Understanding, totals: Collection[Decimal | None]) -> bool:
    """The columns of this year, of last year and of the change, as far as one table prints them; else the gap computed.

    ``totals``: where no item is named, the amounts that the whole has (元).
    """
    for reading in _readings(operand, draft, asked, totals):
        columns = _of_same_name(reading, _year_columns(reading.table, draft))
        found = find(draft, [[Reading(reading.table, reading.rows[:1], c)] for c in columns])
        if all(found) and len(found) > 1:
            draft.lines.append(f"{draft.heading}中：")
            before = len(draft.figures)
            draft.lines += [
                f"- {draft.named(group[0].column.path)}：{figure_sentence(draft, group)}" for group in found
            ]
            _say_gap(draft, [group[0] for group in found], before)
            return True
    return False


def _say_gap(draft: Draft, found: Sequence[Found], before: int) -> None:
    """How far this year's figure is from last year's, where the table prints both and no change."""
    year = draft.catalog.year
    if year is None or any(mark in each.column.path for each in found for mark in _CHANGE_MARKS):
        return
    now = [each for each in found if str(year) in each.column.path]
    then = [each for each in found if any(mark in each.column.path for mark in (str(year - 1), "上年"))]
    if any(_CARRIED in each.column.path for each in then):
        return  # 上年结转 is money of this year
    if len(now) != 1 or len(then) != 1 or now == then:
        return
    exact, earlier = now[0].value.exact or Decimal(0), then[0].value.exact or Decimal(0)
    if exact == earlier:
        draft.lines.append(f"{year}年与{year - 1}年持平。")
        return
    draft.used.append("gap")
    cited = [n for figure in draft.figures[before:] for n in figure.citations]
    gap = draft.add_figure("增减", replace(now[0].value, exact=abs(exact - earlier)), cited)
    rate = draft.add_figure("增减率", percentage(abs(exact - earlier), earlier), cited) if earlier else ""
    words = ("增加", "增长") if exact > earlier else ("减少", "下降")
    draft.lines.append(f"{year}年比{year - 1}年{words[0]} {gap}" + (f"，{words[1]} {rate}（推算）。" if rate else "。"))


def _of_same_name(reading: Reading, columns: list[Column]) -> list[Column]:
    """Of the years' columns those of the item named (2025年预算数/公务接待费), all where the item is a row."""
    name = reading.column.path.rsplit("/", 1)[-1]
    same = [column for column in columns if column.path.rsplit("/", 1)[-1] == name]
    return same if len(same) > 1 else columns


def _readings(
    operand: Operand, draft: Draft, asked: Understanding, totals: Collection[Decimal | None]
) -> list[Reading]:
    tables = {t.table_id for t in draft.catalog.tables.values() if len(_year_columns(t, draft)) > 1}
    if not operand.terms:
        readings = [
            Reading(t, (rows[-1],), c)
            for t in draft.catalog.tables.values()
            if t.table_id in tables and (rows := [r for r in t.rows if r.is_total])
            for c in _year_columns(t, draft)
        ]
        return [r for r in readings if any(each.value.exact in totals for each in find(draft, [[r]])[0])]
    return [r for r in readings_of(operand, draft.catalog, asked) if r.table.table_id in tables]


def _year_columns(table: Table, draft: Draft) -> list[Column]:
    year = draft.catalog.year
    if year is None:
        return []
    marks = (str(year), str(year - 1), "上年", *_CHANGE_MARKS)
    return [c for c in table.columns if any(mark in c.path for mark in marks) and c.value_type == "amount"]
