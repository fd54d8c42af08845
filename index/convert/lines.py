"""The lines of a cell as one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.money import parse_number

_AMOUNT: Final = re.compile(r"\D*(?:0|[1-9]\d{0,3}|\d[\d,，]*[.,，]\d+)\D*")
"""A number that is whole on its line; a part of a code may have any number of digits."""
_BETWEEN: Final = " / "


def in_one_cell(lines: Sequence[str]) -> str:
    """The lines with blanks between them. Numbers below each other stay apart: nobody may take them for one.

    >>> in_one_cell(["公务用车", "购置费"]), in_one_cell(["42", "31"]), in_one_cell(["20101", "01"])
    ('公务用车 购置费', '42 / 31', '20101 01')
    """
    are_numbers = all(parse_number(line) is not None and _AMOUNT.fullmatch(line) for line in lines)
    return (_BETWEEN if len(lines) > 1 and are_numbers else " ").join(lines)


def are_amounts(lines: Sequence[str]) -> bool:
    """Whether several lines are whole numbers each, dashes among them.

    >>> are_amounts(["42", "—"]), are_amounts(["—", "—"]), are_amounts(["20101", "01"]), are_amounts(["42"])
    (True, False, False, False)
    """
    printed = [line for line in lines if any(map(str.isdigit, line))]
    are_numbers = all(parse_number(line) is not None for line in lines)
    return len(lines) > 1 and bool(printed) and are_numbers and all(map(_AMOUNT.fullmatch, printed))
