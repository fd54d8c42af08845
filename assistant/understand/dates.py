"""Dates on which stocks are told: ``截至2025年12月31日``, ``2026年1月底``, ``上年末``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TERM: Final = re.compile(r"20\d\d[-—~至到]+(?:20)?\d\d年?")
"""A term of years (2023-2026年), which alone names nothing."""

_YEAR: Final = r"(?:(?P<year>20\d\d)年|(?P<relative>上一?年|去年|本年|今年)度?)"
_MONTH: Final = r"(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})[日号]|(?P<month_end>[底末]))?"
_IN_YEAR: Final = rf"(?:{_MONTH}|年?(?P<year_end>[底末终]))"
_DATE: Final = re.compile(rf"(?P<until>截[至止]到?|(?<=[^\d])至|到)?{_YEAR}{_IN_YEAR}(?:为?止)?")
_LAST: Final = ("上年", "上一年", "去年")
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class StockDate:
    """A day, or the month where no day is said; ``start`` and ``end`` of the ``text`` that says it."""

    year: int
    month: int
    day: int | None
    start: int
    end: int
    text: str

    def is_same(self, stated: StockDate) -> bool:
        """Whether a date in a text is this one; a month that is stated without a day stands for its end.

        >>> asked, = dates_in("截至2026年1月底", 2026)
        >>> [asked.is_same(d) for d in dates_in("2026年1月31日、2026年1月24日末、截至2026年1月", 2026)]
        [True, False, True]
        """
        if (self.year, self.month) != (stated.year, stated.month):
            return False
        return self.day is None or self.day == (stated.day or _last_day(stated.year, stated.month))


def dates_in(text: str, year: int | None) -> Iterator[StockDate]:
    """The dates in a normalised text; ``year`` is the one that 今年 means. A bare month is a date only behind 截至."""
    for match in _DATE.finditer(text):
        if not (match["until"] or match["day"] or match["month_end"] or match["year_end"]):
            continue
        named = int(match["year"]) if match["year"] else _relative(match["relative"], year)
        month = int(match["month"] or _DECEMBER)
        if named is None or not 1 <= month <= _DECEMBER:
            continue
        day = int(match["day"]) if match["day"] else None
        if match["month_end"] or match["year_end"]:
            day = _last_day(named, month)
        yield StockDate(named, month, day, match.start(), match.end(), match.group())


def _relative(word: str, year: int | None) -> int | None:
    if year is None:
        return None
    return year - 1 if word in _LAST else year


def _last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]
