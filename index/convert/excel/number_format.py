"""What a cell shows of the number in it: Excel's number formats (``#,##0.00;[Red]-#,##0.00;"-"``), exactly.

A budget is what was printed: 1234.5 under ``#,##0.00`` is 1,234.50, and 735.65999999999997 is 735.66.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final, Literal

from index.convert.excel.dates import is_date_code, shown_date

BUILT_IN: Final[dict[int, str]] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "General",
    13: "General", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'AM/PMh"时"mm"分"',
    35: 'AM/PMh"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00;-#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'AM/PMh"时"mm"分"', 56: 'AM/PMh"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that workbooks name by number only, as Chinese versions of Excel show them."""

_PRECISION: Final = Context(prec=15)
"""Excel keeps 15 digits; what binary fractions add behind them is noise."""
_GENERAL_WIDTH: Final = 11
_MAX_EXPONENT: Final = 100
_WIDE: Final = Context(prec=400)

_Place = Literal["whole", "fraction", "words"]
_SECTION: Final = re.compile(r'(?:"[^"]*"?|[\\!].|\[[^\]]*\]?|[^;])*', re.DOTALL)
_UNUSUAL: Final = re.compile(r"[0#?]E[+-]|[?#0]\s*/\s*[?#\d]", re.IGNORECASE)
"""Scientific notation and fractions: shown like plain numbers."""
_CONDITION: Final = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<digit>[0#?])'
    r"|(?P<comma>,)|(?P<general>General|G/通用格式|@)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format: digits (``0``, ``#``, ``?``) before and behind the point among words printed as such.

    ``scale`` is the power of ten that per cent signs and trailing commas stand for.
    """

    pieces: tuple[tuple[_Place, str], ...]
    scale: int
    is_grouped: bool

    def digits(self, place: _Place) -> str:
        """The digit marks of ``place``, in order."""
        return "".join(text for at, text in self.pieces if at == place)


def shown_number(value: Decimal, code: str, is_1904: bool = False) -> str:
    """What a cell with the number format ``code`` shows of ``value``.

    >>> shown_number(Decimal("1234.5"), "#,##0.00"), shown_number(Decimal("735.65999999999997"), "General")
    ('1,234.50', '735.66')
    >>> shown_number(Decimal(0), '#,##0;-#,##0;"-"'), shown_number(Decimal("0.085"), "0.0%")
    ('-', '8.5%')
    """
    if not value.is_finite() or abs(value.adjusted()) > _MAX_EXPONENT:
        return str(value)
    number = _PRECISION.create_decimal(value)
    section, magnitude = _section_for(number, code)
    if _UNUSUAL.search(section):
        section = "General"
    if is_date_code(section):
        return shown_date(number, section, is_1904)
    if _is_general(section):
        return "".join(_general(magnitude) if match["general"] else _words(match) for match in _tokens(section)).strip()
    return _printed(magnitude, _parsed(section)).strip()


def shown_text(text: str, code: str) -> str:
    """What a cell shows of words: the format's fourth section may add to them."""
    sections = _sections(code)
    if len(sections) < 4:
        return text
    return "".join(text if match["general"] else _words(match) for match in _tokens(sections[3])).strip()


def _sections(code: str) -> list[str]:
    sections, at = [], 0
    while at <= len(code):
        section = _SECTION.match(code, at)
        assert section is not None, "the pattern matches nothing too"
        sections.append(section.group())
        at = section.end() + 1
    return sections


def _section_for(number: Decimal, code: str) -> tuple[str, Decimal]:
    """The section that prints ``number``, and what it prints of it: a section for negatives shows no sign by itself."""
    sections = _sections(code)[:3]
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        pairs = zip(sections, conditions, strict=True)
        return next((section for section, found in pairs if found and _holds(number, found)), sections[-1]), number
    if number < 0 and len(sections) > 1:
        # A section that tells negatives by colour only: colours are not read, so the sign is.
        return sections[1], -number if re.search(r"[-(（−－]", sections[1]) else number
    return sections[2 if number == 0 and len(sections) > 2 else 0], number


def _holds(number: Decimal, condition: re.Match[str]) -> bool:
    limit = Decimal(condition.group(2))
    return {
        "<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit, "=": number == limit,
        "<>": number != limit,
    }[condition.group(1)]  # fmt: skip


def _tokens(section: str) -> list[re.Match[str]]:
    return list(_TOKEN.finditer(section))


def _words(token: re.Match[str]) -> str:
    return token["quoted"] or token["escaped"] or token["currency"] or token["literal"] or ""


def _is_general(section: str) -> bool:
    return not section or any(token["general"] for token in _tokens(section))


def _general(number: Decimal) -> str:
    """The shortest exact form that fits a cell."""
    plain = f"{number:f}"
    places = max(0, _GENERAL_WIDTH - 1 - len(plain.split(".")[0]))
    if len(plain) > _GENERAL_WIDTH and "." in plain:
        plain = f"{_rounded(number, places):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@lru_cache(maxsize=512)
def _parsed(section: str) -> _Section:
    tokens = _tokens(section)
    point = next((at for at, token in enumerate(tokens) if token["literal"] == "."), len(tokens))
    whole = [at for at, token in enumerate(tokens) if token["digit"] and at < point]
    last = max((at for at, token in enumerate(tokens) if token["digit"]), default=-1)
    pieces: list[tuple[_Place, str]] = []
    for at, token in enumerate(tokens):
        if token["digit"]:
            pieces.append(("whole" if at < point else "fraction", token["digit"]))
        elif not token["comma"]:
            pieces.append(("words", _words(token)))
    commas = [at for at, token in enumerate(tokens) if token["comma"]]
    thousands = [at for at in commas if at > last or (whole and whole[-1] < at < point)]
    percents = sum(token["literal"] in ("%", "％") for token in tokens)
    return _Section(tuple(pieces), 2 * percents - 3 * len(thousands), len(thousands) < len(commas))


def _printed(number: Decimal, section: _Section) -> str:
    scaled = _rounded(number.scaleb(section.scale), len(section.digits("fraction")))
    whole, _, fraction = f"{abs(scaled):f}".partition(".")
    whole_left = _whole_digits(whole.lstrip("0"), section)
    printed = "-" if scaled < 0 else ""
    for place, text in section.pieces:
        if place == "words":
            printed += text
        elif place == "whole":
            printed += whole_left.pop(0)
        else:
            printed += fraction[:1] if text == "0" or fraction.strip("0") else ""
            fraction = fraction[1:]
    return printed


def _whole_digits(digits: str, section: _Section) -> list[str]:
    """What each digit mark before the point prints; the first one prints all that the others leave."""
    marks = section.digits("whole")
    digits = digits.rjust(len(marks.lstrip("#?")), "0")
    if section.is_grouped:
        return [f"{int(digits):,}" if digits else "", *[""] * (len(marks) - 1)]
    if not marks:
        return []
    first = max(0, len(digits) - len(marks) + 1)
    rest = digits[first:].rjust(len(marks) - 1)
    return [digits[:first], *rest]


def _rounded(number: Decimal, places: int) -> Decimal:
    """Half away from zero, as Excel rounds."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
