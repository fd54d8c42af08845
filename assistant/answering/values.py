"""Exact values and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from index.money import YUAN_PER_UNIT, format_amount, from_yuan, to_yuan

ValueKind = Literal["amount", "quantity", "percent", "text", "blank"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value: amounts in 元, exact; ``unit`` is the unit to print in."""

    kind: ValueKind
    exact: Decimal | None = None
    text: str = ""
    unit: str = ""

    def number(self, asked_unit: str | None = None) -> str:
        """The number alone, in the asked unit or its own."""
        if self.exact is None:
            return self.text
        if self.kind == "amount":
            return format_amount(self.exact, self.unit_shown(asked_unit))
        return plain(self.exact)

    def unit_shown(self, asked_unit: str | None = None) -> str:
        """The unit the number is printed in."""
        return asked_unit if self.kind == "amount" and asked_unit in YUAN_PER_UNIT else self.unit

    def shown(self, asked_unit: str | None = None) -> str:
        """Number and unit; an amount of a table in 元 also in 万元, which is how budgets are talked about."""
        if self.kind == "blank":
            return "（表中为空，没有列数）"
        if self.exact is None:
            return self.text
        unit = self.unit_shown(asked_unit)
        shown = f"{self.number(asked_unit)} {unit}".rstrip()
        if self.kind == "amount" and unit == "元" and abs(self.exact) >= YUAN_PER_UNIT["万元"]:
            shown += f"（{format_amount(self.exact, '万元')} 万元）"
        return shown


def plain(number: Decimal) -> str:
    """A number without trailing zeros.

    >>> plain(Decimal("5.000000")), plain(Decimal("13.410"))
    ('5', '13.41')
    """
    return f"{number.normalize():f}"


def percentage(part: Decimal, whole: Decimal) -> Value:
    """``part`` of ``whole`` in per cent, to two decimals. Raises ZeroDivisionError for a whole of 0."""
    if not whole:
        raise ZeroDivisionError
    return Value("percent", _rounded(part * 100 / whole), unit="%")


def quotient(part: Decimal, whole: Decimal) -> Value:
    """How many times ``whole`` is in ``part``, to two decimals; to four where two would hide that they differ."""
    rounded = _rounded(part / whole)
    if rounded == 1 and part != whole:
        rounded = (part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return Value("quantity", rounded, unit="倍")


def mean(total: Decimal, count: int, unit: str) -> Value:
    """An average amount, to two decimals of ``unit``."""
    return Value("amount", to_yuan(_rounded(from_yuan(total / count, unit)), unit), unit=unit)


def added(values: Iterable[Value]) -> Value:
    """The sum of amounts, or of quantities, printed in the first one's unit."""
    kept = [v for v in values if v.exact is not None]
    if not kept:
        return Value("blank")
    return Value(kept[0].kind, sum((v.exact for v in kept if v.exact is not None), Decimal(0)), unit=kept[0].unit)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
