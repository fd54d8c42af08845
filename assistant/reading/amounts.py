"""Amounts said roughly or in colloquial short forms, as one number each (四千四百多万, 四亿九, 一万五, 九十多个亿)."""

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

_SHORTER: Final = re.compile(
    rf"(?<![{_NUMERALS}\d.,])(?P<wan>[{_NUMERALS}]+|\d{{1,4}})万(?P<thousands>[一二两三四五六七八九])"
    r"(?=$|[,，。;；?？!！、吧吗呢啊的了]|元|块钱)(?:元|块钱)?"
)
"""万 with a digit behind it and nothing more: thousands (一万五)."""

_OVER: Final = re.compile(
    rf"(?<![{_NUMERALS}\d.,])(?P<number>[{_NUMERALS}]+|\d{{1,6}}(?:\.\d+)?)个?(?P<unit>[万亿])(?:元|块钱?)?(?P<over>[多余])(?!少)"
)
"""An amount and something more (一万多)."""

_UNITS: Final = {"万": "万元", "亿": "亿元"}
_WAN_A_YI: Final = 10_000
_THOUSAND: Final = 1_000
_TEN: Final = 10


def rough_amounts(text: str) -> Iterator[Token]:
    """The amounts of a normalised question that are said roughly, as tokens.

    >>> [(str(t.value), t.unit) for t in rough_amounts("有四千四百多万，四亿九，三亿两千多万，多了一万五，一万多")]
    [('4400', '万元'), ('49000', '万元'), ('32000', '万元'), ('1.5', '万元'), ('1', '万元')]
    """
    end = 0
    read = {_ROUGH: _rough, _OVER: _rough, _SHORT: _short, _SHORTER: _shorter}
    found = (match for said in read for match in said.finditer(text))
    for match in sorted(found, key=lambda m: m.start()):
        if match.start() < end:
            continue  # 两千多万 within 三亿两千多万
        end = match.end()
        value, unit = read[match.re](match)
        if value is not None:
            yield Token("number", "", match.group(), match.start(), match.end(), value=value, unit=unit)


def _rough(match: re.Match[str]) -> tuple[Decimal | None, str]:
    number = match["number"]
    value = Decimal(number) if number[0].isdigit() else chinese_number(number)
    return value, _UNITS[match["unit"]]


def _shorter(match: re.Match[str]) -> tuple[Decimal | None, str]:
    said, thousands = match["wan"], chinese_number(match["thousands"])
    wan = Decimal(said) if said.isdigit() else chinese_number(said)
    return (None if wan is None or thousands is None else wan + thousands / _TEN), "万元"


def _short(match: re.Match[str]) -> tuple[Decimal | None, str]:
    high, low = chinese_number(match["high"]), chinese_number(match["low"])
    if high is None or low is None:
        return None, ""
    is_digit = len(match["low"]) == 1 and not match["unit"]
    return high * _WAN_A_YI + (low * _THOUSAND if is_digit else low), "万元"
