"""Exact amounts: reading what is printed, converting between units, printing again. Never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

YUAN_PER_UNIT: Final[dict[str, Decimal]] = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
"""How many 元 one of a unit is."""

_MIN_PLACES: Final[dict[str, int]] = {"元": 2, "千元": 2, "万元": 2, "百万元": 2, "亿元": 4}
_NUMBER: Final = re.compile(r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?")
_ZERO_MARKS: Final = frozenset({"-", "—", "－", "–", "--", "——"})


def parse_number(text: str) -> Decimal | None:
    """The exact number that a cell prints, None where it prints none.

    Thousands separators are dropped, accounting brackets are a minus, a lone dash is zero.

    >>> parse_number("1,234.50"), parse_number("-"), parse_number("（3.2）"), parse_number("5台")
    (Decimal('1234.50'), Decimal('0'), Decimal('-3.2'), None)
    """
    plain = re.sub(r"\s", "", text)
    if plain in _ZERO_MARKS:
        return Decimal(0)
    negative = len(plain) > 2 and plain[0] in "(（" and plain[-1] in ")）"
    body = plain[1:-1] if negative else plain
    if not _NUMBER.fullmatch(body):
        return None
    value = Decimal(re.sub(r"[,，]", "", body).replace("−", "-").replace("－", "-"))
    return -value if negative else value


def to_yuan(number: Decimal, unit: str) -> Decimal:
    """``number`` in ``unit`` as 元. Raises KeyError for a unit that is not in YUAN_PER_UNIT."""
    return number * YUAN_PER_UNIT[unit]


def from_yuan(amount: Decimal, unit: str) -> Decimal:
    """``amount`` in 元 as an exact number of ``unit``."""
    return amount / YUAN_PER_UNIT[unit]


def format_amount(amount: Decimal, unit: str) -> str:
    """An amount in 元, printed exactly in ``unit`` with at least two decimals.

    >>> format_amount(Decimal(206900), "万元"), format_amount(Decimal("43128737"), "万元")
    ('20.69', '4312.8737')
    """
    exact = from_yuan(amount, unit)
    places = max(_MIN_PLACES[unit], -int(exact.normalize().as_tuple().exponent))
    return f"{exact:.{places}f}"
