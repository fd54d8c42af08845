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
    are_numbers = len(lines) > 1 and all(parse_number(line) is not None and _AMOUNT.fullmatch(line) for line in lines)
    return (_BETWEEN if are_numbers else " ").join(lines)
