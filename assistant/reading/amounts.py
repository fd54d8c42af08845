"""Amounts said roughly or in colloquial short forms, as one number each (四千四百多万, 四亿九, 九十多个亿)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from assistant.understand.tokenize import chinese_number
from assistant.understand.types import Token

_NUMERALS: Final = "一二两三四五六七八九十百千零"
_ROUGH: Final = re.compile(
    rf"(?<![{_NUMERALS}\d.,])(?P<number>[{_NUMERALS}]+|\d{{2,6}})个?(?P<more>[多余来几])个?(?P<unit>[万亿])(?:元|块钱?)?"
)
_SHORT: Final = re.compile(
    rf"(?<![{_NUMERALS}\d.,])(?P<high>[{_NUMERALS}]+)个?亿(?P<low>[{_NUMERALS}]+)(?P<more>[多余来几])?(?P<unit>万)?(?:元|块钱?)?"
    r"(?![个家项笔条种辆人])"
)
"""亿 with more behind it: the thousands of 万 where only a digit is said (四亿九), else so many 万."""

_UNITS: Final = {"万": "万元", "亿": "亿元"}
_WAN_A_YI: Final = 10_000
_THOUSAND: Final = 1_000


def rough_amounts(text: str) -> Iterator[Token]:
    """The amounts of a normalised question that are said roughly, as tokens.

    >>> [(str(t.value), t.unit) for t in rough_amounts("有四千四百多万，四亿九，三亿两千多万")]
    [('4400', '万元'), ('49000', '万元'), ('32000', '万元')]
    """
    end = 0
    for match in sorted((*_ROUGH.finditer(text), *_SHORT.finditer(text)), key=lambda m: m.start()):
        if match.start() < end:
            continue  # 两千多万 within 三亿两千多万
        end = match.end()
        value, unit = _short(match) if "high" in match.groupdict() else _rough(match)
        if value is not None:
            yield Token("number", "", match.group(), match.start(), match.end(), value=value, unit=unit)


def _rough(match: re.Match[str]) -> tuple[Decimal | None, str]:
    number = match["number"]
    value = Decimal(number) if number.isdigit() else chinese_number(number)
    return value, _UNITS[match["unit"]]


def _short(match: re.Match[str]) -> tuple[Decimal | None, str]:
    high, low = chinese_number(match["high"]), chinese_number(match["low"])
    if high is None or low is None:
        return None, ""
    is_digit = len(match["low"]) == 1 and not match["unit"]
    return high * _WAN_A_YI + (low * _THOUSAND if is_digit else low), "万元"
