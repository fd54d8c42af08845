"""Grounding: no number leaves that stands neither in a cited cell nor in a quote nor was computed by code from such."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from index.errors import BudgetError

_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_MARK: Final = re.compile(r"\[\d{1,3}\]")
_ORDER: Final = re.compile(r"^\s*\d+\.\s", re.MULTILINE)


class Ungrounded(BudgetError):
    """An answer with a number of unknown origin; it is not given."""


def numbers(text: str) -> set[Decimal]:
    """The numbers of a text by value, without citation marks and list numbers."""
    plain = _ORDER.sub(" ", _MARK.sub(" ", unicodedata.normalize("NFKC", text.replace("，", "; "))))
    return {Decimal(m.replace(",", "")).normalize() for m in _NUMBER.findall(plain)}


def check_grounded(text: str, sources: Iterable[str]) -> None:
    """Raises Ungrounded, naming the numbers in ``text`` that none of ``sources`` holds."""
    known: set[Decimal] = set()
    for source in sources:
        known |= numbers(source)
    if unknown := numbers(text) - known:
        listed = "、".join(f"{n:f}" for n in sorted(unknown))
        raise Ungrounded(f"答案里的数字 {listed} 找不到出处，所以不给出这个答案。", "请换一种问法，或直接查阅附表。")
