"""Amounts and per cents that prose writes out: ``3万5千元``, ``伍万元整``, ``百分之十五``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.money import UNIT

_FIRST, _POINT, _SCALES = "零〇一二三四五六七八九", "点", "十百千万亿"
_PLAIN: Final = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億两", "一二二三三四五六六七八九十百千万亿二") | {
    ord("廿"): "二十",
    ord("卅"): "三十",
}
_VALUES: Final = {digit: Decimal(max(at - 1, 0)) for at, digit in enumerate(_FIRST)}
_SCALE: Final = {scale: Decimal(10) ** power for scale, power in zip(_SCALES, (1, 2, 3, 4, 8), strict=True)}

_NUMERALS: Final = "零〇一二三四五六七八九两壹贰貳叁參肆伍陆陸柒捌玖"
_LARGE: Final = "十百千万亿拾佰仟萬億廿卅"
_FRACTION: Final = rf"(?:{_POINT}[{_NUMERALS}]+[{_LARGE}]*)?"
_CENTS: Final = rf"(?:[{_NUMERALS}]角)?(?:零?[{_NUMERALS}]分)?"
_DECIMAL: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_NO_LIMIT: Final = r"(?!\s*(?:[（(]含[）)])?\s*(?:及?以[上下内]|[（(]不含(?:本数)?[）)]))"

WRITTEN: Final = (
    rf"(?:人民币[（(]大写[）)][:：]?)?(?<!大写)(?<!大写[:：])(?<!单位[:：])(?<!单位[:：]人民币)(?<![{_NUMERALS}{_LARGE}{_POINT}\d.])(?=[十拾廿卅]|[{_NUMERALS}])(?=[{_NUMERALS}]*(?:{_POINT}[{_NUMERALS}]+)?[{_LARGE}])"
    rf"[{_NUMERALS}{_LARGE}]+{_FRACTION}[元圆]整?{_CENTS}{_NO_LIMIT}"
)
"""An amount in Chinese numerals. 大写：… repeats the figure before it, 单位：十万元 is none."""
MIXED: Final = (
    rf"(?<![\d.,，A-Za-z])(?:{_DECIMAL}\s*(?:[千百]?[亿万]|[千百])\s*零?\s*)+{_DECIMAL}\s*(?:{UNIT}){_NO_LIMIT}"
)
"""An amount whose places are told in turn."""
PER_CENT: Final = rf"百分之[{_FIRST}{_POINT}十百]+"

_Place = tuple[Decimal, Decimal]
"""A number and its scale."""
_STEP: Final = re.compile(rf"({_DECIMAL})\s*([亿万千百十]*)")


def written_amount(text: str) -> Decimal:
    """The 元 of an amount in Chinese numerals.

    >>> written_amount("伍万元整"), written_amount("壹佰元捌角玖分"), written_amount("二十点五万元")
    (Decimal('50000'), Decimal('100.89'), Decimal('205000.0'))
    """
    plain = text.removeprefix("人民币").strip("（(大写）):：")
    whole, _, cents = re.sub("[元圆]整?", "元", plain).partition("元")
    tenths, hundredths = (re.search(f"(.){sign}", cents) for sign in "角分")
    return (
        written_number(whole)
        + (written_number(tenths[1]) / 10 if tenths else 0)
        + (written_number(hundredths[1]) / 100 if hundredths else 0)
    )


def written_number(text: str) -> Decimal:
    """The number in Chinese numerals.

    >>> written_number("伍万"), written_number("一亿二千三百万"), written_number("十五"), written_number("三点二")
    (Decimal('50000'), Decimal('123000000'), Decimal('15'), Decimal('3.2'))
    """
    whole, _, fraction = text.translate(_PLAIN).partition(_POINT)
    digits = fraction.rstrip(_SCALES)
    places = sum(_VALUES[sign] / Decimal(10) ** at for at, sign in enumerate(digits, start=1))
    return (_whole_number(whole) + places) * _scale(fraction[len(digits) :])


def _whole_number(text: str) -> Decimal:
    total = group = digit = Decimal(0)
    for sign in text:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif _SCALE[sign] < _SCALE["万"]:
            group += (digit or Decimal(1)) * _SCALE[sign]
            digit = Decimal(0)
        else:
            total = (total + group + digit) * _SCALE[sign] if sign == "亿" else total + (group + digit) * _SCALE[sign]
            group = digit = Decimal(0)
    return total + group + digit


def mixed_amount(text: str) -> Decimal | None:
    """The amount in 元; None where the places don't follow each other down.

    >>> mixed_amount("3万5千元"), mixed_amount("1亿2000万元"), mixed_amount("5千3万元")
    (Decimal('35000'), Decimal('120000000'), None)
    >>> mixed_amount("1千3百万元"), mixed_amount("1百20万元"), mixed_amount("1千2百万零5千元")
    (Decimal('13000000'), Decimal('1200000'), Decimal('12005000'))
    >>> mixed_amount("1,980万6千元")
    Decimal('19806000')
    """
    steps = [
        (Decimal(number.replace(",", "")), _scale(scale)) for number, scale in _STEP.findall(text.translate(_PLAIN))
    ]
    whole = _by_large_places(steps)
    is_ordered = all(number * scale < above for (_, above), (number, scale) in pairwise(whole))
    return sum((number * scale for number, scale in whole), Decimal(0)) if is_ordered and whole else None


def _by_large_places(steps: Sequence[_Place]) -> list[_Place]:
    """The steps with what 万 or 亿 closes as one (``1千3百万``); none where the places of such a group don't follow."""
    whole: list[_Place] = []
    group: list[_Place] = []
    for number, scale in steps:
        large = next((_SCALE[sign] for sign in "亿万" if scale >= _SCALE[sign]), Decimal(1))
        if large == 1:
            group.append((number, scale))
        elif not group:
            whole.append((number, scale))
        elif _are_digits(digits := [*group, (number, scale / large)]):
            whole.append((sum((each * place for each, place in digits), Decimal(0)), large))
            group = []
        else:
            return []
    return [*whole, *group]


def _are_digits(steps: Sequence[_Place]) -> bool:
    """Whether each step stands right below the one before (``1千3百``, ``1百20``)."""
    return all(above <= 10 * number * scale < 10 * above for (_, above), (number, scale) in pairwise(steps))


def _scale(signs: str) -> Decimal:
    product = Decimal(1)
    for sign in signs:
        product *= _SCALE[sign]
    return product
