"""Lists of plain text in which dots lead from each name to its amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from index.convert.boxed import LONGEST
from index.document import Cell, Provenance, RawRow, RawTable
from index.money import money_in, parse_number

_DOTS: Final = r"(?:[…⋯]{2,}|[.．·•‧]{4,}|(?:[.．·•‧]\s){4,})[…⋯.．·•‧\s]*"
_LEADER: Final = re.compile(rf"\s*(?P<name>\S.*?)\s*{_DOTS}(?P<amount>[^…⋯·•‧\s].*?)\s*")
_HEADER: Final = ("项目", "数额")
"""What such a list is of: it prints no header."""
_HEADS: Final = re.compile(r"(?:20\d\d年度?)?(?:金额|(?:年初)?(?:预算|决算|执行)数?|数额)(?:[（(].*[）)])?")
_EXACT: Final = re.compile(r".*(?:\d[,，]\d{3}|\.\d).*")
_LARGE: Final = 1000
"""No page has this number."""


def leads_to_amount(line: str) -> bool:
    """Whether dots lead from a name to a number.

    >>> leads_to_amount("　办公费………………11.20"), leads_to_amount("一、概况......3"), leads_to_amount("等……")
    (True, True, False)
    >>> leads_to_amount("项目 ………… 金额"), leads_to_amount("预算……的说明")
    (True, False)
    """
    found = _LEADER.fullmatch(line) if len(line) <= LONGEST else None
    return found is not None and (_number(found) is not None or _heads(found))


def led_table(lines: Sequence[tuple[int, str]]) -> RawTable | None:
    """The table that such lines are, None where they are a table of contents: its numbers are pages."""
    found = [(number, match) for number, line in lines if (match := _LEADER.fullmatch(line))]
    numbers = [_number(match) or 0 for _, match in found]
    goes_up = all(before <= after for before, after in pairwise(numbers))
    is_exact = any(_EXACT.fullmatch(match["amount"]) for _, match in found)
    if not is_exact and (goes_up or max(numbers) < _LARGE):
        return None
    rows = [(number, (match["name"], match["amount"])) for number, match in found]
    if not _heads(found[0][1]):
        rows.insert(0, (rows[0][0], _HEADER))
    return RawTable(tuple(RawRow(tuple(map(Cell, texts)), Provenance(line=number)) for number, texts in rows))


def _heads(led: re.Match[str]) -> bool:
    """Whether dots lead from one header to the other."""
    return bool(_HEADS.fullmatch(re.sub(r"\s", "", led["amount"])))


def _number(led: re.Match[str]) -> Decimal | None:
    money = money_in(led["amount"])
    return money[0] if money else parse_number(led["amount"])
