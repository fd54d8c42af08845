"""Dates in cells: numbers of days that a number format shows as ``2024年3月14日``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_NO_DATE: Final = re.compile(
    r'"[^"]*"?|[\\!].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|[_*].|General|G/通用格式', re.IGNORECASE | re.DOTALL
)
_DATE: Final = re.compile(r"[ymdhs]|(?<![0#?.])e|aaa", re.IGNORECASE)
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[(?P<elapsed>[hms]+)\]|\[[^\]]*\]|[_*].'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<part>y+|e+|m+|d+|h+|s+|a{3,4})|(?P<fraction>\.0+)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS: Final = "一二三四五六日"
_DAY_SECONDS: Final = 86_400
_MAX_DAYS: Final = 2_958_465
"""31 December 9999."""


def is_date_code(section: str) -> bool:
    """Whether a section of a number format shows dates or times.

    >>> is_date_code('yyyy"年"m"月"'), is_date_code('[Magenta]0.00"d"'), is_date_code("0.00E+00")
    (True, False, False)
    """
    return bool(_DATE.search(_NO_DATE.sub("", section)))


def shown_date(days: Decimal, section: str, is_1904: bool) -> str:
    """What ``section`` shows of a number of days.

    >>> [shown_date(Decimal("45365.5"), section, False) for section in ('yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm")]
    ['2024年3月14日', '2024-03-14 12:00']
    """
    if not 0 <= days < _MAX_DAYS:
        return f"{days:f}"
    moment = _moment(days, is_1904)
    matches = list(_TOKEN.finditer(section))
    has_halves = any(match["half"] for match in matches)
    shown: list[str] = []
    for at, match in enumerate(matches):
        part = (match["part"] or "").lower()
        if part.startswith("m") and len(part) < 3 and _is_minute(matches, at):
            shown.append(f"{moment.minute:0{len(part)}d}")
        elif part:
            shown.append(_shown_part(moment, part, has_halves))
        elif match["elapsed"]:
            shown.append(_elapsed(days, match["elapsed"].lower()))
        elif match["half"]:
            shown.append("上午" if moment.hour < 12 else "下午")
        else:
            shown.append(match["quoted"] or match["escaped"] or match["literal"] or "")
    return "".join(shown).strip()


def _moment(days: Decimal, is_1904: bool) -> datetime:
    """Excel's calendar has a 29 February 1900, so that its days before March 1900 count from a day later."""
    seconds = int((days * _DAY_SECONDS).to_integral_value(ROUND_HALF_UP))
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31 if days < 60 else 30)
    return start + timedelta(seconds=seconds)


def _is_minute(matches: list[re.Match[str]], at: int) -> bool:
    """``m`` is minutes behind hours and before seconds, else months."""
    parts = [(n, (match["part"] or match["elapsed"] or "").lower()[:1]) for n, match in enumerate(matches)]
    before = next((part for n, part in reversed(parts) if n < at and part), "")
    after = next((part for n, part in parts if n > at and part), "")
    return before == "h" or after == "s"


def _shown_part(moment: datetime, part: str, has_halves: bool) -> str:
    hour = (moment.hour % 12 or 12) if has_halves else moment.hour
    weekday = _WEEKDAYS[moment.weekday()]
    if part[0] in "ye":
        return f"{moment.year:04d}" if part[0] == "e" or len(part) > 2 else f"{moment.year % 100:02d}"
    if part[0] == "a" or (part[0] == "d" and len(part) > 2):
        return weekday if part == "aaa" else f"星期{weekday}"
    if part[0] == "m" and len(part) > 2:
        return f"{moment.month}月"
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[part[0]]
    return f"{number:0{len(part)}d}"


def _elapsed(days: Decimal, part: str) -> str:
    seconds = int((days * _DAY_SECONDS).to_integral_value(ROUND_HALF_UP))
    return f"{seconds // {'h': 3600, 'm': 60, 's': 1}[part[0]]:0{len(part)}d}"
