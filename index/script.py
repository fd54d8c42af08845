"""Traditional characters: some documents are in them, and words are looked for in simplified ones."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from opencc import OpenCC


def simplified(text: str) -> str:
    """``text`` in simplified characters.

    >>> simplified("上海市審計局2026年單位預算")
    '上海市审计局2026年单位预算'
    """
    for converter in _converters():
        text = converter.convert(text)
    return text


def is_traditional(text: str) -> bool:
    """Whether so many characters are traditional that it is no matter of single names.

    >>> is_traditional("社會保障和就業支出預算表"), is_traditional("乾县财政局2024年部门预算")
    (True, False)
    """
    changed = sum(before != after for before, after in zip(text, simplified(text), strict=False))
    return changed >= _FEWEST and changed >= _SHARE * len(_HAN.findall(text))


_HAN: Final = re.compile("[\u4e00-\u9fff]")
_FEWEST: Final = 3
_SHARE: Final = 0.1


@cache
def _converters() -> tuple[OpenCC, ...]:
    """The second knows forms that the first leaves (衞)."""
    return OpenCC("t2s"), OpenCC("hk2s")
