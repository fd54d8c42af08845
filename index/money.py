"""Exact amounts: reading what is printed, converting between units, printing again. Never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

YUAN_PER_UNIT: Final[dict[str, Decimal]] = {
    "元": Decimal(1),
    "十元": Decimal(10),
    "百元": Decimal(100),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
    "十亿元": Decimal(1_000_000_000),
}
"""How many 元 one of a unit is."""

_FORMS: Final = {"十": "[十拾]", "百": "[百佰]", "千": "[千仟]", "万": "[万萬]", "亿": "[亿億]", "元": "[元圆]"}
_PLAIN: Final = str.maketrans("拾佰仟萬億圆", "十百千万亿元")

UNIT: Final = "|".join(
    r"\s*".join(_FORMS[sign] for sign in unit) for unit in sorted(YUAN_PER_UNIT, key=len, reverse=True)
)
"""Any unit of money as a regular expression; blanks may stand in it where it was printed spaced out."""

_PLACES: Final = 2
_LARGE: Final = Decimal(100_000_000)

_DIGITS: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")
_DOWN, _UP = "↓⇩⬇⭣↘🡓", "↑⇧⬆⭡↗🡑"
"""Arrows that say which way a figure went."""
_MINUS: Final = f"-−－﹣‐‑‒–—△▲▽▼∆Δ⊿▵▴▿▾负减{_DOWN}"
_FALLS: Final = "减少|下降|降低|下调|压减|减|降"
_RISES: Final = f"增加|增长|上升|提高|上调|增|升|[+＋{_UP}]"
_SIGN: Final = rf"(?P<sign>{_FALLS}|[{_MINUS}]|{_RISES})?\ufe0f?"
_AFTER_PLACES: Final = r"(?:(?<=\.\d)|(?<=\.\d\d)|(?<=[,，]\d{3}))"
_BEHIND: Final = rf"(?:{_AFTER_PLACES}(?:(?P<behind>[-－−])|[+＋])|(?P<fallen>[{_DOWN}])|[{_UP}])?\ufe0f?"
"""A sign behind its number; behind a whole number without separators a dash may begin a range."""
_CURRENCY: Final = "(?:[¥￥]|人民币|RMB|CNY)?"
_IN_YUAN: Final = re.compile(rf"[-−－△▲(（{_DOWN}{_UP}]?\s*(?:[¥￥]|人民币|RMB|CNY)")
_MARK: Final = r"[①-⑳¹²³*＊※★☆†‡#＃]"
REFERENCE: Final = rf"(?:{_MARK}|[\[［【〔]注?\d{{1,2}}(?:[,，、~～-]\d{{1,2}})*[\]］】〕]|[(（]注\d{{0,2}}[)）])"
"""What leads to a footnote behind a number or a name."""
_LOOSE_REFERENCE: Final = (
    r"(?:注(?:\d{1,2}|[①-⑳])?|(?<=\.\d\d)[(（]\d{1,2}[)）]|(?<=\.\d\d)[a-z][)）]?|(?<=\.\d\d)[*＊※]\d{1,2})"
)
"""What would be a part of a name, or of a number without decimals."""
_LEADING: Final = r"(?:[\[［【〔]注?\d{1,2}[\]］】〕]|[(（]注\d{1,2}[)）])(?=[\d,，]*\.\d)"
"""What is drawn before its number because it is raised."""
_PRINTED: Final = re.compile(
    rf"(?:{_MARK}|{_LEADING})*{_SIGN}{_CURRENCY}(?P<second>[{_MINUS}])?"
    rf"(?P<digits>(?:\d{{1,3}}(?:[,，]\d{{3}})+|\d+)(?:\.\d+)?|\.\d+){_BEHIND}(?:{REFERENCE}|{_LOOSE_REFERENCE})*"
)
_ZERO_MARKS: Final = frozenset({"-", "—", "－", "–", "--", "——"})


def parse_number(text: str) -> Decimal | None:
    """The exact number that a cell prints, None where it prints none.

    Thousands separators are dropped, accounting brackets, triangles and arrows down are a minus, a lone dash is
    zero. A sign of
    currency and marks that lead to a footnote are no part of the number.

    >>> parse_number("1,234.50"), parse_number("-"), parse_number("（3.2）"), parse_number("5台")
    (Decimal('1234.50'), Decimal('0'), Decimal('-3.2'), None)
    >>> parse_number("△60.00"), parse_number("（62.00）①"), parse_number("¥950.50"), parse_number("607.20(1)")
    (Decimal('-60.00'), Decimal('-62.00'), Decimal('950.50'), Decimal('607.20'))
    >>> parse_number("↓12.50"), parse_number("↑3.00"), parse_number("2,700+"), parse_number("减少12.50")
    (Decimal('-12.50'), Decimal('3.00'), Decimal('2700'), Decimal('-12.50'))
    >>> parse_number("559.30[1,3]"), parse_number("559.30[2][4]"), parse_number("559.30 ①②")
    (Decimal('559.30'), Decimal('559.30'), Decimal('559.30'))
    >>> parse_number("[2] 80.00"), parse_number("[30]101"), parse_number("80.00 *1"), parse_number("80.00 注")
    (Decimal('80.00'), None, Decimal('80.00'), Decimal('80.00'))
    """
    plain = re.sub(r"\s", "", text).translate(_DIGITS)
    if plain in _ZERO_MARKS:
        return Decimal(0)
    bracketed = re.fullmatch(rf"[(（﹙]([^()（）﹙﹚]+)[)）﹚](?:{_MARK})*", plain)
    printed = _PRINTED.fullmatch(bracketed.group(1) if bracketed else plain)
    if not printed:
        return None
    value = Decimal(re.sub(r"[,，]", "", printed["digits"]))
    falls = printed["sign"] is not None and re.fullmatch(rf"{_FALLS}|[{_MINUS}]", printed["sign"])
    is_negative = falls or printed["second"] or printed["behind"] or printed["fallen"] or bracketed
    return -value if is_negative else value


def plain_unit(printed: str) -> str:
    """A unit under the name that YUAN_PER_UNIT knows.

    >>> plain_unit("仟 圆")
    '千元'
    """
    return re.sub(r"\s", "", printed).translate(_PLAIN)


def money_in(text: str) -> tuple[Decimal, str] | None:
    """The amount and its unit where a cell prints both.

    >>> money_in("¥1,250.50万元"), money_in("1.5亿"), money_in("1,250.50")
    ((Decimal('1250.50'), '万元'), (Decimal('1.5'), '亿元'), None)
    """
    printed = re.fullmatch(rf"(.*?\d.*?)\s*({UNIT}|[万亿])整?", text.strip(), re.DOTALL)
    number = parse_number(printed.group(1)) if printed else None
    return (number, f"{plain_unit(printed.group(2)).removesuffix('元')}元") if printed and number is not None else None


def unit_in(text: str) -> str | None:
    """The unit of money that a cell prints with its number; a sign of currency alone means 元.

    >>> unit_in("1,250.50万元"), unit_in("￥8,000.00"), unit_in("8,000.00"), unit_in("人民币资金")
    ('万元', '元', None, None)
    """
    if money := money_in(text):
        return money[1]
    return "元" if _IN_YUAN.match(text.strip()) and parse_number(text) is not None else None


def to_yuan(number: Decimal, unit: str) -> Decimal:
    """``number`` in ``unit`` as 元. Raises KeyError for a unit that is not in YUAN_PER_UNIT."""
    return number * YUAN_PER_UNIT[unit]


def from_yuan(amount: Decimal, unit: str) -> Decimal:
    """``amount`` in 元 as an exact number of ``unit``."""
    return amount / YUAN_PER_UNIT[unit]


def format_amount(amount: Decimal, unit: str) -> str:
    """An amount in 元, printed exactly in ``unit``, with at least two decimals below 亿.

    >>> format_amount(Decimal(206900), "万元"), format_amount(Decimal("43128737"), "万元")
    ('20.69', '4312.8737')
    >>> format_amount(Decimal(15000000000), "亿元")
    '150'
    """
    exact = from_yuan(amount, unit)
    fewest = 0 if YUAN_PER_UNIT[unit] >= _LARGE else _PLACES
    places = max(fewest, -int(exact.normalize().as_tuple().exponent))
    return f"{exact:.{places}f}"
