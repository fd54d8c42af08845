"""Ordinals (``第一部分``, ``一、``, ``（二）``, ``3.``, ``(4)``, ``其中：``): their depth, and text without them."""

from __future__ import annotations

import re
from typing import Final

_CHINESE: Final = "一二三四五六七八九十百零〇廿卅"

_RANKS: Final = (
    re.compile(rf"第[{_CHINESE}\d]+(?:部分|章|篇)[\s:：、.．]*"),
    re.compile(rf"[{_CHINESE}]+[、.．]\s*"),
    re.compile(rf"[（(]\s*[{_CHINESE}]+\s*[）)][、.．]?\s*"),
    re.compile(r"\d{1,2}(?:、|[.．](?!\d))\s*"),
    re.compile(r"[（(]\s*\d{1,2}\s*[）)][、.．]?\s*|[①-⑳]\s*|\d{1,2}[）)]\s*"),
)
_OF_WHICH: Final = re.compile(r"其\s*中\s*[:：]\s*|其中(?=[^:：]{2,}$)")


def rank(text: str) -> int | None:
    """How deep the leading ordinal stands, from 1 (``第一部分``) to 5 (``(1)``); None without an ordinal.

    >>> rank("第二部分 说明"), rank("一、收入"), rank("(廿一) 预备费"), rank("1.房屋"), rank("11.4 万元")
    (1, 2, 3, 4, None)
    """
    return next((level for level, pattern in enumerate(_RANKS, start=1) if pattern.match(text)), None)


def ordinal(text: str) -> str:
    """The leading ordinal as printed, "" without one."""
    level = rank(text)
    match = _RANKS[level - 1].match(text) if level else None
    return match.group().strip() if match else ""


def without_ordinal(text: str) -> str:
    """The text behind leading ordinals and ``其中：``.

    >>> without_ordinal("（一）其中：一般公共预算拨款"), without_ordinal("1.4 万元")
    ('一般公共预算拨款', '1.4 万元')
    """
    plain = text.strip()
    while True:
        level = rank(plain)
        pattern = _RANKS[level - 1] if level else _OF_WHICH
        match = pattern.match(plain)
        if not match or match.end() == len(plain):
            return plain
        plain = plain[match.end() :].strip()
