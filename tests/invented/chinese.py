"""Numbers in words."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below 100 in Chinese.

    >>> [chinese(number) for number in (3, 10, 17, 20, 21)]
    ['三', '十', '十七', '二十', '二十一']
    """
    tens, ones = divmod(number, 10)
    words = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return words + (_DIGITS[ones] if ones else "")
