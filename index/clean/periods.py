"""Columns of several years, or of budget and final account, side by side: which of them are the document's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.clean.table import Column

_PERIOD: Final = re.compile(
    r"(?:20\d\d年?(?:度)?|上一?年(?:度)?|去年|本年(?:度)?|当年|今年|年初|全年|调整)+(?:部门|单位)?(?:年初|调整)?"
    r"(?:预算|决算|执行|预计执行)?(?:数|金额|额|安排)?|(?:年初|调整|全年)?(?:预算|决算|执行)数"
)
_CHANGE: Final = re.compile(r"增减|变化|增长|增加|减少|幅度|比上年|完成率|[%％]")
_EARLIER: Final = re.compile(r"上一?年|去年|前年")
_EXECUTED: Final = re.compile(r"决算|执行|完成数")
_SIDE: Final = re.compile(r"(?:本年|财政拨款|部门)?(?:收入|支出)(?:类|项目|预算)?")
_TOTAL: Final = re.compile("合计|小计|总计")
"""A total over all columns."""

_YEAR: Final = re.compile(r"20\d\d")


def without_period(path: str) -> str:
    """A column path without the parts that only tell the period, as long as something is left.

    >>> without_period("2026年预算数/公务接待费"), without_period("收入/2026年预算数")
    ('公务接待费', '收入/2026年预算数')
    """
    parts = path.split("/")
    kept = [part for part in parts if not _PERIOD.fullmatch(part)]
    named = [part for part in kept if not _SIDE.fullmatch(part)]
    return "/".join(kept) if named else path


def own_period(columns: tuple[Column, ...], title: str) -> tuple[Column, ...]:
    """Of columns that print one measure for several periods only the document's own keeps it.

    A budget's own are the latest year's budget figures, a final account's what was spent.
    """
    years = [int(year) for column in columns for year in _YEAR.findall(column.path)]
    latest = max(years, default=0)
    is_final = bool(_EXECUTED.search(title))
    rivals: dict[tuple[str | None, str], list[Column]] = {}
    for column in columns:
        if column.measure:
            rivals.setdefault((column.side, column.measure), []).append(column)
    others = {number for group in rivals.values() for number in _others(group, latest, is_final)}
    return tuple(replace(column, measure=None) if column.number in others else column for column in columns)


def _others(group: Sequence[Column], latest: int, is_final: bool) -> list[int]:
    if not any(_PERIOD.fullmatch(part) or _CHANGE.search(part) for each in group for part in each.path.split("/")):
        kept = [column for column in group if _says_of_what(column)]
        kept = kept or [column for column in group if _TOTAL.fullmatch(column.path)] or list(group)
        return [column.number for column in group if column not in kept]
    own = max(group, key=lambda column: (_closeness(column.path, latest, is_final), *_as_total(column)))
    return [column.number for column in group if column is not own]


def _as_total(column: Column) -> tuple[bool, int]:
    """Of two totals the one that says of what is the measure's, else the one over all columns."""
    return _says_of_what(column), -len(without_period(column.path).split("/"))


def _says_of_what(column: Column) -> bool:
    """Whether a total names what it is of: another one may include more (会议费 beside 三公经费)."""
    of_what, total, _ = (column.measure or "").rpartition("合计")
    return bool(of_what and total) and of_what in re.sub('[“”"]', "", column.path)


def _closeness(path: str, latest: int, is_final: bool) -> int:
    if _CHANGE.search(path):
        return 0
    years = [int(year) for year in _YEAR.findall(path)]
    if _EARLIER.search(path) or (years and max(years) < latest):
        return 1
    return 3 if bool(_EXECUTED.search(path)) == is_final else 2
